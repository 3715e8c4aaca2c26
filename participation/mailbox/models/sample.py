"""抽查: answers drawn by lot and read by an auditor. What was drawn can be drawn again from the
stored seed, so nobody chose which answers are read."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.evidence import service as evidence
from participation.extensions import Instant, db
from participation.mailbox.models.letter import _among
from participation.mailbox.sampling import VERDICTS


class Sample(db.Model):
    """One draw. The population (approved answers of the period that the auditor may read) is fixed
    first, by its size and digest; then the seed is made; sampling.drawn() tells which come out."""

    __tablename__ = "letter_sample"
    __table_args__ = (
        CheckConstraint("period_from <= period_until", name="period_in_order"),
        CheckConstraint("asked BETWEEN 1 AND 200", name="size_sensible"),
        CheckConstraint("population >= 0", name="population_counted"),
        CheckConstraint("length(seed) = 32 AND length(population_digest) = 64", name="draw_can_be_repeated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    period_from: Mapped[date]
    period_until: Mapped[date]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    asked: Mapped[int]
    population: Mapped[int]
    population_digest: Mapped[str] = mapped_column(String(64))
    seed: Mapped[str] = mapped_column(String(32))
    drawn_at: Mapped[datetime] = mapped_column(Instant)
    drawn_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))


class SampleItem(db.Model):
    """One answer that was drawn, the auditor's verdict, and what the office made of it."""

    __tablename__ = "letter_sample_item"
    __table_args__ = (
        UniqueConstraint("sample_id", "answer_id", name="drawn_once"),
        UniqueConstraint("sample_id", "position", name="one_place"),
        CheckConstraint(f"verdict IN ('', {_among(VERDICTS)})", name="verdict_known"),
        CheckConstraint("(verdict = '') = (judged_at IS NULL)", name="verdict_has_instant"),
        CheckConstraint("verdict IN ('', 'pass') OR reason <> ''", name="failure_has_reason"),
        CheckConstraint("outcome IN ('', 'redo', 'kept')", name="outcome_known"),
        CheckConstraint("(outcome = '') = (decided_at IS NULL)", name="outcome_has_instant"),
        CheckConstraint("outcome = '' OR (verdict NOT IN ('', 'pass') AND outcome_reason <> '')", name="only_failed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("letter_sample.id"))
    position: Mapped[int]
    answer_id: Mapped[int] = mapped_column(ForeignKey("letter_answer.id"), index=True)
    letter_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), ForeignKey("letter.id"), index=True
    )
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(12), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    judged_at: Mapped[datetime | None] = mapped_column(Instant)
    judged_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(String(8), default="")
    outcome_reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column()

    sample: Mapped[Sample] = relationship(lazy="joined", innerjoin=True)

    __mapper_args__ = {"version_id_col": version}

    @property
    def failed(self) -> bool:
        return self.verdict not in ("", "pass")


evidence.register(
    Sample,
    kind="letter_sample",
    columns=(
        "period_from", "period_until", "department_id", "asked", "population", "population_digest", "seed",
        "drawn_at", "drawn_by", "post_id",
    ),
)  # fmt: skip
evidence.register(
    SampleItem,
    kind="letter_sample_item",
    columns=(
        "sample_id", "position", "answer_id", "letter_id", "department_id", "verdict", "judged_at", "judged_by",
        "outcome", "decided_at", "decided_by",
    ),
    personal=("reason", "outcome_reason"),
)  # fmt: skip
