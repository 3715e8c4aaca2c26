"""Departments and people."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.evidence import service as evidence
from participation.extensions import Instant, db

DEPARTMENT_KINDS = ("government_office", "department", "street", "town", "other")


class Department(db.Model):
    """A body of the district that holds duties: a bureau, a street office, a town government."""

    __tablename__ = "department"
    __table_args__ = (
        CheckConstraint("kind IN ('government_office', 'department', 'street', 'town', 'other')", name="kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    name_en: Mapped[str] = mapped_column(String(160), default="")
    short_name: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    sort: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class Person(db.Model):
    """Somebody with an account: staff, a citizen, or both. `login` is the staff account name, or
    the verified mobile number or e-mail address of a citizen; without one nobody can sign in."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("login IS NULL OR password_hash IS NOT NULL", name="login_has_password"),
        CheckConstraint("phone_verified_at IS NULL OR phone IS NOT NULL", name="verified_phone_known"),
        CheckConstraint("email_verified_at IS NULL OR email IS NOT NULL", name="verified_email_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    login: Mapped[str | None] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    password_is_temporary: Mapped[bool] = mapped_column(default=False)
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(254))
    phone_verified_at: Mapped[datetime | None] = mapped_column(Instant)
    email_verified_at: Mapped[datetime | None] = mapped_column(Instant)
    is_citizen: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Instant)
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)


evidence.register(
    Department, kind="department", columns=("name", "name_en", "short_name", "code", "kind", "sort", "active")
)
evidence.register(
    Person,
    kind="person",
    columns=("is_citizen", "created_at", "disabled_at", "phone_verified_at", "email_verified_at"),
    personal=("name", "login", "phone", "email"),
)
