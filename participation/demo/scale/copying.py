"""Some thousand letters become a million inside the database: every row again, under numbers of its own."""

from dataclasses import dataclass

from sqlalchemy import Connection, Table, text

from participation.demo.scale.letters import Plan
from participation.extensions import db

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


@dataclass(frozen=True)
class Written:
    """The rows of the letters that are copied: above `first` and up to `last`, by table."""

    first: dict[str, int]
    last: dict[str, int]


def highest(connection: Connection) -> dict[str, int]:
    """The highest id of each table; 0 for an empty one."""
    return {name: connection.scalar(text(f"SELECT max(id) FROM {name}")) or 0 for name in TABLES}


def copy(connection: Connection, written: Written, plan: Plan, *, letters: int) -> None:
    """Raises the letters of the plan to `letters`, in the connection's transaction."""
    for number in range(1, -(-letters // plan.count)):
        rest = min(plan.count, letters - number * plan.count)
        for name in TABLES:
            table = db.metadata.tables[name]
            said = {"first": written.first[name], "last": written.last[name]}
            some = _up_to(name, rest, plan) if rest < plan.count else ""
            connection.execute(text(_again(table, number, plan.count) + some), said)


def _up_to(table: str, rest: int, plan: Plan) -> str:
    """Only what belongs to the first letters."""
    if table == "letter":
        return f" AND id <= {plan.letters + rest}"
    if table == "duty_holding":
        return f" AND duty_id <= {plan.duties + rest * STEP['duty'] + 2}"
    if table == "text_part":
        return f" AND subject_id <= CASE kind WHEN 'answer' THEN {plan.answers + rest} ELSE {plan.letters + rest} END"
    return f" AND {'subject_id' if table == 'duty' else 'letter_id'} <= {plan.letters + rest}"


def _again(table: Table, number: int, base: int) -> str:
    names = [column.name for column in table.columns if column.name != "id" or table.name in STEP]
    values = [_value(table.name, name, number, base) for name in names]
    quoted = [f'"{name}"' for name in names]
    into, source = f"INSERT INTO {table.name} ({', '.join(quoted)})", f"FROM {table.name}"
    return f"{into} SELECT {', '.join(values)} {source} WHERE id > :first AND id <= :last"


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
