"""Due work: delivering the outbox, and emptying it of what it need not keep.

Messages are claimed, a slice at a time, and the claim committed before the first of them is sent: a process killed
while sending loses nothing, because the claim runs out and the attempts are made again under the same keys.
Only then may one arrive twice: those that were sent and not noted yet, a slice at most. No transaction is
open while the other side is slow.
"""

import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import case, literal, select, update

from participation.extensions import Instant, db
from participation.notices.delivery import adapter_for, message_of
from participation.notices.models import Notice
from participation.notices.rules import MAX_ATTEMPTS, NOTICES, RETRY_MINUTES

log = logging.getLogger(__name__)
BATCH = 1000
"""Messages at most before other jobs have their turn."""
SLICE = 50
PATIENCE = 5.0
"""Seconds after which what is claimed and not sent is given back: claims end after a minute, and who seals waits."""
CODES = ("verification_code", "contact_code")
_WHAT = (
    Notice.id, Notice.channel, Notice.dedupe, Notice.address, Notice.title, Notice.body, Notice.created_at,
    Notice.attempts,
)  # fmt: skip


def deliver_due(*, now: datetime) -> int:
    """Sends what is queued and due by `now`, oldest first, at most a batch; codes, for which somebody sits and
    waits, go before everything else. Returns how many."""
    begun, tried, sent = time.monotonic(), 0, 0
    while tried < BATCH and time.monotonic() - begun < PATIENCE:
        claimed = _claim(now=now, most=min(SLICE, BATCH - tried))
        if not claimed:
            break
        tried += len(claimed)
        sent += _deliver(claimed, now=now, until=begun + PATIENCE)
    return sent


def _deliver(claimed: Sequence[Any], *, now: datetime, until: float) -> int:
    settings = current_app.extensions["settings"]
    sent: list[int] = []
    failed: list[tuple[Any, str]] = []
    back: list[int] = []
    for row in claimed:
        if time.monotonic() > until:
            back.append(row.id)
            continue
        try:
            adapter_for(row.channel, settings)(message_of(row), settings)
        except Exception as error:
            # Whatever went wrong outside, the message waits for its next attempt. Only the kind of
            # error is kept: its text may repeat the address.
            failed.append((row, type(error).__name__))
            log.warning("notice_not_delivered notice=%d error=%s", row.id, type(error).__name__)
        else:
            sent.append(row.id)
            log.info("notice_delivered notice=%d channel=%s", row.id, row.channel)
    _settle(sent, failed, back, now=now)
    return len(sent)


def _claim(*, now: datetime, most: int) -> Sequence[Any]:
    """Takes what another runner does not hold, and counts the attempt; commits."""
    due = select(*_WHAT).where(Notice.state == "queued", Notice.next_attempt_at <= now)
    due = due.order_by(Notice.next_attempt_at, Notice.id).with_for_update(skip_locked=True)
    rows = list(db.session.execute(due.where(Notice.verb.in_(CODES)).limit(most)))
    if len(rows) < most:
        rows += db.session.execute(due.where(Notice.verb.not_in(CODES)).limit(most - len(rows)))
    if rows:
        # Without their type SQLite would keep an instant as the local time that it was written in.
        waits = [literal(now + timedelta(minutes=minutes), Instant()) for minutes in RETRY_MINUTES]
        then = case(dict(enumerate(waits)), value=Notice.attempts, else_=waits[-1])
        _change([row.id for row in rows], attempts=Notice.attempts + 1, next_attempt_at=then)
    db.session.commit()
    return rows


def _settle(sent: list[int], failed: list[tuple[Any, str]], back: list[int], *, now: datetime) -> None:
    """Notes what became of a slice. Waits for another runner's look at a row: to skip it would leave a sent
    message queued."""
    if sent:
        _change(sent, state="sent", sent_at=now, next_attempt_at=None, last_error="")
    for row, error in failed:
        given_up = {"state": "failed", "next_attempt_at": None} if row.attempts + 1 >= MAX_ATTEMPTS else {}
        _change([row.id], last_error=error[:80], **given_up)
    if back:
        _change(back, attempts=Notice.attempts - 1, next_attempt_at=now)
    db.session.commit()


def _change(ids: list[int], **values: Any) -> None:
    chosen = update(Notice).where(Notice.id.in_(ids), Notice.state == "queued").values(**values)
    db.session.execute(chosen.execution_options(synchronize_session=False))


def forget_delivered(*, now: datetime) -> int:
    """Empties text and address of messages once the days that their rule names have passed."""
    emptied = 0
    for verb, rule in NOTICES.items():
        old = (
            select(Notice.id)
            .where(Notice.verb == verb, Notice.state != "queued", Notice.emptied_at.is_(None))
            .where(Notice.created_at < now - timedelta(days=rule.keep_days))
        )
        while ids := list(db.session.scalars(old.limit(BATCH))):
            db.session.commit()
            for notice_id in ids:
                asked = select(Notice).where(Notice.id == notice_id).with_for_update()
                notice = db.session.scalar(asked.execution_options(populate_existing=True))
                if notice is not None:
                    notice.address, notice.body, notice.emptied_at = "", "", now
                    emptied += 1
                db.session.commit()
        db.session.commit()
    return emptied


JOBS = (
    ("notices.deliver", 90, deliver_due),
    ("notices.forget", 96, forget_delivered, timedelta(hours=1)),
)
