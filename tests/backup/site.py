"""An installation with letters, files and sealed evidence, and what it takes to compare it with another."""

import hashlib
import shutil
from pathlib import Path
from typing import Any

from click.testing import Result
from flask import Flask
from flask_migrate import stamp
from sqlalchemy import select

from participation import clock
from participation.evidence import queries
from participation.evidence.sealing import seal
from participation.extensions import db
from tests.conftest import _database, make_app
from tests.files.test_service import stage, upload
from tests.mailbox import letters
from tests.world import World

LETTERS = 3


class Site:
    """`folder` holds the installation (`instance`), the backups (`backups`) and the private key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.instance, self.backups, self.key = folder / "instance", folder / "backups", folder / "private.key"
        self.app = make_app(self.instance)
        self.apps = [self.app]
        with self.app.app_context():
            stamp()
            World(self.app)
            for number in range(LETTERS):
                self.write(number)
            self.seal()
        self.public = self.run("keys", "--to", self.key).output.partition("=")[2].split()[0]

    def write(self, number: int, *, file: bool = True) -> None:
        """A letter with a file, committed. Within the context of the application."""
        key = f"{number:022}.{number:032x}"
        if file:
            stage(upload(f"楼道{number}.pdf"), key=key)
        letters.received(clock.now(), title=f"楼道灯坏了 {number}", form_key=key if file else "")

    def seal(self) -> None:
        seal(clock.now(), everything=True)
        db.session.commit()

    def seal_in_context(self) -> None:
        with self.app.app_context():
            self.seal()
            db.session.remove()

    def wipe(self) -> None:
        """The machine is gone: folder and database."""
        self.close()
        shutil.rmtree(self.instance)

    def head(self, name: str = "head.txt") -> Path:
        """The newest head, as somebody outside keeps it."""
        with self.app.app_context():
            found = queries.newest_head()
            assert found is not None
            path = self.folder / name
            path.write_text(found.note, "utf-8")
        return path

    def run(self, command: str, *arguments: object) -> Result:
        return run(self.app, command, *arguments)

    def create(self, *arguments: object) -> Path:
        """One backup; its path."""
        done = self.run("create", "--to", self.backups, "--public-key", self.public, *arguments)
        assert done.exit_code == 0, done.output
        return sorted(self.backups.glob("*.backup"))[-1]

    def restore(self, backup: Path, *arguments: object) -> tuple[Result, Flask]:
        """Into an empty place; what was said, and an application on it."""
        into = self.folder / f"restored{len(self.apps)}"
        url = _database() or f"sqlite:///{into / 'participation.db'}"
        done = self.run("restore", backup, "--key", self.key, "--into", into, "--database", url, *arguments)
        self.apps.append(make_app(into, fresh=False, database_url=url))
        return done, self.apps[-1]

    def close(self) -> None:
        for app in self.apps:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


def run(app: Flask, command: str, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["backup", command, *map(str, arguments)])


def rows(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """The logical dump: every row of every table, but for when the last backup was made."""
    with app.app_context(), db.engine.connect() as connection:
        found = {}
        for table in db.metadata.sorted_tables:
            if table.name.startswith("test_"):
                continue
            key = list(table.primary_key) or list(table.c)
            found[table.name] = [tuple(row) for row in connection.execute(select(table).order_by(*key))]
    found["job_lease"] = []
    return found


def files(instance: Path) -> dict[str, str]:
    """Every file but the database and the secrets, with the digest of its bytes."""
    return {
        path.relative_to(instance).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in instance.rglob("*")
        if path.is_file() and not path.name.startswith("participation.db") and path.suffix != ".key"
    }
