"""What the writer thinks of an answer, said once for each."""

from datetime import datetime

from participation.access import Actor
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox import lifecycle
from participation.mailbox.models import Letter, Rating
from participation.mailbox.rating import LEVELS
from participation.mailbox.service.facts import facts_of


def rate(
    letter: Letter,
    *,
    attitude: int | None,
    speed: int | None,
    result: int | None,
    remark: str = "",
    actor: Actor,
    now: datetime,
) -> Rating:
    """The writer rates the answer of the running round. Levels are 1 to 5; None is not rated and
    stays so. Whoever calls has checked that this is the writer."""
    refused = lifecycle.refusal("rate", facts_of(letter, now=now, by_writer=True), actor)
    if refused is not None:
        raise refused
    given = [level for level in (attitude, speed, result) if level is not None]
    if not given:
        raise Refused("invalid", N_("Choose a level for at least one of the three"), field="attitude")
    if any(level not in LEVELS for level in given):
        raise Refused("invalid", N_("Choose one of the five levels"), field="attitude")
    rating = Rating(
        letter_id=letter.id,
        round=letter.round,
        attitude=attitude,
        speed=speed,
        result=result,
        remark=remark,
        rated_at=now,
    )
    db.session.add(rating)
    db.session.flush()
    evidence.record("letter.rated", subject=rating, actor=actor, now=now, facts={"letter": letter.id})
    return rating
