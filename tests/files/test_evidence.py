"""An attachment is under evidence from the act that attaches it: its bytes, its digest, its name."""

import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from participation.access import ANYONE
from participation.evidence import canonical, verification
from participation.evidence import service as evidence
from participation.evidence.models import EvidenceEntry
from participation.evidence.service import Unrecorded
from participation.extensions import db
from participation.files import service
from participation.files.adoption import adopt
from participation.files.models import StoredFile
from tests.evidence.tampering import found, tamper
from tests.files import samples as s
from tests.files.test_service import KEY, NOW, stage, upload
from tests.mailbox import letters


@pytest.fixture
def file(world, app):
    """Attached to a letter, as a citizen does it; the value is the file's row."""
    stage(upload("楼道.pdf"), key=KEY)
    letter = letters.received(NOW, title="楼道灯坏了", form_key=KEY)
    (attached,) = db.session.scalars(select(StoredFile).filter_by(subject_kind="letter", subject_id=letter.id))
    db.session.commit()
    db.session.refresh(attached)
    db.session.expunge(attached)
    yield attached
    shutil.rmtree(Path(app.instance_path) / "files", ignore_errors=True)


def entry_of(file: StoredFile) -> EvidenceEntry:
    (entry,) = [
        entry
        for entry in db.session.scalars(select(EvidenceEntry))
        if f"stored_file:{file.id}" in json.loads(entry.payload)["rows"]
    ]
    return entry


def plant(file: StoredFile, name: str) -> None:
    """Another row of the same bytes in the same letter, past the services."""
    columns = "size, kind, sha256, subject_kind, subject_id, created_at, attached_at"
    tamper(
        f"INSERT INTO stored_file ({columns}, original_name, form_key) SELECT {columns}, :name, 'x'"
        " FROM stored_file WHERE id = :file",
        file=file.id,
        name=name,
    )


def test_the_entry_of_the_letter_holds_a_commitment_and_never_the_digest_or_the_name(file):
    entry = entry_of(file)
    record = json.loads(entry.payload)["rows"][f"stored_file:{file.id}"]
    assert set(record["personal"]) == {"sha256", "original_name"}
    assert file.sha256 not in entry.payload
    assert "楼道.pdf" not in entry.payload
    # Without its salt the digest of a known document cannot be looked for.
    assert record["personal"]["sha256"] != canonical.commitment(b"", "sha256", file.sha256)
    assert verification.verify().ok


def test_one_changed_byte_on_disk_is_found_and_the_file_named(file):
    path = service.path_of(file.sha256)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    first = found()
    assert (first.row, first.code, first.entry) == (f"stored_file:{file.id}", "file_swapped", entry_of(file).id)
    assert first.as_json()["code"] == "file_swapped"


def test_another_document_under_a_fitting_digest_is_found(file):
    (other,) = stage(upload("别的.png", s.picture("PNG")), key="another form")
    tamper("UPDATE stored_file SET sha256 = :other WHERE id = :file", other=other.sha256, file=file.id)
    assert found().code == "file_swapped"


def test_a_deleted_file_is_found(file):
    service.path_of(file.sha256).unlink()
    assert (found().row, found().code) == (f"stored_file:{file.id}", "file_missing")


def test_bytes_under_another_name_on_disk_are_missing(file):
    path = service.path_of(file.sha256)
    path.rename(path.with_name(path.name[::-1]))
    assert found().code == "file_missing"


def test_another_name_in_its_row_is_found(file):
    tamper("UPDATE stored_file SET original_name = '无关.pdf' WHERE id = :file", file=file.id)
    assert (found().row, found().code) == (f"stored_file:{file.id}", "file_renamed")


@pytest.mark.parametrize(
    "change",
    [
        "subject_id = subject_id + 1",
        "subject_kind = 'comment'",
        "size = size + 1",
        "attached_at = NULL, subject_id = NULL, subject_kind = NULL",
    ],
)
def test_a_file_moved_to_another_letter_or_taken_off_is_found(file, change):
    tamper(f"UPDATE stored_file SET {change} WHERE id = :file", file=file.id)
    assert found().row == f"stored_file:{file.id}"


def test_a_file_planted_in_a_letter_by_hand_is_found(file):
    plant(file, "新.pdf")
    assert found().reason == "a row without any entry"


def test_staged_files_come_and_go_without_entries(world):
    (staged,) = stage(upload())
    db.session.commit()
    service.unstage(KEY, staged.id)
    db.session.commit()
    assert verification.verify().ok


def test_attaching_without_an_entry_fails(world):
    stage(upload())
    service.attach(KEY, subject_kind="letter", subject_id=7, now=NOW)
    with pytest.raises(Unrecorded):
        db.session.commit()
    db.session.rollback()


def test_after_erasure_the_bytes_may_be_gone(file):
    path = service.path_of(file.sha256)
    kept = db.session.get(StoredFile, file.id)
    evidence.forget(kept, now=NOW)
    kept.original_name = "-"
    evidence.record("letter.erased", subject=None, actor=ANYONE, now=NOW)
    db.session.commit()
    path.unlink()
    assert verification.verify().ok


def test_a_file_from_before_the_register_is_adopted_once(file, world):
    plant(file, "旧.pdf")
    assert not verification.verify().ok
    assert adopt(NOW) == 1
    db.session.commit()
    assert verification.verify().ok
    plant(file, "新.pdf")
    assert adopt(NOW) == 0
    assert found().reason == "a row without any entry"
