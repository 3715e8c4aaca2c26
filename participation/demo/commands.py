"""`flask --app run demo load`."""

import click
from flask.cli import AppGroup

from participation.demo.people import ACCOUNTS, CITIZEN, PASSWORD
from participation.errors import Refused

demo = AppGroup("demo", help="The demonstration district.")


@demo.command("load")
def load_command() -> None:
    """Load the demonstration into an empty database."""
    from participation.demo.loader import load

    try:
        played = load()
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"{played} acts played. Accounts (password {PASSWORD}):")
    for account in ACCOUNTS:
        click.echo(f"  {account.login:<14} {account.title}")
    click.echo(f"  {CITIZEN[2]:<14} {CITIZEN[3]}")


groups = (demo,)
