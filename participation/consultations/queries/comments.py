"""Comments, for the public and for the desk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, or_, select

from participation import clock
from participation.consultations.models import Assignment, Comment, OpinionPoint
from participation.consultations.models.consultation import Consultation
from participation.consultations.queries.counts import at_the_desk
from participation.documents.models import Clause
from participation.extensions import db

PAGE = 50
SHOWN = 20


@dataclass(frozen=True)
class PublicComment:
    """A comment as everybody reads it. `text` and `name` are empty on a tombstone."""

    id: int
    number: str
    name: str
    clause: str
    channel: str
    received_on: date
    text: str
    tombstone: str  # "", withdrawn, or the ground of hiding
    entered_on: date | None = None  # where it came another way and was entered on a later day


def public_comments(
    consultation_id: int, *, label: str | None = None, before: int | None = None
) -> list[PublicComment]:
    """Reviewed comments with consent, and the tombstones of what is not shown or not any more; one more than
    a page shows, so that the page knows whether there are more."""
    rows = db.session.execute(
        _newest_public(label is not None, before is not None), {"of": consultation_id, "label": label, "before": before}
    )
    return [_public(row) for row in rows]


@cache
def _newest_public(by_label: bool, earlier: bool) -> Any:
    # The ids first: an index has them without those that nobody has reviewed yet, which may be thousands.
    newest = (
        select(Comment.id)
        .where(Comment.consultation_id == bindparam("of"), Comment.consent_public)
        .where(or_(Comment.reviewed_at.is_not(None), Comment.hidden_at.is_not(None)))
    )
    if by_label:
        newest = newest.outerjoin(Clause, Clause.id == Comment.clause_id)
        newest = newest.where(func.coalesce(Clause.label, "") == bindparam("label"))
    if earlier:
        newest = newest.where(Comment.id < bindparam("before"))
    shown = newest.order_by(Comment.id.desc()).limit(SHOWN + 1).subquery()
    return _AS_SHOWN.join(shown, shown.c.id == Comment.id).order_by(Comment.id.desc())


_AS_SHOWN = select(
    Comment.id, Comment.number, Comment.author_name, Comment.text, Comment.channel, Comment.received_on,
    Comment.received_at, Comment.withdrawn_at, Comment.hidden_ground, func.coalesce(Clause.label, "").label("clause"),
).outerjoin(Clause, Clause.id == Comment.clause_id)  # fmt: skip


def every_public(consultation_id: int) -> Iterator[PublicComment]:
    """All that anybody may read, in the order of arrival: no tombstones."""
    query = _AS_SHOWN.where(
        Comment.consultation_id == consultation_id,
        Comment.consent_public,
        Comment.reviewed_at.is_not(None),
        Comment.hidden_at.is_(None),
        Comment.withdrawn_at.is_(None),
    ).order_by(Comment.id)
    for row in db.session.execute(query.execution_options(yield_per=500)):
        yield _public(row)


def _public(row: Any) -> PublicComment:
    gone = "withdrawn" if row.withdrawn_at else row.hidden_ground
    name, text = ("", "") if gone else (row.author_name, row.text)
    entered_on = clock.local_date(row.received_at)
    return PublicComment(
        row.id, row.number, name, row.clause, row.channel, row.received_on, text, gone,
        entered_on if entered_on != row.received_on else None,
    )  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """One page of the desk's list. Each row: comment, its clause, the numbers of its points."""

    rows: list[tuple[Comment, str, list[int]]]
    next_after: int | None
    counts: dict[str, int]


def _assigned():  # type: ignore[no-untyped-def]
    return exists().where(Assignment.comment_id == Comment.id)


def _filtered(consultation_id: int, show: str) -> Select[Comment, str]:
    query = (
        select(Comment, func.coalesce(Clause.label, ""))
        .outerjoin(Clause, Clause.id == Comment.clause_id)
        .where(Comment.consultation_id == consultation_id)
    )
    if show == "withdrawn":
        return query.where(Comment.withdrawn_at.is_not(None))
    query = query.where(Comment.withdrawn_at.is_(None))
    if show == "unsorted":
        return query.where(~_assigned())
    if show == "sorted":
        return query.where(_assigned())
    return query


def _says(words: str) -> ColumnElement[bool]:
    """The words as they stand. Looking for a string takes half as long as matching a pattern."""
    position = func.instr if db.engine.dialect.name == "sqlite" else func.strpos
    return position(Comment.text, words) > 0


FILTERS = ("unsorted", "sorted", "withdrawn")


def sheet(
    consultation_id: int,
    show: str,
    *,
    label: str = "",
    words: str = "",
    point_id: int | None = None,
    after: int | None = None,
) -> Sheet:
    """The desk's list in the order of arrival, filtered by clause, by words and by point."""
    query = _filtered(consultation_id, show)
    if label:
        query = query.where(func.coalesce(Clause.label, "-") == label)
    if words:
        query = query.where(_says(words))
    if point_id is not None:
        query = query.where(exists().where(Assignment.comment_id == Comment.id, Assignment.point_id == point_id))
    if after is not None:
        query = query.where(Comment.id > after)
    found = list(db.session.execute(query.order_by(Comment.id).limit(PAGE + 1)))
    shown = found[:PAGE]
    numbers: dict[int, list[int]] = {}
    pairs = select(Assignment.comment_id, OpinionPoint.number).join(
        OpinionPoint, OpinionPoint.id == Assignment.point_id
    )
    for comment_id, number in db.session.execute(
        pairs.where(Assignment.comment_id.in_([comment.id for comment, _ in shown])).order_by(OpinionPoint.number)
    ):
        numbers.setdefault(comment_id, []).append(number)
    rows = [(comment, clause, numbers.get(comment.id, [])) for comment, clause in shown]
    return Sheet(rows, shown[-1][0].id if len(found) > PAGE else None, at_the_desk(consultation_id))


AT_ONCE = 20_000
CHUNK = 5_000


def ids_of(consultation_id: int, show: str, *, label: str = "", words: str = "") -> list[int]:
    """All comments that a filter of the desk finds, at most 20,000."""
    query = _filtered(consultation_id, show if show in FILTERS else "all")
    if label:
        query = query.where(func.coalesce(Clause.label, "-") == label)
    if words:
        query = query.where(_says(words))
    return list(db.session.scalars(query.with_only_columns(Comment.id).order_by(Comment.id).limit(AT_ONCE)))


def chosen(consultation_id: int, ids: list[int]) -> list[Comment]:
    """These comments, if they belong to the consultation, in the order of arrival."""
    found: list[Comment] = []
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), CHUNK):
        query = select(Comment).where(Comment.id.in_(wanted[start : start + CHUNK]))
        found += db.session.scalars(query.where(Comment.consultation_id == consultation_id).order_by(Comment.id))
    return found


def comment_in(consultation: Consultation, comment_id: int) -> Comment | None:
    return db.session.scalar(
        select(Comment).where(Comment.consultation_id == consultation.id, Comment.id == comment_id)
    )


def to_tell(consultation_id: int) -> list[Comment]:
    """Whose comments have an outcome to hear of: not withdrawn, with a contact or an account."""
    query = select(Comment).where(
        Comment.consultation_id == consultation_id,
        Comment.withdrawn_at.is_(None),
        (Comment.contact_address != "") | Comment.person_id.is_not(None),
    )
    return list(db.session.scalars(query.order_by(Comment.id)))
