"""The papers of a decision: written, uploaded, or only named."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.decisions.models.decision import Decision
from participation.decisions.papers import ATTRIBUTES, FORMS, GROUNDS, PAPER_ROLES, VALIDITIES
from participation.decisions.steps import STEPS
from participation.evidence import service as evidence
from participation.extensions import Instant, db


def _one_of(column: str, values: Any, *, empty: bool = False) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in (*values, *(('',) if empty else ())))})"


class DecisionPaper(db.Model):
    """One version of one paper. `form` text: its words are a document of this row; file: `file_id` is
    the original, a document holds the words that could be read from it; reference: title, day
    (`signed_on`), `custodian` and perhaps a number, nothing else. `first_id` is the first version.
    What a reader sees is frozen by `sha256`: of the file's bytes, else of title and text."""

    __tablename__ = "decision_paper"
    __table_args__ = (
        CheckConstraint(_one_of("role", PAPER_ROLES), name="role_known"),
        CheckConstraint(_one_of("step", STEPS), name="step_known"),
        CheckConstraint(_one_of("form", FORMS), name="form_known"),
        CheckConstraint(_one_of("attribute", ATTRIBUTES), name="attribute_known"),
        CheckConstraint(_one_of("ground_kind", GROUNDS, empty=True), name="ground_known"),
        CheckConstraint(_one_of("validity", VALIDITIES, empty=True), name="validity_known"),
        CheckConstraint("attribute = 'public' OR ground <> '' OR ground_kind <> ''", name="hidden_with_ground"),
        CheckConstraint("form <> 'reference' OR (attribute <> 'public' AND file_id IS NULL)", name="reference_named"),
        CheckConstraint("(form = 'file') = (file_id IS NOT NULL) OR taken_back_at IS NOT NULL", name="file_there"),
        CheckConstraint("number >= 1 AND (number > 1) = (first_id IS NOT NULL)", name="numbered_from_one"),
        CheckConstraint("number = 1 OR reason <> ''", name="version_with_reason"),
        CheckConstraint("(secrecy_by IS NULL) = (secrecy_at IS NULL)", name="secrecy_whole"),
        CheckConstraint("(personal_by IS NULL) = (personal_at IS NULL)", name="personal_whole"),
        # R30: two reviews by two persons, neither of whom entered the paper.
        CheckConstraint("secrecy_by <> entered_by AND personal_by <> entered_by", name="second_person"),
        CheckConstraint("secrecy_by <> personal_by", name="two_persons"),
        CheckConstraint(
            "published_at IS NULL OR (attribute <> 'not_public' AND secrecy_by IS NOT NULL"
            " AND personal_by IS NOT NULL)",
            name="published_after_checks",
        ),
        CheckConstraint("(published_at IS NULL) = (published_on IS NULL)", name="published_whole"),
        CheckConstraint("published_at IS NULL OR form = 'reference' OR sha256 <> ''", name="published_is_frozen"),
        CheckConstraint("validity IN ('', 'in_force') OR validity_reason <> ''", name="ended_with_reason"),
        CheckConstraint("(taken_back_at IS NULL) = (taken_back_reason = '')", name="taken_back_with_reason"),
        CheckConstraint("(returned_at IS NULL) = (returned_reason = '')", name="returned_with_reason"),
        UniqueConstraint("first_id", "number", name="uq_decision_paper_version"),
        Index("ix_decision_paper_decision", "decision_id", "round", "step"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    round: Mapped[int] = mapped_column(default=1)
    step: Mapped[str] = mapped_column(String(20))
    role: Mapped[str] = mapped_column(String(20))
    form: Mapped[str] = mapped_column(String(10))
    first_id: Mapped[int | None] = mapped_column(ForeignKey("decision_paper.id"))
    number: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(Text, default="")
    title: Mapped[str] = mapped_column(String(200))
    index_number: Mapped[str] = mapped_column(String(80), default="")
    doc_number: Mapped[str] = mapped_column(String(80), default="")
    signed_on: Mapped[date | None]
    issuer: Mapped[str] = mapped_column(String(120), default="")
    custodian: Mapped[str] = mapped_column(String(120), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    attribute: Mapped[str] = mapped_column(String(12))
    ground_kind: Mapped[str] = mapped_column(String(12), default="")
    ground: Mapped[str] = mapped_column(Text, default="")
    entered_at: Mapped[datetime] = mapped_column(Instant)
    entered_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    secrecy_at: Mapped[datetime | None] = mapped_column(Instant)
    secrecy_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    personal_at: Mapped[datetime | None] = mapped_column(Instant)
    personal_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # What the second person decided about each place that may be personal: {"kind", "text", "why"}.
    kept: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    returned_at: Mapped[datetime | None] = mapped_column(Instant)
    returned_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    returned_reason: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    published_on: Mapped[date | None]
    sha256: Mapped[str] = mapped_column(String(64), default="")
    validity: Mapped[str] = mapped_column(String(10), default="")
    validity_on: Mapped[date | None]
    validity_reason: Mapped[str] = mapped_column(Text, default="")
    taken_back_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_back_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    decision: Mapped[Decision] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_readable(self) -> bool:
        """Whether everybody reads its text and has its file."""
        return self.attribute == "public" and self.published_at is not None and self.taken_back_at is None

    @property
    def series(self) -> int:
        """What all versions of a paper share: the first one's number."""
        return self.first_id or self.id


evidence.register(
    DecisionPaper,
    kind="decision_paper",
    columns=(
        "decision_id", "round", "step", "role", "form", "first_id", "number", "file_id", "attribute", "ground_kind",
        "entered_at", "entered_by", "secrecy_at", "secrecy_by", "personal_at", "personal_by", "returned_at",
        "returned_by", "published_at", "published_on", "sha256", "validity", "validity_on", "taken_back_at",
    ),
    # What a paper that is not public is called could be guessed from a plain digest.
    personal=(
        "title", "index_number", "doc_number", "signed_on", "issuer", "custodian", "ground", "reason", "kept",
        "returned_reason", "validity_reason", "taken_back_reason",
    ),
)  # fmt: skip
