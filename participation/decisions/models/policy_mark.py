"""Whether the text of a decision is a policy document."""

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from participation.decisions.models.record import RECORD_COLUMNS, StepRecord
from participation.evidence import service as evidence
from participation.extensions import db


class DecisionPolicyMark(StepRecord, db.Model):
    """A text counts as a policy document, which needs an interpretation, until somebody records why it is
    not one. A later mark sets the earlier aside."""

    __tablename__ = "decision_policy_mark"
    __table_args__ = (
        CheckConstraint("is_policy OR reason <> ''", name="not_policy_with_reason"),
        CheckConstraint("(set_aside_at IS NULL) = (set_aside_reason = '')", name="set_aside_with_reason"),
        Index(
            "uq_decision_policy_mark_standing",
            "decision_id",
            "round",
            unique=True,
            sqlite_where=text("set_aside_at IS NULL"),
            postgresql_where=text("set_aside_at IS NULL"),
        ),
    )

    STEP = "published"

    id: Mapped[int] = mapped_column(primary_key=True)
    is_policy: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")


evidence.register(DecisionPolicyMark, kind="decision_policy_mark", columns=(*RECORD_COLUMNS, "is_policy", "reason"))
