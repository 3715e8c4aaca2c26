"""What the administrator's and the heads' pages list: posts and who holds them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased, joinedload

from participation.accounts.models import Department, Person, Post, PostHolding
from participation.accounts.queries import on_day
from participation.extensions import db

PAGE = 50


@dataclass(frozen=True)
class DepartmentLine:
    department: Department
    posts: int
    people: int


@dataclass(frozen=True)
class HoldingLine:
    """A holding that is in force or still to come. `delegated_by` is a name, or ""."""

    holding: PostHolding
    delegated_by: str
    now: bool


@dataclass(frozen=True)
class PostLine:
    post: Post
    holdings: list[HoldingLine]


def department_lines(*, on: date) -> list[DepartmentLine]:
    """Every department with its posts and the people in them that day, in three queries."""
    counted = select(Post.department_id, func.count()).group_by(Post.department_id)
    present = (
        select(Post.department_id, func.count(PostHolding.person_id.distinct()))
        .join(PostHolding, PostHolding.post_id == Post.id)
        .where(on_day(on))
        .group_by(Post.department_id)
    )
    posts = dict(iter(db.session.execute(counted)))
    people = dict(iter(db.session.execute(present)))
    rows = db.session.scalars(select(Department).order_by(Department.active.desc(), Department.sort, Department.id))
    return [DepartmentLine(row, posts.get(row.id, 0), people.get(row.id, 0)) for row in rows]


def post_lines(department_ids: set[int], *, on: date) -> list[PostLine]:
    """The posts of these departments with holdings that are not over."""
    posts = db.session.scalars(
        select(Post)
        .options(joinedload(Post.department))
        .where(Post.department_id.in_(department_ids))
        .order_by(Post.department_id, Post.id)
    ).all()
    held: dict[int, list[HoldingLine]] = {post.id: [] for post in posts}
    for line in holding_lines(Post.department_id.in_(department_ids), on=on):
        held[line.holding.post_id].append(line)
    return [PostLine(post, held[post.id]) for post in posts]


def holding_lines(*conditions: object, on: date) -> list[HoldingLine]:
    by = aliased(Person)
    rows = db.session.execute(
        select(PostHolding, by.name)
        .join(Post, Post.id == PostHolding.post_id)
        .outerjoin(by, by.id == PostHolding.delegated_by)
        .options(joinedload(PostHolding.person), joinedload(PostHolding.post).joinedload(Post.department))
        .where(
            *conditions,  # type: ignore[arg-type]
            PostHolding.withdrawn_at.is_(None),
            or_(PostHolding.until_on.is_(None), PostHolding.until_on >= on),
        )
        .order_by(PostHolding.post_id, PostHolding.from_on, PostHolding.id)
    )
    return [HoldingLine(holding, name or "", holding.from_on <= on) for holding, name in rows]


def holdings_of(person_id: int, *, on: date) -> list[HoldingLine]:
    return holding_lines(PostHolding.person_id == person_id, on=on)


def people(*, asked: str = "", after: int = 0, citizens: bool = False) -> list[Person]:
    """One more than a page of accounts by id, so that the page knows whether another follows."""
    query = select(Person).where(Person.id > after, Person.is_citizen == citizens).order_by(Person.id).limit(PAGE + 1)
    if asked:
        # autoescape: a person who types % looks for a per cent sign
        named = Person.name.contains(asked, autoescape=True)
        query = query.where(or_(named, Person.login.contains(asked.lower(), autoescape=True)))
    return list(db.session.scalars(query))


def staff_choices() -> list[tuple[int, str]]:
    """Everybody who can be appointed."""
    rows = db.session.execute(
        select(Person.id, Person.name, Person.login)
        .where(Person.disabled_at.is_(None), Person.is_citizen.is_(False))
        .order_by(Person.name, Person.id)
    )
    return [(row.id, f"{row.name}（{row.login}）" if row.login else row.name) for row in rows]
