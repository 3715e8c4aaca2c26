"""Posts, appointments to them and their delegation (AB角)."""

from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from participation.access import GRANTS, Actor, Capability, Role
from participation.accounts import queries
from participation.accounts.models import Person, Post, PostHolding
from participation.clock import local_date
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db

LONGEST_DELEGATION = timedelta(days=366)
_STAFF = (Role.OFFICER, Role.HEAD, Role.OFFICE, Role.AUDITOR, Role.ADMINISTRATOR)
_HANDLING = (Role.OFFICER, Role.HEAD, Role.OFFICE)


def create_post(*, department_id: int, title: str, role: Role | str, actor: Actor, now: datetime) -> Post:
    """A place in a department. Its rights are those of its role (access.GRANTS)."""
    if str(role) not in _STAFF:
        raise Refused("invalid", N_("Choose the role of the post"), field="role")
    post = Post(department_id=department_id, title=title, role=str(role))
    db.session.add(post)
    db.session.flush()
    evidence.record(
        "post.created", subject=post, actor=actor, now=now, facts={"department_id": department_id, "role": str(role)}
    )
    return post


def appoint(
    person: Person, *, post: Post, from_on: date, until_on: date | None = None, actor: Actor, now: datetime
) -> PostHolding:
    """The person holds the post from 00:00 of the first to 24:00 of the last day."""
    if person.id == actor.person_id:
        raise Refused("forbidden", N_("You cannot appoint yourself. Ask another administrator."))
    return _hold(person, post, from_on, until_on, None, "post.appointed", actor, now)


def delegate(post: Post, *, deputy: Person, from_on: date, until_on: date, actor: Actor, now: datetime) -> PostHolding:
    """The deputy acts in the post on those days, beside whoever holds it (AB角)."""
    if actor.person_id is not None and not may_delegate(actor, post):
        raise Refused("forbidden", N_("Only the head of the department or an administrator may delegate this post"))
    if deputy.id == actor.person_id and post.department_id not in headed_by(actor):
        raise Refused("forbidden", N_("You cannot delegate a post to yourself. Ask another administrator."))
    if from_on < local_date(now):
        raise Refused("invalid", N_("A delegation begins today or later"), field="from_on")
    if until_on - from_on > LONGEST_DELEGATION:
        raise Refused("invalid", N_("A delegation lasts a year at most: appoint somebody instead"), field="until_on")
    colleagues = {colleague.id for colleague in queries.people_in(post.department_id, on=from_on)}
    if deputy.id not in colleagues:
        raise Refused("invalid", N_("Choose somebody with a post in this department on the first day"), field="deputy")
    by = actor.person_id or _holder_id(post, from_on)
    return _hold(deputy, post, from_on, until_on, by, "post.delegated", actor, now)


def end_holding(holding: PostHolding, *, until_on: date, actor: Actor, now: datetime) -> None:
    """Sets the last day. Days that have passed stay as they were: today is the earliest."""
    if until_on < max(holding.from_on, local_date(now)):
        raise Refused("invalid", N_("The last day is today or later, and not before the first day"), field="until_on")
    holding.until_on = until_on
    db.session.flush()
    evidence.record("post.ended", subject=holding, actor=actor, now=now, facts={"until_on": until_on})


def withdraw(holding: PostHolding, *, actor: Actor, now: datetime) -> None:
    """Takes the post away at once, not at the end of a day."""
    if holding.withdrawn_at is None:
        holding.withdrawn_at = now
        db.session.flush()
        evidence.record("post.withdrawn", subject=holding, actor=actor, now=now)


def may_delegate(actor: Actor, post: Post) -> bool:
    """An administrator any post; the department's own head (no deputy) those that handle matters."""
    if actor.can(Capability.MANAGE_PEOPLE):
        return True
    return post.role in _HANDLING and post.department_id in headed_by(actor)


def headed_by(actor: Actor) -> frozenset[int]:
    """The departments this person heads. What is delegated cannot be delegated further."""
    return frozenset(
        post.department_id for post in actor.posts if Capability.APPROVE in GRANTS[post.role] and not post.delegated
    )


def _holder_id(post: Post, on: date) -> int:
    holder = db.session.scalar(
        select(PostHolding.person_id)
        .where(PostHolding.post_id == post.id, queries.on_day(on), PostHolding.delegated_by.is_(None))
        .order_by(PostHolding.id)
    )
    if holder is None:
        raise Refused("invalid", N_("Nobody holds this post on the first day, so nobody can delegate it"))
    return int(holder)


def _hold(
    person: Person,
    post: Post,
    from_on: date,
    until_on: date | None,
    delegated_by: int | None,
    verb: str,
    actor: Actor,
    now: datetime,
) -> PostHolding:
    if until_on is not None and until_on < from_on:
        raise Refused("invalid", N_("The last day cannot be before the first day"), field="until_on")
    if person.disabled_at is not None:
        raise Refused("invalid", N_("This account is disabled: enable it first"))
    overlapping = select(PostHolding.id).where(
        PostHolding.person_id == person.id,
        PostHolding.post_id == post.id,
        PostHolding.withdrawn_at.is_(None),
        or_(PostHolding.until_on.is_(None), PostHolding.until_on >= from_on),
    )
    if until_on is not None:
        overlapping = overlapping.where(PostHolding.from_on <= until_on)
    if db.session.scalar(overlapping.limit(1)):
        raise Refused("invalid", N_("This person holds the post on some of these days already"), field="from_on")
    holding = PostHolding(
        person_id=person.id, post_id=post.id, from_on=from_on, until_on=until_on, delegated_by=delegated_by
    )
    db.session.add(holding)
    db.session.flush()
    facts = {"person_id": person.id, "post_id": post.id, "from_on": from_on, "until_on": until_on}
    evidence.record(verb, subject=holding, actor=actor, now=now, facts=facts)
    return holding
