"""Due work: the yellow and red cards, and forms that were never sent."""

from datetime import datetime, timedelta

from participation.extensions import db
from participation.mailbox import drafts
from participation.mailbox.service.cards import cards_due


def cards(*, now: datetime) -> int:
    """Sends the cards that are due by `now`; each is sent once, whatever runs again."""
    sent = cards_due(now=now)
    db.session.commit()
    return sent


def sweep_drafts(*, now: datetime) -> int:
    """Forgets forms that nobody sent within 7 days."""
    gone = drafts.sweep(now=now)
    db.session.commit()
    return gone


JOBS = (
    ("mailbox.cards", 20, cards, timedelta(minutes=1)),
    ("mailbox.drafts", 90, sweep_drafts, timedelta(hours=6)),
)
