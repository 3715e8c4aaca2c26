"""What the index needs of SQLite beside its table: a full-text table over the column `tokens`.

For the models and for the migration. PostgreSQL needs nothing more than the GIN index of the model.
"""

import sqlite3

from sqlalchemy import DDL

FTS = "text_part_fts"
# ascii: everything outside ASCII belongs to a token, so the grams stay as they are written.
CREATE = (
    f"CREATE VIRTUAL TABLE {FTS} USING fts5(tokens, content='text_part', content_rowid='id', "
    "tokenize='ascii', columnsize=0)"
)
DROP = f"DROP TABLE IF EXISTS {FTS}"


def statements(dialect: str) -> list[str]:
    """For a migration, after the table exists: `for sql in ddl.statements(bind.dialect.name): op.execute(sql)`.
    Before the table is dropped: `DROP`, on SQLite."""
    return [CREATE] if dialect == "sqlite" else []


def is_derived(table: str) -> bool:
    """Whether a table belongs to the full-text table, which makes and drops it itself."""
    return table.startswith(FTS)


def rules() -> tuple[DDL, DDL]:
    """The same as events for `metadata.create_all` and `drop_all`."""
    made: tuple[DDL, DDL] = (
        DDL(CREATE).execute_if(dialect="sqlite"),  # type: ignore[no-untyped-call]
        DDL(DROP).execute_if(dialect="sqlite"),  # type: ignore[no-untyped-call]
    )
    return made


def missing(database: str) -> str:
    """Why this installation cannot keep the index; empty when it can."""
    if not database.startswith("sqlite"):
        return ""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5(tokens, tokenize='ascii')")
    except sqlite3.OperationalError as error:
        return f"SQLite {sqlite3.sqlite_version} here has no full-text search (FTS5): {error}"
    finally:
        connection.close()
    return ""
