"""What is not what it was is told: another byte, an end cut off, an old backup, another history, another key."""

import random
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from participation.evidence import checkpoint
from tests.backup.site import LETTERS, Site, rows


def test_an_old_backup_is_told_by_the_head_held_outside(standing: Site, backup: Path):
    ends = int((standing.folder / "then.txt").read_text("utf-8").split("\n")[1])
    with standing.app.app_context():
        for number in range(200, 204):
            standing.write(number, file=False)
        standing.seal()
    head = standing.head()
    missing = int(head.read_text().split("\n")[1]) - ends
    sentence = f"this backup ends at {ends:,}; the head held outside says {ends + missing:,}: {missing:,} entries"
    seen = standing.run("verify", backup, "--key", standing.key, "--head", head)
    assert (seen.exit_code, sentence in seen.output) == (1, True), seen.output
    said, restored = standing.restore(backup, "--head", head)
    assert said.exit_code == 1
    assert sentence in said.output
    assert f"--accept-missing {missing}" in said.output
    assert list(Path(restored.instance_path).iterdir()) == []
    assert standing.run("verify", backup, "--key", standing.key, "--head", standing.folder / "then.txt").exit_code == 0


def test_accepted_with_its_number_an_old_backup_is_restored(standing: Site, backup: Path):
    with standing.app.app_context():
        standing.write(210, file=False)
        standing.seal()
    head = standing.head()
    said, _app = standing.restore(backup, "--head", head, "--accept-missing", "1")
    assert said.exit_code == 1
    said, restored = standing.restore(backup, "--head", head, "--accept-missing", "500")
    assert said.exit_code == 0, said.output
    assert len(rows(restored)["letter"]) == LETTERS


def forged(standing: Site, key: Ed25519PrivateKey) -> Path:
    """A head of the backup's size over other leaves."""
    then = checkpoint.parse((standing.folder / "then.txt").read_text("utf-8")).checkpoint
    path = standing.folder / "forged.txt"
    path.write_text(checkpoint.sign(replace(then, root=bytes(32)), key), "utf-8")
    return path


def test_a_backup_of_another_history_is_told(standing: Site, backup: Path):
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex((standing.instance / "evidence.key").read_text()))
    seen = standing.run("verify", backup, "--key", standing.key, "--head", forged(standing, key))
    assert seen.exit_code == 1
    assert "are not those under the head held outside" in seen.output
    said, restored = standing.restore(backup, "--head", forged(standing, key), "--accept-missing", "1000")
    assert said.exit_code == 1
    assert not (Path(restored.instance_path) / "heads").exists()


def test_a_head_that_this_log_never_signed_is_told(standing: Site, backup: Path):
    head = forged(standing, Ed25519PrivateKey.generate())
    seen = standing.run("verify", backup, "--key", standing.key, "--head", head)
    assert seen.exit_code == 1
    assert "the signature of this head is not valid" in seen.output


def test_a_key_of_other_backups_opens_nothing(standing: Site, backup: Path):
    other = standing.folder / "other.key"
    assert standing.run("keys", "--to", other).exit_code == 0
    for command in (("verify", backup), ("restore", backup, "--without-head", "--into", standing.folder / "nowhere")):
        seen = standing.run(*command, "--key", other)
        assert seen.exit_code == 1
        assert "Error: this backup was made for the key" in seen.output
    assert list((standing.folder / "nowhere").iterdir()) == []


def test_a_flipped_byte_is_found_wherever_it_is(standing: Site, backup: Path):
    whole = backup.read_bytes()
    changed = standing.folder / "changed.backup"
    chance = random.Random(7)
    for place in [chance.randrange(len(whole)) for _time in range(12)]:
        content = bytearray(whole)
        content[place] ^= 1 << chance.randrange(8)
        changed.write_bytes(content)
        seen = standing.run("verify", changed, "--key", standing.key)
        assert seen.exit_code == 1, place
        assert "Error: " in seen.output


def test_a_truncated_backup_is_found_and_leaves_nothing_behind(standing: Site, backup: Path):
    whole = backup.read_bytes()
    cut = standing.folder / "cut.backup"
    for length in (len(whole) - 1, len(whole) * 2 // 3, 2000, 0):
        cut.write_bytes(whole[:length])
        said, restored = standing.restore(cut, "--without-head")
        assert said.exit_code == 1, said.output
        assert list(Path(restored.instance_path).iterdir()) == []
