"""What people asked for about their data, and who read what."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import service as evidence
from participation.extensions import Instant, db
from participation.privacy.rules import KINDS, STATES


def _among(values: Any) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))


class DataRequest(db.Model):  # type: ignore[name-defined,misc]
    """`outcome`: one {"kind", "number", "result", "ground"} for each matter that it was about; no
    names. `subject_*`: the one matter that a correction or an objection is about."""

    __tablename__ = "data_request"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_among(KINDS)})", name="kind_known"),
        CheckConstraint(f"state IN ({_among(STATES)})", name="state_known"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided_has_instant"),
        CheckConstraint("state <> 'refused' OR answer <> ''", name="refused_with_reason"),
        CheckConstraint("(subject_kind = '') = (subject_id IS NULL)", name="about_something"),
        Index("ix_data_request_subject", "subject_kind", "subject_id"),
        Index("ix_data_request_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    subject_kind: Mapped[str] = mapped_column(String(12), default="")
    subject_id: Mapped[int | None]
    outcome: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    text: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(Text, default="")
    emptied_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Reading(db.Model):  # type: ignore[name-defined,misc]
    """An auditor opened a matter that holds personal data (T29). Rows are only ever added."""

    __tablename__ = "personal_reading"
    __table_args__ = (Index("ix_personal_reading_person", "person_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    subject_kind: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[int]
    page: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Instant, index=True)


evidence.register(
    DataRequest,
    kind="data_request",
    columns=("kind", "subject_kind", "subject_id", "outcome", "state", "asked_at", "decided_at", "emptied_at"),
    personal=("person_id", "text", "answer"),
)
evidence.register(Reading, kind="personal_reading", columns=("person_id", "subject_kind", "subject_id", "page", "at"))
