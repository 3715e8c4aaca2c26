"""Random single changes to sealed evidence, heads and business rows, as a database superuser makes them: is
every one found? And random honest work: is nothing found where nothing was done?

    python -m tests.benchmarks.proving --changes 10000 --clean 1000

The district is a small one in an installation at work (not a demonstration): people, letters that go their
random ways, a consultation with its comments and feedback, a catalogue. On SQLite, where a superuser meets
the fewest obstacles: triggers, checks and foreign keys are off for whoever tampers.
"""

import argparse
import sqlite3
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import Boolean, LargeBinary, inspect

from participation import clock
from participation.errors import Refused
from participation.evidence import queries, registry, sealing, verification
from participation.evidence.models import EvidenceEntry, EvidenceHead, EvidenceSalt, EvidenceSeal, EvidenceTile
from participation.extensions import db
from participation.mailbox.models import Letter
from tests.conftest import make_app
from tests.consultations import periods
from tests.decisions import district
from tests.mailbox import letters
from tests.mailbox.acts import act, somebody, something
from tests.mailbox.answered import answered
from tests.world import World

EVIDENCE = (EvidenceEntry, EvidenceSeal, EvidenceTile, EvidenceHead, EvidenceSalt)
PRODUCTION = {"environment": "production", "cookies_secure": True, "trusted_hosts": "localhost"}
LOGINS = ("office", "office", "officer", "head", "utilities", "utilities_head", "town", "town_head")


@dataclass
class Table:
    """What of a table is evidence: its key and the columns that a change must not touch unseen."""

    name: str
    key: str
    columns: list[str]
    flags: set[str] = field(default_factory=set)
    raw: set[str] = field(default_factory=set)


def tables() -> list[Table]:
    found = []
    for model in EVIDENCE:
        columns = [column.name for column in model.__table__.columns if column.name != "destroyed_at"]
        found.append(_table(model, columns))
    for kind in registry.kinds():
        attributes = inspect(kind.model).column_attrs
        names = [attributes[name].columns[0].name for name in (*kind.columns, *kind.personal)]
        found.append(_table(kind.model, [kind.key.name, *names]))
    return found


def _table(model, columns: list[str]) -> Table:
    table = model.__table__
    flags = {name for name in columns if isinstance(table.c[name].type, Boolean)}
    raw = {name for name in columns if isinstance(table.c[name].type, LargeBinary)}
    return Table(table.name, next(iter(table.primary_key)).name, columns, flags, raw)


def build(folder: Path):
    """The application over a district with something in every corner, all of it sealed."""
    app = make_app(folder, database_url=f"sqlite:///{folder / 'proof.db'}", **PRODUCTION)
    with app.app_context():
        world = World(app)
        letters.mailboxes(periods.at("2026-11-02T09:00"))
        for number in range(21):
            answered(world, title=f"第 {number} 封：路灯不亮")
            seal_all()
        consultation = periods.opened(world)
        for _number in range(3):
            periods.commented(consultation)
        periods.closed(consultation)
        district.published_item(world)
        seal_all()
    return app, world


def seal_all() -> None:
    sealing.seal(clock.now() + timedelta(seconds=1), everything=True)
    db.session.commit()


class Superuser:
    """A connection of its own, without triggers, checks and foreign keys."""

    def __init__(self, file: Path) -> None:
        self.connection = sqlite3.connect(file, isolation_level=None)
        self.connection.row_factory = sqlite3.Row
        for pragma in ("ignore_check_constraints=ON", "foreign_keys=OFF", "synchronous=OFF"):
            self.connection.execute(f"PRAGMA {pragma}")
        for row in self.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            self.connection.execute(f'DROP TRIGGER "{row["name"]}"')

    def rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        return self.connection.execute(query, values).fetchall()

    def put_back(self, table: str, kept: list[sqlite3.Row]) -> None:
        self.connection.execute("BEGIN")
        self.connection.execute(f"DELETE FROM {table}")
        marks = ", ".join("?" * len(kept[0]))
        self.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", [tuple(row) for row in kept])
        self.connection.execute("COMMIT")


def other(value: object, table: Table, column: str, chance: Random) -> object:
    """A value that reads differently."""
    if column in table.flags:
        return 1 - int(bool(value))
    if value is None:
        return b"\0" * 32 if column in table.raw else chance.choice(("x", "2026-01-01", 7))
    if isinstance(value, int):
        return chance.choice((value + 1, value - 1, value + chance.randrange(2, 10**6), -value - 1))
    if isinstance(value, bytes):
        place = chance.randrange(len(value))
        return value[:place] + bytes([value[place] ^ (1 << chance.randrange(8))]) + value[place + 1 :]
    assert isinstance(value, str)
    places = [place for place, sign in enumerate(value) if not sign.isspace()]
    if not places:
        return value + "x"
    place = chance.choice(places)
    digit = value[place].isdigit()
    sign = chance.choice([sign for sign in ("123456789" if digit else "abz字") if sign != value[place]])
    return value[:place] + sign + value[place + 1 :]


