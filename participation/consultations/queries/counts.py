"""The counts of a consultation, each derived from the rows: nothing is kept beside them that could
drift."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, case, distinct, func, literal, null, select, union_all

from participation.consultations.models import Assignment, Comment
from participation.consultations.queries import late_entries
from participation.consultations.rules.comments import CHANNELS, HIDDEN_GROUNDS
from participation.consultations.rules.outcomes import Tally
from participation.documents.models import Clause
from participation.extensions import db

LAST = 1_000_000
"""The place of comments on the whole draft: after those on clauses."""


_IDS: Any = bindparam("ids", expanding=True)
_ID: Any = bindparam("id")


def _pairs(consultation_ids: Any):  # type: ignore[no-untyped-def]
    """For each comment that holds a point: how many, how many answered, the first and last outcome."""
    return (
        select(
            Assignment.consultation_id.label("consultation_id"),
            Assignment.comment_id.label("comment_id"),
            func.count().label("points"),
            func.count(Assignment.outcome).label("answered"),
            func.min(Assignment.outcome).label("one"),
            func.max(Assignment.outcome).label("other"),
        )
        .where(Assignment.consultation_id.in_(consultation_ids), Assignment.holder.is_not(None))
        .group_by(Assignment.consultation_id, Assignment.comment_id)
        .subquery()
    )


def outcome_column(pairs) -> ColumnElement[str]:  # type: ignore[no-untyped-def]
    """The comment's own outcome in SQL; `rules.outcomes.derived` says the same, a test compares."""
    return case(
        (pairs.c.answered < pairs.c.points, "open"),
        (pairs.c.one == pairs.c.other, pairs.c.one),
        else_="partly",
    )


def person() -> ColumnElement[str]:
    """Who commented, as far as anybody can tell."""
    # Without a contact nobody can tell two people apart, so each such comment counts as one.
    return case((Comment.author_digest == "", Comment.number), else_=Comment.author_digest)


def _outcomes(consultation_ids: list[int], by: ColumnElement[Any] | None = None) -> dict[Any, dict[str, int]]:
    """How many comments came to what: by consultation, or by a column of the comment."""
    pairs = _pairs(consultation_ids)
    outcome = outcome_column(pairs)
    of = pairs.c.consultation_id if by is None else by
    query = select(of, outcome, func.count()).group_by(of, outcome)
    if by is not None:
        query = query.select_from(pairs).join(Comment, Comment.id == pairs.c.comment_id)
    found: dict[Any, dict[str, int]] = {}
    for key, name, count in db.session.execute(query):
        if name != "open":
            found.setdefault(key, {})[name] = count
    return found


def _received(consultation_ids: list[int], by: ColumnElement[Any]) -> dict[Any, dict[str, int]]:
    query = select(by, func.count(), func.count(Comment.withdrawn_at), func.count(Comment.hidden_at))
    query = query.where(Comment.consultation_id.in_(consultation_ids)).group_by(by)
    names = ("received", "withdrawn", "hidden")
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in db.session.execute(query)}


def _people(consultation_ids: list[int], *, standing: bool) -> dict[int, int]:
    """How many people commented; `standing`: without those who withdrew."""
    found: Counter[int] = Counter()
    for key, _name, count in db.session.execute(union_all(*_people_of(consultation_ids, standing=standing))):
        found[key] += count
    return found


def _people_of(consultation_ids: Any, *, standing: bool = False) -> tuple[Any, Any]:
    """Two parts of a union, so that each keeps its own index: who can be told apart, and who cannot."""
    parts = (
        select(Comment.consultation_id, literal("people"), func.count(distinct(Comment.author_digest))).where(
            Comment.author_digest != ""
        ),
        select(Comment.consultation_id, literal("people"), func.count()).where(Comment.author_digest == ""),
    )
    known, unknown = (
        part.where(Comment.consultation_id.in_(consultation_ids), *([Comment.withdrawn_at.is_(None)] * standing))
        for part in parts
    )
    return known.group_by(Comment.consultation_id), unknown.group_by(Comment.consultation_id)


