"""Due work: mailing the head of the evening, learning what became of it, ringing the alarm."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from participation import clock
from participation.access import Role
from participation.accounts.models import Post
from participation.evidence import checkpoint, doubt, holding, keeping
from participation.evidence.models import EvidenceHead
from participation.extensions import db
from participation.notices.models import Notice
from participation.notices.service import Contact, Department, notify

SUBJECT = "head_mailing"


def mail_heads(*, now: datetime) -> int:
    """Sends the newest head to each holder who has not got one for this evening."""
    waiting = [(holder.id, head.tree_size) for holder, head in holding.due(now)]
    db.session.commit()
    return sum(_mail(holder_id, size, now=now) for holder_id, size in waiting)


def _mail(holder_id: int, tree_size: int, *, now: datetime) -> bool:
    # Read again in its own transaction: another runner may have been here.
    found = [(holder, head) for holder, head in holding.due(now) if holder.id == holder_id]
    if not found:
        db.session.commit()
        return False
    holder, head = found[0]
    mailing = holding.queue(holder, head, now=now)
    notify(
        "head_mailed",
        to=Contact("email", holder.address),
        facts=_facts(holder, head),
        subject_kind=SUBJECT,
        subject_id=mailing.id,
        now=now,
        link="/transparency",
        once=f"{mailing.day.isoformat()} {tree_size}",
    )
    db.session.commit()
    return True


def _facts(holder: holding.HeadHolder, head: EvidenceHead) -> dict[str, Any]:
    public = keeping.public_key()
    return {
        "holder": holder.name,
        "size": head.tree_size,
        "sealed": clock.local(head.sealed_at).strftime("%Y-%m-%d %H:%M:%S"),
        "note": head.note,
        "key": checkpoint.verifier_text(keeping.origin(), public) if public else "",
    }


def settle_mailings(*, now: datetime) -> int:
    """Copies from the outbox whether a mail arrived, with an entry of its own."""
    settled = 0
    for mailing_id in [mailing.id for mailing in holding.queued()]:
        mailing = db.session.get(holding.HeadMailing, mailing_id, with_for_update=True)
        message = _message(mailing_id)
        if mailing is not None and mailing.state == "queued" and message is not None and message.state != "queued":
            holding.settle(mailing, state=message.state, at=message.sent_at or now, now=now)
            settled += 1
        db.session.commit()
    return settled


def _message(mailing_id: int) -> Notice | None:
    asked = select(Notice).where(Notice.subject_kind == SUBJECT, Notice.subject_id == mailing_id)
    return db.session.scalar(asked.order_by(Notice.id).limit(1))


def ring_alarm(*, now: datetime) -> int:
    """Tells every administrator and auditor once of each new doubt: entries that may be wrongly dated,
    or, before anything is written, clocks that differ."""
    state = doubt.health()
    if state.fine:
        db.session.commit()
        return 0
    once = f"entry {state.first_entry}" if state.open_entries else f"clocks {clock.local_date(now).isoformat()}"
    rung = 0
    for department_id, role in _watchers():
        rung += notify(
            "clock_in_doubt",
            to=Department(department_id, role),
            facts={"entries": state.open_entries, "seconds": (state.differs_ms or 0) // 1000},
            subject_kind="clock",
            subject_id=state.first_entry or 0,
            now=now,
            link="/desk/evidence",
            once=once,
        )
    db.session.commit()
    return rung


def _watchers() -> list[tuple[int, Role]]:
    watching = (Role.ADMINISTRATOR.value, Role.AUDITOR.value)
    posts = select(Post.department_id, Post.role).where(Post.role.in_(watching))
    grouped = posts.group_by(Post.department_id, Post.role).order_by(func.min(Post.id))
    return [(department_id, Role(role)) for department_id, role in db.session.execute(grouped)]


JOBS = (
    ("assurance.alarm", 82, ring_alarm),
    ("assurance.mail", 85, mail_heads),
    ("assurance.settle", 95, settle_mailings),
)
