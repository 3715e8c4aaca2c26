"""Entries, and what proves them: insert-only tables."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, Text, event, text
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import ddl
from participation.extensions import Instant, db

LONG = BigInteger().with_variant(Integer, "sqlite")


class EvidenceEntry(db.Model):  # type: ignore[name-defined,misc]
    """One act, as it was recorded in the transaction that did it. `payload` is canonical JSON and
    decides; the other columns repeat parts of it for queries and are checked against it."""

    __tablename__ = "evidence_entry"
    __table_args__ = (
        Index("ix_evidence_entry_subject", "subject_kind", "subject_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(LONG, primary_key=True, autoincrement=True)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    format: Mapped[int]
    algorithm: Mapped[str] = mapped_column(String(16))
    verb: Mapped[str] = mapped_column(String(80))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(LONG)
    actor: Mapped[str] = mapped_column(String(80))
    payload: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))


class EvidenceSalt(db.Model):  # type: ignore[name-defined,misc]
    """The random salt of one row's personal commitments. Erasure empties it: what evidence then
    still holds about the person can be told by nobody."""

    __tablename__ = "evidence_salt"

    row_name: Mapped[str] = mapped_column(String(100), primary_key=True)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    destroyed_at: Mapped[datetime | None] = mapped_column(Instant)


class EvidenceSeal(db.Model):  # type: ignore[name-defined,misc]
    """The place of an entry in the tree. The order of sealing, not of ids, is the order of leaves:
    on PostgreSQL a lower id may be committed later."""

    __tablename__ = "evidence_seal"

    leaf_index: Mapped[int] = mapped_column(LONG, primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(LONG, ForeignKey("evidence_entry.id"), unique=True)
    digest: Mapped[str] = mapped_column(String(64))


class EvidenceTile(db.Model):  # type: ignore[name-defined,misc]
    """The root over 256 neighbouring leaves, so that a proof does not read the whole log."""

    __tablename__ = "evidence_tile"

    number: Mapped[int] = mapped_column(LONG, primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64))


class EvidenceHead(db.Model):  # type: ignore[name-defined,misc]
    """A signed head of the tree. `note` is the checkpoint as published (C2SP tlog-checkpoint);
    `frontier` the roots of the full subtrees, from which the next head grows."""

    __tablename__ = "evidence_head"

    tree_size: Mapped[int] = mapped_column(LONG, primary_key=True, autoincrement=False)
    root: Mapped[str] = mapped_column(String(64))
    sealed_at: Mapped[datetime] = mapped_column(Instant)
    key_id: Mapped[str] = mapped_column(String(8))
    signature: Mapped[str] = mapped_column(String(128))
    note: Mapped[str] = mapped_column(Text)
    frontier: Mapped[str] = mapped_column(Text)


class EvidenceDoubt(db.Model):  # type: ignore[name-defined,misc]
    """An entry whose time may be wrong, in milliseconds: how far the clock stood behind the entry
    before it, how far this machine's clock was from the database's. Repeats the payload, for queries."""

    __tablename__ = "evidence_doubt"

    entry_id: Mapped[int] = mapped_column(LONG, ForeignKey("evidence_entry.id"), primary_key=True, autoincrement=False)
    behind_ms: Mapped[int | None] = mapped_column(LONG)
    differs_ms: Mapped[int | None] = mapped_column(LONG)


class ClockCorrection(db.Model):  # type: ignore[name-defined,misc]
    """What was wrong with the clock, said by one person and confirmed by another. `wrong_by_seconds` is
    above zero when it was ahead, None when nobody can tell. Confirmed, it covers the doubtful entries
    from the first to the newest of that moment; the entries themselves stay as they are."""

    __tablename__ = "clock_correction"
    __table_args__ = (
        CheckConstraint("state IN ('proposed', 'confirmed', 'declined')", name="state_known"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided_has_time"),
        CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name="decided_has_person"),
        CheckConstraint("(state = 'confirmed') = (through_entry_id IS NOT NULL)", name="confirmed_has_range"),
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        Index(
            "uq_clock_correction_proposed",
            "state",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_entry_id: Mapped[int] = mapped_column(LONG, ForeignKey("evidence_entry.id"))
    through_entry_id: Mapped[int | None] = mapped_column(LONG, ForeignKey("evidence_entry.id"), index=True)
    cause: Mapped[str] = mapped_column(Text)
    wrong_by_seconds: Mapped[int | None] = mapped_column(LONG)
    state: Mapped[str] = mapped_column(String(12), default="proposed")
    proposed_at: Mapped[datetime] = mapped_column(Instant)
    proposed_by: Mapped[int]
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[int | None]
    decline_reason: Mapped[str] = mapped_column(Text, default="")


for _model in (EvidenceEntry, EvidenceSeal, EvidenceTile, EvidenceHead, EvidenceDoubt):
    for _rule in ddl.rules(_model.__tablename__):
        event.listen(_model.__table__, "after_create", _rule)
