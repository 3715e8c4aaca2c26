"""Signing in and out. Between `begin_sign_in` and `finish_sign_in` the view commits and checks the
password outside any transaction."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from participation.accounts import digests, throttle
from participation.accounts.models import Person, SignInSession
from participation.accounts.normal import login_name
from participation.extensions import db
from participation.web.secrets import keyed_digest

LIFETIME = timedelta(hours=12)


@dataclass(frozen=True)
class SignIn:
    """A sign-in under way. `wait` seconds when too many failed; `password_hash` is what the
    password must match, None for an account that is unknown or disabled."""

    wait: int
    reserved: throttle.Reserved
    person_id: int | None = None
    password_hash: str | None = None


def begin_sign_in(*, login: str, network: str, now: datetime) -> SignIn:
    """Counts the attempt, per account and per address, and finds what to check. Unknown accounts
    are counted alike, so that the limit tells nobody which accounts exist."""
    name = login_name(login)
    return _begin(name, network, now)


def begin_check(person_id: int, *, network: str, now: datetime) -> SignIn:
    """The same for somebody signed in who gives the present password once more."""
    name = db.session.scalar(select(Person.login).where(Person.id == person_id))
    return _begin(name or "", network, now)


def finish_check(attempt: SignIn, *, network: str, now: datetime) -> str:
    """The present password was right: the attempt does not count; the token of a new session."""
    assert attempt.person_id is not None
    throttle.release(attempt.reserved)
    return open_session(attempt.person_id, network=network, now=now)


def _begin(name: str, network: str, now: datetime) -> SignIn:
    account = keyed_digest(name, purpose="login")
    reserved = throttle.reserve((throttle.SIGN_IN_ACCOUNT, account), (throttle.SIGN_IN_NETWORK, network), now=now)
    if reserved.wait:
        return SignIn(reserved.wait, reserved)
    row = db.session.execute(
        select(Person.id, Person.password_hash).where(Person.login == name, Person.disabled_at.is_(None))
    ).first()
    return SignIn(0, reserved, row.id, row.password_hash) if row else SignIn(0, reserved)


def finish_sign_in(sign_in: SignIn, *, right: bool, network: str, now: datetime) -> str | None:
    """The token of a new session, or None when the password was wrong or has changed meanwhile."""
    if not right or sign_in.person_id is None:
        return None
    person = db.session.get(Person, sign_in.person_id, with_for_update=True)
    if person is None or person.disabled_at is not None or person.password_hash != sign_in.password_hash:
        return None
    throttle.release(sign_in.reserved)
    return open_session(person.id, network=network, now=now)


def open_session(person_id: int, *, network: str, now: datetime) -> str:
    """A new session of somebody who has just proved who they are; its token, known nowhere else."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignInSession(
            person_id=person_id,
            token_digest=digests.of_token(token),
            address_digest=network,
            created_at=now,
            last_seen_at=now,
            expires_at=now + LIFETIME,
        )
    )
    db.session.flush()
    return token


def sign_out(session_id: int, *, now: datetime) -> None:
    db.session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.revoked_at.is_(None))
        .values(revoked_at=now, last_seen_at=now)
    )


def revoke_all(person_id: int, *, now: datetime) -> None:
    """Every browser of this person, by its next request."""
    db.session.execute(
        update(SignInSession)
        .where(SignInSession.person_id == person_id, SignInSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )
