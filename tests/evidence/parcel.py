"""A small evidenced table of the tests' own, so that they do not depend on any feature."""

from datetime import UTC, date, datetime

from sqlalchemy import JSON, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.access import Actor
from participation.evidence import service as evidence
from participation.extensions import Instant, db

NOW = datetime(2026, 11, 23, 2, 26, 41, tzinfo=UTC)
CLERK = Actor(person_id=9, name="朱敏")


class Parcel(db.Model):  # type: ignore[name-defined,misc]
    __tablename__ = "test_parcel"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    stage: Mapped[str] = mapped_column(String(20), default="received")
    due_on: Mapped[date | None] = mapped_column(Date)
    received_at: Mapped[datetime] = mapped_column(Instant, default=NOW)
    notes: Mapped[dict[str, object] | None] = mapped_column(JSON)
    author: Mapped[str | None] = mapped_column(String(40))
    views: Mapped[int] = mapped_column(default=0)


evidence.register(
    Parcel,
    kind="parcel",
    columns=("number", "stage", "due_on", "received_at", "notes"),
    personal=("author",),
)


def receive(number: str, author: str = "王小明") -> Parcel:
    parcel = Parcel(number=number, author=author, due_on=date(2026, 11, 30), notes={"b": [1], "a": None})
    db.session.add(parcel)
    db.session.flush()
    evidence.record("parcel.received", subject=parcel, actor=CLERK, now=NOW, facts={"number": number})
    return parcel


def move(parcel: Parcel, stage: str) -> None:
    parcel.stage = stage
    evidence.record("parcel.moved", subject=parcel, actor=CLERK, now=NOW, facts={"stage": stage})
