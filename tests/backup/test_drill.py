"""The drill: back up while people write, lose everything, restore, and find that nothing is missing.

On SQLite and on PostgreSQL; the rows are compared table by table and the files byte by byte."""

import random
import shutil
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
    back = site.run("bring-back-secrets", apart, "--key", site.key, "--into", site.folder / "restored")
    assert "SECRET_KEY=a test secret" in back.output
    assert (site.folder / "restored/evidence.key").read_text() == evidence_key
    said, restored = site.restore(backup, "--head", head)
    assert said.exit_code == 0, said.output
    assert "are those under the head held outside" in said.output
    assert rows(restored) == before
    assert files(site.folder / "restored") == lying
    assert _verified(restored, head)
    with restored.app_context():
        # It goes on: what is written now is sealed under the same key, after the same leaves.
        db.session.remove()
        site.write(91, file=False)
        site.seal()
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
    (site.folder / "restored/evidence.key").write_bytes(key)
    with restored.app_context():
        titles = set(db.session.scalars(db.select(Letter.title)))
        assert sure <= titles
        db.session.remove()
    # Every entry, every row and every attached file fits, and no head is newer than the copy.
    assert _verified(restored)


def test_an_old_backup_is_told_by_the_head_held_outside(site: Site):
    backup = site.create()
    ends = int(site.head("then.txt").read_text().split("\n")[1])
    with site.app.app_context():
        for number in range(200, 204):
            site.write(number, file=False)
        site.seal()
    head = site.head()
    missing = int(head.read_text().split("\n")[1]) - ends
    sentence = f"this backup ends at {ends:,}; the head held outside says {ends + missing:,}: {missing:,} entries"
    seen = site.run("verify", backup, "--key", site.key, "--head", head)
    assert (seen.exit_code, sentence in seen.output) == (1, True), seen.output
    said, _app = site.restore(backup, "--head", head)
    assert said.exit_code == 1
    assert sentence in said.output
    assert f"--accept-missing {missing}" in said.output
    assert not (site.folder / "restored/heads").exists()
    assert site.run("verify", backup, "--key", site.key, "--head", site.folder / "then.txt").exit_code == 0


def test_accepted_with_its_number_an_old_backup_is_restored(site: Site):
    backup = site.create()
    with site.app.app_context():
        site.write(210, file=False)
        site.seal()
    head = site.head()
    said, _app = site.restore(backup, "--head", head, "--accept-missing", "1")
    assert said.exit_code == 1
    said, restored = site.restore(backup, "--head", head, "--accept-missing", "500")
    assert said.exit_code == 0, said.output
    assert len(rows(restored)["letter"]) == LETTERS


def test_a_backup_of_another_history_is_told(site: Site, tmp_path: Path):
    other = Site(tmp_path / "other")
    try:
        # The same key, other entries: what a copied machine would sign.
        shutil.copy(site.instance / "evidence.key", other.instance / "evidence.key")
        with other.app.app_context():
            other.write(1, file=False)
            other.seal()
        with site.app.app_context():
            for number in range(300, 303):
                site.write(number, file=False)
            site.seal()
        seen = site.run("verify", site.create(), "--key", site.key, "--head", other.head())
        assert seen.exit_code == 1
        assert "are not those under the head held outside" in seen.output
    finally:
        other.close()


def test_a_head_that_this_log_never_signed_is_told(site: Site, tmp_path: Path):
    other = Site(tmp_path / "other")
    other.close()
    seen = site.run("verify", site.create(), "--key", site.key, "--head", other.head())
    assert seen.exit_code == 1
    assert "the signature of this head is not valid" in seen.output


def test_the_whole_evidence_is_verified_on_a_restore_for_the_moment(site: Site, scratch_database: str):
    head, backup = site.head(), site.create()
    where = ("--database", scratch_database) if scratch_database else ()
    seen = site.run("verify", backup, "--key", site.key, "--head", head, "--full", *where)
    assert seen.exit_code == 0, seen.output
    assert "evidence: everything fits" in seen.output


def test_a_flipped_byte_is_found_wherever_it_is(site: Site):
    whole = site.create().read_bytes()
    changed = site.folder / "changed.backup"
    chance = random.Random(7)
    for place in [chance.randrange(len(whole)) for _time in range(12)]:
        content = bytearray(whole)
        content[place] ^= 1 << chance.randrange(8)
        changed.write_bytes(content)
        seen = site.run("verify", changed, "--key", site.key)
        assert seen.exit_code == 1, place
        assert "Error: " in seen.output


def test_a_truncated_backup_is_found_and_leaves_nothing_behind(site: Site):
    backup = site.create()
    whole = backup.read_bytes()
    cut = site.folder / "cut.backup"
    for length in (len(whole) - 1, len(whole) * 2 // 3, 2000, 0):
        cut.write_bytes(whole[:length])
        said, _app = site.restore(cut, "--without-head")
        assert said.exit_code == 1, said.output
        left = {path.name for path in (site.folder / "restored").iterdir()}
        assert left == set()


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
