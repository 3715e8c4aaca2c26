"""Making a backup: what it looks like, what is refused, what an interruption leaves."""

import re
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from config import HERE
from participation import clock
from participation.backup import contents, creating, sealed, sqlite
from participation.evidence import keeping
from participation.extensions import db
from participation.watching import readiness
from tests.backup.site import Site


def test_only_its_owner_reads_it_and_its_name_says_when(backup: Path):
    assert creating.NAME.fullmatch(backup.name)
    assert backup.stat().st_mode & 0o777 == 0o600
    with backup.open("rb") as file:
        assert sealed.about(file)["form"] in ("sqlite-gzip", "postgresql-custom")


def test_nothing_that_somebody_wrote_and_no_secret_stands_in_it_in_clear(standing: Site, backup: Path):
    content = backup.read_bytes()
    for words in ("楼道灯坏了", "李秀英", "13800001234", (standing.instance / "evidence.key").read_text().strip()):
        assert words.encode() not in content


def test_no_secret_is_inside_either(standing: Site, backup: Path):
    listed = {path.as_posix() for path in contents.files(standing.instance, database=None, head=0)}
    assert "evidence.key" not in listed
    (standing.instance / "packs").mkdir(exist_ok=True)
    (standing.instance / "packs/made-again.zip").write_bytes(b"x")
    (standing.instance / "heads/999999.txt").write_text("newer than the copy")
    (standing.instance / "something-new").mkdir(exist_ok=True)
    (standing.instance / "something-new/kept").write_bytes(b"x")
    listed = {path.as_posix() for path in contents.files(standing.instance, database=None, head=5)}
    (standing.instance / "heads/999999.txt").unlink()
    assert "something-new/kept" in listed
    assert not {"packs/made-again.zip", "heads/999999.txt"} & listed


def test_older_ones_go_only_after_the_new_one_was_verified(standing: Site, monkeypatch: pytest.MonkeyPatch):
    folder = standing.folder / "kept"
    folder.mkdir()
    older = [folder / f"participation-2026010{day}T000000Z.backup" for day in (1, 2, 3)]
    for path in (*older, folder / "somebody-elses.backup"):
        path.write_bytes(b"x")
    arguments = ("create", "--to", folder, "--public-key", standing.public, "--keep", 2)
    with monkeypatch.context() as broken:
        broken.setattr(sqlite, "packed", lambda _copy: iter([b"not a database"]))
        broken.setattr("participation.backup.postgresql.dump", lambda *_a, **_k: (b"x" for _ in range(1)))
        failed = standing.run(*arguments)
        assert failed.exit_code == 1, failed.output
        assert sorted(folder.glob("participation-*")) == older
    assert standing.run(*arguments).exit_code == 0
    left = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    assert left[0] == older[-1].name
    assert len(left) == 3
    assert "somebody-elses.backup" in left


def test_without_a_key_it_says_what_to_do(standing: Site):
    seen = standing.run("create", "--to", standing.folder / "nowhere")
    assert seen.exit_code == 1
    assert "backup keys" in seen.output
    seen = standing.run("create", "--to", standing.folder / "nowhere", "--public-key", "backup-public-1:AAAA")
    assert "is not a public key of backups" in seen.output


def test_two_at_once_are_one(standing: Site):
    folder = standing.folder / "busy"
    folder.mkdir()
    with creating._alone_in(folder):
        seen = standing.run("create", "--to", folder, "--public-key", standing.public)
    assert seen.exit_code == 1
    assert "another backup is being made" in seen.output


@pytest.mark.parametrize("there", ["files", "participation.db"])
def test_nothing_is_restored_over_anything(standing: Site, backup: Path, there: str, tmp_path: Path):
    into = tmp_path / "into"
    into.mkdir()
    (into / there).write_bytes(b"mine")
    seen = standing.run("restore", backup, "--key", standing.key, "--into", into, "--without-head")
    assert seen.exit_code == 1
    assert "is not empty" in seen.output
    assert [path.name for path in into.iterdir()] == [there]
    assert (into / there).read_bytes() == b"mine"


def test_the_head_held_outside_is_asked_for(standing: Site, backup: Path, tmp_path: Path):
    seen = standing.run("restore", backup, "--key", standing.key, "--into", tmp_path / "into")
    assert (seen.exit_code, "--head" in seen.output) == (1, True)


KILLED = """
import os, sys
from participation.backup import archive
import time
def slow(self, manifest):
    os.write(1, b"now" + bytes([10]))
    time.sleep(60)
archive.Writer.close = slow
from pathlib import Path
from config import Settings
from participation import create_app
app = create_app(Settings(instance_dir=Path(sys.argv[1]), database_url=sys.argv[2], secret_key="k" * 40))
app.test_cli_runner().invoke(args=["backup", "create", "--to", sys.argv[3], "--public-key", sys.argv[4]])
"""


def test_a_kill_leaves_nothing_that_looks_like_a_backup_and_the_next_one_clears_it_away(standing: Site):
    folder = standing.folder / "killed"
    url = standing.app.extensions["settings"].database
    command = [sys.executable, "-c", KILLED, str(standing.instance), url, str(folder), standing.public]
    with subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "now\n"
        running.send_signal(signal.SIGKILL)
    assert creating.backups(folder) == []
    assert [path for path in folder.iterdir() if path.is_dir()] != []
    assert standing.run("create", "--to", folder, "--public-key", standing.public).exit_code == 0
    assert [path for path in folder.iterdir() if path.is_dir()] == []
    assert len(creating.backups(folder)) == 1


def test_the_age_of_the_newest_verified_backup_is_watched(standing: Site, backup: Path):
    with standing.app.app_context():
        now = clock.now()
        age = readiness.backup_age(now=now)
        assert age is not None
        assert timedelta(0) <= age < timedelta(minutes=10)
        assert readiness.backup_age(now=now + timedelta(days=2)) > readiness.BACKUP
        db.session.rollback()
    text = standing.app.test_client().get("/metrics").text
    assert re.search(r"^participation_backup_seconds_ago \d", text, re.MULTILINE)


def test_the_secrets_come_back_only_with_their_key(standing: Site, backup: Path, tmp_path: Path):
    apart = tmp_path / "apart"
    assert standing.run("secrets", "--to", apart, "--public-key", standing.public).exit_code == 0
    assert "is there already" in standing.run("secrets", "--to", apart, "--public-key", standing.public).output
    seen = standing.run("bring-back-secrets", backup, "--key", standing.key, "--into", tmp_path / "x")
    assert "this is a backup, not the file of the secrets" in seen.output
    seen = standing.run("bring-back-secrets", apart, "--key", standing.key, "--into", tmp_path / "x")
    assert seen.exit_code == 0
    with standing.app.app_context():
        assert (tmp_path / "x/evidence.key").read_text() == keeping.key_file().read_text()
