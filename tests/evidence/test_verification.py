"""Every single change to evidence, heads and business rows is found, and the first one is named."""

import pytest
from sqlalchemy import select, text

from participation.evidence import canonical, keeping, queries, sealing, service, verification
from participation.evidence.models import EvidenceEntry
from participation.extensions import db
from tests.evidence.conftest import seal
from tests.evidence.parcel import CLERK, NOW, Parcel, receive
from tests.evidence.tampering import found, tamper

pytestmark = pytest.mark.usefixtures("log")


PUT_EIGHT = (
    "INSERT INTO evidence_seal (leaf_index, entry_id, digest) SELECT {}, id, digest FROM evidence_entry WHERE id = 8"
)


def forged(entry_id: int, old: str, new: str) -> dict[str, str]:
    """A payload changed consistently with its digest."""
    payload = db.session.get(EvidenceEntry, entry_id).payload
    assert old in payload
    changed = payload.replace(old, new)
    return {"payload": changed, "digest": canonical.leaf_digest(changed).hex()}


def test_an_untouched_log_verifies():
    report = verification.verify()
    assert report.as_json() == {
        "ok": True,
        "entries": 8,
        "sealed": 7,
        "heads": 3,
        "rows": 5,
        "filled": 0,
        "heads_outside": 3,
        "since": 0,
        "in_doubt": 0,
        "problems": 0,
        "first_bad": None,
        "notes": [],
    }


@pytest.mark.parametrize(
    ("statement", "entry"),
    [
        ("UPDATE evidence_entry SET payload = payload || ' ' WHERE id = 4", 4),
        ("UPDATE evidence_entry SET payload = 'nonsense' WHERE id = 8", 8),
        ("UPDATE evidence_entry SET digest = substr(digest, 2) || '0' WHERE id = 2", 2),
        ("UPDATE evidence_entry SET verb = 'parcel.lost' WHERE id = 3", 3),
        ("UPDATE evidence_entry SET actor = 'person:1' WHERE id = 8", 8),
        ("UPDATE evidence_entry SET subject_id = 2 WHERE id = 1", 1),
        ("UPDATE evidence_entry SET subject_kind = 'letter' WHERE id = 1", 1),
        ("UPDATE evidence_entry SET format = 2 WHERE id = 1", 1),
        ("UPDATE evidence_entry SET algorithm = 'sm3' WHERE id = 1", 1),
        ("UPDATE evidence_entry SET recorded_at = '2026-11-22 00:00:00' WHERE id = 5", 5),
        ("DELETE FROM evidence_entry WHERE id = 5", 5),
        ("DELETE FROM evidence_entry WHERE id = 1", 1),
        ("UPDATE evidence_seal SET entry_id = 8 WHERE leaf_index = 3", 8),
        ("UPDATE evidence_seal SET digest = substr(digest, 2) || '0' WHERE leaf_index = 3", 4),
        ("DELETE FROM evidence_seal WHERE leaf_index = 3", 4),
        ("DELETE FROM evidence_seal WHERE leaf_index = 0", 1),
        ("UPDATE test_parcel SET stage = 'answered' WHERE number = 'A-3'", 3),
        ("UPDATE test_parcel SET stage = 'answered' WHERE number = 'A-2'", 5),
        ("UPDATE test_parcel SET due_on = '2026-12-30' WHERE number = 'A-1'", 4),
        ("UPDATE test_parcel SET author = '李' WHERE number = 'A-4'", 8),
        ("DELETE FROM test_parcel WHERE number = 'A-5'", 7),
        ("UPDATE evidence_salt SET salt = NULL WHERE row_name = 'parcel:3'", 3),
        ("DELETE FROM evidence_salt WHERE row_name = 'parcel:3'", 3),
    ],
)
def test_a_change_is_found_at_its_entry(statement, entry):
    tamper(statement)
    assert found().entry == entry


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence_head SET root = substr(root, 2) || '0' WHERE tree_size = 5",
        "UPDATE evidence_head SET note = note || ' ' WHERE tree_size = 5",
        "UPDATE evidence_head SET signature = substr(signature, 2) || '0' WHERE tree_size = 5",
        "UPDATE evidence_head SET key_id = '00000000' WHERE tree_size = 5",
        "UPDATE evidence_head SET sealed_at = '2026-11-23 00:00:00' WHERE tree_size = 5",
        "UPDATE evidence_head SET frontier = '[]' WHERE tree_size = 5",
        "UPDATE evidence_head SET tree_size = 4 WHERE tree_size = 5",
        "DELETE FROM evidence_head WHERE tree_size = 5",
        "INSERT INTO test_parcel (number, stage, received_at, views) VALUES ('B', 'x', '2026-11-23 00:00:00', 0)",
    ],
)
def test_a_change_without_an_entry_of_its_own_is_found(statement):
    tamper(statement)
    assert found() is not None


def test_an_entry_rewritten_with_its_digest_is_named():
    values = forged(4, "sorted", "closed")
    tamper("UPDATE evidence_entry SET payload = :payload, digest = :digest WHERE id = 4", **values)
    assert found().entry == 4


def test_an_entry_rewritten_with_digest_and_seal_is_found_under_its_head():
    values = forged(4, "sorted", "closed")
    tamper(
        "UPDATE evidence_entry SET payload = :payload, digest = :digest WHERE id = 4",
        "UPDATE evidence_seal SET digest = :digest WHERE entry_id = 4",
        **values,
    )
    assert (found().entry, "head at 5" in found().reason) == (4, True)


