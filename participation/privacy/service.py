"""Erasing, limiting and correcting (个人信息保护法 art. 44–50). Nothing here commits."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from participation.access import Actor
from participation.accounts import queries as accounts
from participation.accounts.contacts import VerifiedContact
from participation.accounts.held import MARK
from participation.accounts.models import Person, PostHolding
from participation.accounts.service.sessions import revoke_all
from participation.consultations.models import Comment
from participation.duties import queries as duty_queries
from participation.duties import service as duties
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox.models import Letter
from participation.mailbox.service.publishing import withdraw_consent
from participation.oversight.models import SavedFilter
from participation.privacy import clearing, dossiers, holdings, register, telling
from participation.privacy.grounds import Matter, ground_of
from participation.privacy.holdings import Proved, kind_of
from participation.privacy.models import DataRequest
from participation.privacy.rules import GROUNDS, LEAST_REASON, MOST


@dataclass
class Erasure:
    """`request` says what became of each matter; `bytes_` are digests for `clearing.remove_bytes`, after
    the commit; `was_public` when a copy may lie in the published files."""

    request: DataRequest
    bytes_: list[str] = field(default_factory=list)
    was_public: bool = False


def erase(proved: Proved, rows: list[Matter], *, close_account: bool, actor: Actor, now: datetime) -> Erasure:
    """Erases what can be erased and limits the rest; with `close_account` the account ends too. `rows` are
    the person's own (`holdings.matters`). The caller has made sure that it is the person who asks."""
    done = Erasure(_request("erase", state="done", now=now))
    outcome: list[dict[str, Any]] = []
    for row in sorted(rows, key=lambda one: (kind_of(one), one.id)):
        db.session.refresh(row, with_for_update=True)
        if row.erased_at is not None:
            continue
        done.was_public |= is_public(row)
        ground = ground_of(row)
        if ground:
            done.bytes_ += limit(row, ground=ground, actor=actor, now=now)
        else:
            done.bytes_ += erase_matter(row, why="asked", actor=actor, now=now)
        result = "limited" if ground else "erased"
        outcome.append({"kind": kind_of(row), "number": row.number, "result": result, "ground": ground})
    person = holdings.account(proved)
    if close_account:
        done.bytes_ += clearing.drop_drafts_of(proved.addresses)
        if not any(line["result"] == "limited" for line in outcome):
            clearing.clear_addresses(proved.addresses, person_id=None, now=now)
        if person is not None:
            close(person, actor=actor, now=now)
            outcome.append({"kind": "account", "number": "", "result": "erased", "ground": ""})
    done.request.outcome = outcome
    db.session.flush()
    erased = sum(line["result"] == "erased" for line in outcome)
    facts = {"erased": erased, "limited": len(outcome) - erased}
    evidence.record("data.erased", subject=done.request, actor=actor, now=now, facts=facts)
    return done


def is_public(row: Matter) -> bool:
    if isinstance(row, Letter):
        return row.published_at is not None
    return row.is_public if isinstance(row, Comment) else row.checked_at is not None


def erase_matter(row: Matter, *, why: str, actor: Actor, now: datetime) -> list[str]:
    """Of the matter only number, dates and figures are left. `why`: asked, ground_ended, retention or restored.
    Returns the digests of its files, see `clearing.remove_bytes`."""
    _take_off(row, actor=actor, now=now)
    gone = dossiers.naming(row, filed=True)
    _settle_requests(row, actor=actor, now=now)
    gone += clearing.clear_matter(row, now=now)
    db.session.flush()
    register.note(register.ERASED, row, at=now)
    facts = {"number": row.number, "why": why}
    evidence.record(f"{kind_of(row)}.erased", subject=row, actor=actor, now=now, facts=facts)
    return gone


