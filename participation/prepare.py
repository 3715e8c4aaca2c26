"""`make setup`: everything a newcomer's machine needs before the first page, each step only if due."""

import sys

import click
from flask import Flask
from flask_migrate import upgrade

from participation import clock
from participation.demo.people import ACCOUNTS, CITIZEN, PASSWORD
from participation.demo.whole import is_empty, load_whole
from participation.duties.calendar import seed_calendar
from participation.errors import Refused
from participation.extensions import db
from participation.files.adoption import adopt
from participation.textindex.following import fill


def prepare(app: Flask) -> None:
    """Migrates the database and, in a demonstration whose database is empty, loads the demonstration
    district; seeds the workday calendar; makes the search index where it is empty. Quick when there is
    nothing left to do."""
    with app.app_context():
        upgrade()
        if app.extensions["settings"].is_demo:
            _load_demonstration(app)
        seed_calendar(clock.now())
        fill()
        adopt(clock.now())
        db.session.commit()


def _load_demonstration(app: Flask) -> None:
    if is_empty():
        click.echo("The database is empty: loading the demonstration district (about half a minute) ...")
    try:
        load_whole(app)
    except Refused as refused:
        raise SystemExit(str(refused)) from None
    except KeyboardInterrupt:
        raise SystemExit("\nStopped. The next start loads the demonstration from the beginning.") from None


def announce(app: Flask) -> None:
    """Prints the address and, in a demonstration, who can sign in."""
    if app.extensions["settings"].is_demo:
        click.echo("\nDemonstration accounts (password: " + PASSWORD + ")")
        for account in ACCOUNTS:
            click.echo(f"  {account.login:<14} {account.title}")
        click.echo(f"  {CITIZEN[2]:<14} {CITIZEN[3]}")


if __name__ == "__main__":
    from config import from_environment
    from participation import create_app

    app = create_app(from_environment())  # compiles the translations
    if "--translations" not in sys.argv:
        prepare(app)
        announce(app)
