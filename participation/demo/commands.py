"""`flask --app run demo load`."""

import click
from flask import current_app
from flask.cli import AppGroup

from participation.demo.people import ACCOUNTS, CITIZEN, PASSWORD
from participation.errors import Refused

demo = AppGroup("demo", help="The demonstration district.")


@demo.command("load")
def load_command() -> None:
    """Load the demonstration into an empty database."""
    from participation.demo.whole import load_whole

    try:
        loaded = load_whole(current_app._get_current_object())  # type: ignore[attr-defined]
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    if not loaded:
        raise click.ClickException("The database is not empty. The demonstration only goes into an empty one.")
    click.echo(f"The demonstration is loaded. Accounts (password {PASSWORD}):")
    for account in ACCOUNTS:
        click.echo(f"  {account.login:<14} {account.title}")
    click.echo(f"  {CITIZEN[2]:<14} {CITIZEN[3]}")


groups = (demo,)
