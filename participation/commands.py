"""`flask --app run GROUP COMMAND`: which groups there are, and how Alembic finds this application.

A group is loaded when somebody calls it: workers of the site never do, and demonstration, backup and
migrations with what they need would be 20 MB of each.
"""

from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from typing import Any

import click
from flask.cli import AppGroup

from config import HERE
from participation.extensions import db

GROUPS = {
    "backup": "participation.backup.commands",
    "db": "flask_migrate.cli",
    "decisions": "participation.decisions.commands",
    "demo": "participation.demo.commands",
    "evidence": "participation.evidence.commands",
    "jobs": "participation.serving",
    "ledger": "participation.duties.commands",
    "mailbox": "participation.mailbox.commands",
    "people": "participation.accounts.commands",
    "privacy": "participation.privacy.commands",
    "textindex": "participation.textindex.commands",
    "workdays": "participation.duties.commands",
}
"""The name of a group, and the module that holds it under that name."""


class Commands(AppGroup):
    """The commands of the application; those of `GROUPS` are loaded one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *GROUPS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = super().get_command(ctx, cmd_name)
        if found is None and cmd_name in GROUPS:
            found = getattr(import_module(GROUPS[cmd_name]), cmd_name)
        return found


class Migrations:
    """What Flask-Migrate looks for in `app.extensions["migrate"]`. Only commands migrate."""

    db = db
    directory = str(HERE / "migrations")
    configure_args: Mapping[str, Any] = {"compare_type": True, "render_as_batch": True}

    @cached_property
    def migrate(self) -> Any:
        from flask_migrate import Migrate

        return Migrate(db=db, directory=self.directory)
