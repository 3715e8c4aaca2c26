"""Reading departments, people and the posts they hold."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import g, has_request_context
from sqlalchemy import ColumnElement, Select, and_, or_, select

from participation.access import Actor, PostHeld, Role, actor_for
from participation.accounts import digests
from participation.accounts.models import Department, Person, Post, PostHolding, SignInSession
from participation.extensions import db


@dataclass(frozen=True)
class SignedIn:
    """The account behind a live session, as plain data."""

    session_id: int
    person_id: int
    name: str
    is_citizen: bool
    password_is_temporary: bool


def department(department_id: int) -> Department | None:
    return db.session.get(Department, department_id)


def departments(active: bool | None = True) -> list[Department]:
    """In the district's own order; `active=None` with the abolished ones."""
    query = select(Department).order_by(Department.sort, Department.id)
    if active is not None:
        query = query.where(Department.active == active)
    return list(db.session.scalars(query))


def department_names() -> dict[int, str]:
    """Short names of all departments, read once per request."""
    if has_request_context() and "department_names" in g:
        return dict(g.department_names)
    names = {row.id: row.short_name for row in db.session.execute(select(Department.id, Department.short_name))}
    if has_request_context():
        g.department_names = names
    return names


def government_office() -> Department:
    """The office that dispatches letters and keeps the catalogue."""
    return db.session.scalar(_OFFICE) or _no_office()


_OFFICE = (
    select(Department).where(Department.kind == "government_office", Department.active).order_by(Department.id).limit(1)
)  # asked at every letter


def _no_office() -> Department:
    raise LookupError("No department of kind government_office exists yet")


def on_day(on: date) -> ColumnElement[bool]:
    """Holdings in force on that day: the first and the last day count."""
    return and_(
        PostHolding.from_on <= on,
        or_(PostHolding.until_on.is_(None), PostHolding.until_on >= on),
        PostHolding.withdrawn_at.is_(None),
    )


def posts_held(person_id: int, *, on: date) -> tuple[PostHeld, ...]:
    """Own posts first, then those delegated to the person."""
    rows = db.session.execute(
        select(Post.id, Post.department_id, Post.role, PostHolding.delegated_by)
        .join(PostHolding, PostHolding.post_id == Post.id)
        .where(PostHolding.person_id == person_id, on_day(on))
        .order_by(PostHolding.delegated_by.is_not(None), PostHolding.id)
    )
    return tuple(PostHeld(row.id, row.department_id, Role(row.role), row.delegated_by is not None) for row in rows)


def actor_of(person: Person | SignedIn, *, on: date) -> Actor:
    """Who the person is on that day (Asia/Shanghai): all posts, delegated ones included."""
    person_id = person.id if isinstance(person, Person) else person.person_id
    return actor_for(
        person_id=person_id, name=person.name, posts=posts_held(person_id, on=on), is_citizen=person.is_citizen
    )


def people_in(department_id: int, role: Role | str | None = None, *, on: date) -> list[Person]:
    """Who holds a post (of that role) in the department on that day, deputies included."""
    query: Select[Person] = (
        select(Person)
        .join(PostHolding, PostHolding.person_id == Person.id)
        .join(Post, Post.id == PostHolding.post_id)
        .where(Post.department_id == department_id, on_day(on), Person.disabled_at.is_(None))
        .order_by(Person.id)
        .distinct()
    )
    if role is not None:
        query = query.where(Post.role == str(role))
    return list(db.session.scalars(query))


def by_login(login: str) -> Person | None:
    """The account of that name in its normal form (see normal.py)."""
    return db.session.scalar(select(Person).where(Person.login == login))


def person_names(person_ids: set[int]) -> dict[int, str]:
    """Names for colleagues to read; never for the public."""
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(person_ids)))
    return {row.id: row.name for row in rows}


def post_title(post_id: int) -> str:
    """What colleagues call the post; empty when there is none."""
    return db.session.scalar(select(Post.title).where(Post.id == post_id)) or ""


def signed_in(token: str, *, now: datetime) -> SignedIn | None:
    """The account of a session that is neither revoked nor over, if the account is not disabled."""
    row = db.session.execute(
        select(SignInSession.id, Person.id, Person.name, Person.is_citizen, Person.password_is_temporary)
        .join(Person, Person.id == SignInSession.person_id)
        .where(
            SignInSession.token_digest == digests.of_token(token),
            SignInSession.revoked_at.is_(None),
            SignInSession.expires_at > now,
            Person.disabled_at.is_(None),
        )
    ).first()
    return SignedIn(*row) if row else None
