"""Verified contacts of people who write without an account.

A form that needs one sends the writer to `accounts.verify_contact` with `next` (the staged text
stays where the feature keeps it); back there `verified_contact()` answers. Or it embeds the two
steps: `start_verification`, then `confirm`, each followed by a commit.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import current_app, session
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select

from participation import clock
from participation.accounts import identity
from participation.accounts.models import Person
from participation.accounts.service.codes import confirm_code, request_code
from participation.extensions import db

KEPT = timedelta(hours=12)
_SESSION = "contact"


@dataclass(frozen=True)
class VerifiedContact:
    """A mobile number ("sms") or e-mail address ("email") that has proved to be the writer's."""

    channel: str
    address: str
    verified_at: datetime

    @property
    def masked(self) -> str:
        return masked(self.channel, self.address)


@dataclass(frozen=True)
class Started:
    """`token` stands for the code that was sent; `wait` seconds when too many were asked for;
    `code` only in a demonstration, for the page."""

    wait: int
    token: str = ""
    code: str = ""


@dataclass(frozen=True)
class Pending:
    """What a token stands for."""

    code_id: int
    channel: str
    address: str


@dataclass(frozen=True)
class Confirmed:
    """The contact when the code was right; else how often it may be tried still."""

    contact: VerifiedContact | None
    left: int


def start_verification(channel: str, address: str, *, now: datetime, verb: str = "contact_code") -> Started:
    """Sends a code. Raises Refused (field "address") when it cannot be such an address."""
    issued = request_code(channel=channel, address=address, network=identity.network(), now=now, verb=verb)
    if issued.wait:
        return Started(issued.wait)
    token = _serializer().dumps([issued.code_id, issued.channel, issued.address])
    return Started(0, str(token), issued.code if identity.is_demo() else "")


def pending(token: str) -> Pending | None:
    try:
        code_id, channel, address = _serializer().loads(token[:1000])
    except (BadSignature, ValueError, TypeError):
        return None
    return Pending(code_id, channel, address)


def confirm(token: str, code: str, *, now: datetime) -> Confirmed:
    """Judges the code. When it is right, this browser keeps the contact for 12 hours."""
    asked = pending(token)
    if asked is None:
        return Confirmed(None, 0)
    judged = confirm_code(asked.code_id, code=code, now=now)
    if not judged.right:
        return Confirmed(None, judged.left)
    contact = VerifiedContact(asked.channel, asked.address, now)
    session[_SESSION] = [contact.channel, contact.address, int(now.timestamp())]
    return Confirmed(contact, 0)


def verified_contact(*, now: datetime | None = None) -> VerifiedContact | None:
    """The writer's contact: what this browser verified in the last 12 hours, else what the
    signed-in citizen has verified."""
    kept = kept_contact(now=now or clock.about())
    if kept is not None:
        return kept
    account = identity.account()
    if account is None or not account.is_citizen:
        return None
    row = db.session.execute(
        select(Person.phone, Person.phone_verified_at, Person.email, Person.email_verified_at).where(
            Person.id == account.person_id
        )
    ).one()
    if row.phone_verified_at is not None:
        return VerifiedContact("sms", row.phone, row.phone_verified_at)
    if row.email_verified_at is not None:
        return VerifiedContact("email", row.email, row.email_verified_at)
    return None


def kept_contact(*, now: datetime) -> VerifiedContact | None:
    """What this browser itself verified in the last 12 hours."""
    kept = session.get(_SESSION)
    if kept is None:
        return None
    contact = VerifiedContact(kept[0], kept[1], datetime.fromtimestamp(kept[2], UTC))
    return contact if now < contact.verified_at + KEPT else None


def forget() -> None:
    session.pop(_SESSION, None)


def masked(channel: str, address: str) -> str:
    """138****1234, or z***@example.cn: enough to recognise one's own."""
    if channel == "sms":
        return f"{address[:3]}****{address[-4:]}"
    name, _at, host = address.partition("@")
    return f"{name[:1]}***@{host}"


def addresses_of(person_id: int) -> list[tuple[str, str]]:
    """The verified addresses of somebody with an account, as notices are sent to."""
    row = db.session.execute(
        select(Person.phone, Person.phone_verified_at, Person.email, Person.email_verified_at).where(
            Person.id == person_id, Person.disabled_at.is_(None)
        )
    ).first()
    if row is None:
        return []
    found = [("sms", row.phone)] if row.phone_verified_at else []
    return found + ([("email", row.email)] if row.email_verified_at else [])


def _serializer() -> URLSafeSerializer:
    former = current_app.config["SECRET_KEY_FALLBACKS"] or ()
    # The last one signs, all of them are believed.
    return URLSafeSerializer([*former, str(current_app.config["SECRET_KEY"])], salt="contact-verification")
