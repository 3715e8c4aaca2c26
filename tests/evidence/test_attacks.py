"""What a database superuser can do, each caught with the head that somebody outside held yesterday:
backdating, deleting, cutting the end, putting yesterday's backup back; key and copies in their hands."""

import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select, text

from participation.evidence import canonical, keeping, queries, sealing, verification
from participation.evidence.models import EvidenceEntry
from participation.extensions import db
from tests import rows
from tests.conftest import _content, _file, _put
from tests.evidence.conftest import seal
from tests.evidence.parcel import NOW, Parcel, move, receive
from tests.evidence.tampering import tamper


@pytest.fixture
def held(log, tmp_path) -> Path:
    """Yesterday's head, at the archive."""
    file = tmp_path / "held by the archive.txt"
    file.write_text(queries.newest_head().note, "utf-8")
    db.session.rollback()
    return file


def today(played) -> None:
    """A day's work after the head that is held: A-4 moves on, A-6 arrives."""
    with played("2026-11-24T09:00"):
        parcel = db.session.scalar(select(Parcel).where(Parcel.number == "A-4"))
        move(parcel, "answered")
        receive("A-6")
        db.session.commit()
        seal(60 * 24)


def forget_own_copies() -> None:
    shutil.rmtree(keeping.heads_folder(), ignore_errors=True)


def seal_anew() -> None:
    """The whole log is sealed again under new heads, with the installation's own key."""
    tamper("DELETE FROM evidence_head", "DELETE FROM evidence_seal", "DELETE FROM evidence_tile")
    forget_own_copies()
    seal(60 * 25)


def caught(held: Path) -> bool:
    """By full and by incremental verification alike."""
    answers = [verification.verify(heads=[held]).ok]
    db.session.rollback()
    answers.append(verification.verify(since=held).ok)
    db.session.rollback()
    assert answers[0] == answers[1]
    return not answers[0]


def rewritten(number: int, old: str, new: str) -> dict[str, str]:
    payload = db.session.get(EvidenceEntry, number).payload
    assert old in payload
    changed = payload.replace(old, new)
    return {"payload": changed, "digest": canonical.leaf_digest(changed).hex()}


def test_nothing_is_caught_where_nothing_was_done(held, played):
    today(played)
    assert not caught(held)


@pytest.mark.parametrize("sealed_again", [False, True])
def test_backdating(held, played, sealed_again):
    today(played)
    values = rewritten(6, "2026-11-23T02:26:41", "2026-11-20T02:26:41")
    tamper(
        "UPDATE evidence_entry SET payload = :payload, digest = :digest, recorded_at = '2026-11-20 02:26:41'"
        " WHERE id = 6",
        "UPDATE evidence_seal SET digest = :digest WHERE entry_id = 6",
        "UPDATE test_parcel SET received_at = '2026-11-20 02:26:41' WHERE number = 'A-4'",
        **values,
    )
    if sealed_again:
        seal_anew()
    assert caught(held)


def test_moving_a_due_date_of_a_row_whose_entries_are_older_than_the_head(held, played):
    today(played)
    tamper("UPDATE test_parcel SET due_on = '2026-12-30' WHERE number = 'A-1'")
    report = verification.verify(since=held)
    db.session.rollback()
    assert (report.first_bad.entry, report.first_bad.row, report.since) == (4, "parcel:1", 7)


@pytest.mark.parametrize("sealed_again", [False, True])
def test_deleting_a_letter_with_its_entries(held, played, sealed_again):
    today(played)
    tamper(
        "DELETE FROM evidence_seal WHERE entry_id = 3",
        "DELETE FROM evidence_entry WHERE id = 3",
        "DELETE FROM evidence_salt WHERE row_name = 'parcel:3'",
        "DELETE FROM test_parcel WHERE number = 'A-3'",
    )
    if sealed_again:
        seal_anew()
        assert verification.verify().ok
        db.session.rollback()
    assert caught(held)


