"""Due work: yellow and red cards, supervisions, and forms that were never sent."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from participation.breathing import breathe
from participation.extensions import db
from participation.failures import place
from participation.mailbox import drafts, service
from participation.mailbox.models import Letter
from participation.mailbox.queries import extensions, figures
from participation.mailbox.service import batches, supervising
from participation.mailbox.service import cards as card

log = logging.getLogger(__name__)


def cards(*, now: datetime) -> int:
    """Sends the cards that are due by `now`, each once, one transaction for each letter."""
    return _each(card.waiting(now=now), lambda duty_id: card.send(duty_id, now=now))


def supervise(*, now: datetime) -> int:
    """Opens the supervisions whose third overdue workday has come, one transaction for each; what
    a missed night left out is opened by the next."""
    return _each(
        supervising.waiting(now=now),
        lambda duty_id: int(supervising.open_automatically(duty_id, now=now) is not None),
    )


def _each(duty_ids: list[int], act: Callable[[int], int]) -> int:
    """Commits after each; one letter that fails must not keep the others from their cards."""
    done = 0
    db.session.commit()
    for duty_id in duty_ids:
        try:
            done += act(duty_id)
            db.session.commit()
        except Exception as error:
            db.session.rollback()
            log.error("duty_failed duty=%d error=%s at=%s", duty_id, type(error).__name__, place(error))
        breathe()
    return done


def lapse_extensions(*, now: datetime) -> int:
    """Ends the requests for more time that were not decided in time, one transaction for each letter."""
    ended = 0
    for letter_id in extensions.run_out(now=now):
        letter = db.session.get(Letter, letter_id, with_for_update=True)
        if letter is not None:
            ended += service.lapse_extensions(letter, now=now)
        db.session.commit()
    return ended


def sweep_drafts(*, now: datetime) -> int:
    """Forgets forms that nobody sent, and files that nobody confirmed, within 7 days."""
    gone = drafts.sweep(now=now) + batches.sweep(now=now)
    db.session.commit()
    return gone


def count_months(*, now: datetime) -> int:
    """Counts ahead the figures of the months in which something has changed."""
    done = figures.refresh(now=now)
    db.session.commit()
    return done


JOBS = (
    ("mailbox.cards", 20, cards, timedelta(minutes=1)),
    ("mailbox.supervise", 22, supervise, timedelta(minutes=1)),
    ("mailbox.extensions", 24, lapse_extensions, timedelta(minutes=1)),
    ("mailbox.figures", 70, count_months, timedelta(minutes=10)),
    ("mailbox.drafts", 90, sweep_drafts, timedelta(hours=6)),
)
