"""Reading proposals and calls; who may see which is decided here."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, func, or_, select, true, union
from sqlalchemy.orm import joinedload, selectinload

from participation.access import Actor, Capability
from participation.decisions.models import Catalogue, Decision, Proposal, ProposalCall, ProposalDraft, ProposalOutcome
from participation.decisions.proposing import ORIGINS, masked
from participation.duties.models import Duty
from participation.extensions import db
from participation.web.secrets import digest_secret, secret_matches
from participation.workdays import day_of

PAGE = 30

# Lists name the item and its year, and read neither its steps nor the other batches.
_CALL_ALONE = joinedload(ProposalCall.catalogue).lazyload(Catalogue.batches)
_ITEM = joinedload(ProposalOutcome.decision)
_ITEM_ALONE = selectinload(Proposal.outcomes).options(
    _ITEM.lazyload(Decision.every_step), _ITEM.joinedload(Decision.catalogue).lazyload(Catalogue.batches)
)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The office and auditors see all, a department its own and those it studies; nobody else sees a
    proposal before its check."""
    if actor.can(Capability.MANAGE_CATALOGUE) or actor.can(Capability.READ_ALL):
        return true()
    own = sorted(actor.department_ids) if actor.can(Capability.USE_DESK) else []
    return or_(Proposal.department_id.in_(own), Proposal.study_department_id.in_(own))


def may_know_names(actor: Actor) -> bool:
    """Names and contacts are for the office alone."""
    return actor.can(Capability.MANAGE_CATALOGUE)


def proposal(proposal_id: int, *, actor: Actor) -> Proposal | None:
    return db.session.scalar(select(Proposal).where(Proposal.id == proposal_id, visible_to(actor)))


@dataclass(frozen=True)
class Page:
    rows: list[Proposal]
    next_before: int | None


def on_desk(actor: Actor, *, year: int | None = None, stage: str = "", before: int | None = None) -> Page:
    """The newest first; without a year, of all years."""
    asked = select(Proposal).where(visible_to(actor))
    if year is not None:
        asked = asked.where(Proposal.year == year)
    if stage:
        asked = asked.where(Proposal.stage == stage)
    return _page(asked.where(Proposal.id < before) if before is not None else asked)


def public(year: int, *, outcome: str = "", before: int | None = None) -> Page:
    """What the office has let out, the newest first."""
    asked = select(Proposal).where(Proposal.year == year, Proposal.checked_at.is_not(None))
    if outcome:
        asked = asked.where(Proposal.stage == outcome)
    return _page(asked.where(Proposal.id < before) if before is not None else asked)


def _page(asked) -> Page:  # type: ignore[no-untyped-def]
    rows = list(db.session.scalars(asked.order_by(Proposal.id.desc()).limit(PAGE + 1).options(_ITEM_ALONE)))
    return Page(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None)


@dataclass(frozen=True)
class Counts:
    """How many proposals of a year stand where, and how many of those are public."""

    stages: dict[str, int]
    public: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.stages.values())

    @property
    def unchecked(self) -> int:
        return self.total - sum(self.public.values())

    @property
    def undecided(self) -> int:
        return self.stages.get("received", 0) + self.stages.get("studying", 0)


def counts(year: int) -> Counts:
    """Of one year, by one query."""
    rows = db.session.execute(
        select(Proposal.stage, func.count(), func.count(Proposal.checked_at))
        .where(Proposal.year == year)
        .group_by(Proposal.stage)
    ).all()
    return Counts({row[0]: row[1] for row in rows}, {row[0]: row[2] for row in rows})


def outcome_due(ids: list[int]) -> dict[int, Duty]:
    """The newest duty of each proposal to tell its outcome, in one query."""
    query = select(Duty).where(
        Duty.subject_kind == "proposal", Duty.kind == "proposal_outcome", Duty.subject_id.in_(ids)
    )
    return {duty.subject_id: duty for duty in db.session.scalars(query.order_by(Duty.id))}


