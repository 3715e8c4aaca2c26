"""How long a kept page stays behind: a letter's title is changed, then the letter is taken away, while the page
is asked for without pause."""

import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine, text

from tests.benchmarks.servers import HOST

PATIENCE = 90.0
EVERY = 0.1


@dataclass(frozen=True)
class Behind:
    """Seconds until what was changed, or withdrawn, was seen; PATIENCE when it never was."""

    changed: float
    withdrawn: float


def measure(engine: Engine, port: int, path: str) -> Behind:
    """The row is put back as it was."""
    letter, url = int(path.rpartition("/")[2]), f"http://127.0.0.1:{port}{path}"
    with engine.connect() as connection:
        title, published = connection.execute(
            text("SELECT public_title, published_at FROM letter WHERE id = :id"), {"id": letter}
        ).one()
    other = "题目已经改过了"
    try:
        with _asked_without_pause(url):
            _set(engine, letter, "public_title = :value", other)
            changed = _until(lambda: other in _answer(url)[1])
            _set(engine, letter, "published_at = :value", None)
            withdrawn = _until(lambda: _answer(url)[0] in (404, 410))
    finally:
        _set(engine, letter, "published_at = :value", published)
        _set(engine, letter, "public_title = :value", title)
    return Behind(changed, withdrawn)


def _set(engine: Engine, letter: int, what: str, value: object) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE letter SET {what} WHERE id = :id"), {"id": letter, "value": value})


def _until(seen: Callable[[], bool]) -> float:
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE:
        if seen():
            return time.monotonic() - begun
        time.sleep(EVERY)
    return PATIENCE


def _answer(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers={"Host": HOST}), timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


@contextmanager
def _asked_without_pause(url: str) -> Iterator[None]:
    command = ["wrk", "-t1", "-c2", "-d300s", "-H", f"Host: {HOST}", url]
    asking = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(3)
        yield
    finally:
        asking.kill()
        asking.wait()
