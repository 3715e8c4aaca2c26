"""The interpretation of a policy document: its plan and its materials."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.decisions.aftermath import INTERPRETATION_FORMS, INTERPRETATION_KINDS
from participation.decisions.models.paper import DecisionPaper
from participation.decisions.models.record import RECORD_COLUMNS, StepRecord
from participation.evidence import service as evidence
from participation.extensions import Instant, db


def _one_of(column: str, values: object) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"  # type: ignore[attr-defined]


class DecisionInterpretation(StepRecord, db.Model):
    """A `plan` says in `words` who explains what, where and when; a `material` is a paper whose substance
    was checked as `digest` says, with what changes, for whom and from when. A person who did not
    enter it confirms the substance, once; nothing else of the row ever changes."""

    __tablename__ = "decision_interpretation"
    __table_args__ = (
        CheckConstraint(_one_of("kind", INTERPRETATION_KINDS), name="kind_known"),
        CheckConstraint(_one_of("form", INTERPRETATION_FORMS), name="form_known"),
        CheckConstraint("(kind = 'material') = (paper_id IS NOT NULL)", name="material_is_a_paper"),
        CheckConstraint("kind <> 'plan' OR words <> ''", name="plan_has_words"),
        CheckConstraint(
            "kind <> 'material' OR (changes <> '' AND for_whom <> '' AND from_when <> '' AND digest <> '')",
            name="material_has_substance",
        ),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by IS NULL)", name="confirmed_whole"),
        CheckConstraint("confirmed_by <> recorded_by", name="confirmed_by_another"),
        CheckConstraint("(set_aside_at IS NULL) = (set_aside_reason = '')", name="set_aside_with_reason"),
        Index("ix_decision_interpretation_run", "decision_id", "round"),
    )

    STEP = "published"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    form: Mapped[str] = mapped_column(String(12), default="text")
    words: Mapped[str] = mapped_column(Text, default="")
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("decision_paper.id"))
    url: Mapped[str] = mapped_column(String(500), default="")
    changes: Mapped[str] = mapped_column(Text, default="")
    for_whom: Mapped[str] = mapped_column(Text, default="")
    from_when: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    paper: Mapped[DecisionPaper | None] = relationship(lazy="joined")


evidence.register(
    DecisionInterpretation,
    kind="decision_interpretation",
    columns=(
        *RECORD_COLUMNS, "kind", "form", "words", "paper_id", "url", "changes", "for_whom", "from_when", "digest",
        "confirmed_at", "confirmed_by",
    ),
)  # fmt: skip
