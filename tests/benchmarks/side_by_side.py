"""`make bench`: the platform beside two floors, in one session, on one machine.

    BENCH_LETTERS=10000 BENCH_COMMENTS=1000 BENCH_ROUNDS=1 BENCH_MINUTES=0.2 make bench      to try it

Starts a PostgreSQL of its own (data kept in BENCH_FOLDER for the next run), loads the demonstration at two sizes,
starts the floors and the platform in production settings with the same gunicorn options, asks every page with wrk in
alternating rounds, puts docs/nginx/participation.conf in front, sends submissions for minutes, and writes the
section of docs/performance.md. Ends with 0 whatever the figures are: it measures, it does not judge.
"""

import os
import pickle
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, create_engine, text

from config import HERE
from tests import postgresql
from tests.benchmarks import floors, freshness, pages, report, rounds, storming, whereabouts, wrk
from tests.benchmarks.behind_nginx import nginx
from tests.benchmarks.figures import put_between
from tests.benchmarks.preparing import Installation, Size, prepare
from tests.benchmarks.servers import HEADERS, OPTIONS, Server, free_port, gunicorn

POSTGRESQL = "-c shared_buffers=1GB -c max_wal_size=4GB -c checkpoint_timeout=15min"
"""All else as the package has it; what is committed is on disk (fsync, synchronous_commit)."""
KEPT = "session.pickle"
DOCUMENT = HERE / "docs" / "performance.md"


@dataclass(frozen=True)
class Wanted:
    letters: int
    comments: int
    small: int
    rounds: int
    seconds: float
    clients: int
    burst: float
    minutes: float
    folder: Path
    document: Path


def wanted() -> Wanted:
    """From the environment."""

    def number(name: str, default: float) -> float:
        return float(os.environ.get(f"BENCH_{name}", default))

    folder = os.environ.get("BENCH_FOLDER") or str(Path(tempfile.gettempdir()) / "participation-bench")
    return Wanted(
        int(number("LETTERS", 1_000_000)), int(number("COMMENTS", 100_000)), int(number("SMALL", 10_000)),
        int(number("ROUNDS", 3)), number("SECONDS", 4), int(number("CLIENTS", 200)), number("BURST", 20),
        number("MINUTES", 10), Path(folder), Path(os.environ.get("BENCH_DOCUMENT") or DOCUMENT),
    )  # fmt: skip


def engine_of(url: str) -> Engine:
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://"))


def _floor_database(server: str) -> str:
    engine = engine_of(server)
    with engine.begin() as connection:
        for sql in floors.MAKE:
            connection.execute(text(sql))
    engine.dispose()
    return server.replace("postgresql://", "postgresql+psycopg://")


def _say(line: str) -> None:
    print(line, flush=True)


def _measure(server: str, asked: Wanted) -> report.Session:
    logs, gateway = asked.folder / "logs", free_port()
    logs.mkdir(exist_ok=True)
    sizes = [Size("small", asked.small, min(asked.small, asked.comments)), Size("large", asked.letters, asked.comments)]
    small, large = prepare(server, asked.folder / "installations", sizes)
    engine, little = engine_of(large.url), engine_of(small.url)
    found = report.Session(asked, " ".join(OPTIONS), POSTGRESQL)
    begun = time.monotonic()
    # The platform at its size stays from the first request to the last: its memory is read at the end.
    with gunicorn("run:app", large.production(gateway), logs / "large.log") as platform:
        found.first_answer = platform.first
        with ExitStack() as others:
            floor_env = {"FLOOR_DATABASE": _floor_database(server)}
            hello = others.enter_context(gunicorn("tests.benchmarks.floors:hello", {}, logs / "hello.log"))
            floor = others.enter_context(gunicorn("tests.benchmarks.floors:page", floor_env, logs / "page.log"))
            beside = others.enter_context(gunicorn("run:app", small.production(gateway), logs / "small.log"))
            sides = _side(engine, platform), _side(little, beside)
            for target in (hello, floor):
                wrk.run(target.url("/"), seconds=1, headers=HEADERS)
            found.hello = [wrk.run(hello.url("/"), seconds=asked.seconds, headers=HEADERS) for _ in range(asked.rounds)]
            found.pages, found.floor = rounds.measure(
                floor, *sides, rounds=asked.rounds, seconds=asked.seconds, say=_say
            )
        with _whatever_happens(found, asked, "behind nginx"):
            _behind_nginx(engine, platform, found, asked)
        with _whatever_happens(found, asked, "submissions"):
            found.storm = storming.storm(
                engine, large, platform, gateway, clients=asked.clients, burst=asked.burst, minutes=asked.minutes,
                log=logs / "jobs.log", say=_say,
            )  # fmt: skip
        with _whatever_happens(found, asked, "memory"):
            found.memory = platform.memory()
            found.minutes = (time.monotonic() - begun) / 60
        with _whatever_happens(found, asked, "profiles"):
            found.profiles = _profiles(found, large, gateway, sides[0], _say)
    return found


