"""Samples and what was judged: for the auditor, the office and the unit whose answer it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, String, cast, false, func, or_, select

from participation.access import Actor, Capability
from participation.accounts import queries as accounts
from participation.extensions import db
from participation.mailbox.models import Answer, Letter, Sample, SampleItem
from participation.mailbox.queries.letters import visible_to as letters_visible_to
from participation.workdays import start_of

LIMIT = 200


@dataclass(frozen=True)
class ItemRow:
    """An answer that was drawn, with its letter."""

    item: SampleItem
    letter: Letter
    answer: Answer


@dataclass(frozen=True)
class SampleRow:
    """A draw, with how many of its answers are judged, passed and failed, of those the actor sees."""

    sample: Sample
    drawn: int
    passed: int
    failed: int


def population(actor: Actor, *, first: date, last: date, department_id: int | None) -> list[tuple[int, str, int]]:
    """What a sample is drawn from: (answer id, letter number, round) of every answer or refusal let
    out from `first` to `last`, both included, that the auditor may read."""
    seen = letters_visible_to(actor).subquery()
    query = (
        select(Answer.id, seen.c.number, Answer.round)
        .join(seen, seen.c.id == Answer.letter_id)
        .where(Answer.approved_at >= start_of(first), Answer.approved_at < start_of(last + timedelta(days=1)))
        .order_by(Answer.id)
    )
    if department_id is not None:
        query = query.where(Answer.department_id == department_id)
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]


def visible_to(actor: Actor) -> Select[SampleItem, Letter, Answer]:
    """All for who reads everything; for a unit the verdicts on its own answers. Never about a letter
    that is about a unit of the reader's (信访工作条例 art. 30)."""
    query = (
        select(SampleItem, Letter, Answer)
        .join(Letter, Letter.id == SampleItem.letter_id)
        .join(Answer, Answer.id == SampleItem.answer_id)
    )
    if not actor.can(Capability.READ_ALL):
        own = [unit for unit in actor.department_ids if actor.can(Capability.ANSWER, unit)]
        query = query.where(SampleItem.department_id.in_(own) if own else false(), SampleItem.verdict != "")
    if actor.department_ids:
        concerned = Letter.about_department_id.in_(actor.department_ids)
        query = query.where(or_(Letter.about_department_id.is_(None), ~concerned))
    return query


def samples(actor: Actor) -> list[SampleRow]:
    """The draws, the newest first; only for who reads everything."""
    seen = visible_to(actor).with_only_columns(SampleItem.sample_id, SampleItem.verdict).subquery()
    query = (
        select(
            Sample,
            func.count(seen.c.sample_id),
            func.count().filter(seen.c.verdict == "pass"),
            func.count().filter(seen.c.verdict.not_in(("", "pass"))),
        )
        .outerjoin(seen, seen.c.sample_id == Sample.id)
        .group_by(Sample.id)
        .order_by(Sample.id.desc())
        .limit(50)
    )
    return [SampleRow(*row) for row in db.session.execute(query)]


def items(actor: Actor, sample_id: int) -> list[ItemRow]:
    """One draw's answers in the order of their lots."""
    query = visible_to(actor).where(SampleItem.sample_id == sample_id).order_by(SampleItem.position)
    return [ItemRow(*row) for row in db.session.execute(query)]


def failed(actor: Actor) -> list[ItemRow]:
    """Answers that did not pass: those without a decision of the office first, then the newest."""
    query = visible_to(actor).where(SampleItem.verdict.not_in(("", "pass")))
    query = query.order_by(SampleItem.decided_at.is_not(None), SampleItem.judged_at.desc(), SampleItem.id.desc())
    return [ItemRow(*row) for row in db.session.execute(query.limit(LIMIT))]


def undecided(actor: Actor) -> int:
    """How many failed answers wait for this person's decision: an auditor's where a letter is about the
    government office or the answer is its own, and else the office's."""
    office = accounts.government_office().id
    # As samples.decided_by_auditors has it.
    of_office = or_(Letter.about_department_id.is_not_distinct_from(office), SampleItem.department_id == office)
    if actor.can(Capability.WRITE_FINDING):
        own = of_office
    elif actor.can(Capability.DISPATCH):
        own = ~of_office
    else:
        return 0
    query = visible_to(actor).where(SampleItem.verdict.not_in(("", "pass")), SampleItem.outcome == "", own)
    seen = query.with_only_columns(SampleItem.id).subquery()
    return db.session.scalar(select(func.count()).select_from(seen)) or 0


def item_for(item_id: int, actor: Actor, *, lock: bool = False) -> ItemRow | None:
    query = visible_to(actor).where(SampleItem.id == item_id)
    if lock:
        query = query.with_for_update(of=SampleItem)
    row = db.session.execute(query).first()
    return ItemRow(*row) if row else None


def of_letter(letter_id: int, actor: Actor) -> list[SampleItem]:
    """The verdicts on one letter's answers, for its file."""
    query = visible_to(actor).where(SampleItem.letter_id == letter_id, SampleItem.verdict != "")
    return [row[0] for row in db.session.execute(query.order_by(SampleItem.id))]


def verdicts_by_department(first: date, last: date) -> dict[int | None, tuple[int, int]]:
    """(passed, failed) of the answers judged from `first` to `last`, by the unit that answered; a
    letter about a unit counts under None, beside no name."""
    unit = select(SampleItem.department_id, SampleItem.verdict, Letter.about_department_id)
    unit = unit.join(Letter, Letter.id == SampleItem.letter_id).where(
        SampleItem.judged_at >= start_of(first), SampleItem.judged_at < start_of(last + timedelta(days=1))
    )
    found: dict[int | None, tuple[int, int]] = {}
    for department_id, verdict, about in db.session.execute(unit):
        key = department_id if about is None else None
        passed, not_passed = found.get(key, (0, 0))
        found[key] = (passed + (verdict == "pass"), not_passed + (verdict != "pass"))
    return found


@dataclass(frozen=True)
class Passed:
    """A letter that went from hand to hand: returned twice or more, or answered by a transfer."""

    letter: Letter
    bare_transfer: bool


def passed_around(actor: Actor, *, limit: int = LIMIT) -> list[Passed]:
    """推诿 made visible (R24): letters that units returned twice or more, and letters whose answer of
    the running round only says that they were passed on; the newest first."""
    flagged = (
        select(Answer.letter_id)
        .where(Answer.letter_id == Letter.id, Answer.round == Letter.round, Answer.submitted_at.is_not(None))
        .where(cast(Answer.flags, String).like('%"transfer_only"%'))
    ).exists()
    query = letters_visible_to(actor).add_columns(flagged.label("flagged"))
    query = query.where(or_(Letter.returns >= 2, flagged)).order_by(Letter.received_at.desc(), Letter.id.desc())
    return [Passed(row[0], bool(row[1])) for row in db.session.execute(query.limit(limit))]


def names_of(rows: Sequence[tuple[int, str, int]]) -> dict[str, int]:
    """The population as sampling.drawn() takes it: name -> answer id."""
    from participation.mailbox.sampling import name_of

    return {name_of(number, round_): answer_id for answer_id, number, round_ in rows}
