"""Who gets a signed head by mail each day: offices that can prove later what the log was (司法局, 档案馆).

The newest head of an evening covers every day before it, so a missed evening is made good by the next
mail; what is sent, to whom and whether it arrived is itself evidence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from participation import clock
from participation.access import SYSTEM, Actor
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.evidence.models import LONG, EvidenceHead
from participation.extensions import Instant, db

EVENING = time(18)
"""From this hour, Asia/Shanghai, the head of the day is due to its holders."""


class HeadHolder(db.Model):  # type: ignore[name-defined,misc]
    """An office outside this one that keeps heads. It is retired, never deleted."""

    __tablename__ = "head_holder"
    __table_args__ = (
        CheckConstraint("(retired_at IS NULL) = (retired_by IS NULL)", name="retired_has_person"),
        Index(
            "uq_head_holder_active",
            "address",
            unique=True,
            sqlite_where=text("retired_at IS NULL"),
            postgresql_where=text("retired_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(254))
    added_at: Mapped[datetime] = mapped_column(Instant)
    added_by: Mapped[int | None]
    retired_at: Mapped[datetime | None] = mapped_column(Instant)
    retired_by: Mapped[int | None]


class HeadMailing(db.Model):  # type: ignore[name-defined,misc]
    """One head to one holder for one evening."""

    __tablename__ = "head_mailing"
    __table_args__ = (
        UniqueConstraint("holder_id", "day"),
        CheckConstraint("state IN ('queued', 'sent', 'failed')", name="state_known"),
        CheckConstraint("(state = 'queued') = (settled_at IS NULL)", name="settled_has_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    holder_id: Mapped[int] = mapped_column(ForeignKey("head_holder.id"))
    day: Mapped[date] = mapped_column(Date)
    tree_size: Mapped[int] = mapped_column(LONG, ForeignKey("evidence_head.tree_size"))
    state: Mapped[str] = mapped_column(String(8), default="queued", index=True)
    queued_at: Mapped[datetime] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)


evidence.register(
    HeadHolder,
    kind="head_holder",
    columns=("name", "name_en", "added_at", "added_by", "retired_at", "retired_by"),
    personal=("address",),
)
evidence.register(
    HeadMailing,
    kind="head_mailing",
    columns=("holder_id", "day", "tree_size", "state", "queued_at", "settled_at"),
)


@dataclass(frozen=True)
class Held:
    """A holder with the newest mail that reached it and the newest one of all."""

    holder: HeadHolder
    arrived: HeadMailing | None
    newest: HeadMailing | None


def evening_of(now: datetime) -> date:
    """The day whose head is due by now: today from 18:00 in Shanghai, yesterday before."""
    here = clock.local(now)
    return here.date() if here.time() >= EVENING else here.date() - timedelta(days=1)


def holders() -> list[HeadHolder]:
    query = select(HeadHolder).where(HeadHolder.retired_at.is_(None))
    return list(db.session.scalars(query.order_by(HeadHolder.id)))


def held() -> list[Held]:
    """Each holder in office, with what it got."""
    found = holders()
    arrived = _newest_of(found, HeadMailing.state == "sent")
    newest = _newest_of(found)
    return [Held(holder, arrived.get(holder.id), newest.get(holder.id)) for holder in found]


def _newest_of(found: Sequence[HeadHolder], *conditions: object) -> dict[int, HeadMailing]:
    ids = [holder.id for holder in found]
    newest = select(func.max(HeadMailing.id)).where(HeadMailing.holder_id.in_(ids), *conditions)  # type: ignore[arg-type]
    query = select(HeadMailing).where(HeadMailing.id.in_(newest.group_by(HeadMailing.holder_id)))
    return {mailing.holder_id: mailing for mailing in db.session.scalars(query)}


def got(tree_size: int) -> list[HeadHolder]:
    """Who outside holds a head that covers this many leaves, in office or not."""
    covered = select(HeadMailing.holder_id).where(HeadMailing.state == "sent", HeadMailing.tree_size >= tree_size)
    return list(db.session.scalars(select(HeadHolder).where(HeadHolder.id.in_(covered)).order_by(HeadHolder.id)))


def mailings(*, limit: int = 60) -> list[tuple[HeadMailing, HeadHolder]]:
    """The newest first, each with its holder."""
    query = select(HeadMailing, HeadHolder).join(HeadHolder, HeadHolder.id == HeadMailing.holder_id)
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(HeadMailing.id.desc()).limit(limit))]


def add(*, name: str, name_en: str, address: str, actor: Actor, now: datetime) -> HeadHolder:
    """Names a new holder. Raises `Refused` when the address already belongs to one."""
    known = select(HeadHolder.id).where(HeadHolder.address == address, HeadHolder.retired_at.is_(None))
    if db.session.scalar(known) is not None:
        raise Refused("invalid", N_("This address already gets the signed numbers"), field="address")
    holder = HeadHolder(name=name, name_en=name_en, address=address, added_at=now, added_by=actor.person_id)
    db.session.add(holder)
    db.session.flush()
    evidence.record("head_holder.added", subject=holder, actor=actor, now=now, facts={"name": name})
    return holder


def retire(holder: HeadHolder, *, actor: Actor, now: datetime) -> None:
    """From now on nothing is mailed to it; what it holds stays its own."""
    db.session.refresh(holder, with_for_update=True)
    if holder.retired_at is not None:
        raise Refused("conflict", N_("This office has been taken off the list meanwhile"))
    holder.retired_at, holder.retired_by = now, actor.person_id
    evidence.record("head_holder.retired", subject=holder, actor=actor, now=now)


def due(now: datetime) -> list[tuple[HeadHolder, EvidenceHead]]:
    """Whom the newest head is due to: nobody twice for one evening, nobody before there is a head."""
    newest = db.session.scalar(select(EvidenceHead).order_by(EvidenceHead.tree_size.desc()).limit(1))
    if newest is None:
        return []
    done = set(db.session.scalars(select(HeadMailing.holder_id).where(HeadMailing.day == evening_of(now))))
    return [(holder, newest) for holder in holders() if holder.id not in done]


def queue(holder: HeadHolder, head: EvidenceHead, *, now: datetime) -> HeadMailing:
    """Records that the head goes out; the caller puts the message into the outbox in this transaction."""
    mailing = HeadMailing(
        holder_id=holder.id, day=evening_of(now), tree_size=head.tree_size, state="queued", queued_at=now
    )
    db.session.add(mailing)
    db.session.flush()
    facts = {"tree_size": head.tree_size, "holder": holder.id}
    evidence.record("head_mailing.queued", subject=mailing, actor=SYSTEM, now=now, facts=facts)
    return mailing


def queued() -> list[HeadMailing]:
    return list(db.session.scalars(select(HeadMailing).where(HeadMailing.state == "queued").order_by(HeadMailing.id)))


def settle(mailing: HeadMailing, *, state: str, at: datetime, now: datetime) -> None:
    """What became of the mail: `sent` or `failed`, as the outbox says."""
    mailing.state, mailing.settled_at = state, at
    evidence.record(f"head_mailing.{state}", subject=mailing, actor=SYSTEM, now=now)
