"""Due work: the yellow and red cards."""

from datetime import datetime, timedelta

from participation.extensions import db
from participation.mailbox.service.cards import cards_due


def cards(*, now: datetime) -> int:
    """Sends the cards that are due by `now`; each is sent once, whatever runs again."""
    sent = cards_due(now=now)
    db.session.commit()
    return sent


JOBS = (("mailbox.cards", 20, cards, timedelta(minutes=1)),)
