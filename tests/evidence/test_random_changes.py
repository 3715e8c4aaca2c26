"""Random single changes to any evidenced value: all found, and none where nothing was changed."""

import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from participation.extensions import db
from tests.evidence.tampering import found, tamper

TABLES = {
    "evidence_entry": "id",
    "evidence_seal": "leaf_index",
    "evidence_head": "tree_size",
    "test_parcel": "id",
}
NOT_EVIDENCED = {"views"}
UNSEALED = 8


def changed(value: object, chance: random.Random) -> object:
    """Another value of the same type."""
    if isinstance(value, int):
        return value + 1000 + chance.randrange(1000)
    if isinstance(value, datetime):
        return value - timedelta(days=1)
    if value is None or not isinstance(value, str):
        return None
    if len(value) >= 10 and value[4:5] == "-" and value[:4].isdecimal():
        return "1999" + value[4:]
    place = chance.randrange(len(value))
    return value[:place] + ("7" if value[place] != "7" else "8") + value[place + 1 :]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.usefixtures("log")
def test_every_random_change_is_found(seed):
    chance = random.Random(seed)
    missed = []
    for _number in range(25):
        table = chance.choice(list(TABLES))
        row = dict(chance.choice(db.session.execute(text(f"SELECT * FROM {table}")).mappings().all()))
        column = chance.choice(sorted(set(row) - NOT_EVIDENCED))
        value = changed(row[column], chance)
        if (table, column, row[column]) == ("evidence_entry", "id", UNSEALED):
            continue  # an entry's number is fixed by its seal
        if value == row[column] or not isinstance(row[column], (int, str, datetime)):
            continue
        key = TABLES[table]
        tamper(f"UPDATE {table} SET {column} = :value WHERE {key} = :key", value=value, key=row[key])
        if found() is None:
            missed.append((table, row[key], column))
        now = value if column == key else row[key]
        tamper(f"UPDATE {table} SET {column} = :value WHERE {key} = :key", value=row[column], key=now)
    assert (missed, found()) == ([], None)