def change(user: Superuser, table: Table, kept: list[sqlite3.Row], chance: Random) -> str:
    """One random change; the name of what it was, empty if the database would not take it."""
    row = chance.choice(kept)
    what = chance.choices(("edit", "delete", "insert", "swap"), (85, 7, 4, 4))[0]
    if table.name in ("evidence_entry", "evidence_salt") and what == "insert":
        # An entry that is not sealed yet proves nothing yet, and a salt that no row has says nothing.
        what = "edit"
    with suppress(sqlite3.IntegrityError):
        if what == "edit":
            column = chance.choice(table.columns)
            value = other(row[column], table, column, chance)
            set_to = (value, row[table.key])
            user.connection.execute(f"UPDATE {table.name} SET {column} = ? WHERE {table.key} = ?", set_to)
            same = [tuple(one) for one in user.rows(f"SELECT * FROM {table.name}")] == [tuple(one) for one in kept]
            return "" if same else f"edit {table.name}.{column}"
        if what == "delete":
            user.connection.execute(f"DELETE FROM {table.name} WHERE {table.key} = ?", (row[table.key],))
        elif what == "insert":
            copy = dict(row)
            copy[table.key] = 10**6 + chance.randrange(10**6)
            marks = ", ".join("?" * len(copy))
            user.connection.execute(f"INSERT INTO {table.name} VALUES ({marks})", tuple(copy.values()))
        else:
            return _swap(user, table, kept, chance)
        return f"{what} {table.name}"
    return ""


def _swap(user: Superuser, table: Table, kept: list[sqlite3.Row], chance: Random) -> str:
    """Two rows change places."""
    if len(kept) < 2:
        return ""
    one, two = chance.sample(kept, 2)
    if [one[name] for name in table.columns if name != table.key] == [
        two[name] for name in table.columns if name != table.key
    ]:
        return ""
    turn = f"UPDATE {table.name} SET {table.key} = ? WHERE {table.key} = ?"
    spare = "spare" if isinstance(one[table.key], str) else -7
    for set_to in ((spare, one[table.key]), (one[table.key], two[table.key]), (two[table.key], spare)):
        user.connection.execute(turn, set_to)
    return f"swap {table.name}"


@dataclass
class Outcome:
    tried: Counter = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    false_alarms: list[str] = field(default_factory=list)
    clean: int = 0


def first_bad() -> str:
    found = verification.verify().first_bad
    db.session.rollback()
    db.session.remove()
    return f"{found.entry} {found.row} {found.reason}" if found else ""


def prove(app, file: Path, *, changes: int, seed: int) -> Outcome:
    """Every change is undone before the next; at the end the log must fit again."""
    chance, outcome, user = Random(seed), Outcome(), Superuser(file)
    with app.app_context():
        db.session.remove()
        known = [table for table in tables() if user.rows(f"SELECT 1 FROM {table.name} LIMIT 1")]
        evidence = [table for table in known if table.name.startswith("evidence_")]
        while outcome.tried.total() < changes:
            table = chance.choice(evidence if chance.random() < 0.5 else known)
            kept = user.rows(f"SELECT * FROM {table.name}")
            what = change(user, table, kept, chance)
            if what:
                outcome.tried[what] += 1
                if not first_bad():
                    outcome.missed.append(what)
                    print(f"missed: {what}", flush=True)
                if not outcome.tried.total() % 500:
                    print(f"  {outcome.tried.total()} changes tried, {len(outcome.missed)} missed", flush=True)
            user.put_back(table.name, kept)
        alarm = first_bad()
        if alarm:
            outcome.false_alarms.append(f"after putting everything back: {alarm}")
    user.connection.close()
    return outcome


def work(app, world, *, runs: int, seed: int) -> Outcome:
    """Honest work at random, sealed and verified after each act."""
    chance, outcome = Random(seed), Outcome()
    with app.app_context():
        actors = [world.actor(login) for login in LOGINS]
        moment = periods.at("2026-11-20T09:00")
        for number in range(runs):
            moment += timedelta(minutes=chance.randrange(1, 90))
            if number % 10 == 0:
                letters.received(moment)
            name = _something_done(world, actors, moment, chance)
            outcome.tried[name] += 1
            if chance.random() < 0.7:
                seal_all()
            alarm = first_bad()
            outcome.clean += 1
            if alarm:
                outcome.false_alarms.append(f"{name}: {alarm}")
    return outcome


def _something_done(world, actors, moment, chance: Random) -> str:
    """Tries acts at random until one is allowed."""
    while True:
        found = db.session.query(Letter).order_by(Letter.id).all()
        letter, beside = chance.choice(found), chance.choice(found)
        name, department = something(letter, chance), chance.choice(list(world.department.values()))
        who = somebody(name, letter, actors, chance)
        try:
            act(name, letter, other=beside, who=who, department=department, now=moment, chance=chance)
            db.session.commit()
        except (Refused, AttributeError, AssertionError, TypeError):
            db.session.rollback()
            continue
        return name


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--changes", type=int, default=10_000)
    asked.add_argument("--clean", type=int, default=1_000)
    asked.add_argument("--seed", type=int, default=20261123)
    given = asked.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="pp-proof-"))
    app, world = build(folder)
    with app.app_context():
        print(f"a log of {queries.newest_head().tree_size} entries, {len(tables())} tables", flush=True)
    began, used = time.perf_counter(), time.process_time()
    found = prove(app, folder / "proof.db", changes=given.changes, seed=given.seed)
    print(f"{found.tried.total()} changes, {len(found.missed)} missed: {Counter(found.missed)}; {found.false_alarms}")
    for kind in ("edit", "delete", "insert", "swap"):
        print(f"  {kind}: {sum(count for what, count in found.tried.items() if what.startswith(kind))}")
    touched = {what.partition(" ")[2] for what in found.tried if what.startswith("edit")}
    print(f"  {len(touched)} different columns edited")
    clean = work(app, world, runs=given.clean, seed=given.seed)
    print(f"{clean.clean} clean runs over {clean.tried.total()} acts, false alarms: {clean.false_alarms}")
    print(f"{time.perf_counter() - began:.0f} s, of which processor {time.process_time() - used:.0f} s")
    raise SystemExit(1 if found.missed or found.false_alarms or clean.false_alarms else 0)


if __name__ == "__main__":
    main()
