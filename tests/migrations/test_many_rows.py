"""Many letters go up and down through every revision within a maintenance window, and none is lost.

A few of them in `make test`; a hundred thousand by `make prove-migrations`."""

import os
import time
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from participation.extensions import db
from tests.migrations import rows
from tests.migrations.database import current, newest, revisions, wipe
from tests.migrations.dying import migrate_and_die

LETTERS = int(os.environ.get("LETTERS", "2000"))
WINDOW = 120  # seconds for one way, on a small machine


def copies(table: str, changed: dict[str, str]) -> str:
    """SQL that copies the row with id 1 of a table many times; `n` is the number of the copy."""
    with db.engine.connect() as connection:
        names = list(connection.execute(text(f'SELECT * FROM "{table}" WHERE id = 1')).keys())
    columns = ", ".join(names)
    values = ", ".join(changed.get(name, f"{table}.{name}") for name in names)
    return (
        f"WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < {LETTERS})"
        f" INSERT INTO {table} ({columns}) SELECT {values} FROM many, {table} WHERE {table}.id = 1"
    )


def seen() -> list[tuple[object, ...]]:
    """Numbers that change when any of the many rows is lost or altered."""
    asked = (
        "SELECT count(*), sum(id), sum(length(number)), count(DISTINCT number), min(received_at) FROM letter",
        "SELECT count(*), sum(id), sum(subject_id), min(due_at), max(due_at) FROM duty",
    )
    with db.engine.connect() as connection:
        return [tuple(connection.execute(text(question)).one()) for question in asked]


@pytest.fixture
def before(created: Flask) -> list[tuple[object, ...]]:
    """Many letters at the first revision; what `seen` says of them."""
    wipe()
    upgrade(revision="0001")
    rows.load(Path(created.instance_path))
    number = "CAST(1000 + n AS VARCHAR(12))"
    letter = {"id": "1000 + n", "number": f"'N' || {number}", "submission_key": f"'K' || {number}"}
    duty = {"id": "1000 + n", "subject_id": "1000 + n"}
    for copied in (copies("letter", letter), copies("duty", duty)):
        with db.engine.begin() as connection:
            connection.execute(text(copied))
    found = seen()
    assert found[0][0] == LETTERS + rows.LETTERS
    return found


@pytest.mark.long
def test_many_letters_go_up_and_down_through_every_revision(before: list[tuple[object, ...]]):
    first, *later = revisions()
    way = [*((upgrade, up) for up in later), *((downgrade, down) for down in reversed([first, *later[:-1]]))]
    for step, revision in [*way, (upgrade, later[-1])]:
        began = time.monotonic()
        step(revision=revision)
        took = time.monotonic() - began
        print(f"{step.__name__} to {revision}: {took:.1f} s")
        assert took < WINDOW
        assert current() == [revision]
        assert seen() == before


@pytest.mark.long
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95] if LETTERS >= 10_000 else [0.6])
def test_killed_on_the_way_with_many_letters_nothing_is_lost(
    created: Flask, before: list[tuple[object, ...]], share: float
):
    for to, back, start, end in (("up", downgrade, "0001", newest()), ("down", upgrade, newest(), "0001")):
        code, statements = migrate_and_die(created, 10**6, to=to)
        db.engine.dispose()
        assert (code, current(), seen()) == (0, [end], before)
        back(revision=start)
        began, at = time.monotonic(), int(statements * share)
        assert migrate_and_die(created, at, to=to)[0] == -9
        print(f"{to}: killed after {time.monotonic() - began:.1f} s, before statement {at} of {statements}")
        db.engine.dispose()
        assert (current(), seen()) == ([start], before)
        (upgrade if to == "up" else downgrade)(revision=end)
        assert (current(), seen()) == ([end], before)
