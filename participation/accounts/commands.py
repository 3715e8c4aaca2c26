"""The first administrator of an installation: everybody else is entered on the pages."""

import click
from flask.cli import AppGroup

from participation import clock
from participation.access import SYSTEM, Role
from participation.accounts import passwords, queries, service
from participation.accounts.normal import login_name
from participation.extensions import db

people = AppGroup("people", help="The people of an installation.")


@people.command("administrator")
@click.option("--login", required=True, help="What the administrator types to sign in.")
@click.option("--name", required=True)
@click.option("--department", "code", required=True, help="The code of the department, as in `--department D01`.")
def administrator(login: str, name: str, code: str) -> None:
    """Enters an administrator and prints a one-time password."""
    now, one_time = clock.now(), passwords.one_time()
    department = next((each for each in queries.departments() if each.code == code), None)
    if department is None:
        raise click.ClickException(f"There is no department with the code {code}: see `flask people department`")
    if queries.by_login(login_name(login)) is not None:
        raise click.ClickException(f"The account name {login} is taken")
    person = service.create_person(name=name, login=login, password=one_time, temporary=True, actor=SYSTEM, now=now)
    post = service.create_post(
        department_id=department.id, title="系统管理员", role=Role.ADMINISTRATOR, actor=SYSTEM, now=now
    )
    service.appoint(person, post=post, from_on=clock.local_date(now), actor=SYSTEM, now=now)
    db.session.commit()
    click.echo(f"{person.login} {one_time}")


@people.command("department")
@click.option("--code", required=True)
@click.option("--name", required=True)
@click.option("--short-name", required=True)
@click.option("--kind", default="government_office", show_default=True)
def department(code: str, name: str, short_name: str, kind: str) -> None:
    """Enters a department, the government office to begin with."""
    service.create_department(name=name, short_name=short_name, code=code, kind=kind, actor=SYSTEM, now=clock.now())
    db.session.commit()
    click.echo(f"{code} {name}")
