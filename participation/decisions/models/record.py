"""What every record of a step has in common: which decision, which run, by whom, and whether it stands."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from participation.extensions import Instant

RECORD_COLUMNS = ("decision_id", "round", "recorded_at", "set_aside_at", "set_aside_reason")
"""For `evidence.register`: the columns that every record is evidenced with."""


class StepRecord:
    """A mixin. A record is written once: a mistake is set aside with its reason, stays readable, and the
    step is recorded again (713号 art. 33: the process is recorded completely). `STEP` names the step of
    the chain whose undoing sets the record aside; `recorded_by` is a person's number, never shown to the public."""

    STEP: str = ""

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    round: Mapped[int] = mapped_column(default=1)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    set_aside_at: Mapped[datetime | None] = mapped_column(Instant)
    set_aside_reason: Mapped[str] = mapped_column(Text, default="")

    @declared_attr
    def recorded_by(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("person.id"))

    @property
    def stands(self) -> bool:
        return self.set_aside_at is None


def records_of(step: str) -> list[type]:
    """The tables whose rows record `step`."""
    found = (kind for kind in _kinds(StepRecord) if getattr(kind, "STEP", "") == step)
    return sorted(found, key=lambda kind: kind.__name__)


def _kinds(parent: type) -> list[type]:
    return [kind for child in parent.__subclasses__() for kind in (child, *_kinds(child))]
