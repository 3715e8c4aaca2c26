"""A comment, whichever way it came, and the counter that numbers it."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from participation.accounts.held import HELD_COLUMNS, Held
from participation.consultations.models.consultation import among
from participation.consultations.rules.comments import CHANNELS, HIDDEN_GROUNDS
from participation.evidence import service as evidence
from participation.extensions import Instant, db

UNREAD = "consent_public AND reviewed_at IS NULL AND hidden_at IS NULL AND withdrawn_at IS NULL"

SHOWN = "consent_public AND (reviewed_at IS NOT NULL OR hidden_at IS NOT NULL)"


class Comment(Held, db.Model):
    """Never deleted: a withdrawn one leaves a tombstone, a hidden one is answered all the same.

    `received_on` is the day it arrived: declared for other channels, never in the future;
    `received_at` is when this system got it. `clause_id` None: about the whole draft."""

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint(f"channel IN ({among(CHANNELS)})", name="channel_known"),
        CheckConstraint(f"hidden_ground IN ({among(['', *HIDDEN_GROUNDS])})", name="hidden_ground_known"),
        CheckConstraint("(hidden_at IS NULL) = (hidden_ground = '')", name="hidden_has_ground"),
        CheckConstraint("(channel = 'online') = (entered_by IS NULL)", name="entered_by_somebody"),
        CheckConstraint("reviewed_at IS NULL OR consent_public", name="reviewed_with_consent"),
        CheckConstraint("text <> ''", name="text_written"),
        CheckConstraint("gap_workdays >= 0", name="gap_counted"),
        CheckConstraint("(gap_confirmed_at IS NULL) = (gap_confirmed_by IS NULL)", name="gap_confirmed_by_somebody"),
        CheckConstraint("gap_confirmed_by IS NULL OR gap_confirmed_by <> entered_by", name="gap_second_person"),
        Index(
            "ix_comment_gap_open",
            "consultation_id",
            sqlite_where=text("gap_workdays > 1 AND gap_confirmed_at IS NULL"),
            postgresql_where=text("gap_workdays > 1 AND gap_confirmed_at IS NULL"),
        ),
        # All that the counts read: texts are long, and an index is read in a tenth of the time.
        Index("ix_comment_consultation", "consultation_id", "id", "withdrawn_at", "hidden_at", "clause_id", "channel"),
        Index("ix_comment_people", "consultation_id", "author_digest", "withdrawn_at"),
        Index(
            "ix_comment_unread",
            "consultation_id",
            "received_at",
            "id",
            # SQLite knows an index by its condition to the letter, and has no truth values of its own.
            sqlite_where=text(UNREAD.replace("consent_public", "consent_public = 1")),
            postgresql_where=text(UNREAD),
        ),
        # What everybody reads, the newest first, past any number that nobody has looked at yet.
        Index(
            "ix_comment_public",
            "consultation_id",
            "id",
            sqlite_where=text(SHOWN.replace("consent_public", "consent_public = 1")),
            postgresql_where=text(SHOWN),
        ),
        Index("ix_comment_clause", "clause_id"),
        Index("ix_comment_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    number: Mapped[str] = mapped_column(String(24), unique=True)
    secret_digest: Mapped[str] = mapped_column(String(128))
    submission_key: Mapped[str] = mapped_column(String(64), unique=True)
    author_name: Mapped[str] = mapped_column(String(60), default="")
    contact_channel: Mapped[str] = mapped_column(String(10), default="")
    contact_address: Mapped[str] = mapped_column(String(254), default="")
    # Who it is, for counting people: a keyed digest of the contact, empty where none is known.
    author_digest: Mapped[str] = mapped_column(String(64), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    consent_public: Mapped[bool] = mapped_column(default=False)
    channel: Mapped[str] = mapped_column(String(10), default="online")
    received_on: Mapped[date]
    received_at: Mapped[datetime] = mapped_column(Instant)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    gap_workdays: Mapped[int] = mapped_column(default=0)
    """Workdays between the declared day and the entry. Over one, a second person confirms."""
    gap_confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    gap_confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant)
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    hidden_at: Mapped[datetime | None] = mapped_column(Instant)
    hidden_ground: Mapped[str] = mapped_column(String(20), default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    # The writer wants no more messages; what became of the comment stays on its page.
    unsubscribed_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}

    @property
    def holder(self) -> str | None:
        """Who commented, as far as anybody can tell; none once it is withdrawn. Without a contact nobody
        can tell two people apart, so each such comment counts as one."""
        return (self.author_digest or self.number) if self.withdrawn_at is None else None

    @property
    def is_public(self) -> bool:
        return bool(self.consent_public and self.reviewed_at and not self.hidden_at and not self.withdrawn_at)


class CommentSequence(db.Model):
    """How far the numbers of each day were given out (see `numbering`)."""

    __tablename__ = "comment_sequence"

    day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


evidence.register(
    Comment,
    kind="comment",
    columns=(
        "consultation_id", "clause_id", "number", "consent_public", "channel", "received_on", "received_at",
        "entered_by", "gap_workdays", "gap_confirmed_at", "gap_confirmed_by", "reviewed_at", "hidden_at",
        "hidden_ground", "withdrawn_at", "unsubscribed_at", *HELD_COLUMNS,
    ),
    personal=("author_name", "contact_address", "text"),
)  # fmt: skip
