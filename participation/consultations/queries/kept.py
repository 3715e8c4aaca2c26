"""The counts that everybody reads: those of a consultation with many comments are kept by a job and some seconds
old, any others are derived from the rows as `counts` has them. The desk and what is published count anew."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.dialects import postgresql, sqlite

from participation.consultations.lifecycle import PUBLISHED
from participation.consultations.models import Comment, Consultation, ConsultationCount
from participation.consultations.queries import counts
from participation.consultations.queries.counts import OfPage
from participation.consultations.queries.late_entries import Late
from participation.consultations.rules.outcomes import Tally
from participation.extensions import db

LIVE = 1000
"""Comments that a page counts itself."""
MOVING = ("open", "sorting")
"""The stages in which comments come, are withdrawn and get their outcomes."""


def of_page(consultation_id: int, kept: ConsultationCount | None) -> OfPage:
    """What the page of one consultation counts; `kept` as `periods.published_with_counts` found it."""
    if kept is None:
        return counts.of_page(consultation_id)
    return OfPage(kept.received, kept.by_label, Late(kept.late, kept.confirmed))


def tallies(consultation_ids: Iterable[int]) -> dict[int, Tally]:
    """The tallies of several consultations, in three queries at most."""
    ids = list(consultation_ids)
    asked = select(ConsultationCount.consultation_id, ConsultationCount.sums)
    asked = asked.where(ConsultationCount.consultation_id.in_(ids))
    found = {key: Tally(**sums) for key, sums in db.session.execute(asked)} if ids else {}
    rest = [key for key in ids if key not in found]
    return found | counts.tallies(rest) if rest else found


def with_tallies(query: Select[Consultation], *, brief: bool = False) -> list[tuple[Consultation, Tally]]:
    """The consultations that `query` selects, each with its counts: one query, and two more when some have few
    comments. `brief`: of the counts only received and people, which is faster and one query more, not two."""
    joined = query.outerjoin(ConsultationCount, ConsultationCount.consultation_id == Consultation.id)
    rows = db.session.execute(joined.add_columns(ConsultationCount.sums)).all()
    rest = [row.id for row, sums in rows if sums is None]
    count = counts.brief if brief else counts.tallies
    counted = count(rest) if rest else {}
    return [(row, counted[row.id] if sums is None else Tally(**sums)) for row, sums in rows]


def keep(consultation_id: int, *, now: datetime) -> bool:
    """Counts one consultation and keeps what it found, if it has more than `LIVE` comments. Does not commit."""
    some = select(Comment.id).where(Comment.consultation_id == consultation_id).limit(LIVE + 1).subquery()
    if (db.session.scalar(select(func.count()).select_from(some)) or 0) <= LIVE:
        return False
    tally, page = counts.tally(consultation_id), counts.of_page(consultation_id)
    values = {
        "received": tally.received,
        "sums": asdict(tally),
        "by_label": page.by_label,
        "late": page.late.entered,
        "confirmed": page.late.confirmed,
        "as_of": now,
    }
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    row = insert(ConsultationCount).values(consultation_id=consultation_id, **values)
    # The job that closes a period and the one that counts may meet here.
    db.session.execute(row.on_conflict_do_update(index_elements=["consultation_id"], set_=values))
    return True


def to_count(*, everything: bool) -> list[int]:
    """Consultations whose counts can change; `everything`: all that were ever published."""
    stages = sorted(PUBLISHED) if everything else MOVING
    return list(db.session.scalars(select(Consultation.id).where(Consultation.stage.in_(stages))))
