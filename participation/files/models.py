"""One row for each upload; equal contents share one file on disk."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import service as evidence
from participation.extensions import Instant, db
from participation.files import disk


class StoredFile(db.Model):  # type: ignore[name-defined,misc]
    """A file that passed recognition. Staged under the key of a form until the form is accepted,
    then attached to a subject. `restricted_from` names the department that must not see it."""

    __tablename__ = "stored_file"
    __table_args__ = (
        CheckConstraint("kind IN ('pdf', 'docx', 'xlsx', 'jpeg', 'png')", name="kind_known"),
        CheckConstraint("size > 0", name="size_positive"),
        CheckConstraint(
            "(attached_at IS NULL) = (subject_kind IS NULL) AND (subject_kind IS NULL) = (subject_id IS NULL)",
            name="attached_whole",
        ),
        UniqueConstraint("form_key", "sha256", "original_name", name="once_per_form"),
        Index("ix_stored_file_subject", "subject_kind", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    original_name: Mapped[str] = mapped_column(String(120))
    form_key: Mapped[str] = mapped_column(String(64), index=True)
    subject_kind: Mapped[str | None] = mapped_column(String(32))
    subject_id: Mapped[int | None]
    restricted_from: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    attached_at: Mapped[datetime | None] = mapped_column(Instant)


evidence.register(
    StoredFile,
    kind="stored_file",
    columns=("size", "kind", "subject_kind", "subject_id", "restricted_from", "attached_at"),
    # What a citizen attached is personal: its digest could be compared with a suspected document.
    personal=("sha256", "original_name"),
    since="attached_at",
    codes={"sha256": disk.SWAPPED, "original_name": disk.RENAMED},
    beside=disk.compare,
)
