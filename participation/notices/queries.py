"""Reading notices: what is on somebody's desk, what failed, what the demonstration shows."""

from typing import Any

from sqlalchemy import Select, and_, false, func, or_, select

from participation.access import Actor, Capability
from participation.extensions import db
from participation.notices.models import Notice, NoticeReading

PAGE = 30


def visible_to(actor: Actor) -> Select[Notice]:
    """The notices on this person's desk: to them, or to a post they hold now; never about a
    matter that their department must not see."""
    if actor.person_id is None:
        return select(Notice).where(false())
    mine = [Notice.person_id == actor.person_id]
    mine += [
        and_(Notice.to_department_id == post.department_id, Notice.to_role == post.role.value) for post in actor.posts
    ]
    return select(Notice).where(Notice.channel == "in_app", or_(*mine), _allowed(actor))


def inbox(actor: Actor, *, before: int | None = None, limit: int = PAGE) -> list[tuple[Notice, bool]]:
    """Newest first, each with whether this person has read it; at most `limit` below `before`."""
    asked = _with_reading(visible_to(actor), actor).order_by(Notice.id.desc()).limit(limit)
    if before is not None:
        asked = asked.where(Notice.id < before)
    return [(notice, read is not None) for notice, read in db.session.execute(asked)]


def unread_count(actor: Actor, *, without: str = "") -> int:
    """How many notices this person has not read; those of the verb `without` aside."""
    asked = _with_reading(visible_to(actor), actor).where(NoticeReading.read_at.is_(None)).order_by(None)
    if without:
        asked = asked.where(Notice.verb != without)
    return db.session.scalar(select(func.count()).select_from(asked.subquery())) or 0


def notice_for(actor: Actor, notice_id: int) -> Notice | None:
    return db.session.scalar(visible_to(actor).where(Notice.id == notice_id))


def failed_visible_to(actor: Actor, *, limit: int = 50) -> list[Notice]:
    """Messages that could not be delivered: the department's own, all for whoever reads all."""
    asked = select(Notice).where(Notice.state == "failed", _allowed(actor)).order_by(Notice.id.desc()).limit(limit)
    if not actor.can(Capability.READ_ALL):
        asked = asked.where(Notice.department_id.in_(actor.department_ids))
    return list(db.session.scalars(asked))


def failed_for(subject_kind: str, subject_id: int) -> list[Notice]:
    """What could not be delivered about one subject; the feature decides who is shown it."""
    asked = select(Notice).filter_by(subject_kind=subject_kind, subject_id=subject_id, state="failed")
    return list(db.session.scalars(asked.order_by(Notice.id)))


def newest_messages(*, limit: int = 50) -> list[Notice]:
    """What went out by SMS and e-mail, newest first: only for the demonstration's inbox."""
    asked = select(Notice).where(Notice.channel != "in_app", Notice.emptied_at.is_(None))
    return list(db.session.scalars(asked.order_by(Notice.id.desc()).limit(limit)))


def _allowed(actor: Actor) -> Any:
    return or_(Notice.restricted_from.is_(None), Notice.restricted_from.not_in(actor.department_ids))


def _with_reading(asked: Select[Any], actor: Actor) -> Select[Any]:
    on = and_(NoticeReading.notice_id == Notice.id, NoticeReading.person_id == actor.person_id)
    return asked.outerjoin(NoticeReading, on).add_columns(NoticeReading.read_at)
