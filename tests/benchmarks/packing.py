"""How long the inspection pack takes, and how much memory: for many duties. As many as a pack has receipts for are
opened by the service and sealed; the others are copies of their rows, which the log does not know.

python -m tests.benchmarks.packing --duties 10000
"""

import argparse
import os
import resource
import tempfile
import time
import tracemalloc
from datetime import date, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import func, insert, select

from participation import clock
from participation.clock import SHANGHAI
from participation.duties import service as duties
from participation.duties.history.reading import read_on
from participation.duties.models import Duty
from participation.evidence.sealing import seal
from participation.extensions import db
from participation.oversight.packing import RECEIPTS
from tests.conftest import make_app
from tests.world import World

BEGAN = datetime(2026, 11, 2, 9, 0, tzinfo=SHANGHAI)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)
AT_ONCE = 500
PATH = "/ledger/pack"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--duties", type=int, default=10_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="pp-packing-") as folder:
        app = make_app(Path(folder), database_url=f"sqlite:///{folder}/pack.sqlite")
        with app.app_context():
            world = World(app)
            _fill(world, min(RECEIPTS, given.duties))
            _copy(given.duties)
            db.session.remove()
        _measure(app, world)


def _fill(world: World, number: int) -> None:
    with clock.played(BEGAN):
        for start in range(0, number, AT_ONCE):
            for subject in range(start + 1, min(start + AT_ONCE, number) + 1):
                duties.open_duty(
                    "feedback", subject_kind="consultation", subject_id=subject,
                    department_id=world.department["housing"], started_at=clock.now(), due_on=date(2026, 11, 16),
                    actor=world.actor("head"), now=clock.now(),
                )  # fmt: skip
            db.session.commit()
            seal(clock.now())
            db.session.commit()
            db.session.remove()
        read_on(now=clock.now())
        db.session.commit()


def _copy(number: int) -> None:
    """Rows of the first duty, each with a number and a matter of its own, until there are so many."""
    table = Duty.__table__
    there = db.session.scalar(select(func.count()).select_from(Duty)) or 0
    first = dict(db.session.execute(select(table).order_by(table.c.id)).mappings().first() or {})
    rows = [first | {"id": one, "subject_id": one} for one in range(there + 1, number + 1)]
    if rows:
        db.session.connection().execute(insert(table), rows)
        db.session.commit()


def _measure(app: Flask, world: World) -> None:
    with clock.played(NOW):
        client = world.sign_in(app.test_client(), "auditor")
        for traced in (False, True):
            if traced:
                tracemalloc.start()
            wall, used, before = time.perf_counter(), time.process_time(), _resident()
            answer = client.submit("/inquiries", {}, to=PATH)
            size = len(answer.data)
            answer.close()
            line = f"{answer.status_code}, {size / 1e6:.1f} MB"
            if traced:
                print(f"{line}, {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB of Python objects at most")
                tracemalloc.stop()
            else:
                seconds = f"{time.perf_counter() - wall:.1f} s, of which processor {time.process_time() - used:.1f}"
                print(f"{line}, {seconds}, process at most {_resident()} MB, before {before}", flush=True)
    print(f"load {os.getloadavg()}")


def _resident() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