def limit(row: Matter, *, ground: str, actor: Actor, now: datetime) -> list[str]:
    """Stored and handled still, but not public and not found (art. 47 (2)). Returns the digests of dossiers that
    were not filed and name it: they are made anew without it."""
    assert ground in GROUNDS
    if row.limited_at is not None and row.limited_ground == ground:
        return []
    gone = dossiers.naming(row, filed=False)
    _take_off(row, actor=actor, now=now)
    row.limited_at, row.limited_ground = row.limited_at or now, ground
    db.session.flush()
    facts = {"number": row.number, "ground": ground}
    evidence.record(f"{kind_of(row)}.limited", subject=row, actor=actor, now=now, facts=facts)
    register.note(register.LIMITED, row, at=now)
    return gone


def _settle_requests(row: Matter, *, actor: Actor, now: datetime) -> None:
    """Nobody waits for a decision about what is gone, and what was asked about it says nothing any more."""
    asked = select(DataRequest).filter_by(subject_kind=kind_of(row), subject_id=row.id, emptied_at=None)
    for request in db.session.scalars(asked.order_by(DataRequest.id)):
        if request.state == "waiting":
            request.state, request.decided_at = "done", now
            _meet_duty(request, actor=actor, now=now)
        clearing.clear(request, now=now)
        request.emptied_at = now
        db.session.flush()
        evidence.record("data.emptied", subject=request, actor=actor, now=now)


def _meet_duty(request: DataRequest, *, actor: Actor, now: datetime) -> None:
    for duty in duty_queries.duties_of("data_request", request.id):
        if duty.is_open:
            duties.meet(duty, actor=actor, now=now)


def _take_off(row: Matter, *, actor: Actor, now: datetime) -> None:
    """Nothing of it is public from the next request on."""
    if isinstance(row, Letter):
        if row.published_at is not None or row.consent_public:
            withdraw_consent(row, actor=actor, now=now)
    elif isinstance(row, Comment):
        row.consent_public, row.reviewed_at, row.reviewed_by = False, None, None
    else:
        row.checked_at, row.checked_by, row.public_title, row.public_text = None, None, "", ""
    db.session.flush()


def close(person: Person, *, actor: Actor, now: datetime) -> None:
    """The account of a citizen ends and says nothing about anybody any more."""
    if db.session.scalar(select(PostHolding.id).where(PostHolding.person_id == person.id).limit(1)) is not None:
        raise Refused("forbidden", N_("This account belongs to a post. Ask the administrator of the accounts."))
    clearing.clear_addresses([a for a in (person.phone, person.email) if a], person_id=person.id, now=now)
    _hand_over(person)
    for saved in db.session.scalars(select(SavedFilter).where(SavedFilter.person_id == person.id)):
        db.session.delete(saved)
    revoke_all(person.id, now=now)
    db.session.flush()
    person.login = person.password_hash = person.phone = person.email = None
    person.phone_verified_at = person.email_verified_at = None
    person.name, person.disabled_at = MARK, now
    evidence.forget(person, now=now)
    db.session.flush()
    evidence.record("person.erased", subject=person, actor=actor, now=now)
    register.note(register.ERASED, person, at=now)


def _hand_over(person: Person) -> None:
    """What is only stored goes on without the account: the answer that is owed goes to the contact itself."""
    verified = [(c, a) for c, a in (("sms", person.phone), ("email", person.email)) if a]
    for model in holdings.MODELS.values():
        for row in db.session.scalars(select(model).where(model.person_id == person.id, model.erased_at.is_(None))):
            if not row.contact_address and verified:
                row.contact_channel, row.contact_address = verified[0]
            row.person_id = None
    for request in db.session.scalars(select(DataRequest).filter_by(person_id=person.id, state="waiting")):
        request.person_id = None
    db.session.flush()


def rename(person: Person, *, name: str, actor: Actor, now: datetime) -> None:
    """The name of an account; the names in letters stay as they were written."""
    name = name.strip()
    if not 2 <= len(name) <= 40:
        raise Refused("invalid", N_("Enter your name, 2 to 40 characters"), field="name")
    person.name = name
    db.session.flush()
    evidence.record("person.corrected", subject=person, actor=actor, now=now, facts={"what": "name"})


