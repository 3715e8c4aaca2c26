"""The consulted draft beside the final text, each change with the opinions that caused it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from participation.consultations.models import TextChange
from participation.consultations.queries.points import PointLine
from participation.consultations.rules.outcomes import CHANGES_THE_TEXT
from participation.documents import queries as documents
from participation.documents.comparison import Pair, compare
from participation.documents.models import Clause, Document
from participation.extensions import db


@dataclass(frozen=True)
class Row:
    """A clause that differs, or a run of clauses that do not (`same`)."""

    same: Sequence[Pair[Clause]] = ()
    pair: Pair[Clause] | None = None
    change: TextChange | None = None
    points: Sequence[PointLine] = field(default_factory=list)


def final_of(consultation_id: int) -> Document | None:
    """The text as it was decided; None while the department has given none."""
    return documents.current("consultation", consultation_id, "final")


def changes_of(consultation_id: int) -> list[TextChange]:
    query = (
        select(TextChange)
        .where(TextChange.consultation_id == consultation_id)
        .options(selectinload(TextChange.causes))
        .order_by(TextChange.place, TextChange.id)
    )
    return list(db.session.scalars(query))


def change_in(consultation_id: int, change_id: int) -> TextChange | None:
    return db.session.scalar(
        select(TextChange).where(TextChange.consultation_id == consultation_id, TextChange.id == change_id)
    )


def pairs(old: Document, new: Document) -> list[Pair[Clause]]:
    """Both texts clause by clause; what stands before the first clause is compared as one."""
    return compare(_whole(old), _whole(new))


def _whole(document: Document) -> list[Clause]:
    preamble = documents.preamble_of(document)
    # Never added to the session: the preamble is no clause that anybody could comment on.
    head = [Clause(number=0, label="", heading="", text=preamble)] if preamble else []
    return head + documents.clauses_of(document)


def rows(found: Sequence[Pair[Clause]], changes: Sequence[TextChange], lines: Sequence[PointLine]) -> Iterator[Row]:
    """In the order of reading; neighbours that did not change stand together."""
    by_place = {(change.old_clause_id, change.new_clause_id): change for change in changes}
    by_point = {line.point.id: line for line in lines}
    for same, run in groupby(found, key=lambda pair: pair.kind == "same"):
        if same:
            yield Row(same=list(run))
            continue
        for pair in run:
            change = by_place.get(ids(pair))
            causes = [by_point[point] for point in sorted(change.point_ids) if point in by_point] if change else []
            yield Row(pair=pair, change=change, points=causes)


def ids(pair: Pair[Clause]) -> tuple[int | None, int | None]:
    return (pair.old.id if pair.old else None, pair.new.id if pair.new else None)


def without_change(changes: Sequence[TextChange], lines: Sequence[PointLine]) -> list[PointLine]:
    """Adopted and partly adopted opinions that no change of the text answers: said before approval."""
    found = {point for change in changes for point in change.point_ids}
    return [line for line in lines if line.point.outcome in CHANGES_THE_TEXT and line.point.id not in found]