def waiting() -> int:
    """Proposals that came in and that nobody has handed to study."""
    return db.session.scalar(select(func.count()).where(Proposal.stage == "received")) or 0


def years() -> list[int]:
    """Years with proposals or a call, the newest first."""
    called = select(Catalogue.year).join(ProposalCall, ProposalCall.catalogue_id == Catalogue.id)
    return sorted(db.session.scalars(union(select(Proposal.year), called)), reverse=True)


def call_of(year: int) -> ProposalCall | None:
    return db.session.scalar(select(ProposalCall).join(Catalogue).where(Catalogue.year == year).options(_CALL_ALONE))


def open_call(*, now: datetime) -> ProposalCall | None:
    """The call that takes proposals now; of two the one that ends first."""
    return db.session.scalar(_open_call(), {"today": day_of(now)})


@cache
def _open_call() -> Select[ProposalCall]:
    today = bindparam("today", type_=Date())
    return (
        select(ProposalCall)
        .where(ProposalCall.closed_at.is_(None), ProposalCall.opens_on <= today, ProposalCall.closes_on >= today)
        .order_by(ProposalCall.closes_on, ProposalCall.id)
        .limit(1)
        .options(_CALL_ALONE)
    )


@dataclass(frozen=True)
class OriginLine:
    """Where an item comes from, for everybody: no name without consent. `title` is empty and there
    is no page to read while the office has not looked for personal data."""

    number: str
    year: int
    origin: str
    title: str
    name: str
    merged: bool


def origin_of(decision_id: int) -> list[OriginLine]:
    """The proposals that an item came from, the oldest first; by one query."""
    rows = db.session.execute(
        select(
            Proposal.number, Proposal.year, Proposal.origin, Proposal.public_title, Proposal.author_name,
            Proposal.shown, ProposalOutcome.kind,
        )
        .join(ProposalOutcome, ProposalOutcome.proposal_id == Proposal.id)
        .where(ProposalOutcome.decision_id == decision_id, ProposalOutcome.set_aside_at.is_(None))
        .order_by(Proposal.id)
    ).all()  # fmt: skip
    return [
        OriginLine(
            number, year, ORIGINS[origin].label, title, masked(name, shown, origin) if title else "", kind == "merged"
        )
        for number, year, origin, title, name, shown, kind in rows
    ]


def by_submission(digest: str) -> Proposal | None:
    return db.session.scalar(select(Proposal).where(Proposal.submission_key == digest))


def by_secret(number: str, secret: str) -> Proposal | None:
    """An unknown number and a wrong secret take the same steps and give the same answer."""
    found = db.session.scalar(select(Proposal).where(Proposal.number == number))
    stored = found.secret_digest if found is not None else digest_secret("")
    return found if secret_matches(secret, stored) else None


def tracked(proposal_id: int) -> Proposal | None:
    return db.session.get(Proposal, proposal_id)


def of_person(person_id: int) -> list[Proposal]:
    query = select(Proposal).where(Proposal.person_id == person_id).order_by(Proposal.id.desc()).limit(200)
    return list(db.session.scalars(query))


def draft_with(key: str) -> ProposalDraft | None:
    return db.session.scalar(select(ProposalDraft).where(ProposalDraft.key == key))


def draft(draft_id: int) -> ProposalDraft | None:
    return db.session.get(ProposalDraft, draft_id)


def titles(ids: set[int], *, actor: Actor | None) -> dict[int, tuple[str, str]]:
    """Number and title of these proposals: the public title for everybody (`actor` None), else only of
    those the actor may see."""
    if actor is None:
        query = select(Proposal.id, Proposal.number, Proposal.public_title).where(Proposal.id.in_(ids))
    else:
        query = select(Proposal.id, Proposal.number, Proposal.title).where(
            and_(Proposal.id.in_(ids), visible_to(actor))
        )
    return {row[0]: (row[1], row[2]) for row in db.session.execute(query)}
