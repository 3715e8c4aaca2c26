"""A list of contacts that somebody asked for, and each time it was taken."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from participation.evidence import service as evidence
from participation.extensions import Instant, db
from participation.privacy.contact_lists.lifecycle import DESKS, STAGES
from participation.privacy.contact_lists.rules import FETCHES, GROUNDS, SCOPES


def _among(values: object) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))  # type: ignore[call-overload]


class ContactList(db.Model):  # type: ignore[name-defined,misc]
    """`matters` are the ids of comments or letters, fixed when it was asked for: what came later or left
    meanwhile is not in it. Names and contacts are never stored here; each fetch reads them anew.

    `left_out` counts by the keys of `rules.LEFT_OUT`, without those about a unit. `ends_at` is 24:00
    (Asia/Shanghai) of `last_day`. `decided_at` stays empty when it was withdrawn before."""

    __tablename__ = "contact_list"
    __table_args__ = (
        CheckConstraint(f"stage IN ({_among(STAGES)})", name="stage_known"),
        CheckConstraint(f"scope IN ({_among(SCOPES)})", name="scope_known"),
        CheckConstraint(f"legal_ground IN ({_among(GROUNDS)})", name="ground_known"),
        CheckConstraint(f"desk IN ({_among(DESKS)})", name="desk_known"),
        CheckConstraint("(scope = 'consultation') = (consultation_id IS NOT NULL)", name="about_a_consultation"),
        CheckConstraint("(scope = 'letters') = (month <> '')", name="about_a_month"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decided_by_somebody"),
        CheckConstraint("stage NOT IN ('approved', 'refused') OR decided_at IS NOT NULL", name="decided_has_instant"),
        CheckConstraint("stage <> 'refused' OR reason <> ''", name="refused_with_reason"),
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="second_person"),
        CheckConstraint("(stage = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_has_instant"),
        CheckConstraint(f"fetches >= 0 AND fetches <= {FETCHES}", name="fetches_limited"),
        CheckConstraint("fetches = 0 OR decided_at IS NOT NULL", name="taken_when_allowed"),
        CheckConstraint("deleted_at IS NULL OR fetches > 0", name="deleted_what_was_taken"),
        Index("ix_contact_list_consultation", "consultation_id"),
        Index("ix_contact_list_month", "month"),
        Index("ix_contact_list_stage", "stage", "id"),
        Index("ix_contact_list_asked_by", "asked_by", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(12))
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"))
    month: Mapped[str] = mapped_column(String(7), default="")
    topic: Mapped[str] = mapped_column(String(20), default="")
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    desk: Mapped[str] = mapped_column(String(8))
    purpose: Mapped[str] = mapped_column(Text)
    legal_ground: Mapped[str] = mapped_column(String(12))
    document: Mapped[str] = mapped_column(String(120), default="")
    fields: Mapped[list[str]] = mapped_column(JSON)
    matters: Mapped[list[int]] = deferred(mapped_column(JSON))
    people: Mapped[int]
    left_out: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    last_day: Mapped[date]
    ends_at: Mapped[datetime] = mapped_column(Instant)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    stage: Mapped[str] = mapped_column(String(10), default="asked")
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    fetches: Mapped[int] = mapped_column(default=0)
    deleted_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the asker said that every copy is deleted."""
    emptied_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def was_approved(self) -> bool:
        return self.decided_at is not None and self.stage != "refused"


class ContactFetch(db.Model):  # type: ignore[name-defined,misc]
    """The list was taken once. Rows are only ever added."""

    __tablename__ = "contact_fetch"
    __table_args__ = (
        CheckConstraint("form IN ('csv', 'xlsx')", name="form_known"),
        CheckConstraint("people >= 0 AND left_out >= 0", name="counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_list_id: Mapped[int] = mapped_column(ForeignKey("contact_list.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    form: Mapped[str] = mapped_column(String(4))
    people: Mapped[int]
    left_out: Mapped[int]
    """Matters of the list that could not be in it any more: erased, only stored, taken back, restricted."""


evidence.register(
    ContactList,
    kind="contact_list",
    columns=(
        "scope", "consultation_id", "month", "topic", "department_id", "desk", "legal_ground", "fields", "matters",
        "people", "left_out", "last_day", "ends_at", "asked_at", "asked_by", "stage", "decided_at", "decided_by",
        "withdrawn_at", "fetches", "deleted_at", "emptied_at",
    ),
    personal=("purpose", "document", "reason"),
)  # fmt: skip
evidence.register(
    ContactFetch,
    kind="contact_fetch",
    columns=("contact_list_id", "person_id", "at", "form", "people", "left_out"),
)
