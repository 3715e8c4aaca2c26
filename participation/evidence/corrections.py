"""Correcting a clock that was in doubt: one person says what was wrong, another one confirms it.

No entry is changed: the correction stands beside them, for everybody to read.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from participation.access import Actor
from participation.errors import N_, Refused
from participation.evidence import doubt
from participation.evidence import service as evidence
from participation.evidence.models import ClockCorrection, EvidenceEntry
from participation.extensions import db

evidence.register(
    ClockCorrection,
    kind="clock",
    columns=(
        "first_entry_id",
        "through_entry_id",
        "cause",
        "wrong_by_seconds",
        "state",
        "proposed_at",
        "proposed_by",
        "decided_at",
        "decided_by",
        "decline_reason",
    ),
)

LEAST = 10
"""Signs that a reason needs at least."""


def proposed() -> ClockCorrection | None:
    """The correction that waits for a second person."""
    query = select(ClockCorrection).where(ClockCorrection.state == "proposed")
    return db.session.scalar(query.order_by(ClockCorrection.id).limit(1))


def decided() -> list[ClockCorrection]:
    """The newest first."""
    query = select(ClockCorrection).where(ClockCorrection.state == "confirmed")
    return list(db.session.scalars(query.order_by(ClockCorrection.id.desc()).limit(50)))


def propose_refusal(*, health: doubt.Health, waiting: ClockCorrection | None) -> Refused | None:
    if waiting is not None:
        return Refused("conflict", N_("A correction is already waiting for a second person"))
    if not health.open_entries:
        return Refused("wrong_time", N_("No record is in doubt. There is nothing to correct"))
    return None


def decide_refusal(correction: ClockCorrection, actor: Actor) -> Refused | None:
    if correction.state != "proposed":
        return Refused("conflict", N_("This correction has been decided meanwhile. Please load the page again"))
    if actor.person_id is None or actor.person_id == correction.proposed_by:
        return Refused("forbidden", N_("Somebody else has to confirm what you proposed"))
    return None


def propose(*, cause: str, wrong_by_seconds: int | None, actor: Actor, now: datetime) -> ClockCorrection:
    """Raises `Refused` when nothing is in doubt, when one waits already, or without a cause."""
    health = doubt.health()
    refusal = propose_refusal(health=health, waiting=proposed())
    if refusal:
        raise refusal
    _need(cause, "cause")
    assert actor.person_id is not None
    correction = ClockCorrection(
        first_entry_id=health.first_entry,
        cause=cause.strip(),
        wrong_by_seconds=wrong_by_seconds,
        state="proposed",
        proposed_at=now,
        proposed_by=actor.person_id,
        decline_reason="",
    )
    try:
        with db.session.begin_nested():
            db.session.add(correction)
    except IntegrityError:
        raise Refused("conflict", N_("A correction is already waiting for a second person")) from None
    evidence.record("clock.correction_proposed", subject=correction, actor=actor, now=now)
    return correction


def confirm(correction: ClockCorrection, *, actor: Actor, now: datetime) -> None:
    """Ends the doubt of every entry from the first doubtful one to the newest there is now."""
    newest = db.session.scalar(select(func.max(EvidenceEntry.id)))
    _decide(correction, "confirmed", actor, now)
    correction.through_entry_id = newest
    db.session.flush()
    evidence.record("clock.correction_confirmed", subject=correction, actor=actor, now=now)


def decline(correction: ClockCorrection, *, reason: str, actor: Actor, now: datetime) -> None:
    refusal = decide_refusal(correction, actor)
    if refusal:
        raise refusal
    _need(reason, "reason")
    _decide(correction, "declined", actor, now)
    correction.decline_reason = reason.strip()
    db.session.flush()
    evidence.record("clock.correction_declined", subject=correction, actor=actor, now=now)


def _decide(correction: ClockCorrection, state: str, actor: Actor, now: datetime) -> None:
    db.session.refresh(correction, with_for_update=True)
    refusal = decide_refusal(correction, actor)
    if refusal:
        raise refusal
    correction.state, correction.decided_at, correction.decided_by = state, now, actor.person_id


def _need(text: str, field: str) -> None:
    if len(text.strip()) < LEAST:
        raise Refused("invalid", N_("Say in at least ten characters what was wrong and why"), field=field)
