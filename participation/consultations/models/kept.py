"""The counts of a consultation with many comments, counted ahead so that its readers need not count them. Derived:
they can be thrown away and counted again, so nothing of them is evidence."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from participation.extensions import Instant, db


class ConsultationCount(db.Model):
    """One row a consultation that has more comments than a page counts. `sums` is its tally by the names of
    `rules.outcomes.Tally`; `by_label` has the comments of each clause, `late` and `confirmed` those entered late."""

    __tablename__ = "consultation_count"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    received: Mapped[int]
    sums: Mapped[dict[str, int]] = mapped_column(JSON)
    by_label: Mapped[dict[str, int]] = mapped_column(JSON)
    late: Mapped[int]
    confirmed: Mapped[int]
    as_of: Mapped[datetime] = mapped_column(Instant)
