"""Which comments say nearly the same: suggestions for the staff, made anew as comments come in."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.extensions import Instant, db


class LikenessRun(db.Model):
    """How far the comparison of a consultation is. `newest` is the last comment that it knows."""

    __tablename__ = "likeness_run"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    done: Mapped[int] = mapped_column(Integer, default=0)
    total: Mapped[int] = mapped_column(Integer)
    newest: Mapped[int] = mapped_column(Integer, default=0)


class CommentStack(db.Model):
    """A comment in a stack, and how it is like the leading one. It decides nothing, so it is no
    evidence: what a comment holds is an assignment, and those are."""

    __tablename__ = "comment_stack"
    __table_args__ = (Index("ix_comment_stack_leader", "consultation_id", "leader_id"),)

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    leader_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    # The first comment of the stack with the same text to the letter, and who wrote this one, as far as
    # anybody can tell: so that a page of stacks reads this table alone.
    wording_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    holder: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(10))
    likeness: Mapped[int] = mapped_column(Integer)