def _received_of(consultation_ids: Any) -> Iterator[Any]:
    """Three parts of a union: received, withdrawn, hidden."""
    counted = {"received": func.count(), "withdrawn": func.count(Comment.withdrawn_at)}
    for name, count in (counted | {"hidden": func.count(Comment.hidden_at)}).items():
        query = select(Comment.consultation_id, literal(name), count)
        yield query.where(Comment.consultation_id.in_(consultation_ids)).group_by(Comment.consultation_id)


@cache
def _tallies() -> Any:
    """The parts of a union that together make the tallies: consultation, name, count."""
    pairs = _pairs(_IDS)
    outcome = outcome_column(pairs)
    outcomes = select(pairs.c.consultation_id, outcome, func.count()).group_by(pairs.c.consultation_id, outcome)
    return union_all(*_received_of(_IDS), *_people_of(_IDS), outcomes.where(outcome != "open"))


@cache
def _brief() -> Any:
    return union_all(next(_received_of(_IDS)), *_people_of(_IDS))


def tallies(consultation_ids: Iterable[int]) -> dict[int, Tally]:
    """The counts of several consultations in one query; one without comments has zeros."""
    return _summed(_tallies(), list(consultation_ids))


def _summed(statement: Any, ids: list[int]) -> dict[int, Tally]:
    found: dict[int, Counter[str]] = {key: Counter() for key in ids}
    for key, name, count in db.session.execute(statement, {"ids": ids}):
        found[key][name] += count
    return {key: Tally(**counts) for key, counts in found.items()}


@dataclass(frozen=True)
class OfPage:
    """What the page of one consultation counts; `by_label` as `comments_by_label`."""

    received: int
    by_label: dict[str, int]
    late: late_entries.Late


def of_page(consultation_id: int) -> OfPage:
    """All of it in one query."""
    rows = db.session.execute(_of_page(), {"id": consultation_id}).all()
    late = next(late_entries.Late(count, confirmed) for label, count, confirmed in rows if label is None)
    labels = [(label, count, withdrawn) for label, count, withdrawn in rows if label is not None]
    standing = {label: count - withdrawn for label, count, withdrawn in labels if count > withdrawn}
    return OfPage(sum(count for _label, count, _withdrawn in labels), standing, late)


@cache
def _of_page() -> Any:
    """Received and withdrawn of each label; without a label: entered late and confirmed."""
    label = func.coalesce(Clause.label, "")
    labels = select(label, func.count(), func.count(Comment.withdrawn_at)).select_from(Comment)
    late = select(null(), func.count(), func.count(Comment.gap_confirmed_at))
    return union_all(
        labels.outerjoin(Clause, Clause.id == Comment.clause_id).where(Comment.consultation_id == _ID).group_by(label),
        late.where(Comment.consultation_id == _ID, late_entries.LATE),
    )


def _by_label() -> tuple[ColumnElement[str], ColumnElement[int]]:
    """A clause's label, "" for the whole draft, and its comments without the withdrawn ones."""
    return func.coalesce(Clause.label, ""), func.count() - func.count(Comment.withdrawn_at)


def at_the_desk(consultation_id: int) -> dict[str, int]:
    """How many comments are unsorted, sorted and withdrawn."""
    found = _received([consultation_id], Comment.consultation_id).get(consultation_id, {"received": 0, "withdrawn": 0})
    query = select(func.count(distinct(Assignment.comment_id)))
    held = Assignment.consultation_id == consultation_id, Assignment.holder.is_not(None)
    sorted_ = db.session.scalar(query.where(*held)) or 0
    unsorted = found["received"] - found["withdrawn"] - sorted_
    return {"unsorted": unsorted, "sorted": sorted_, "withdrawn": found["withdrawn"]}


