"""Due work: delivering the outbox, and emptying it of what it need not keep.

A message is claimed and the claim committed before it is sent: a process killed while sending loses
nothing, because the claim runs out and the attempt is made again under the same key. No
transaction is open while the other side is slow.
"""

import logging
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select

from participation.extensions import db
from participation.notices.delivery import Message, adapter_for, message_of
from participation.notices.models import Notice
from participation.notices.rules import MAX_ATTEMPTS, NOTICES, RETRY_MINUTES

log = logging.getLogger(__name__)
BATCH = 100
CODES = ("verification_code", "contact_code")


def deliver_due(*, now: datetime) -> int:
    """Sends what is queued and due by `now`, oldest first, at most a batch; codes, for which somebody sits and
    waits, go before everything else. Returns how many."""
    due = select(Notice.id).where(Notice.state == "queued", Notice.next_attempt_at <= now)
    oldest = due.order_by(Notice.next_attempt_at, Notice.id)
    ids = list(db.session.scalars(oldest.where(Notice.verb.in_(CODES)).limit(BATCH)))
    ids += db.session.scalars(oldest.where(Notice.verb.not_in(CODES)).limit(BATCH - len(ids)))
    db.session.commit()
    return sum(_deliver(notice_id, now=now) for notice_id in ids)


def _deliver(notice_id: int, *, now: datetime) -> bool:
    claimed = _claim(notice_id, now=now)
    if claimed is None:
        return False
    channel, message = claimed
    settings = current_app.extensions["settings"]
    try:
        adapter_for(channel, settings)(message, settings)
    except Exception as error:
        # Whatever went wrong outside, the message waits for its next attempt. Only the kind of
        # error is kept: its text may repeat the address.
        _settle(notice_id, error=type(error).__name__)
        log.warning("notice_not_delivered notice=%d error=%s", notice_id, type(error).__name__)
        return False
    _settle(notice_id, sent_at=now)
    log.info("notice_delivered notice=%d channel=%s", notice_id, channel)
    return True


def _claim(notice_id: int, *, now: datetime) -> tuple[str, Message] | None:
    notice = _locked(notice_id)
    if notice is None or notice.state != "queued" or notice.next_attempt_at is None or notice.next_attempt_at > now:
        db.session.commit()
        return None
    wait = RETRY_MINUTES[min(notice.attempts, len(RETRY_MINUTES) - 1)]
    notice.attempts += 1
    notice.next_attempt_at = now + timedelta(minutes=wait)
    claimed = notice.channel, message_of(notice)
    db.session.commit()
    return claimed


def _settle(notice_id: int, *, sent_at: datetime | None = None, error: str = "") -> None:
    notice = _locked(notice_id)
    if notice is None or notice.state != "queued":
        db.session.commit()
        return
    notice.last_error = error[:80]
    if sent_at is not None:
        notice.state, notice.sent_at, notice.next_attempt_at = "sent", sent_at, None
    elif notice.attempts >= MAX_ATTEMPTS:
        notice.state, notice.next_attempt_at = "failed", None
    db.session.commit()


def _locked(notice_id: int) -> Notice | None:
    # Waits for another runner's look at the row: to skip would leave a sent message queued.
    asked = select(Notice).where(Notice.id == notice_id).with_for_update()
    return db.session.scalar(asked.execution_options(populate_existing=True))


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
                notice = _locked(notice_id)
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
