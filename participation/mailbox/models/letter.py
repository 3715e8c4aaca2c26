"""A letter and what happened to it. The CHECKs repeat the lifecycle table."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.held import HELD_COLUMNS, Held
from participation.evidence import service as evidence
from participation.extensions import Instant, db
from participation.mailbox.gist import gist
from participation.mailbox.lifecycle import STAGES, WITH_DEPARTMENT
from participation.mailbox.models.mailbox import Mailbox
from participation.mailbox.rules import CHANNELS, KINDS


def _among(values: object) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))  # type: ignore[call-overload]


class Letter(Held, db.Model):
    """`about_department_id` is the unit that must never see the letter (信访工作条例 art. 30)."""

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint(f"stage IN ({_among(STAGES)})", name="stage_known"),
        CheckConstraint(f"kind IN ({_among(KINDS)})", name="kind_known"),
        CheckConstraint(f"channel IN ({_among(CHANNELS)})", name="channel_known"),
        CheckConstraint(
            f"(stage NOT IN ({_among(WITH_DEPARTMENT)})) OR department_id IS NOT NULL", name="handled_by_somebody"
        ),
        CheckConstraint("(stage IN ('answered', 'refused')) = (answered_at IS NOT NULL)", name="answered_has_instant"),
        CheckConstraint("(stage = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_has_instant"),
        CheckConstraint(
            "about_department_id IS NULL OR department_id IS NULL OR about_department_id <> department_id",
            name="never_to_the_accused",
        ),
        CheckConstraint("about_person = '' OR about_department_id IS NOT NULL", name="person_has_unit"),
        CheckConstraint("(channel = 'web') = (entered_by IS NULL)", name="entered_by_somebody"),
        CheckConstraint(
            # A reopened letter stays readable with the answer it had.
            "published_at IS NULL OR ((stage = 'answered' OR round > 1) AND consent_public AND public_title <> '')",
            name="published_with_consent",
        ),
        CheckConstraint("answered_at IS NULL OR answered_at >= received_at", name="answered_after_receipt"),
        CheckConstraint("returns >= 0", name="returns_counted"),
        CheckConstraint("supplements_id IS NULL OR supplements_id <> id", name="supplements_another"),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="merged_into_another"),
        CheckConstraint("(about_kind = '') = (about_id IS NULL)", name="about_something"),
        CheckConstraint("reclassified_as IN ('', 'petition', 'disclosure')", name="reclassified_known"),
        CheckConstraint("(reclassified_as = '') = (reclassified_at IS NULL)", name="reclassified_has_instant"),
        # Only what came by another way has a declared day; a confirmation is a second person's.
        CheckConstraint("channel <> 'web' OR received_on IS NULL", name="declared_only_elsewhere"),
        CheckConstraint("received_at <= recorded_at", name="received_before_entry"),
        CheckConstraint("gap_workdays >= 0", name="gap_counted"),
        CheckConstraint("(gap_confirmed_at IS NULL) = (gap_confirmed_by IS NULL)", name="gap_confirmed_by_somebody"),
        CheckConstraint("gap_confirmed_by IS NULL OR gap_confirmed_by <> entered_by", name="gap_second_person"),
        CheckConstraint("(gap_objected_at IS NULL) = (gap_objected_by IS NULL)", name="gap_objected_by_somebody"),
        CheckConstraint("(gap_objected_at IS NULL) = (gap_objection = '')", name="gap_objected_with_reason"),
        CheckConstraint("gap_objected_by IS NULL OR gap_objected_by <> entered_by", name="gap_objection_second_person"),
        CheckConstraint("gap_objected_at IS NULL OR gap_confirmed_at IS NULL", name="gap_confirmed_or_objected"),
        Index(
            "ix_letter_external",
            "channel",
            "external_number",
            unique=True,
            sqlite_where=text("external_number <> ''"),
            postgresql_where=text("external_number <> ''"),
        ),
        Index(
            "ix_letter_gap_open",
            "gap_department_id",
            sqlite_where=text("gap_workdays > 1 AND gap_confirmed_at IS NULL AND gap_objected_at IS NULL"),
            postgresql_where=text("gap_workdays > 1 AND gap_confirmed_at IS NULL AND gap_objected_at IS NULL"),
        ),
        Index(
            "ix_letter_about",
            "about_id",
            "about_kind",
            sqlite_where=text("about_id IS NOT NULL"),
            postgresql_where=text("about_id IS NOT NULL"),
        ),
        Index("ix_letter_stage_department", "stage", "department_id"),
        Index("ix_letter_published", "published_at", "id"),
        Index("ix_letter_public_topic", "topic", "published_at", "id"),
        Index("ix_letter_public_unit", "department_id", "published_at", "id"),
        Index("ix_letter_person", "person_id"),
        Index("ix_letter_contact", "contact_address"),
        Index("ix_letter_topic_stage", "topic", "stage", "id"),
        Index("ix_letter_supplements", "supplements_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailbox.id"))
    number: Mapped[str] = mapped_column(String(24), unique=True)
    secret_digest: Mapped[str] = mapped_column(String(128))
    submission_key: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    topic: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(120), default="")
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    author_name: Mapped[str] = mapped_column(String(60))
    contact_channel: Mapped[str] = mapped_column(String(10), default="")
    contact_address: Mapped[str] = mapped_column(String(200), default="")
    consent_public: Mapped[bool] = mapped_column(default=False)
    about_department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    # Name or post of whom it is about; never public, and never seen by the unit, as the letter itself.
    about_person: Mapped[str] = mapped_column(String(60), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[str] = mapped_column(String(10), default="web")
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    received_at: Mapped[datetime] = mapped_column(Instant)
    received_on: Mapped[date | None]
    """The day on which it came in elsewhere, as declared at entry; the clock counts from it."""
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    external_number: Mapped[str] = mapped_column(String(60), default="")
    """Its number where it came from, such as the 12345 hotline's."""
    import_id: Mapped[int | None] = mapped_column(ForeignKey("letter_import.id"), index=True)
    gap_workdays: Mapped[int] = mapped_column(default=0)
    """Workdays between the declared day and the entry. Over one, a second person confirms."""
    gap_department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    gap_confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    gap_confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    gap_objected_at: Mapped[datetime | None] = mapped_column(Instant)
    gap_objected_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    gap_objection: Mapped[str] = mapped_column(String(500), default="")
    """Why a second person does not believe the declared day. It moves no date."""
    stage: Mapped[str] = mapped_column(String(12), default="received")
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    assigned_at: Mapped[datetime | None] = mapped_column(Instant)
    returns: Mapped[int] = mapped_column(Integer, default=0)
    ruled: Mapped[bool] = mapped_column(default=False)
    round: Mapped[int] = mapped_column(Integer, default=1)
    supplements_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    about_kind: Mapped[str] = mapped_column(String(20), default="")
    """What kind of matter it is about, such as a decision in force (713号 art. 35), and which one."""
    about_id: Mapped[int | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"), index=True)
    """The earlier letter of the same writer that this one is handled with; its duty stays its own."""
    reclassified_as: Mapped[str] = mapped_column(String(12), default="")
    reclassified_at: Mapped[datetime | None] = mapped_column(Instant)
    reclassified_basis: Mapped[str] = mapped_column(String(500), default="")
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    public_title: Mapped[str] = mapped_column(String(120), default="")
    public_text: Mapped[str] = mapped_column(Text, default="")
    public_answer: Mapped[str] = mapped_column(Text, default="")
    public_earlier: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """The covered answers of the rounds before the one that `public_answer` is from, by round."""
    version: Mapped[int] = mapped_column(Integer)

    mailbox: Mapped[Mailbox] = relationship(lazy="joined", innerjoin=True)

    __mapper_args__ = {"version_id_col": version}

    @property
    def gap_open(self) -> bool:
        """Entered more than a workday after it came in, and no second person has looked at the day yet."""
        return self.gap_workdays > 1 and self.gap_confirmed_at is None and self.gap_objected_at is None

    @property
    def may_be_public(self) -> bool:
        """With the writer's consent; never a letter about a unit, which reads what is public too."""
        return self.consent_public and self.about_department_id is None

    @property
    def gist(self) -> str:
        """The first thing the published answer says; empty while nothing is published."""
        return gist(self.public_answer)


class LetterEvent(db.Model):
    """One step of a letter, in plain words on its timeline. Rows are only ever added; who held the
    letter on which day is read from them."""

    __tablename__ = "letter_event"
    __table_args__ = (Index("ix_letter_event_letter", "letter_id", "id"), Index("ix_letter_event_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    verb: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Instant)
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    from_department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    to_department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    basis: Mapped[str] = mapped_column(String(300), default="")


evidence.register(
    Letter,
    kind="letter",
    columns=(
        "number",
        "mailbox_id",
        "kind",
        "topic",
        "channel",
        "consent_public",
        "about_department_id",
        "received_at",
        "received_on",
        "recorded_at",
        "external_number",
        "import_id",
        "gap_workdays",
        "gap_department_id",
        "gap_confirmed_at",
        "gap_confirmed_by",
        "gap_objected_at",
        "gap_objected_by",
        "stage",
        "department_id",
        "assigned_at",
        "returns",
        "ruled",
        "round",
        "supplements_id",
        "about_kind",
        "about_id",
        "merged_into_id",
        "reclassified_as",
        "reclassified_at",
        "answered_at",
        "withdrawn_at",
        "published_at",
        *HELD_COLUMNS,
    ),
    personal=(
        "title",
        "text",
        "place",
        "author_name",
        "about_person",
        "contact_address",
        "reclassified_basis",
        "gap_objection",
        "public_title",
        "public_text",
        "public_answer",
        "public_earlier",
    ),
)
evidence.register(
    LetterEvent,
    kind="letter_event",
    columns=("letter_id", "verb", "at", "from_department_id", "to_department_id"),
    personal=("reason", "basis"),
)