@contextmanager
def _whatever_happens(found: report.Session, asked: Wanted, what: str) -> Iterator[None]:
    """An hour of measuring is not lost because one part of it fails: the report says which, and why. What was
    found so far lies in the folder; `--report` writes the section from it again."""
    try:
        yield
    except (Exception, SystemExit) as error:
        found.failed.append(f"{what}: {type(error).__name__}: {error}")
        _say(traceback.format_exc())
    (asked.folder / KEPT).write_bytes(pickle.dumps(found))


def _side(engine: Engine, server: Server) -> rounds.Side:
    return rounds.Side(server, pages.pages(engine), pages.cookies(server.port))


def _behind_nginx(engine: Engine, platform: Server, found: report.Session, asked: Wanted) -> None:
    letter = next(page for page in pages.pages(engine) if page.name == "letter")
    with nginx(asked.folder / "nginx", platform.port) as port:
        for page in pages.pages(engine):
            if page.public and not page.path.startswith("/api"):
                url = f"http://127.0.0.1:{port}{page.path}"
                wrk.run(url, seconds=1, headers=HEADERS)
                found.cached[page.name] = wrk.run(url, seconds=asked.seconds, headers=HEADERS)
        _say("behind nginx: " + ", ".join(f"{name} {each.rate:,.0f}/s" for name, each in found.cached.items()))
        found.behind = freshness.measure(engine, port, letter.path)
        _say(f"changed seen after {found.behind.changed:.1f} s, withdrawn after {found.behind.withdrawn:.1f} s")


def _profiles(
    found: report.Session, made: Installation, gateway: int, side: rounds.Side, say: Callable[[str], None]
) -> dict[str, list[tuple[str, float]]]:
    """Of every page that is below what it must reach."""
    profiles = {}
    for each in found.pages:
        if each.share >= report.PAGE.must and each.p99 <= report.P99.must:
            continue
        cookies = "" if each.page.public else side.cookies
        profiles[each.page.name] = whereabouts.asked(made.production(gateway), each.page.path, cookies)
        say(f"profiled: {each.page.name}")
    return profiles


def main() -> int:
    for program in ("wrk", "nginx"):
        if shutil.which(program) is None:
            raise SystemExit(f"{program} is missing: install the package {program}")
    asked = wanted()
    asked.folder.mkdir(parents=True, exist_ok=True)
    _say(f"everything is kept in {asked.folder}")
    if "--report" in sys.argv:
        found = pickle.loads((asked.folder / KEPT).read_bytes())
    else:
        with postgresql.server(asked.folder / "postgresql", settings=POSTGRESQL) as server:
            found = _measure(server, asked)
    section = report.written(found)
    asked.document.write_text(put_between(asked.document.read_text("utf-8"), section), "utf-8")
    _say(section)
    return 0


if __name__ == "__main__":
    sys.exit(main())