def redirect(row: Matter, *, contact: VerifiedContact, actor: Actor, now: datetime) -> None:
    """Messages about this matter go to another verified contact from now on."""
    row.contact_channel, row.contact_address = contact.channel, contact.address
    db.session.flush()
    facts = {"number": row.number, "what": "contact", "channel": contact.channel}
    evidence.record(f"{kind_of(row)}.corrected", subject=row, actor=actor, now=now, facts=facts)


def ask(kind: str, row: Matter, *, text: str, person_id: int | None, actor: Actor, now: datetime) -> DataRequest:
    """A correction of what is evidence, or another look at what was kept: somebody decides within 15 workdays."""
    text = text.strip()
    if not LEAST_REASON <= len(text) <= MOST:
        raise Refused("invalid", N_("Write in 10 to 2,000 characters what is wrong and what is right"), field="text")
    if waiting_about(row) is not None:
        raise Refused("conflict", N_("Your earlier request about this is being decided. Please wait for the answer."))
    if kind == "object" and row.limited_at is None:
        raise Refused("wrong_time", N_("This is not being kept against your wish"))
    request = _request(kind, state="waiting", now=now)
    request.person_id, request.text = person_id, text
    request.subject_kind, request.subject_id = kind_of(row), row.id
    db.session.flush()
    evidence.record("data.asked", subject=request, actor=actor, now=now, facts={"kind": kind, "number": row.number})
    duties.open_duty(
        "data_request",
        subject_kind="data_request",
        subject_id=request.id,
        department_id=accounts.government_office().id,
        started_at=now,
        actor=actor,
        now=now,
    )
    return request


def waiting_about(row: Matter) -> DataRequest | None:
    found = select(DataRequest).filter_by(subject_kind=kind_of(row), subject_id=row.id, state="waiting")
    return db.session.scalar(found.limit(1))


def decided_about(row: Matter) -> list[DataRequest]:
    """What was asked about a matter and decided, the oldest first."""
    found = select(DataRequest).filter_by(subject_kind=kind_of(row), subject_id=row.id)
    return list(db.session.scalars(found.where(DataRequest.state != "waiting").order_by(DataRequest.id)))


def decide(
    request: DataRequest, *, granted: bool, answer: str, version: int | None, actor: Actor, now: datetime
) -> list[str]:
    """A granted objection erases the matter; a granted correction stands beside what was written, which stays.
    Returns digests for `clearing.remove_bytes`."""
    if request.state != "waiting" or (version is not None and version != request.version):
        raise Refused("conflict", N_("This request has been decided meanwhile"))
    if len(answer.strip()) < LEAST_REASON:
        raise Refused("invalid", N_("Write the answer with its reason, at least 10 characters"), field="answer")
    gone: list[str] = []
    request.state, request.answer = ("granted" if granted else "refused"), answer.strip()
    request.decided_at, request.decided_by = now, actor.person_id
    db.session.flush()
    verb = "data.granted" if granted else "data.refused"
    evidence.record(verb, subject=request, actor=actor, now=now, facts={"kind": request.kind})
    telling.decided(request, now=now)
    _meet_duty(request, actor=actor, now=now)
    if granted and request.kind == "object":
        row = db.session.get(holdings.MODELS[request.subject_kind], request.subject_id)
        if row is not None and row.erased_at is None:
            gone = erase_matter(row, why="asked", actor=actor, now=now)
    return gone


def _request(kind: str, *, state: str, now: datetime) -> DataRequest:
    decided = None if state == "waiting" else now
    request = DataRequest(kind=kind, state=state, asked_at=now, decided_at=decided, outcome=[], text="", answer="")
    db.session.add(request)
    db.session.flush()
    return request
