"""A hearing, in the order of 713号 art. 16-17, and who takes part in it."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.decisions.models.record import RECORD_COLUMNS, StepRecord
from participation.evidence import service as evidence
from participation.extensions import db


class DecisionHearing(StepRecord, db.Model):
    """Each act fills its own columns, once, and in this order: notice, selection method, list of
    participants, materials, held, record signed. `participants` is [{"name", "side", "stakeholder"}];
    names are shown to colleagues, the public reads how many spoke for which side."""

    __tablename__ = "decision_hearing"
    __table_args__ = (
        CheckConstraint("planned_on > notice_on", name="announced_before"),
        CheckConstraint("NOT required OR law <> ''", name="required_by_a_law"),
        CheckConstraint("(method_on IS NULL) = (method = '')", name="method_whole"),
        CheckConstraint("list_on IS NULL OR method_on IS NOT NULL", name="list_after_method"),
        CheckConstraint("materials_on IS NULL OR list_on IS NOT NULL", name="materials_after_list"),
        CheckConstraint("held_on IS NULL OR materials_on IS NOT NULL", name="held_after_materials"),
        CheckConstraint("signed_on IS NULL OR held_on IS NOT NULL", name="signed_after_held"),
        CheckConstraint("(adopted_on IS NULL) = (adopted = '')", name="adopted_on_a_day"),
    )
    STEP = "participation"

    id: Mapped[int] = mapped_column(primary_key=True)
    required: Mapped[bool] = mapped_column(default=False)
    law: Mapped[str] = mapped_column(Text, default="")
    notice_on: Mapped[date]
    planned_on: Mapped[date]
    at_time: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(Text)
    method_on: Mapped[date | None]
    method: Mapped[str] = mapped_column(Text, default="")
    list_on: Mapped[date | None]
    participants: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    sides: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    stakeholders: Mapped[int] = mapped_column(default=0)
    ratio_reason: Mapped[str] = mapped_column(Text, default="")
    materials_on: Mapped[date | None]
    held_on: Mapped[date | None]
    attended: Mapped[int] = mapped_column(default=0)
    observers: Mapped[int] = mapped_column(default=0)
    result: Mapped[str] = mapped_column(Text, default="")
    signed_on: Mapped[date | None]
    signed: Mapped[int] = mapped_column(default=0)
    unsigned_reason: Mapped[str] = mapped_column(Text, default="")
    adopted: Mapped[str] = mapped_column(Text, default="")
    not_adopted: Mapped[str] = mapped_column(Text, default="")
    adopted_on: Mapped[date | None]


evidence.register(
    DecisionHearing,
    kind="decision_hearing",
    columns=(
        *RECORD_COLUMNS, "required", "law", "notice_on", "planned_on", "at_time", "place", "method_on", "method",
        "list_on", "sides", "stakeholders", "ratio_reason", "materials_on", "held_on", "attended", "observers",
        "result", "signed_on", "signed", "unsigned_reason", "adopted", "not_adopted", "adopted_on",
    ),
    personal=("participants",),
)  # fmt: skip
