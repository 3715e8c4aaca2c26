"""How Alembic reaches this application's database. `flask --app run db ...` runs this file.

A migration is one transaction on both databases: it is there whole or not at all.
"""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from participation.extensions import Instant
from participation.textindex.ddl import is_derived

migrate = current_app.extensions["migrate"]
engine = migrate.db.engine


def include_object(_thing: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """What belongs to the database itself is no drift."""
    return not (kind == "table" and (name or "").startswith("sqlite_"))


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """What the full-text table of SQLite keeps for itself is no drift either."""
    return not (kind == "table" and is_derived(name or ""))


def render_item(kind: str, thing: Any, _autogen: Any) -> str | bool:
    """A migration names plain column types: it must still run when ours have moved or are gone."""
    if kind == "type" and isinstance(thing, Instant):
        return "sa.DateTime(timezone=True)"
    return False


def leave_out_empty(_context: Any, _revision: Any, directives: list[Any]) -> None:
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def _enforce_foreign_keys(connection: Connection, *, on: bool) -> None:
    # SQLite changes a table by copying it; references to the old table would refuse that. The
    # setting is ignored within a transaction, so it goes past SQLAlchemy, before one begins.
    if connection.dialect.name == "sqlite":
        connection.connection.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")  # type: ignore[attr-defined]


def _refuse_broken_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise RuntimeError(f"The migration would break a reference: table {broken[0]}, row {broken[1]}")


def _settings() -> dict[str, Any]:
    given = dict(migrate.configure_args)
    given.setdefault("process_revision_directives", leave_out_empty)
    return {
        "target_metadata": migrate.db.metadata,
        "include_name": include_name,
        "include_object": include_object,
        "render_item": render_item,
        "compare_type": True,
        "transactional_ddl": True,
        **given,
    }


def run_offline() -> None:
    """Prints SQL for a database administrator instead of running it (`--sql`)."""
    context.configure(dialect_name=engine.dialect.name, literal_binds=True, **_settings())
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    with engine.connect() as connection:
        _enforce_foreign_keys(connection, on=False)
        try:
            context.configure(connection=connection, **_settings())
            with context.begin_transaction():
                context.run_migrations()
                _refuse_broken_references(connection)
        finally:
            _enforce_foreign_keys(connection, on=True)


if context.is_offline_mode():
    run_offline()
else:
    run_online()
