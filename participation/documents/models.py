"""Versions of a text, and the clauses that each version is made of."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.evidence import service as evidence
from participation.extensions import Instant, db

ROLES = ("draft", "final")


class Document(db.Model):
    """One version of a text about a subject. Frozen by its fingerprint when it becomes public."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "role", "number"),
        CheckConstraint("role IN ('draft', 'final')", name="role_known"),
        CheckConstraint("number >= 1", name="numbered_from_one"),
        CheckConstraint("(frozen_at IS NULL) = (sha256 = '')", name="frozen_has_fingerprint"),
        CheckConstraint("number = 1 OR reason <> ''", name="correction_has_reason"),
        CheckConstraint("number > 1 OR NOT substantial", name="first_version_changes_nothing"),
        CheckConstraint("source_file_id IS NOT NULL OR NOT source_edited", name="edited_since_a_file"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int] = mapped_column(Integer)
    role: Mapped[str] = mapped_column(String(10), default="draft")
    number: Mapped[int] = mapped_column(Integer, default=1)
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    # The file the text was read from. The text rules: `source_edited` says that it was changed since.
    source_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    source_edited: Mapped[bool] = mapped_column(default=False)
    substantial: Mapped[bool] = mapped_column(default=False)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime] = mapped_column(Instant)
    frozen_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(Integer)

    clauses: Mapped[list["Clause"]] = relationship(order_by="Clause.number", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class Clause(db.Model):
    """One clause of one version. `number` is its place in the text from 1, `label` its own name."""

    __tablename__ = "clause"
    __table_args__ = (Index("uq_clause_document_number", "document_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int] = mapped_column(Integer)
    label: Mapped[str] = mapped_column(String(30))
    heading: Mapped[str] = mapped_column(String(100), default="")
    text: Mapped[str] = mapped_column(Text)


evidence.register(
    Document,
    kind="document",
    columns=(
        "subject_kind",
        "subject_id",
        "role",
        "number",
        "title",
        "text",
        "reason",
        "source_file_id",
        "source_edited",
        "substantial",
        "sha256",
        "created_at",
        "frozen_at",
    ),
)
evidence.register(Clause, kind="clause", columns=("document_id", "number", "label", "heading", "text"))
