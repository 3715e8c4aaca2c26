"""The databases of `make bench`: the demonstration, a small and a large copy of it, kept for the next run."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from config import HERE
from tests.benchmarks.servers import HOST, flask


@dataclass(frozen=True)
class Size:
    name: str
    letters: int
    comments: int

    @property
    def database(self) -> str:
        return f"{self.name}_{self.letters}_{self.comments}"


@dataclass(frozen=True)
class Installation:
    """One database with its instance folder."""

    url: str
    folder: Path

    @property
    def demonstration(self) -> dict[str, str]:
        return {"DATABASE_URL": self.url, "INSTANCE_DIR": str(self.folder), "ENVIRONMENT": "demo"}

    def production(self, gateway: int) -> dict[str, str]:
        """As behind nginx: https, a proxy that is believed, a gateway for messages, secure cookies."""
        return {
            "DATABASE_URL": self.url, "INSTANCE_DIR": str(self.folder), "ENVIRONMENT": "production",
            "SECRET_KEY": (self.folder / "secret.key").read_text("ascii"), "COOKIES_SECURE": "1",
            "TRUSTED_HOSTS": HOST, "PROXY_HOPS": "1", "SMS_GATEWAY": f"http://127.0.0.1:{gateway}/send",
            # Two hundred clients do the work of a hundred thousand people.
            "SUBMISSIONS_OF_CONTACT": "1000000", "SUBMISSIONS_OF_NETWORK": "1000000",
        }  # fmt: skip


def installation(server: str, folder: Path, name: str) -> Installation:
    return Installation(server.rsplit("/", 1)[0] + f"/{name}", folder / name)


def prepare(server: str, folder: Path, sizes: list[Size]) -> list[Installation]:
    """Loads and fills what is not there from an earlier run. The installations in the order of the sizes."""
    demo = installation(server, folder, "demo")
    if not _is_complete(demo):
        _create(server, demo)
        print("loading the demonstration ...", flush=True)
        _run(demo.demonstration, "-m", "participation.prepare")
        _complete(demo)
    return [_filled(server, folder, demo, size) for size in sizes]


def _filled(server: str, folder: Path, demo: Installation, size: Size) -> Installation:
    made = installation(server, folder, size.database)
    if _is_complete(made):
        return made
    _create(server, made, template="demo")
    shutil.copytree(demo.folder, made.folder, dirs_exist_ok=True)
    (made.folder / "complete").unlink(missing_ok=True)
    print(f"filling {size.letters:,} letters and {size.comments:,} comments ...", flush=True)
    begun = time.monotonic()
    asked = ("--scale", "--letters", str(size.letters), "--comments", str(size.comments))
    print(flask(made.demonstration, "demo", "load", *asked).partition("The demonstration")[0], end="", flush=True)
    print(f"filled in {time.monotonic() - begun:.0f} s", flush=True)
    settle(made)
    _complete(made)
    return made


def settle(made: Installation, *, messages: bool = True) -> None:
    """The jobs until every entry is sealed and, with `messages`, everything is sent: cards of what was filled in
    belong to no measurement."""
    names = ("evidence.seal", "notices.deliver") if messages else ("evidence.seal",)
    for _ in range(200):
        said = flask(made.demonstration, "jobs", "run", may_fail=True)
        waiting = [line for line in said.splitlines() if line.startswith(names)]
        if waiting and all(line.endswith(": 0") for line in waiting):
            return
        # Another runner may hold the lease for a minute.
        time.sleep(0 if waiting else 5)


def _create(server: str, made: Installation, template: str = "template0") -> None:
    name = made.url.rsplit("/", 1)[1]
    shutil.rmtree(made.folder, ignore_errors=True)
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    engine.dispose()
    made.folder.mkdir(parents=True)


def _run(environment: dict[str, str], *command: str) -> None:
    done = subprocess.run(
        [sys.executable, *command], cwd=HERE, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed ({done.returncode}): {done.stdout[-1000:]}{done.stderr[-2000:]}")


def _is_complete(made: Installation) -> bool:
    mark = made.folder / "complete"
    return mark.exists() and mark.read_text("ascii") == _schema()


def _complete(made: Installation) -> None:
    (made.folder / "complete").write_text(_schema(), "ascii")


def _schema() -> str:
    """What is kept from an earlier run was made by these very migrations, or it is made anew."""
    found = hashlib.sha256()
    for file in sorted((HERE / "migrations" / "versions").glob("*.py")):
        found.update(file.read_bytes())
    return found.hexdigest()
