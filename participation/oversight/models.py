"""What an auditor finds about a duty, and how the department answers."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import service as evidence
from participation.extensions import Instant, db


class Finding(db.Model):
    """One finding of an auditor. It is never edited: a correction is another finding."""

    __tablename__ = "finding"
    __table_args__ = (CheckConstraint("text <> ''", name="text_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Instant())


class Inquiry(db.Model):
    """What an auditor follows up about a duty: marked, asked, replied, then cleared or found; what was found is
    corrected and the correction confirmed. One row, each act once; `inquiring` has the order."""

    __tablename__ = "inquiry"
    __table_args__ = (
        CheckConstraint(
            "stage IN ('marked', 'asked', 'replied', 'cleared', 'found', 'corrected', 'confirmed')", name="stage_known"
        ),
        CheckConstraint("(asked_at IS NULL) = (question = '')", name="asked_something"),
        CheckConstraint("(replied_at IS NULL) = (reply = '')", name="replied_something"),
        CheckConstraint("(corrected_at IS NULL) = (correction = '')", name="corrected_something"),
        Index("ix_inquiry_department", "department_id", "stage"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    stage: Mapped[str] = mapped_column(String(12), default="marked")
    why: Mapped[str] = mapped_column(Text, default="")
    marked_at: Mapped[datetime] = mapped_column(Instant())
    marked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    question: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime | None] = mapped_column(Instant())
    reply: Mapped[str] = mapped_column(Text, default="")
    replied_at: Mapped[datetime | None] = mapped_column(Instant())
    replied_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    conclusion: Mapped[str] = mapped_column(Text, default="")
    concluded_at: Mapped[datetime | None] = mapped_column(Instant())
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"))
    correction: Mapped[str] = mapped_column(Text, default="")
    corrected_at: Mapped[datetime | None] = mapped_column(Instant())
    corrected_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant())
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class SavedFilter(db.Model):
    """A view of the ledger that somebody keeps for themselves: `query` is the address's part after the question
    mark. `nonce` makes the feed's address; a new one makes the old address worthless. No evidence: it decides
    nothing."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("person_id", "name"), CheckConstraint("name <> ''", name="filter_named"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(400), default="")
    nonce: Mapped[str] = mapped_column(String(32))
    saved_at: Mapped[datetime] = mapped_column(Instant())


class DutyDraw(db.Model):
    """A draw by lot from the ledger. First the population is recorded: every duty that fits `query` at `fixed_at`,
    as `numbers`, their list, and that list's digest. The seed is the root of the first signed head over that record,
    which nobody can know before; `sampling.drawn()` then tells which come out. Empty seed: not sealed yet."""

    __tablename__ = "duty_draw"
    __table_args__ = (
        CheckConstraint("asked BETWEEN 1 AND 200", name="size_sensible"),
        CheckConstraint("population >= 1", name="population_counted"),
        CheckConstraint("length(population_digest) = 64", name="population_digested"),
        CheckConstraint("(seed = '') = (drawn_at IS NULL)", name="seed_has_instant"),
        CheckConstraint("(seed = '') = (seed_size IS NULL)", name="seed_has_head"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    query: Mapped[str] = mapped_column(String(400), default="")
    asked: Mapped[int]
    population: Mapped[int]
    population_digest: Mapped[str] = mapped_column(String(64))
    numbers: Mapped[str] = mapped_column(Text, deferred=True)
    fixed_at: Mapped[datetime] = mapped_column(Instant())
    fixed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    seed: Mapped[str] = mapped_column(String(64), default="")
    seed_size: Mapped[int | None] = mapped_column(BigInteger)
    drawn_at: Mapped[datetime | None] = mapped_column(Instant())
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class DutyDrawItem(db.Model):
    """One duty that came out; what is made of it is an `Inquiry` or a `Finding` about the duty."""

    __tablename__ = "duty_draw_item"
    __table_args__ = (
        UniqueConstraint("draw_id", "duty_id", name="duty_drawn_once"),
        UniqueConstraint("draw_id", "position", name="duty_draw_place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("duty_draw.id"))
    position: Mapped[int]
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), index=True)


evidence.register(Finding, kind="finding", columns=("duty_id", "post_id", "written_at"), personal=("text", "person_id"))
evidence.register(
    Inquiry,
    kind="inquiry",
    columns=(
        "duty_id", "department_id", "stage", "marked_at", "marked_by", "asked_at", "replied_at", "replied_by",
        "concluded_at", "finding_id", "corrected_at", "corrected_by", "confirmed_at",
    ),
    personal=("why", "question", "reply", "conclusion", "correction"),
)  # fmt: skip
evidence.register(
    DutyDraw,
    kind="duty_draw",
    columns=(
        "query", "asked", "population", "population_digest", "numbers", "fixed_at", "fixed_by", "post_id", "seed",
        "seed_size", "drawn_at",
    ),
)  # fmt: skip
evidence.register(DutyDrawItem, kind="duty_draw_item", columns=("draw_id", "position", "duty_id"))
