"""Six-digit codes that prove that a mobile number or an e-mail address is somebody's own."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update

from participation.accounts import throttle
from participation.accounts.models import VerificationCode
from participation.accounts.normal import contact, digits
from participation.extensions import db
from participation.notices.service import Contact, notify
from participation.web.secrets import keyed_digest

MINUTES = 10
ATTEMPTS = 5


@dataclass(frozen=True)
class Issued:
    """A code that is on its way, or `wait` seconds until one may be asked for again. `code` is for
    the demonstration's page, which shows the message that nobody sends."""

    wait: int
    code_id: int = 0
    channel: str = ""
    address: str = ""
    code: str = ""


@dataclass(frozen=True)
class Judged:
    """Whether the code was right, and how often it may be tried still."""

    right: bool
    left: int


def request_code(*, channel: str, address: str, network: str, now: datetime, verb: str = "contact_code") -> Issued:
    """Sends a fresh code; an earlier one to the same address is over. `channel` is "sms" or
    "email". Raises Refused when the address cannot be one."""
    address = contact(channel, address)
    whose = keyed_digest(f"{channel}:{address}", purpose="contact")
    reserved = throttle.reserve((throttle.CODE_CONTACT, whose), (throttle.CODE_NETWORK, network), now=now)
    if reserved.wait:
        return Issued(reserved.wait)
    db.session.execute(
        update(VerificationCode)
        .where(VerificationCode.address_digest == whose, VerificationCode.expires_at > now)
        .values(expires_at=now)
    )
    code = f"{secrets.randbelow(1_000_000):06}"
    row = VerificationCode(
        channel=channel,
        address_digest=whose,
        code_digest=_digest(whose, code),
        created_at=now,
        expires_at=now + timedelta(minutes=MINUTES),
    )
    db.session.add(row)
    db.session.flush()
    notify(
        verb,
        to=Contact("sms" if channel == "sms" else "email", address),
        facts={"code": code, "minutes": MINUTES},
        subject_kind="verification",
        subject_id=row.id,
        now=now,
    )
    return Issued(0, row.id, channel, address, code)


def confirm_code(code_id: int, *, code: str, now: datetime) -> Judged:
    """Counts the try and judges it: commit either way. A code serves once."""
    tried = db.session.execute(
        update(VerificationCode)
        .where(
            VerificationCode.id == code_id,
            VerificationCode.attempts < ATTEMPTS,
            VerificationCode.used_at.is_(None),
            VerificationCode.expires_at > now,
        )
        .values(attempts=VerificationCode.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    row = db.session.get(VerificationCode, code_id, populate_existing=True)
    if row is None or tried.rowcount == 0:  # type: ignore[attr-defined]
        return Judged(False, 0)
    if not hmac.compare_digest(row.code_digest, _digest(row.address_digest, digits(code)[:20])):
        return Judged(False, ATTEMPTS - row.attempts)
    row.used_at = now
    db.session.flush()
    return Judged(True, 0)


def _digest(whose: str, code: str) -> str:
    return keyed_digest(f"{whose}:{code}", purpose="verification-code")