def test_two_leaves_that_changed_places_are_found():
    tamper(
        "UPDATE evidence_seal SET leaf_index = 99 WHERE leaf_index = 3",
        "UPDATE evidence_seal SET leaf_index = 3 WHERE leaf_index = 4",
        "UPDATE evidence_seal SET leaf_index = 4 WHERE leaf_index = 99",
    )
    assert (found().entry, found().place) == (5, 3)


def test_an_entry_put_between_sealed_ones_is_found():
    tamper(
        "UPDATE evidence_seal SET leaf_index = leaf_index + 100 WHERE leaf_index > 3",
        "UPDATE evidence_seal SET leaf_index = leaf_index - 99 WHERE leaf_index > 100",
        PUT_EIGHT.format(4),
    )
    assert found().place == 3


def test_leaves_behind_the_last_head_are_found():
    tamper(PUT_EIGHT.format(7))
    assert found().entry == 8


CUT = (
    "DELETE FROM evidence_head WHERE tree_size > 5",
    "DELETE FROM evidence_seal WHERE leaf_index >= 5",
    "DELETE FROM evidence_entry WHERE id > 5",
    "DELETE FROM test_parcel WHERE number IN ('A-4', 'A-5')",
    "DELETE FROM evidence_salt WHERE row_name IN ('parcel:4', 'parcel:5')",
)


def test_a_log_cut_at_its_end_is_found_by_the_copies_of_its_heads():
    tamper(*CUT)
    assert (found().entry, found().reason.startswith("the log was cut")) == (6, True)


def test_a_log_cut_together_with_the_copies_is_found_by_a_head_that_others_hold(tmp_path):
    held = tmp_path / "held by the archive.txt"
    held.write_text(queries.newest_head().note, "utf-8")
    tamper(*CUT)
    for size, file in keeping.kept_heads().items():
        if size > 5:
            file.unlink()
    assert verification.verify().ok
    assert verification.verify(heads=[held]).first_bad.entry == 6


def test_a_rewritten_log_is_found_by_a_head_that_others_hold(tmp_path):
    held = tmp_path / "held.txt"
    held.write_text(queries.newest_head().note, "utf-8")
    values = forged(6, "parcel.received", "parcel.mislaid")
    tamper(
        "UPDATE evidence_entry SET payload = :payload, digest = :digest, verb = 'parcel.mislaid' WHERE id = 6",
        "DELETE FROM evidence_head",
        "DELETE FROM evidence_seal",
        **values,
    )
    for file in keeping.kept_heads().values():
        file.unlink()
    seal(5)
    assert verification.verify().ok
    first = verification.verify(heads=[held]).first_bad
    assert "kept outside" in first.reason


def test_a_head_signed_by_another_key_is_found(tmp_path):
    keeping.key_file().write_text("11" * 32 + "\n", "ascii")
    assert "signature is not valid" in found().reason
    keeping.key_file().unlink()
    assert "key" in found().reason


def test_a_changed_copy_of_a_head_is_found():
    copy = keeping.kept_heads()[5]
    copy.write_text(copy.read_text("utf-8").replace("\n5\n", "\n6\n"), "utf-8")
    assert found().reason == "5.txt: the signature is not valid"


def test_a_letter_of_the_signature_that_decodes_to_the_same_bytes_is_found():
    note = queries.newest_head().note
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".index(note[-3])
    other = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[last ^ 1]
    tamper("UPDATE evidence_head SET note = :note WHERE tree_size = 7", note=note[:-3] + other + note[-2:])
    assert "not a checkpoint" in found().reason


def test_a_tampered_tile_is_found():
    tamper("INSERT INTO evidence_tile (number, digest) VALUES (0, '00')")
    assert found().reason == "tile 0 is not what its leaves give"


def test_an_erased_person_leaves_a_log_that_verifies(played):
    parcel = db.session.scalar(select(Parcel).where(Parcel.number == "A-3"))
    with played("2026-11-23T10:40:00"):
        parcel.author = None
        service.forget(parcel, now=NOW)
        service.record("parcel.erased", subject=parcel, actor=CLERK, now=NOW)
        db.session.commit()
    assert verification.verify().ok
    assert db.session.scalar(text("SELECT salt FROM evidence_salt WHERE row_name = 'parcel:3'")) is None
    tamper(
        "UPDATE evidence_salt SET salt = (SELECT salt FROM evidence_salt WHERE row_name = 'parcel:1') "
        "WHERE row_name = 'parcel:3'"
    )
    assert found().reason == "a salt came back after it was destroyed"


def test_a_deleted_row_that_was_recorded_verifies(played):
    parcel = db.session.scalar(select(Parcel).where(Parcel.number == "A-3"))
    with played("2026-11-23T10:40:00"):
        db.session.delete(parcel)
        service.record("parcel.withdrawn", subject=parcel, actor=CLERK, now=NOW)
        db.session.commit()
    assert verification.verify().ok


def test_sealing_stops_when_the_log_was_cut():
    tamper(*CUT)
    receive("B-1")
    db.session.commit()
    with pytest.raises(sealing.BrokenLog, match="published"):
        seal(9)


def test_sealing_stops_on_a_changed_frontier():
    tamper("UPDATE evidence_head SET frontier = '[]' WHERE tree_size = 7")
    with pytest.raises(sealing.BrokenLog, match="changed"):
        seal(9)
