"""What the index keeps of major decisions. Which of them are public the queries ask (`visible_to`)."""

from collections.abc import Collection, Iterator

from sqlalchemy import select

from participation.decisions.models import Decision, DecisionPaper
from participation.decisions.queries import papers
from participation.extensions import db
from participation.textindex.following import own_id
from participation.textindex.following import register as keep

COLUMNS = ("title", "summary", "lead_unit", "basis", "removed_at")

PAPER_COLUMNS = ("published_at", "taken_back_at")


def _texts(ids: Collection[int] | None) -> Iterator[tuple[int, str]]:
    query = select(Decision.id, Decision.title, Decision.summary, Decision.lead_unit, Decision.basis).where(
        Decision.removed_at.is_(None)
    )
    if ids is not None:
        query = query.where(Decision.id.in_(ids))
    rows = db.session.execute(query.order_by(Decision.id)).all()
    written = papers.public_texts([row.id for row in rows])
    for decision_id, *texts in rows:
        yield decision_id, "\n".join([*texts, *written.get(decision_id, [])])


def register() -> None:
    keep("decision", _texts, {Decision: (COLUMNS, own_id), DecisionPaper: (PAPER_COLUMNS, lambda row: row.decision_id)})
