"""`make setup`: everything a newcomer's machine needs before the first page, each step only if due."""

import sys

import click
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from participation import clock
from participation.extensions import db


def prepare(app: Flask) -> None:
    """Migrates the database, seeds the workday calendar and, in a demonstration whose database is
    empty, loads the demonstration district. Quick when there is nothing left to do."""
    with app.app_context():
        upgrade()
        if app.extensions["settings"].is_demo and _is_empty():
            from participation.demo.loader import load

            click.echo("The database is empty: loading the demonstration district (about half a minute) ...")
            load()
        from participation.duties.calendar import seed_calendar

        seed_calendar(clock.now())
        db.session.commit()


def _is_empty() -> bool:
    from participation.accounts.models import Department

    return db.session.execute(select(Department.id).limit(1)).first() is None


def announce(app: Flask) -> None:
    """Prints the address and, in a demonstration, who can sign in."""
    if app.extensions["settings"].is_demo:
        from participation.demo.people import ACCOUNTS, CITIZEN, PASSWORD

        click.echo("\nDemonstration accounts (password: " + PASSWORD + ")")
        for account in ACCOUNTS:
            click.echo(f"  {account.login:<14} {account.title}")
        click.echo(f"  {CITIZEN[2]:<14} {CITIZEN[3]}")


if __name__ == "__main__":
    from config import Settings
    from participation import create_app

    app = create_app(Settings())  # compiles the translations
    if "--translations" not in sys.argv:
        prepare(app)
        announce(app)
