"""How long an answer can be said not to answer. Pure."""

from datetime import datetime, timedelta

from participation.workdays import day_of, end_of

REOPEN_WITHIN_DAYS = 30
"""Natural days after the answer; the day of the answer is not counted (民法典 art. 201)."""

REASON_LIMIT = 1000


def reopen_until(answered_at: datetime) -> datetime:
    """The first instant that is too late: 24:00 in Zhoucun of the 30th day after the answer."""
    return end_of(day_of(answered_at) + timedelta(days=REOPEN_WITHIN_DAYS))
