"""Due work of oversight: cards for what is owed outside the mailbox, and the digest of the morning."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from participation.extensions import db
from participation.failures import place
from participation.oversight import cards, digest, draws

log = logging.getLogger(__name__)


def send_cards(*, now: datetime) -> int:
    """The cards that are due by `now`, each once, one transaction a duty."""
    return _each("duty", cards.waiting(now=now), lambda duty_id: cards.send(duty_id, now=now))


def send_digests(*, now: datetime) -> int:
    """Today's digests, one transaction a person; a morning that was missed is not made up for."""
    return _each("person", digest.due_today(now=now), lambda person_id: digest.send(person_id, now=now))


def draw(*, now: datetime) -> int:
    """Draws whose population is sealed by now, one transaction a draw."""
    return _each("draw", draws.waiting(), lambda draw_id: draws.draw(draw_id, now=now))


def _each(what: str, ids: list[int], act: Callable[[int], int]) -> int:
    done = 0
    db.session.commit()
    for one in ids:
        try:
            done += act(one)
            db.session.commit()
        except Exception as error:
            db.session.rollback()
            log.error("%s_failed %s=%d error=%s at=%s", what, what, one, type(error).__name__, place(error))
    return done


JOBS = (
    ("oversight.cards", 60, send_cards, timedelta(minutes=1)),
    # Right after the sealing, whose head is the seed.
    ("oversight.draws", 81, draw),
    ("oversight.digests", 85, send_digests, timedelta(minutes=10)),
)
