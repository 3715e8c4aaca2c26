"""Servers of the benchmark: gunicorn with one set of options for all, the runner of the jobs, nginx."""

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config import HERE
from tests.postgresql import _free_port as free_port

HOST = "bench.example.cn"
OPTIONS = ("--worker-class", "gthread", "--workers", "2", "--threads", "8", "--no-control-socket")
HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https"}


@dataclass(frozen=True)
class Server:
    """`first` is how many seconds after its start it gave the first answer."""

    port: int
    pid: int
    first: float

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def memory(self) -> list[tuple[float, float]]:
        """RSS and PSS of each worker in MB."""
        return [found for pid in _children(self.pid) if (found := _memory(pid))]


def _children(pid: int) -> list[int]:
    return [int(number) for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _memory(pid: int) -> tuple[float, float] | None:
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = {name: int(size) / 1024 for name, size in re.findall(r"^(Rss|Pss):\s+(\d+) kB", told, re.M)}
    return (found["Rss"], found["Pss"]) if len(found) == 2 else None


@contextmanager
def gunicorn(target: str, environment: dict[str, str], log: Path, *, path: str = "/") -> Iterator[Server]:
    port, begun = free_port(), time.monotonic()
    command = [sys.executable, "-m", "gunicorn", target, *OPTIONS, "--bind", f"127.0.0.1:{port}"]
    with log.open("w") as said:
        process = subprocess.Popen(
            command,
            cwd=HERE,
            env=os.environ | {"MALLOC_ARENA_MAX": "1"} | environment,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        try:
            _await(f"http://127.0.0.1:{port}{path}", process, log)
            yield Server(port, process.pid, time.monotonic() - begun)
        finally:
            _end(process)


def _await(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(1200):
        if process.poll() is not None:
            raise SystemExit(f"a server ended at once: {log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers=HEADERS), timeout=60):
                return
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{url} answered {error.code}: {log.read_text()[-2000:]}") from None
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"{url} gave no answer")


@contextmanager
def jobs(environment: dict[str, str], log: Path) -> Iterator[None]:
    """The runner, as beside every installation: sealing, cards, messages."""
    command = [sys.executable, "-m", "flask", "--app", "run", "jobs", "work"]
    with log.open("w") as said:
        process = subprocess.Popen(
            command, cwd=HERE, env=os.environ | environment, stdout=said, stderr=said, start_new_session=True
        )
        try:
            yield
        finally:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def flask(environment: dict[str, str], *words: str, may_fail: bool = False) -> str:
    """One command of the platform to its end. What it printed."""
    command = [sys.executable, "-m", "flask", "--app", "run", *words]
    done = subprocess.run(command, cwd=HERE, env=os.environ | environment, capture_output=True, text=True, check=False)
    if done.returncode and not may_fail:
        raise SystemExit(f"flask {' '.join(words)} failed: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout
