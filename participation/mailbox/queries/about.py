"""Letters about one matter of another feature, such as a decision in force (713号 art. 35)."""

from collections.abc import Mapping

from sqlalchemy import func, select

from participation.duties.matters import Written
from participation.extensions import db
from participation.mailbox.models import Letter

SHOWN = 5


def count(kind: str, ids: set[int]) -> Mapping[int, Written]:
    """For everybody, in one query. A letter that complains about a unit is in no figure that this unit can
    read (信访工作条例 art. 30), and one that was withdrawn in none at all."""
    newest = (Letter.published_at.is_(None), Letter.published_at.desc(), Letter.id.desc())
    rows = (
        select(
            Letter.about_id,
            Letter.id,
            Letter.public_title,
            Letter.published_at,
            func.count().over(partition_by=Letter.about_id).label("received"),
            func.count(Letter.answered_at).over(partition_by=Letter.about_id).label("answered"),
            func.row_number().over(partition_by=Letter.about_id, order_by=newest).label("place"),
        )
        .where(
            Letter.about_kind == kind,
            Letter.about_id.in_(ids),
            Letter.about_department_id.is_(None),
            Letter.stage != "withdrawn",
        )
        .subquery()
    )
    found: dict[int, Written] = {}
    for row in db.session.execute(select(rows).where(rows.c.place <= SHOWN).order_by(rows.c.about_id, rows.c.place)):
        before = found.get(row.about_id, Written(row.received, row.answered))
        if row.published_at is not None:
            shown = (*before.shown, (row.public_title, f"/letters/{row.id}"))
            before = Written(row.received, row.answered, shown)
        found[row.about_id] = before
    return found
