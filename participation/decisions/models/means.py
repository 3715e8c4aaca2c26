"""How people were heard besides the comment period: meetings, visits, letters, surveys (713号 art. 14)."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.decisions.means import GROUPS, MEANS
from participation.decisions.models.record import RECORD_COLUMNS, StepRecord
from participation.evidence import service as evidence
from participation.extensions import db


class DecisionMeans(StepRecord, db.Model):
    """One meeting, round or survey. `took_part` is [{"group", "number"}]; of a survey `asked` and
    `answered` count the forms. `adopted` is written when the opinions were studied, and until then empty."""

    __tablename__ = "decision_means"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(key) for key in MEANS)})", name="kind_known"),
        CheckConstraint("until IS NULL OR until >= held_on", name="days_in_order"),
        CheckConstraint("asked >= answered AND answered >= 0", name="answers_of_asked"),
        CheckConstraint("(adopted_on IS NULL) = (adopted = '')", name="adopted_on_a_day"),
    )
    STEP = "participation"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    held_on: Mapped[date]
    until: Mapped[date | None]
    place: Mapped[str] = mapped_column(Text, default="")
    took_part: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    who: Mapped[str] = mapped_column(Text, default="")
    asked: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int] = mapped_column(default=0)
    result: Mapped[str] = mapped_column(Text)
    adopted: Mapped[str] = mapped_column(Text, default="")
    not_adopted: Mapped[str] = mapped_column(Text, default="")
    adopted_on: Mapped[date | None]
    told_on: Mapped[date | None]

    @property
    def people(self) -> int:
        return sum(int(part["number"]) for part in self.took_part or [])

    @property
    def groups(self) -> set[str]:
        return {str(part["group"]) for part in self.took_part or [] if part["group"] in GROUPS}


evidence.register(
    DecisionMeans,
    kind="decision_means",
    columns=(
        *RECORD_COLUMNS, "kind", "held_on", "until", "place", "took_part", "who", "asked", "answered", "result",
        "adopted", "not_adopted", "adopted_on", "told_on",
    ),
)  # fmt: skip
