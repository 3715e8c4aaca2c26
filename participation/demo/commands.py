"""`flask --app run demo load`."""

import click
from flask import current_app
from flask.cli import AppGroup

from participation import clock
from participation.demo.people import ACCOUNTS, CITIZEN, PASSWORD
from participation.errors import Refused

demo = AppGroup("demo", help="The demonstration district.")


@demo.command("load")
@click.option("--scale", is_flag=True, help="Fill it as well; a demonstration that is loaded already is only filled.")
@click.option("--letters", default=1_000_000, show_default=True, type=click.IntRange(0, 10_000_000))
@click.option("--comments", default=100_000, show_default=True, type=click.IntRange(0, 1_000_000))
def load_command(scale: bool, letters: int, comments: int) -> None:
    """Load the demonstration into an empty database."""
    from participation.demo.scale.filling import fill
    from participation.demo.whole import load_whole

    try:
        loaded = load_whole(current_app._get_current_object())  # type: ignore[attr-defined]
        if scale:
            fill(letters=letters, comments=comments, now=clock.now(), say=click.echo)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    if not loaded and not scale:
        raise click.ClickException("The database is not empty. The demonstration only goes into an empty one.")
    click.echo(f"The demonstration is loaded. Accounts (password {PASSWORD}):")
    for account in ACCOUNTS:
        click.echo(f"  {account.login:<14} {account.title}")
    click.echo(f"  {CITIZEN[2]:<14} {CITIZEN[3]}")
