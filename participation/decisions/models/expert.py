"""Experts, their opinions, and what was adopted of them (713号 art. 19-21)."""

from datetime import date

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.decisions.experts import CONCLUSIONS, WAYS
from participation.decisions.models.record import RECORD_COLUMNS, StepRecord
from participation.evidence import service as evidence
from participation.extensions import db


class DecisionExpert(StepRecord, db.Model):
    """One expert. `declared_on` is the day on which they declared that they have no direct interest;
    the opinion follows, is signed, and dissent stays as it was written."""

    __tablename__ = "decision_expert"
    __table_args__ = (
        CheckConstraint(
            f"conclusion IN ({', '.join(repr(key) for key in (*CONCLUSIONS, ''))})", name="conclusion_known"
        ),
        CheckConstraint("(conclusion = '') = (opinion = '')", name="opinion_whole"),
        CheckConstraint("signed_on IS NULL OR conclusion <> ''", name="signs_an_opinion"),
    )
    STEP = "expert"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text)
    declared_on: Mapped[date | None]
    conclusion: Mapped[str] = mapped_column(Text, default="")
    opinion: Mapped[str] = mapped_column(Text, default="")
    signed_on: Mapped[date | None]


class DecisionArgument(StepRecord, db.Model):
    """The expert argument as a whole: how it was held, and what became of the opinions (art. 21, 29)."""

    __tablename__ = "decision_argument"
    __table_args__ = (
        CheckConstraint(f"way IN ({', '.join(repr(key) for key in WAYS)})", name="way_known"),
        CheckConstraint("adopted <> ''", name="says_what_was_adopted"),
    )
    STEP = "expert"

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column("concluded_on")
    way: Mapped[str] = mapped_column(Text)
    adopted: Mapped[str] = mapped_column(Text)
    not_adopted: Mapped[str] = mapped_column(Text, default="")


evidence.register(
    DecisionExpert,
    kind="decision_expert",
    columns=(*RECORD_COLUMNS, "field", "declared_on", "conclusion", "signed_on"),
    personal=("name", "organisation", "opinion"),
)
evidence.register(
    DecisionArgument, kind="decision_argument", columns=(*RECORD_COLUMNS, "on", "way", "adopted", "not_adopted")
)
