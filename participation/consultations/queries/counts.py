"""The counts of a consultation, each derived from the rows: nothing is kept beside them that could
drift."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, case, distinct, func, select

from participation.consultations.models import Assignment, Comment, OpinionPoint
from participation.consultations.rules.comments import CHANNELS, HIDDEN_GROUNDS
from participation.consultations.rules.outcomes import Tally
from participation.documents.models import Clause
from participation.extensions import db


def _pairs():  # type: ignore[no-untyped-def]
    """For each comment: how many points, how many answered, how many different outcomes, which."""
    return (
        select(
            Assignment.comment_id.label("comment_id"),
            func.count().label("points"),
            func.count(Assignment.outcome).label("answered"),
            func.count(distinct(Assignment.outcome)).label("kinds"),
            func.min(Assignment.outcome).label("one"),
        )
        .group_by(Assignment.comment_id)
        .subquery()
    )


def outcome_column(pairs) -> ColumnElement[str]:  # type: ignore[no-untyped-def]
    """The comment's own outcome in SQL; `rules.outcomes.derived` says the same, a test compares."""
    return case(
        (Comment.withdrawn_at.is_not(None), "withdrawn"),
        (pairs.c.points.is_(None), "open"),
        (pairs.c.answered < pairs.c.points, "open"),
        (pairs.c.kinds == 1, pairs.c.one),
        else_="partly",
    )


def person() -> ColumnElement[str]:
    """Who commented, as far as anybody can tell."""
    # Without a contact nobody can tell two people apart, so each such comment counts as one.
    return case((Comment.author_digest == "", Comment.number), else_=Comment.author_digest)


def _grouped(by: ColumnElement[object]) -> Select[object, str, int]:
    pairs = _pairs()
    outcome = outcome_column(pairs)
    return (
        select(by.label("of"), outcome.label("outcome"), func.count().label("n"))
        .select_from(Comment)
        .outerjoin(pairs, pairs.c.comment_id == Comment.id)
        .group_by(by, outcome)
    )


def _tallies(query: Select[object, str, int]) -> dict[object, dict[str, int]]:
    found: dict[object, dict[str, int]] = {}
    for row in db.session.execute(query):
        counts = found.setdefault(row.of, {"received": 0})
        counts["received"] += row.n
        if row.outcome != "open":
            counts[row.outcome] = row.n
    return found


def tallies(consultation_ids: Iterable[int]) -> dict[int, Tally]:
    """The counts of several consultations in two queries; one without comments has zeros."""
    ids = list(consultation_ids)
    counts = _tallies(_grouped(Comment.consultation_id).where(Comment.consultation_id.in_(ids)))
    people = db.session.execute(
        select(Comment.consultation_id, func.count(distinct(person())), func.count(Comment.hidden_at))
        .where(Comment.consultation_id.in_(ids))
        .group_by(Comment.consultation_id)
    )
    extra = {row[0]: {"people": row[1], "hidden": row[2]} for row in people}
    return {key: Tally(**counts.get(key, {}), **extra.get(key, {})) for key in ids}


def tally(consultation_id: int) -> Tally:
    return tallies([consultation_id])[consultation_id]


def every(consultation_id: int) -> Iterator[Row[tuple[int, str, str, datetime | None]]]:
    """Every comment that was ever stored, with no more of it than counting needs."""
    query = select(Comment.id, Comment.number, Comment.author_digest, Comment.withdrawn_at)
    yield from db.session.execute(query.where(Comment.consultation_id == consultation_id))


def people(consultation_id: int) -> int:
    """How many people commented and did not withdraw."""
    query = select(func.count(distinct(person())))
    return (
        db.session.scalar(query.where(Comment.consultation_id == consultation_id, Comment.withdrawn_at.is_(None))) or 0
    )


def by_channel(consultation_id: int) -> list[tuple[str, Tally]]:
    """The counts for each way that comments came in, in the order of `CHANNELS`."""
    counts = _tallies(_grouped(Comment.channel).where(Comment.consultation_id == consultation_id))
    return [(channel, Tally(**counts[channel])) for channel in CHANNELS if channel in counts]


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
    query = _grouped(Clause.label).outerjoin(Clause, Clause.id == Comment.clause_id)
    counts = _tallies(query.where(Comment.consultation_id == consultation_id))
    places = dict(
        db.session.execute(
            select(Clause.label, func.min(Clause.number))
            .join(Comment, Comment.clause_id == Clause.id)
            .where(Comment.consultation_id == consultation_id)
            .group_by(Clause.label)
        ).all()
    )
    ordered = sorted(counts, key=lambda key: (key is None, places.get(key, 0)))
    return [(str(key or ""), Tally(**counts[key])) for key in ordered]


def comments_by_label(consultation_id: int) -> dict[str, int]:
    """How many comments each clause has, without the withdrawn ones."""
    rows = db.session.execute(
        select(Clause.label, func.count())
        .select_from(Comment)
        .outerjoin(Clause, Clause.id == Comment.clause_id)
        .where(Comment.consultation_id == consultation_id, Comment.withdrawn_at.is_(None))
        .group_by(Clause.label)
    )
    return {row[0] or "": row[1] for row in rows}


def holders(consultation_id: int) -> dict[int, tuple[int, int]]:
    """For each point how many people and how many comments hold it, without the withdrawn ones."""
    rows = db.session.execute(
        select(OpinionPoint.id, func.count(distinct(person())), func.count(Comment.id))
        .join(Assignment, Assignment.point_id == OpinionPoint.id)
        .join(Comment, Comment.id == Assignment.comment_id)
        .where(OpinionPoint.consultation_id == consultation_id, Comment.withdrawn_at.is_(None))
        .group_by(OpinionPoint.id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}
