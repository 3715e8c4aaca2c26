"""Twenty thousand letters become a million inside the database: every row again, under numbers of its own."""

from sqlalchemy import Engine, Table, text

from participation.extensions import db

BASE = 20_000
TABLES = (
    "letter",
    "duty",
    "duty_holding",
    "letter_event",
    "letter_answer",
    "letter_rating",
    "letter_reopening",
    "text_part",
)
STEP = {"letter": 1, "duty": 3, "letter_answer": 1}
"""Ids that the rows of one letter take in tables whose ids are referred to."""
TO_LETTER = ("letter_id", "subject_id", "merged_into_id")


def copy(engine: Engine, *, letters: int, base: int) -> None:
    """Raises what `base` letters are to `letters`, a multiple of it."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("COMMIT")
            for pragma in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-800000"):
                connection.exec_driver_sql(f"PRAGMA {pragma}")
            connection.exec_driver_sql("BEGIN")
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        last = {name: connection.scalar(text(f"SELECT max(id) FROM {name}")) for name in TABLES}
        for number in range(1, letters // base):
            for name in TABLES:
                connection.execute(text(_again(db.metadata.tables[name], number, base, last[name])))
        connection.commit()


def _again(table: Table, number: int, base: int, last: int) -> str:
    names = [column.name for column in table.columns if column.name != "id" or table.name in STEP]
    values = [_value(table.name, name, number, base) for name in names]
    quoted = [f'"{name}"' for name in names]
    into, source = f"INSERT INTO {table.name} ({', '.join(quoted)})", f"FROM {table.name} WHERE id <= {last}"
    return f"{into} SELECT {', '.join(values)} {source}"


def _value(table: str, name: str, number: int, base: int) -> str:
    if name == "id":
        return f"id + {number * base * STEP[table]}"
    if name in TO_LETTER:
        return f"{name} + {number * base}"
    if name == "duty_id":
        return f"duty_id + {number * base * STEP['duty']}"
    if table == "letter" and name == "number":
        return f"\"number\" || '-{number}'"
    if table == "letter" and name in ("secret_digest", "submission_key"):
        return f"{name} || '-{number}'" if name == "secret_digest" else f"'{number:03d}' || substr({name}, 4)"
    return f'"{name}"'
