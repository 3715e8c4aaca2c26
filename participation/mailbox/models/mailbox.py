"""A mailbox is a row: who owns it, how many workdays it has, what it takes and refuses."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import service as evidence
from participation.extensions import db


class Mailbox(db.Model):
    """The 区长信箱, the website's 互动 column and the mailboxes of departments are rows of it."""

    __tablename__ = "mailbox"
    __table_args__ = (
        CheckConstraint("limit_workdays BETWEEN 1 AND 60", name="limit_sane"),
        CheckConstraint("dispatch_workdays BETWEEN 0 AND limit_workdays", name="dispatch_sane"),
        CheckConstraint("deputy_department_id <> owner_department_id", name="deputy_is_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    prefix: Mapped[str] = mapped_column(String(2), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    owner_department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    # 信访工作条例 art. 30: letters about the owner's dispatching office go to this unit instead.
    deputy_department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    limit_workdays: Mapped[int] = mapped_column(Integer, default=5)
    # 0: a department's own mailbox, whose letters go to its owner at once.
    dispatch_workdays: Mapped[int] = mapped_column(Integer, default=1)
    intro: Mapped[str] = mapped_column(Text, default="")
    takes: Mapped[str] = mapped_column(Text, default="")
    refuses: Mapped[str] = mapped_column(Text, default="")
    sort: Mapped[int] = mapped_column(Integer, default=100)
    active: Mapped[bool] = mapped_column(default=True)


class LetterSequence(db.Model):
    """How far the numbers of a mailbox's day were given out (see `numbering`)."""

    __tablename__ = "letter_sequence"

    prefix: Mapped[str] = mapped_column(String(2), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


evidence.register(
    Mailbox,
    kind="mailbox",
    columns=(
        "slug",
        "prefix",
        "owner_department_id",
        "deputy_department_id",
        "limit_workdays",
        "dispatch_workdays",
        "active",
    ),
)
