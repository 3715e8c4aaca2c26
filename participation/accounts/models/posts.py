"""Posts, and who holds them on which days."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models.people import Department, Person
from participation.evidence import service as evidence
from participation.extensions import Instant, db


class Post(db.Model):
    """A place in a department with one role. Rights belong to the post, never to the person."""

    __tablename__ = "post"
    __table_args__ = (
        CheckConstraint("role IN ('officer', 'head', 'office', 'auditor', 'administrator')", name="role_of_staff"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), index=True)
    title: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20))

    department: Mapped[Department] = relationship()


class PostHolding(db.Model):
    """A person in a post from 00:00 of `from_on` to 24:00 of `until_on` (Asia/Shanghai); without
    an `until_on`, until somebody ends it. `delegated_by` is the person who delegated the post for
    those days (AB角): its holder keeps it beside the deputy. A withdrawn holding counts no more."""

    __tablename__ = "post_holding"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="days_in_order"),
        CheckConstraint("delegated_by IS NULL OR until_on IS NOT NULL", name="delegation_ends"),
        Index("ix_post_holding_person_id_from_on", "person_id", "from_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)
    delegated_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    post: Mapped[Post] = relationship()


evidence.register(Post, kind="post", columns=("department_id", "title", "role"))
evidence.register(
    PostHolding,
    kind="post_holding",
    columns=("person_id", "post_id", "from_on", "until_on", "delegated_by", "withdrawn_at"),
)
