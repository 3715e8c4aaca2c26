"""One item of a catalogue, which is one decision, and the steps of its life."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.decisions.lifecycle import STAGES, STEP_STATES, STEPS
from participation.decisions.models.catalogue import Catalogue, CatalogueBatch
from participation.decisions.rules import APPLICABLE, BODIES, CATEGORIES, FIELDS
from participation.evidence import service as evidence
from participation.extensions import Instant, db


def _one_of(column: str, values: Any, *, empty: bool = False) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in (*values, *(('',) if empty else ())))})"


class Decision(db.Model):
    """The union of the fields that offices publish (R4). `lead_unit` is the name as the office wrote
    it, `lead_department_id` the department it means; `note` is for colleagues, never public.
    `procedures` maps each of the five to {"state": applicable|not|unknown, "reason": text}; `field` is the
    subject area that decides whether an opinion survey is compulsory (R7); `links` are {"label", "url"}."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("catalogue_id", "number", name="uq_decision_number"),
        CheckConstraint(_one_of("category", CATEGORIES, empty=True), name="category_known"),
        CheckConstraint(_one_of("hearing", APPLICABLE), name="hearing_known"),
        CheckConstraint(_one_of("survey", APPLICABLE), name="survey_known"),
        CheckConstraint(_one_of("field", FIELDS, empty=True), name="field_known"),
        CheckConstraint(_one_of("body", BODIES), name="body_known"),
        CheckConstraint(_one_of("stage", STAGES), name="stage_known"),
        CheckConstraint("(stage = 'suspended') = (stage_before <> '')", name="suspended_from_somewhere"),
        CheckConstraint("stage NOT IN ('suspended', 'terminated') OR stage_reason <> ''", name="stopped_with_reason"),
        CheckConstraint("round >= 1", name="runs_from_one"),
        CheckConstraint(
            "planned_from IS NULL OR planned_to IS NULL OR planned_from <= planned_to", name="planned_in_order"
        ),
        Index("ix_decision_lead", "lead_department_id"),
        Index("ix_decision_batch", "batch_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    catalogue_id: Mapped[int] = mapped_column(ForeignKey("catalogue.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("catalogue_batch.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    category: Mapped[str] = mapped_column(String(20), default="")
    field: Mapped[str] = mapped_column(String(20), default="")
    affects_business: Mapped[bool | None]
    lead_department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    lead_unit: Mapped[str] = mapped_column(String(120), default="")
    joint_units: Mapped[list[str]] = mapped_column(JSON, default=list)
    basis: Mapped[str] = mapped_column(Text, default="")
    procedures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    hearing: Mapped[str] = mapped_column(String(12), default="unknown")
    survey: Mapped[str] = mapped_column(String(12), default="unknown")
    planned_text: Mapped[str] = mapped_column(Text, default="")
    planned_from: Mapped[date | None]
    planned_to: Mapped[date | None]
    body: Mapped[str] = mapped_column(String(20), default="government")
    deliberation: Mapped[str] = mapped_column(Text, default="")
    predisclosure: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[str] = mapped_column(Text, default="")
    links: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(Text, default="")
    round: Mapped[int] = mapped_column(default=1)
    stage: Mapped[str] = mapped_column(String(20), default="listed")
    stage_before: Mapped[str] = mapped_column(String(20), default="")
    stage_reason: Mapped[str] = mapped_column(Text, default="")
    stage_at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)
    catalogue: Mapped[Catalogue] = relationship(lazy="joined")
    batch: Mapped[CatalogueBatch] = relationship(lazy="joined")
    every_step: Mapped[list["DecisionStep"]] = relationship(
        back_populates="decision", order_by="DecisionStep.id", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def steps(self) -> list["DecisionStep"]:
        """The steps of the present run that stand; `every_step` has the earlier runs and what was undone."""
        return [row for row in self.every_step if row.round == self.round and row.set_aside_at is None]

    @property
    def published(self) -> bool:
        """Whether the public knows of it: what was withdrawn before its batch came out never was."""
        out = self.batch.published_at
        return out is not None and (self.removed_at is None or self.removed_at >= out)

    def state_of(self, procedure: str) -> str:
        return str((self.procedures or {}).get(procedure, {}).get("state", "unknown"))

    def reason_of(self, procedure: str) -> str:
        return str((self.procedures or {}).get(procedure, {}).get("reason", ""))


class DecisionStep(db.Model):
    """A step that has begun or is settled. `ground` says why it is not public or does not apply;
    documents that are not public are named, never stored (政府信息公开条例 art. 16). `round` is the run of
    the chain; an undone step stays, with the instant and the reason; `earlier` marks what was recorded before
    the platform asked for the records behind a step: revision 0003 sets it, and nothing else does."""

    __tablename__ = "decision_step"
    __table_args__ = (
        Index(
            "uq_decision_step_standing",
            "decision_id",
            "round",
            "step",
            unique=True,
            sqlite_where=text("set_aside_at IS NULL"),
            postgresql_where=text("set_aside_at IS NULL"),
        ),
        CheckConstraint("(set_aside_at IS NULL) = (set_aside_reason = '')", name="undone_with_reason"),
        CheckConstraint(_one_of("step", STEPS), name="step_known"),
        CheckConstraint(_one_of("state", STEP_STATES), name="state_known"),
        CheckConstraint("state NOT IN ('not_public', 'not_applicable') OR ground <> ''", name="hidden_with_ground"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    step: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    began_on: Mapped[date | None]
    on: Mapped[date | None] = mapped_column("ended_on")
    unit: Mapped[str] = mapped_column(String(120), default="")
    document_title: Mapped[str] = mapped_column(String(200), default="")
    document_number: Mapped[str] = mapped_column(String(80), default="")
    ground: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    round: Mapped[int] = mapped_column(default=1)
    earlier: Mapped[bool] = mapped_column(default=False)
    set_aside_at: Mapped[datetime | None] = mapped_column(Instant)
    set_aside_reason: Mapped[str] = mapped_column(Text, default="")
    decision: Mapped[Decision] = relationship(back_populates="every_step")


evidence.register(
    Decision,
    kind="decision",
    columns=(
        "catalogue_id", "batch_id", "number", "title", "summary", "category", "field", "affects_business",
        "lead_department_id", "lead_unit",
        "joint_units", "basis", "procedures", "hearing", "survey", "planned_text", "planned_from", "planned_to", "body",
        "deliberation", "predisclosure", "result", "links", "round", "stage", "stage_before", "stage_reason",
        "stage_at", "removed_at", "created_at",
    ),
    personal=("note",),
)  # fmt: skip
evidence.register(
    DecisionStep,
    kind="decision_step",
    columns=(
        "decision_id",
        "step",
        "state",
        "began_on",
        "on",
        "unit",
        "document_title",
        "document_number",
        "ground",
        "note",
        "recorded_at",
        "round",
        "earlier",
        "set_aside_at",
        "set_aside_reason",
    ),
)
