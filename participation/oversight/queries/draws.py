"""Draws from the ledger as an auditor reads them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Subquery, func, select

from participation.access import Actor
from participation.duties import queries as duties
from participation.duties.ledger import LedgerRow
from participation.duties.models import Duty
from participation.duties.rules import state
from participation.extensions import db
from participation.oversight.models import DutyDraw, DutyDrawItem, Finding, Inquiry
from participation.oversight.queries.board import Late, with_lateness

SHOWN = 50


@dataclass(frozen=True)
class DrawRow:
    """A draw, how many duties came out, and how many of them an auditor has looked into since."""

    draw: DutyDraw
    drawn: int
    followed: int


@dataclass(frozen=True)
class Item:
    """A duty that came out: its row of the ledger as it stands now, what is followed up about it since the draw,
    and how many findings stand beside it since."""

    position: int
    late: Late
    inquiry: Inquiry | None
    findings: int


def _followed() -> dict[int, int]:
    since = (DutyDraw.id == DutyDrawItem.draw_id, DutyDraw.id.in_(select(_newest().c.id)))
    asked = (Inquiry.duty_id == DutyDrawItem.duty_id) & (Inquiry.marked_at >= DutyDraw.fixed_at)
    found = (Finding.duty_id == DutyDrawItem.duty_id) & (Finding.written_at >= DutyDraw.fixed_at)
    looked_into = select(Inquiry.id).where(asked).exists() | select(Finding.id).where(found).exists()
    query = select(DutyDrawItem.draw_id, func.count()).where(*since, looked_into).group_by(DutyDrawItem.draw_id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def _newest() -> Subquery:
    return select(DutyDraw.id).order_by(DutyDraw.id.desc()).limit(SHOWN).subquery()


def listed() -> list[DrawRow]:
    """The draws, the newest first."""
    counted = select(func.count()).where(DutyDrawItem.draw_id == DutyDraw.id).scalar_subquery()
    query = select(DutyDraw, counted).where(DutyDraw.id.in_(select(_newest().c.id))).order_by(DutyDraw.id.desc())
    followed = _followed()
    return [DrawRow(draw, number, followed.get(draw.id, 0)) for draw, number in db.session.execute(query)]


def items(draw: DutyDraw, *, actor: Actor, now: datetime) -> list[Item]:
    """What came out, in the order of the lots; without what this reader may not see."""
    query = (
        select(DutyDrawItem.position, Duty)
        .join(Duty, Duty.id == DutyDrawItem.duty_id)
        .where(DutyDrawItem.draw_id == draw.id, duties.visible_to(actor))
        .order_by(DutyDrawItem.position)
    )
    rows = [(position, duty) for position, duty in db.session.execute(query)]
    ids = [duty.id for _position, duty in rows]
    lines = duties.described([duty for _position, duty in rows], actor=actor)
    asked = select(Inquiry).where(Inquiry.duty_id.in_(ids), Inquiry.marked_at >= draw.fixed_at).order_by(Inquiry.id)
    inquiries = {one.duty_id: one for one in db.session.scalars(asked)}
    counted = select(Finding.duty_id, func.count()).where(Finding.duty_id.in_(ids), Finding.written_at >= draw.fixed_at)
    findings = {row[0]: row[1] for row in db.session.execute(counted.group_by(Finding.duty_id))}
    told = [
        LedgerRow(duty, state(duty, now), lines.get((duty.subject_kind, duty.subject_id)), duties.responsible(duty))
        for _position, duty in rows
    ]
    return [
        Item(position, late, inquiries.get(duty.id), findings.get(duty.id, 0))
        for (position, duty), late in zip(rows, with_lateness(told, now=now), strict=True)
    ]
