"""Departments come, change their name and go; none is ever deleted."""

from datetime import datetime

from sqlalchemy import or_, select

from participation.access import Actor
from participation.accounts.models import DEPARTMENT_KINDS, Department
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db


def create_department(
    *,
    name: str,
    short_name: str,
    code: str,
    kind: str,
    name_en: str = "",
    sort: int = 0,
    actor: Actor,
    now: datetime,
) -> Department:
    """A new body of the district. `kind` is one of DEPARTMENT_KINDS."""
    if kind not in DEPARTMENT_KINDS:
        raise Refused("invalid", N_("Choose what kind of department it is"), field="kind")
    _refuse_taken(name, code, None)
    department = Department(name=name, name_en=name_en, short_name=short_name, code=code, kind=kind, sort=sort)
    db.session.add(department)
    db.session.flush()
    evidence.record("department.created", subject=department, actor=actor, now=now, facts={"code": code, "kind": kind})
    return department


def change_department(
    department: Department, *, name: str, short_name: str, name_en: str, sort: int, actor: Actor, now: datetime
) -> None:
    """A new name after a reform of the offices. Its matters stay its own."""
    _refuse_taken(name, department.code, department.id)
    department.name, department.short_name = name, short_name
    department.name_en, department.sort = name_en, sort
    db.session.flush()
    evidence.record("department.changed", subject=department, actor=actor, now=now, facts={"name": name})


def abolish_department(department: Department, *, actor: Actor, now: datetime) -> None:
    """It takes no new matters; what it did stays readable under its name."""
    if department.kind == "government_office":
        raise Refused("forbidden", N_("The government office dispatches the letters: it cannot be abolished"))
    department.active = False
    db.session.flush()
    evidence.record("department.abolished", subject=department, actor=actor, now=now)


def _refuse_taken(name: str, code: str, own_id: int | None) -> None:
    same = db.session.scalars(
        select(Department).where(or_(Department.name == name, Department.code == code), Department.id != (own_id or 0))
    ).first()
    if same is None:
        return
    if same.name == name:
        raise Refused("invalid", N_("There is already a department of this name"), field="name")
    raise Refused("invalid", N_("There is already a department with this code"), field="code")