def test_cutting_the_end(held, played):
    today(played)
    tamper(
        "DELETE FROM evidence_head WHERE tree_size > 5",
        "DELETE FROM evidence_seal WHERE leaf_index >= 5",
        "DELETE FROM evidence_entry WHERE id > 5",
        "DELETE FROM test_parcel WHERE number IN ('A-4', 'A-5', 'A-6')",
        "DELETE FROM evidence_salt WHERE row_name IN ('parcel:4', 'parcel:5', 'parcel:6')",
    )
    forget_own_copies()
    assert verification.verify().ok
    db.session.rollback()
    assert caught(held)


def test_putting_yesterdays_backup_back(held, played):
    """The backup is older than the head that is held; whoever restores it has lost what came between."""
    file = _file()
    backup = _content(file) if file else rows.taken()
    today(played)
    later = queries.newest_head().note
    db.session.rollback()
    if file:
        _put(file, backup)
    else:
        tamper(*(f"DELETE FROM {table.name}" for table in reversed(db.metadata.sorted_tables)))
        rows.put_back(*backup)
    forget_own_copies()
    assert verification.verify().ok
    db.session.rollback()
    # Yesterday's head still fits the restored log; this morning's does not.
    assert not caught(held)
    held.write_text(later, "utf-8")
    assert caught(held)


def test_a_restored_backup_that_goes_on_is_caught_by_yesterdays_head(log, tmp_path, played):
    """The backup of the day before is put back and work goes on until the log is longer than before."""
    file = _file()
    backup = _content(file) if file else rows.taken()
    today(played)
    held = tmp_path / "held.txt"
    held.write_text(queries.newest_head().note, "utf-8")
    db.session.rollback()
    if file:
        _put(file, backup)
    else:
        tamper(*(f"DELETE FROM {table.name}" for table in reversed(db.metadata.sorted_tables)))
        rows.put_back(*backup)
    forget_own_copies()
    with played("2026-11-24T10:00"):
        for number in range(7, 12):
            receive(f"A-{number}")
            db.session.commit()
        seal(60 * 25)
    assert verification.verify().ok
    db.session.rollback()
    assert caught(held)


def test_sealing_refuses_to_go_on_after_a_restored_backup(held, played):
    file = _file()
    backup = _content(file) if file else rows.taken()
    today(played)
    if file:
        _put(file, backup)
    else:
        tamper(*(f"DELETE FROM {table.name}" for table in reversed(db.metadata.sorted_tables)))
        rows.put_back(*backup)
    with pytest.raises(sealing.BrokenLog):
        sealing.seal(NOW)
    db.session.rollback()


def test_the_commands_take_heads_from_outside(held, played, app, tmp_path):
    today(played)
    run = app.test_cli_runner().invoke
    good = run(args=["evidence", "verify", "--since", str(held), "--json"])
    assert (good.exit_code, json.loads(good.output)["since"]) == (0, 7)
    assert run(args=["evidence", "consistency", "--from", str(held)]).output == (
        "the head at 10 goes on from the head at 7\n"
    )
    said = json.loads(run(args=["evidence", "consistency", "--from", "3", "--to", "7", "--json"]).output)
    assert (said["ok"], said["from"], said["to"], len(said["path"])) == (True, 3, 7, 4)
    assert run(args=["evidence", "consistency", "--from", "7", "--to", "3"]).exit_code == 1
    assert run(args=["evidence", "consistency", "--from", "4"]).exit_code == 1
    values = rewritten(6, "parcel.received", "parcel.mislaid")
    tamper(
        "UPDATE evidence_entry SET payload = :payload, digest = :digest, verb = 'parcel.mislaid' WHERE id = 6",
        **values,
    )
    seal_anew()
    bad = run(args=["evidence", "consistency", "--from", str(held), "--json"])
    assert (bad.exit_code, json.loads(bad.output)["ok"]) == (1, False)
    assert run(args=["evidence", "verify", "--since", str(held)]).exit_code == 1
    assert held.write_text(held.read_text("utf-8").replace("time 2026", "time 2025"), "utf-8")
    assert run(args=["evidence", "consistency", "--from", str(held)]).exit_code == 1
    assert run(args=["evidence", "verify", "--since", str(held)]).exit_code == 1
    assert db.session.scalar(text("SELECT count(*) FROM evidence_head")) == 1