def in_short(consultation_id: int) -> Tally:
    """Received, withdrawn, hidden and people, without what became of the comments: that takes longest."""
    received = _received([consultation_id], Comment.consultation_id).get(consultation_id, {})
    return Tally(**received, people=_people([consultation_id], standing=False).get(consultation_id, 0))


def brief(consultation_ids: Iterable[int]) -> dict[int, Tally]:
    """Received and people of several consultations, in one query: each part keeps its own index."""
    return _summed(_brief(), list(consultation_ids))


def tally(consultation_id: int) -> Tally:
    return tallies([consultation_id])[consultation_id]


def every(consultation_id: int) -> Iterator[Row[tuple[int, str, str, datetime | None]]]:
    """Every comment that was ever stored, with no more of it than counting needs."""
    query = select(Comment.id, Comment.number, Comment.author_digest, Comment.withdrawn_at)
    yield from db.session.execute(query.where(Comment.consultation_id == consultation_id))


def people(consultation_id: int) -> int:
    """How many people commented and did not withdraw."""
    return _people([consultation_id], standing=True).get(consultation_id, 0)


def by_channel(consultation_id: int) -> list[tuple[str, Tally]]:
    """The counts for each way that comments came in, in the order of `CHANNELS`."""
    received, outcomes = _received([consultation_id], Comment.channel), _outcomes([consultation_id], Comment.channel)
    return [
        (channel, Tally(**received[channel], **outcomes.get(channel, {})))
        for channel in CHANNELS
        if channel in received
    ]


def hidden_by_ground(consultation_id: int) -> list[tuple[str, int]]:
    """How many comments are not shown, by the ground; each is answered all the same."""
    rows = db.session.execute(
        select(Comment.hidden_ground, func.count())
        .where(Comment.consultation_id == consultation_id, Comment.hidden_at.is_not(None))
        .group_by(Comment.hidden_ground)
    )
    found = {row[0]: int(row[1]) for row in rows}
    return [(ground, found[ground]) for ground in HIDDEN_GROUNDS if ground in found]


def by_clause(consultation_id: int) -> list[tuple[str, Tally]]:
    """The counts for each clause by its label, in the order of the text; "" is the whole draft. A
    corrected version keeps its labels, so a clause's comments stay together."""
    received = _received([consultation_id], Comment.clause_id)
    outcomes = _outcomes([consultation_id], Comment.clause_id)
    clauses = {row.id: row for row in db.session.scalars(select(Clause).where(Clause.id.in_(set(received) - {None})))}
    counts: dict[str, Counter[str]] = {}
    places: dict[str, int] = {}
    for clause_id in received:
        label = clauses[clause_id].label if clause_id is not None else ""
        place = clauses[clause_id].number if clause_id is not None else LAST
        counts.setdefault(label, Counter()).update(received[clause_id] | outcomes.get(clause_id, {}))
        places[label] = min(place, places.get(label, LAST))
    return [(label, Tally(**counts[label])) for label in sorted(counts, key=lambda label: places[label])]


def comments_by_label(consultation_id: int) -> dict[str, int]:
    """How many comments each clause has, without the withdrawn ones."""
    label, number = _by_label()
    query = select(label, number).select_from(Comment).outerjoin(Clause, Clause.id == Comment.clause_id)
    rows = db.session.execute(query.where(Comment.consultation_id == consultation_id).group_by(label))
    return {label: count for label, count in rows if count}


def holders(consultation_id: int) -> dict[int, tuple[int, int]]:
    """For each point how many people and how many comments hold it, without the withdrawn ones."""
    each = (
        select(Assignment.point_id, Assignment.holder, func.count().label("comments"))
        .where(Assignment.consultation_id == consultation_id, Assignment.holder.is_not(None))
        .group_by(Assignment.point_id, Assignment.holder)
        .subquery()
    )
    query = select(each.c.point_id, func.count(), func.sum(each.c.comments)).group_by(each.c.point_id)
    return {row[0]: (row[1], int(row[2])) for row in db.session.execute(query)}
