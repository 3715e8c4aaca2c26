"""Asking, deciding, taking and ending a list of contacts. Nothing here commits."""

from dataclasses import replace
from datetime import datetime

from participation import clock
from participation.access import SYSTEM, Actor, Capability
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.privacy.contact_lists import lifecycle, scope, telling
from participation.privacy.contact_lists.lifecycle import Facts
from participation.privacy.contact_lists.models import ContactFetch, ContactList
from participation.privacy.contact_lists.rules import LONGEST, SHORTEST, Wish, end_of, ordered, wrong_with
from participation.privacy.contact_lists.scope import Members, Scope


def facts_of(row: ContactList, *, now: datetime) -> Facts:
    return Facts(
        stage=row.stage, asked_by=row.asked_by, department_id=row.department_id, desk=row.desk, ends_at=row.ends_at,
        now=now, fetches=row.fetches, deleted=row.deleted_at is not None,
    )  # fmt: skip


def ask(wanted: Scope, wish: Wish, *, actor: Actor, now: datetime) -> ContactList:
    """`wish.people` is counted here. Letters about a unit are in no list. Tells whoever decides."""
    if actor.person_id is None or not actor.can(Capability.ASK_CONTACTS, wanted.department_id):
        raise Refused("forbidden", N_("Your post does not ask for lists of contacts"))
    if wanted.kind == "consultation" and scope.consultation_in(wanted, actor) is None:
        raise Refused("not_found", N_("There is no such consultation"))
    found = scope.members(wanted, actor=actor)
    wish = replace(wish, people=found.people, purpose=wish.purpose.strip(), document=wish.document.strip())
    wrong = wrong_with(wish, today=clock.local_date(now))
    if wrong is not None:
        raise wrong
    assert wish.last_day is not None  # wrong_with asked for it
    row = ContactList(
        scope=wanted.kind, consultation_id=wanted.consultation_id, month=wanted.month, topic=wanted.topic,
        department_id=wanted.department_id, desk=lifecycle.desk_of(wanted.department_id, actor), purpose=wish.purpose,
        legal_ground=wish.ground, document=wish.document, fields=ordered(wish.fields), matters=found.matters,
        people=found.people, left_out=found.left_out, last_day=wish.last_day,
        ends_at=end_of(wish.last_day, clock.SHANGHAI), asked_at=now, asked_by=actor.person_id, stage="asked",
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    evidence.record("contacts.asked", subject=row, actor=actor, now=now, facts=_told(row))
    telling.deciders(row, now=now)
    return row


def _told(row: ContactList) -> dict[str, object]:
    return {"scope": row.scope, "people": row.people, "ground": row.legal_ground, "department": row.department_id}


def _allowed(action: str, row: ContactList, actor: Actor, now: datetime, version: int | None = None) -> None:
    db.session.refresh(row, with_for_update=True)
    if version is not None and version != row.version:
        raise Refused("conflict", N_("This request has been decided or withdrawn meanwhile. Look at it again"))
    refused = lifecycle.refusal(action, facts_of(row, now=now), actor)
    if refused is not None:
        raise refused


def approve(row: ContactList, *, version: int | None, actor: Actor, now: datetime) -> None:
    """A second person allows it, as it was asked: with these matters, fields and days."""
    _allowed("approve", row, actor, now, version)
    row.stage, row.decided_at, row.decided_by = "approved", now, actor.person_id
    db.session.flush()
    evidence.record("contacts.approved", subject=row, actor=actor, now=now, facts=_told(row))
    telling.asker(row, now=now)


def refuse(row: ContactList, *, reason: str, version: int | None, actor: Actor, now: datetime) -> None:
    """With a reason that the asker reads."""
    _allowed("refuse", row, actor, now, version)
    reason = reason.strip()
    if not SHORTEST <= len(reason) <= LONGEST:
        raise Refused("invalid", N_("Write in 10 to 500 characters why it is not allowed"), field="reason")
    row.stage, row.decided_at, row.decided_by, row.reason = "refused", now, actor.person_id, reason
    db.session.flush()
    evidence.record("contacts.refused", subject=row, actor=actor, now=now, facts=_told(row))
    telling.asker(row, now=now)


def withdraw(row: ContactList, *, version: int | None, actor: Actor, now: datetime) -> None:
    """The asker does not need it any more; it cannot be taken from then on."""
    _allowed("withdraw", row, actor, now, version)
    row.stage, row.withdrawn_at = "withdrawn", now
    db.session.flush()
    evidence.record("contacts.withdrawn", subject=row, actor=actor, now=now)


def fetch(row: ContactList, *, form: str, actor: Actor, now: datetime) -> Members:
    """Who is in it today. What was erased, limited, taken back or restricted since it was allowed is left out."""
    _allowed("fetch", row, actor, now)
    assert actor.person_id is not None
    found = scope.members_of(row.scope, row.matters, actor=actor)
    left_out = len(row.matters) - len(found.matters)
    taken = ContactFetch(
        contact_list_id=row.id, person_id=actor.person_id, at=now, form=form, people=found.people, left_out=left_out
    )
    row.fetches += 1
    db.session.add(taken)
    db.session.flush()
    facts = {"list": row.id, "time": row.fetches, "people": found.people, "left_out": left_out, "form": form}
    evidence.record("contacts.fetched", subject=taken, actor=actor, now=now, facts=facts)
    return found


def confirm_deleted(row: ContactList, *, actor: Actor, now: datetime) -> None:
    """The asker says that every copy is deleted (个人信息保护法 art. 19); it cannot be taken any more."""
    _allowed("confirm_deleted", row, actor, now)
    row.deleted_at = now
    db.session.flush()
    evidence.record("contacts.deleted", subject=row, actor=actor, now=now)


def lapse(row: ContactList, *, now: datetime) -> None:
    """Nobody decided before its last day was over."""
    _allowed("lapse", row, SYSTEM, now)
    row.stage = "lapsed"
    db.session.flush()
    evidence.record("contacts.lapsed", subject=row, actor=SYSTEM, now=now)
    telling.asker(row, now=now)
