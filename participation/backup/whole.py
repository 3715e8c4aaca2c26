"""The platform on a restored installation: the evidence verified, erasures repeated."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from msgspec.structs import replace

from config import HERE, Settings
from participation import create_app
from participation.evidence import verification
from participation.evidence.findings import Report
from participation.extensions import db, reading
from participation.privacy import physical, register, repeating


@contextmanager
def platform(settings: Settings, *, instance: Path, database: str) -> Iterator[Flask]:
    """An application on the restored installation, otherwise set as this one is."""
    app = create_app(replace(settings, instance_dir=instance, database_url=database))
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def verified(settings: Settings, *, instance: Path, database: str, heads: Sequence[Path], key: bytes | None) -> Report:
    """The whole evidence, as `flask --app run evidence verify` checks it; a copy of an older revision is
    brought to the present one before."""
    with platform(settings, instance=instance, database=database):
        upgrade()
        db.session.remove()
        with reading():
            report = verification.verify(heads=heads, key=key)
            db.session.rollback()
        return report


def repeat_erasures(settings: Settings, *, instance: Path, database: str, given: Path | None, now: datetime) -> int:
    """Erases again what was erased after the backup, by the register `given` or the one in the backup. It is in
    the register afterwards, so that the next restore knows it too. Returns how many."""
    with platform(settings, instance=instance, database=database):
        repeated = repeating.repeat_erasures(register=given or register.path(), now=now)
        db.session.commit()
        physical.settle(repeated.bytes_, was_public=True)
        if given is not None:
            register.add_missing(register.path(), register.read(given))
        return repeated.done


def is_present(revision: str) -> bool:
    """Whether a database of this revision is what the present code works with."""
    return ScriptDirectory(str(HERE / "migrations")).get_current_head() == revision
