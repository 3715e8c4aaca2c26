"""Mailboxes are data: set up from the command line.

flask --app run mailbox seed
flask --app run mailbox create zjj ZJ 住建局信箱 --owner ZJJ --deputy SFJ --dispatch 0
"""

import re

import click
from flask.cli import AppGroup
from sqlalchemy import or_, select

from participation import clock
from participation.access import SYSTEM
from participation.accounts import queries as accounts
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.checking_command import check_reply
from participation.mailbox.models import Mailbox

mailbox = AppGroup("mailbox", help="Mailboxes: who owns them, how many workdays they have.")


@mailbox.command()
def seed() -> None:
    """The 区长信箱 and the website's 互动 column, where they do not exist yet."""
    try:
        made = service.seed_mailboxes(actor=SYSTEM, now=clock.now())
    except LookupError as missing:
        raise click.ClickException(str(missing)) from None
    db.session.commit()
    click.echo(", ".join(f"{box.slug} ({box.name})" for box in made) or "Nothing to do: they exist.")


@mailbox.command()
@click.argument("slug")
@click.argument("prefix")
@click.argument("name")
@click.option("--name-en", default="")
@click.option("--owner", required=True, help="Code of the department that owns it.")
@click.option("--deputy", required=True, help="Code of the unit that answers letters about the dispatching office.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 60), help="Workdays for an answer.")
@click.option(
    "--dispatch", default=1, show_default=True, type=click.IntRange(0, 60), help="Workdays; 0: straight to the owner."
)
@click.option("--intro", default="")
def create(
    slug: str, prefix: str, name: str, name_en: str, owner: str, deputy: str, limit: int, dispatch: int, intro: str
) -> None:
    """A new mailbox. PREFIX are the two capitals that its letters' numbers begin with."""
    codes = {row.code: row.id for row in accounts.departments()}
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,39}", slug) or slug in ("confirm", "receipt"):
        raise click.BadParameter("small letters, digits and hyphens; not confirm or receipt", param_hint="SLUG")
    if not re.fullmatch(r"[A-Z]{2}", prefix) or prefix == "YJ":
        raise click.BadParameter("two capitals; YJ is for comments", param_hint="PREFIX")
    taken = db.session.scalar(select(Mailbox.slug).where(or_(Mailbox.slug == slug, Mailbox.prefix == prefix)))
    if taken is not None:
        raise click.ClickException(f"The mailbox {taken} has this name or these capitals already.")
    for code in (owner, deputy):
        if code not in codes:
            raise click.ClickException(f"There is no active department with the code {code}.")
    try:
        service.create_mailbox(
            slug=slug,
            prefix=prefix,
            name=name,
            name_en=name_en,
            owner_department_id=codes[owner],
            deputy_department_id=codes[deputy],
            limit_workdays=limit,
            dispatch_workdays=dispatch,
            intro=intro,
            actor=SYSTEM,
            now=clock.now(),
        )
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    db.session.commit()
    click.echo(f"{slug}: letters are numbered {prefix}-...")


mailbox.add_command(check_reply)
