"""How long `evidence verify` takes over a million entries with the rows that they describe.

    python -m tests.benchmarks.evidence --entries 1000000 [--folder FOLDER] [--postgresql]

Entries are written in bulk as the services would write them: each parcel is received and moved three
times; its columns are digested, its author committed to with a salt. A head for every thousand.
"""

import argparse
import os
import resource
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert

from participation.evidence import canonical, keeping, sealing, verification
from participation.evidence.models import EvidenceEntry, EvidenceSalt
from participation.extensions import db
from tests import postgresql
from tests.conftest import make_app
from tests.evidence.parcel import NOW, Parcel

STAGES = ("received", "assigned", "drafted", "answered")
SHAPE = ["number", "stage", "due_on", "received_at", "notes"]
HEAD_EVERY = 1000
KEY = b"bench" * 7


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--entries", type=int, default=1_000_000)
    asked.add_argument("--folder", type=Path)
    asked.add_argument("--postgresql", action="store_true")
    given = asked.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="pp-evidence-"))
    if given.postgresql:
        with postgresql.server() as address:
            os.environ["TEST_DATABASE_URL"] = address
            _measure(folder, given.entries)
    else:
        _measure(folder, given.entries)


def _measure(folder: Path, entries: int) -> None:
    filled = folder / "participation.db"
    app = make_app(folder, fresh=not filled.exists())
    with app.app_context():
        if sealing.newest_head() is None:
            _timed(f"writing and sealing {entries:,} entries", lambda: _fill(entries))
        held = keeping.kept_heads()
        middle = held[sorted(held)[len(held) * 99 // 100]]
        report = _timed("verify", verification.verify)
        print(f"  {report.as_json()}")
        report = _timed(f"verify --since {middle.stem}", lambda: verification.verify(since=middle))
        print(f"  {report.as_json()}")
        print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB; load {os.getloadavg()}")


def _timed(what, act):
    wall, used = time.perf_counter(), time.process_time()
    answer = act()
    print(
        f"{what}: {time.perf_counter() - wall:.1f} s, of which processor {time.process_time() - used:.1f} s", flush=True
    )
    db.session.rollback()
    return answer


def _fill(entries: int) -> None:
    """Four entries a parcel, in the order in which they would come: stage after stage of a thousand parcels."""
    number = 0
    while number < entries // len(STAGES):
        some = range(number + 1, min(number + HEAD_EVERY, entries // len(STAGES)) + 1)
        number = some[-1]
        salts = {each: canonical.value_digest(each).encode()[:32] for each in some}
        values = [_row(each, STAGES[-1]) for each in some]
        db.session.connection().execute(insert(Parcel), [value | {"views": 0} for value in values])
        names = [{"row_name": f"parcel:{each}", "salt": salts[each]} for each in some]
        db.session.connection().execute(insert(EvidenceSalt), names)
        for stage in STAGES:
            written = [_entry(each, stage, salts[each]) for each in some]
            db.session.connection().execute(insert(EvidenceEntry), written)
            sealing.seal(NOW + timedelta(minutes=1))
        db.session.commit()


def _row(number: int, stage: str) -> dict[str, object]:
    return {
        "id": number,
        "number": f"XX-2026-{number:07d}",
        "stage": stage,
        "due_on": (NOW + timedelta(days=7)).date(),
        "received_at": NOW,
        "notes": {"a": None, "b": [1]},
        "author": f"写信人 {number}",
    }


def _entry(number: int, stage: str, salt: bytes) -> dict[str, object]:
    row = _row(number, stage)
    record = {
        "columns": canonical.value_digest(
            {"kind": "parcel", "id": number, "columns": {name: row[name] for name in SHAPE}}
        ),
        "personal": {"author": canonical.commitment(salt, "author", row["author"])},
    }
    verb = "parcel.received" if stage == "received" else "parcel.moved"
    payload = canonical.text(
        {
            "format": canonical.FORMAT,
            "algorithm": canonical.ALGORITHM,
            "verb": verb,
            "subject": {"kind": "parcel", "id": number},
            "actor": "post:7/person:9",
            "at": NOW,
            "recorded_at": NOW,
            "clock": "database",
            "facts": {"number": row["number"], "stage": stage, "department": 12, "due_on": row["due_on"]},
            "rows": {f"parcel:{number}": record},
            "shapes": {"parcel": SHAPE},
        }
    )
    return {
        "recorded_at": NOW,
        "format": canonical.FORMAT,
        "algorithm": canonical.ALGORITHM,
        "verb": verb,
        "subject_kind": "parcel",
        "subject_id": number,
        "actor": "post:7/person:9",
        "payload": payload,
        "digest": canonical.leaf_digest(payload).hex(),
    }


if __name__ == "__main__":
    main()
