"""The two database roles of an installation on PostgreSQL, as SQL. Pure.

The owner migrates. The application's role reads and writes, but can neither change nor delete evidence,
nor switch off what refuses it: it owns nothing.
"""

import re
from collections.abc import Iterable

from participation.evidence.ddl import INSERT_ONLY

NEVER_DELETED = ("evidence_salt",)
"""Emptied when somebody is erased, so UPDATE stays; a deleted salt would look like an accident."""

READ_ONLY = ("alembic_version",)
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def statements(*, owner: str, application: str, tables: Iterable[str]) -> list[str]:
    """What the database's superuser runs, once and after each migration. Raises ValueError for names
    that would need quoting."""
    for name in (owner, application, *tables):
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name}: small letters, digits and _ only")
    if owner == application:
        raise ValueError("owner and application are two roles")
    known = sorted({*tables, *READ_ONLY})
    return [
        *(_role(name, login) for name, login in ((owner, False), (application, True))),
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE, CREATE ON SCHEMA public TO {owner}",
        f"GRANT USAGE ON SCHEMA public TO {application}",
        *(f"ALTER TABLE IF EXISTS {table} OWNER TO {owner}" for table in known),
        f"ALTER FUNCTION evidence_refuse() OWNER TO {owner}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {application}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {application}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {application}",
        f"REVOKE UPDATE, DELETE ON {', '.join(INSERT_ONLY)} FROM {application}",
        f"REVOKE DELETE ON {', '.join(NEVER_DELETED)} FROM {application}",
        f"REVOKE INSERT, UPDATE, DELETE ON {', '.join(READ_ONLY)} FROM {application}",
    ]


def _role(name: str, login: bool) -> str:
    rights = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS " + ("LOGIN" if login else "NOLOGIN")
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{name}') "
        f"THEN CREATE ROLE {name} {rights}; END IF; END $$"
    )
