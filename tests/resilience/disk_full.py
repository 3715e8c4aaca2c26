"""A3: the disk under the data, under the log of the database, or under the uploads is full. Nobody gets a
receipt for what is not stored, pages are read as before, and a minute after there is room all is well again."""

import os
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.resilience import postgres
from tests.resilience.counting import Outcome, sealed, stored
from tests.resilience.database_gone import Watched
from tests.resilience.site import Site, looking, running
from tests.resilience.submitting import Crowd
from tests.visitors import Gone

NAME = "disk full under data, log and uploads"
DATABASES = ("SQLite", "PostgreSQL")
TWINS = ("commit_error_hidden",)
TWIN_SHARE = 0.5
READ = ("/", "/consultations", "/letters", "/decisions", "/board", "/mailbox")
PROGRAMS_READ = ("/api/v1/letters", "/api/v1/consultations", "/api/v1/duties", "/data")
"""The API takes nothing in: what is sent, is sent by forms."""
UNAIDED = 60.0
FULL_FOR = 15.0


def full(site: Site, *, share: float, minutes: float | None = None) -> Outcome:
    outcome = Outcome()
    places = ("data", "uploads") if not site.database else ("data", "log", "uploads")
    for place in places[: 1 if site.fault else None]:
        _tried(site, place, FULL_FOR * share, outcome)
    return outcome


@contextmanager
def mounted(folder: Path, megabytes: int, owner: str = "") -> Iterator[None]:
    """A small disk at `folder`. Raises OSError where mounting is not allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise OSError(f"mounting is not allowed here: {done.stderr.strip()}")
    try:
        if owner:
            subprocess.run(["chown", f"{owner}:{owner}", str(folder)], check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def fill(folder: Path) -> Path:
    """Takes all the room there is."""
    ballast = folder / "ballast"
    for piece in (65536, 4096, 512):
        with ballast.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * piece)
            except OSError:
                pass
    return ballast


def _tried(site: Site, place: str, seconds: float, outcome: Outcome) -> None:
    try:
        if site.database:
            _on_postgresql(site, place, seconds, outcome)
        else:
            small = site.folder / f"small-{place}"
            # The log of SQLite lies beside its data: one disk for both.
            where = small if place == "data" else small / "files"
            small.mkdir()
            with mounted(where, 24):
                _trial(Site(small, fault=site.fault), place, where, seconds, outcome)
    except OSError as error:
        outcome.wrong.append(f"{place}: {error}")


def _on_postgresql(site: Site, place: str, seconds: float, outcome: Outcome) -> None:
    folder = site.folder / f"postgresql-{place}"
    folder.mkdir()
    os.chmod(site.folder, 0o755)
    instance = site.folder / f"instance-{place}"
    instance.mkdir()
    small = {"data": folder / "data", "log": folder / "wal", "uploads": instance / "files"}[place]
    owner = "postgres" if place != "uploads" and os.geteuid() == 0 else ""
    options = ("-c", "max_wal_size=8MB", "-c", "min_wal_size=2MB")
    with mounted(small, {"data": 110, "log": 24, "uploads": 8}[place], owner):
        wal = folder / "wal" / "log" if place == "log" else None
        with postgres.running(folder, options=options, **({"wal": wal} if wal else {})) as server:
            inner = Site(instance, database=server.database("trial"), fault=site.fault, server=server)
            _trial(inner, place, small, seconds, outcome)


def _trial(site: Site, place: str, small: Path, seconds: float, outcome: Outcome) -> None:
    reads, programs, answers, watched = Counter[str](), Counter[str](), Counter[str](), Watched()
    with running(site):
        crowd = Crowd(site, 100_000, people=3, each=5, receipts=False, upload=place == "uploads", look=watched)
        crowd.begin()
        _until(lambda: len(crowd.acknowledged) >= 10, 60)
        before = len(crowd.acknowledged)
        ballast = fill(small)
        _read_while(site, seconds, reads, programs, watched)
        while_full = len(crowd.acknowledged) - before
        ballast.unlink()
        freed, at_free = time.monotonic(), len(crowd.acknowledged)
        _until(lambda: len(crowd.acknowledged) > at_free + 3, UNAIDED * 2)
        took = time.monotonic() - freed
        crowd.stop.set()
        crowd.end()
        answers.update(crowd.answers)
        outcome.counts |= {
            f"{place}: receipts before, during, after": f"{before}, {while_full}, {len(crowd.acknowledged) - at_free}",
            f"{place}: pages read while full": dict(reads),
            f"{place}: API read while full": dict(programs),
            f"{place}: answers": dict(answers),
            f"{place}: seconds until the next receipts": round(took, 1),
        }
        if took > UNAIDED:
            outcome.wrong.append(f"{place}: not back within {UNAIDED:.0f} s of there being room")
        errors = {status: times for status, times in answers.items() if status[0] == "5" and status != "503"}
        if errors:
            outcome.wrong.append(f"{place}: answered {errors}")
        # PostgreSQL itself stops when its log has no room; then a page is an honest 503.
        allowed = {"200", "503"} if place == "log" else {"200"}
        # Without the disk a reader has a quarter of the allowance, and beyond it a 429 with the seconds.
        if set(reads) - allowed or set(programs) - allowed - {"429"}:
            outcome.wrong.append(f"{place}: pages answered {dict(reads)}, the API {dict(programs)}")
        outcome.expect(f"{place}: 503 that are none", len(watched.wrong), 0, f"{place}: {watched.wrong[:2]}")
        with looking(site):
            sealed(outcome)
            stored(outcome, acknowledged=crowd.acknowledged, asked=crowd.asked)
            if place == "uploads":
                _files(outcome, len(crowd.acknowledged))


def _files(outcome: Outcome, acknowledged: int) -> None:
    from sqlalchemy import func, select

    from participation.extensions import db
    from participation.files.disk import path_of
    from participation.files.models import StoredFile

    rows = db.session.execute(
        select(StoredFile.sha256, StoredFile.size).where(StoredFile.attached_at.is_not(None))
    ).all()
    lost = sum(not path_of(row.sha256).exists() or path_of(row.sha256).stat().st_size != row.size for row in rows)
    outcome.expect("uploads: attached without their bytes", lost, 0, "files without their bytes")
    attached = db.session.scalar(select(func.count()).where(StoredFile.attached_at.is_not(None))) or 0
    if attached < acknowledged:
        outcome.wrong.append(f"uploads: {attached} files for {acknowledged} receipts")


def _read_while(site: Site, seconds: float, reads: Counter[str], programs: Counter[str], watched: Watched) -> None:
    visitor, stop = site.visitor(800_000), threading.Event()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not stop.wait(0.1):
        for path in READ + PROGRAMS_READ:
            seen = reads if path in READ else programs
            try:
                reply = visitor.get(path)
            except Gone:
                seen["no answer"] += 1
                continue
            seen[str(reply.status)] += 1
            watched(reply)
    visitor.close()


def _until(done: object, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not done() and time.monotonic() < deadline:  # type: ignore[operator]
        time.sleep(0.1)
