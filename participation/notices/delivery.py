"""How a message leaves the house. Each function returns when the other side has accepted it and
raises otherwise. `SMTP_URL`: smtp://user:password@host:587 (STARTTLS when offered) or
smtps://host:465. `SMS_GATEWAY`: an address that takes POST {"id", "to", "text"} as JSON and answers
2xx; user and password in it are sent as basic authentication."""

import base64
import json
import smtplib
import ssl
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from sqlalchemy import Row

from config import Settings

_SECONDS = 10


@dataclass(frozen=True)
class Message:
    """What an adapter gets: a copy, so that no transaction is open while it talks. `key` stays the
    same when an attempt is repeated, so that the other side can drop the second copy."""

    key: str
    address: str
    title: str
    body: str
    date: str


Adapter = Callable[[Message, Settings], None]


class NoAdapter(Exception):
    """This installation has no way to send by that channel."""


def message_of(notice: Row[Any]) -> Message:
    return Message(notice.dedupe, notice.address, notice.title, notice.body, format_datetime(notice.created_at))


def adapter_for(channel: str, settings: Settings) -> Adapter:
    """A configured gateway is used in the demonstration too; without one its inbox page shows the
    message."""
    if channel == "email" and settings.smtp_url:
        return by_smtp
    if channel == "sms" and settings.sms_gateway:
        return by_gateway
    if settings.is_demo:
        return by_demo
    raise NoAdapter(channel)


def by_demo(_message: Message, _settings: Settings) -> None:
    """The demonstration's inbox reads the outbox itself."""


def by_smtp(message: Message, settings: Settings) -> None:
    parts = urlsplit(settings.smtp_url)
    mail = EmailMessage()
    mail["From"] = settings.mail_from
    mail["To"] = message.address
    mail["Subject"] = message.title
    mail["Date"] = message.date
    mail["Message-ID"] = f"<{message.key}@{settings.mail_from.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body)
    with _connection(parts.scheme, parts.hostname or "localhost", parts.port) as server:
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(mail)


def _connection(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=_SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port or 25, timeout=_SECONDS)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
    return server


def by_gateway(message: Message, settings: Settings) -> None:
    parts = urlsplit(settings.sms_gateway)
    place = parts.netloc.rpartition("@")[2]
    body = json.dumps({"id": message.key, "to": message.address, "text": message.body}, ensure_ascii=False)
    request = urllib.request.Request(
        urlunsplit((parts.scheme, place, parts.path, parts.query, "")),
        data=body.encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
        method="POST",
    )
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        request.add_header("Authorization", f"Basic {base64.b64encode(pair).decode()}")
    with urllib.request.urlopen(request, timeout=_SECONDS):
        pass
