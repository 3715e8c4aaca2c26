"""All rows of a PostgreSQL database, taken out and put back as the server itself writes them."""

from participation.extensions import db

Rows = dict[str, bytes]

_USED = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
_SEQUENCES = """
SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
"""


def taken() -> tuple[Rows, dict[str, int]]:
    """The tables that have rows, and how far each sequence is."""
    db.session.remove()
    found: Rows = {}
    connection = db.engine.raw_connection()
    try:
        with connection.cursor() as cursor:
            cursor.execute(_USED)
            for (name,) in cursor.fetchall():
                cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{name}")')
                if cursor.fetchone()[0]:
                    with cursor.copy(f'COPY "{name}" TO STDOUT (FORMAT BINARY)') as copy:
                        found[name] = b"".join(bytes(part) for part in copy)
            cursor.execute(_SEQUENCES)
            sequences = dict(cursor.fetchall())
        connection.rollback()
    finally:
        connection.close()
    return found, sequences


def put_back(rows: Rows, sequences: dict[str, int]) -> None:
    """Into empty tables. References and triggers step aside: the rows were right when they were taken."""
    db.session.remove()
    connection = db.engine.raw_connection()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for name, content in rows.items():
                with cursor.copy(f'COPY "{name}" FROM STDIN (FORMAT BINARY)') as copy:
                    copy.write(content)
            for name, value in sequences.items():
                cursor.execute("SELECT setval(%s::regclass, %s)", (f'"{name}"', value))
        connection.commit()
    finally:
        connection.close()
