"""Forms that are filled in already, so that a trial sends nothing but the last step: many at once.

The forms' first steps are done in this process by the same functions; the session is the one cookie that
the site would have set, under the secret that the trial gave it.
"""

import re
import selectors
import socket
import time
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from flask import session
from flask_wtf.csrf import generate_csrf

from participation import clock
from participation.consultations import drafts as comment_drafts
from participation.consultations.models import Consultation
from participation.extensions import db
from participation.mailbox import drafts as letter_drafts
from participation.mailbox.queries.mailboxes import mailbox_named
from participation.web.submission import new_submission_key
from tests.resilience.counting import token
from tests.resilience.site import Site
from tests.visitors import LETTER


def moment() -> float:
    """This machine's clock, in seconds: what the sites of the trials go by."""
    return time.time()  # noqa: TID251 - a trial stands outside and needs the real one


PHONE = "13900000001"


@dataclass(frozen=True)
class Ready:
    """The last step of one form; `receipt` is where its receipt is."""

    number: int
    request: bytes
    receipt: str
    cookie: str


def prepare(
    site: Site, numbers: range, *, consultation: int, letters: bool = True, ahead: timedelta = timedelta(0)
) -> list[Ready]:
    """A form for each number: even ones comments, odd ones letters (only comments without `letters`)."""
    app, made = site.app(), []
    with app.test_request_context(), clock.wrong(here=ahead, there=ahead):
        now = clock.now()
        session["contact"] = ["sms", PHONE, int(now.timestamp())]
        csrf = generate_csrf()
        for number in numbers:
            made.append((number, *_draft(number, consultation if number % 2 == 0 or not letters else 0, now)))
        db.session.commit()
        answer = app.response_class()
        app.session_interface.save_session(app, session, answer)  # type: ignore[arg-type]
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
        db.session.remove()
    return [Ready(number, _request(site, path, cookie, csrf), receipt, cookie) for number, path, receipt in made]


def _draft(number: int, consultation: int, now: object) -> tuple[str, str]:
    key, text = new_submission_key(), token(number) + "请把这一条写得更明白。"
    common = {"text": text, "consent": "yes", "name": "王芳", "contact": PHONE}
    if consultation:
        about = db.session.get_one(Consultation, consultation)
        number_of = comment_drafts.keep(about, key=key, payload=common | {"clause": ""}, complete=True, now=now)  # type: ignore[arg-type]
        draft = getattr(number_of, "id", number_of)
        return f"/comments/confirm/{draft}", f"/comments/receipt/{draft}"
    box = mailbox_named("mayor")
    assert box is not None
    payload = LETTER | common | {"about_person": ""}
    number_of = letter_drafts.keep(box, key=key, payload=payload, complete=True, now=now)  # type: ignore[arg-type]
    draft = getattr(number_of, "id", number_of)
    return f"/mailbox/confirm/{draft}", f"/mailbox/receipt/{draft}"


def _request(site: Site, path: str, cookie: str, csrf: str) -> bytes:
    body = urlencode({"csrf_token": csrf, "code": ""}).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nCookie: {cookie}\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@dataclass(frozen=True)
class Answered:
    """`began` and `ended` by this machine's clock, in seconds."""

    status: int
    location: str
    body: bytes
    began: float
    ended: float


_LOCATION = re.compile(rb"(?im)^location: *(\S+)")


def at_once(site: Site, requests: list[bytes], *, seconds: float = 120) -> list[Answered]:
    """Connects as often as there are requests, then sends all of them, then reads all answers. An answer
    that does not come has the status 0."""
    found = [Answered(0, "", b"", 0.0, 0.0)] * len(requests)
    with selectors.DefaultSelector() as selector:
        sockets = [socket.create_connection(("127.0.0.1", site.port), timeout=seconds) for _one in requests]
        began = moment()
        for place, (connection, request) in enumerate(zip(sockets, requests, strict=True)):
            connection.sendall(request)
            # Nothing more comes: gunicorn waits up to two seconds for the other side to say so, and for
            # each answer in turn.
            connection.shutdown(socket.SHUT_WR)
            connection.setblocking(False)
            selector.register(connection, selectors.EVENT_READ, (place, bytearray()))
        deadline = time.monotonic() + seconds
        while selector.get_map() and time.monotonic() < deadline:
            for key, _event in selector.select(timeout=1):
                place, content = key.data
                if not _more(key.fileobj, content):  # type: ignore[arg-type]
                    found[place] = read(bytes(content), began)
                    selector.unregister(key.fileobj)
        for connection in sockets:
            connection.close()
    return found


def _more(connection: socket.socket, content: bytearray) -> bool:
    try:
        piece = connection.recv(65536)
    except BlockingIOError:
        return True
    except OSError:
        return False
    content.extend(piece)
    return bool(piece)


def read(content: bytes, began: float) -> Answered:
    head, _, body = content.partition(b"\r\n\r\n")
    status = int(head[9:12]) if head.startswith(b"HTTP/1.") else 0
    location = _LOCATION.search(head)
    return Answered(status, location.group(1).decode() if location else "", body, began, moment())


def one(site: Site, request: bytes, *, seconds: float = 120) -> Answered:
    """Sends a request on a connection of its own."""
    began, content = moment(), bytearray()
    try:
        with socket.create_connection(("127.0.0.1", site.port), timeout=seconds) as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(65536):
                content.extend(piece)
    except OSError:
        return Answered(0, "", b"", began, moment())
    return read(bytes(content), began)
