"""People and their passwords. Hash before the transaction where it matters (see passwords.py)."""

from datetime import datetime

from sqlalchemy import select

from participation.access import Actor
from participation.accounts import passwords
from participation.accounts.models import Person
from participation.accounts.normal import login_name
from participation.accounts.service.sessions import revoke_all
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db


def create_person(
    *,
    name: str,
    login: str | None = None,
    password: str | None = None,
    password_hash: str | None = None,
    temporary: bool = False,
    phone: str | None = None,
    email: str | None = None,
    actor: Actor,
    now: datetime,
) -> Person:
    """A member of staff. Give a `password`, or a `password_hash` made outside the transaction."""
    login = login_name(login) if login else None
    _refuse_taken(login)
    person = Person(
        name=name,
        login=login,
        password_hash=password_hash or (passwords.hashed(password) if password else None),
        password_is_temporary=temporary,
        phone=phone or None,
        email=email or None,
        created_at=now,
    )
    db.session.add(person)
    db.session.flush()
    evidence.record("person.created", subject=person, actor=actor, now=now)
    return person


def register_citizen(
    *, name: str, channel: str, address: str, password_hash: str, actor: Actor, now: datetime
) -> Person:
    """A citizen who has proved that the mobile number ("sms") or e-mail address is theirs, which
    is the login from now on."""
    _refuse_taken(login_name(address))
    person = Person(name=name, login=login_name(address), password_hash=password_hash, is_citizen=True, created_at=now)
    if channel == "sms":
        person.phone, person.phone_verified_at = address, now
    else:
        person.email, person.email_verified_at = address, now
    db.session.add(person)
    db.session.flush()
    evidence.record("person.registered", subject=person, actor=actor, now=now, facts={"channel": channel})
    return person


def set_password(
    person: Person,
    *,
    password: str | None = None,
    password_hash: str | None = None,
    temporary: bool = False,
    actor: Actor,
    now: datetime,
) -> None:
    """The new password; every browser of this person is signed out by its next request."""
    if person.login is None:
        raise Refused("invalid", N_("This person has no account name yet"))
    if password is None and password_hash is None:
        raise Refused("invalid", N_("Enter the new password"), field="password")
    person.password_hash = password_hash or passwords.hashed(password or "")
    person.password_is_temporary = temporary
    revoke_all(person.id, now=now)
    db.session.flush()
    evidence.record(
        "person.password_reset" if temporary else "person.password_changed", subject=person, actor=actor, now=now
    )


def change_password(person: Person, *, password_hash: str, actor: Actor, now: datetime) -> None:
    """The person's own choice."""
    set_password(person, password_hash=password_hash, actor=actor, now=now)


def reset_password(person: Person, *, password_hash: str, actor: Actor, now: datetime) -> None:
    """An administrator's one-time password, to be replaced at the first sign-in."""
    if person.id == actor.person_id:
        raise Refused("forbidden", N_("Change your own password on the page for it"))
    set_password(person, password_hash=password_hash, temporary=True, actor=actor, now=now)


def disable(person: Person, *, actor: Actor, now: datetime) -> None:
    """The account ends at once, in every browser. What the person did stays theirs."""
    if person.id == actor.person_id:
        raise Refused("forbidden", N_("You cannot disable your own account. Ask another administrator."))
    person.disabled_at = now
    revoke_all(person.id, now=now)
    db.session.flush()
    evidence.record("person.disabled", subject=person, actor=actor, now=now)


def enable(person: Person, *, actor: Actor, now: datetime) -> None:
    person.disabled_at = None
    db.session.flush()
    evidence.record("person.enabled", subject=person, actor=actor, now=now)


def _refuse_taken(login: str | None) -> None:
    if login is not None and db.session.scalar(select(Person.id).where(Person.login == login)):
        raise Refused("invalid", N_("This account name is taken"), field="login")
