"""The drill: back up while people write, lose everything, restore, and find that nothing is missing.

On SQLite and on PostgreSQL; the rows are compared table by table and the files byte by byte."""

import threading
from pathlib import Path

import pytest

from participation.evidence import verification
from participation.extensions import db
from participation.mailbox.models import Letter
from tests.backup.site import LETTERS, Site, files, rows
from tests.conftest import _database


def test_wiped_and_restored_it_is_identical(site: Site):
    with site.app.app_context():
        site.write(90)
    site.seal_in_context()
    head, backup = site.head(), site.create()
    before, lying = rows(site.app), files(site.instance)
    assert len(before["letter"]) == LETTERS + 1
    assert sum(name.startswith("files/") for name in lying) >= 1
    apart = site.folder / "secrets"
    assert site.run("secrets", "--to", apart, "--public-key", site.public).exit_code == 0
    evidence_key = (site.instance / "evidence.key").read_text()
    site.wipe()
    back = site.run("bring-back-secrets", apart, "--key", site.key, "--into", site.folder / "restored1")
    assert "SECRET_KEY=a test secret" in back.output
    assert (site.folder / "restored1/evidence.key").read_text() == evidence_key
    said, restored = site.restore(backup, "--head", head)
    assert said.exit_code == 0, said.output
    assert "are those under the head held outside" in said.output
    assert rows(restored) == before
    assert files(site.folder / "restored1") == lying
    assert _verified(restored, head)
    with restored.app_context():
        # It goes on: what is written now is sealed under the same key, after the same leaves.
        db.session.remove()
        site.write(91, file=False)
        site.seal()
        db.session.remove()
    assert _verified(restored, head)


def test_made_while_people_write_it_is_one_state_and_loses_nothing_that_was_acknowledged(site: Site):
    stop, acknowledged = threading.Event(), []

    def write() -> None:
        number = 100
        while not stop.is_set():
            with site.app.app_context():
                site.write(number, file=number % 3 == 0)
                if number % 5 == 0:
                    site.seal()
                db.session.remove()
            acknowledged.append(f"楼道灯坏了 {number}")
            number += 1

    writing = threading.Thread(target=write)
    writing.start()
    try:
        while len(acknowledged) < 6:
            stop.wait(0.05)
        sure = set(acknowledged)
        backup = site.create()
        during = len(acknowledged)
    finally:
        stop.set()
        writing.join()
    assert during > len(sure), "nobody wrote while the backup was made"
    key = (site.instance / "evidence.key").read_bytes()
    said, restored = site.restore(backup, "--without-head")
    assert said.exit_code == 0, said.output
    (site.folder / "restored1/evidence.key").write_bytes(key)
    with restored.app_context():
        titles = set(db.session.scalars(db.select(Letter.title)))
        assert sure <= titles
        db.session.remove()
    # Every entry, every row and every attached file fits, and no head is newer than the copy.
    assert _verified(restored)


def test_the_whole_evidence_is_verified_on_a_restore_for_the_moment(
    standing: Site, backup: Path, scratch_database: str
):
    head = standing.folder / "then.txt"
    where = ("--database", scratch_database) if scratch_database else ()
    seen = standing.run("verify", backup, "--key", standing.key, "--head", head, "--full", *where)
    assert seen.exit_code == 0, seen.output
    assert "evidence: everything fits" in seen.output


def _verified(app, *heads: Path) -> bool:
    with app.app_context():
        report = verification.verify(heads=heads)
        db.session.remove()
        db.engine.dispose()
    assert report.ok, report.findings[:3]
    return True


@pytest.fixture
def scratch_database() -> str:
    return _database()
