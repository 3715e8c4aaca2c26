"""Triggers that refuse UPDATE and DELETE on evidence, for the models and for the migration.

They stop mistakes and a stolen application account. Whoever owns the database can drop them; that
is what signed heads outside the database are for.
"""

from sqlalchemy import DDL

INSERT_ONLY = ("evidence_entry", "evidence_seal", "evidence_tile", "evidence_head", "evidence_doubt")


def sqlite_statements(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def postgresql_statements(table: str) -> list[str]:
    return [
        "CREATE OR REPLACE FUNCTION evidence_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION evidence_refuse()",
    ]


SQLITE = [statement for table in INSERT_ONLY for statement in sqlite_statements(table)]
POSTGRESQL = [statement for table in INSERT_ONLY for statement in postgresql_statements(table)]


def statements(dialect: str) -> list[str]:
    """All statements for a migration: `for sql in ddl.statements(bind.dialect.name): op.execute(sql)`.
    Run them after the tables exist."""
    return {"sqlite": SQLITE, "postgresql": POSTGRESQL}[dialect]


def rules(table: str) -> list[DDL]:
    """The same as events for `metadata.create_all`."""
    made = [
        DDL(statement).execute_if(dialect="sqlite")  # type: ignore[no-untyped-call]
        for statement in sqlite_statements(table)
    ]
    for statement in postgresql_statements(table):
        # DDL fills in %(...)s, so a literal per cent sign is doubled.
        made.append(DDL(statement.replace("%", "%%")).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]
    return made
