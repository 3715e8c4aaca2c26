"""Staging, attaching, sending and sweeping."""

import hashlib
import io
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from participation.access import ANYONE
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files import service
from participation.files.jobs import drop_staged
from participation.files.models import StoredFile
from participation.files.queries import attachment, attachments_of, attachments_of_many, staged
from participation.files.sending import send
from tests.files import samples as s

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
KEY = "key of one form"


@pytest.fixture(autouse=True)
def _empty_folder(app):
    yield
    shutil.rmtree(Path(app.instance_path) / "files", ignore_errors=True)


def upload(name="说明.pdf", data=None):
    return FileStorage(io.BytesIO(s.pdf() if data is None else data), filename=name)


def stage(*uploads, key=KEY, now=NOW):
    return service.stage(list(uploads), form_key=key, actor=ANYONE, now=now)


def names(files):
    return [file.original_name for file in files]


def test_a_staged_file_waits_under_its_form_and_nobody_elses(app):
    (file,) = stage(upload())
    assert (file.kind, file.size, file.sha256) == ("pdf", len(s.pdf()), hashlib.sha256(s.pdf()).hexdigest())
    assert service.path_of(file.sha256).read_bytes() == s.pdf()
    assert staged(KEY) == [file]
    assert staged("another key") == []
    assert KEY not in file.form_key


def test_files_of_several_attempts_add_up(app):
    stage(upload("一.pdf"))
    assert names(stage(upload("二.png", s.picture("PNG")))) == ["一.pdf", "二.png"]


def test_an_empty_file_field_is_no_file(app):
    assert stage(FileStorage(io.BytesIO(b""), filename="")) == []


def test_the_same_file_sent_twice_is_one(app):
    stage(upload())
    assert names(stage(upload(), upload())) == ["说明.pdf"]


def test_equal_contents_under_two_names_share_one_file_on_disk(app):
    one, two = stage(upload("一.pdf"), upload("二.pdf"))
    assert service.path_of(one.sha256) == service.path_of(two.sha256)


def test_a_sixth_file_is_refused_and_none_of_that_attempt_is_kept(app):
    stage(*[upload(f"{at}.pdf") for at in range(4)])
    with pytest.raises(Refused) as refused:
        stage(upload("5.pdf"), upload("6.pdf"))
    assert (refused.value.message, refused.value.args_) == (
        "Attach at most %(most)s files. Remove some and send again.",
        {"most": 5},
    )
    assert len(staged(KEY)) == 4
    assert len(stage(upload("5.pdf"))) == 5


def test_files_before_a_refused_one_stay_staged(app):
    with pytest.raises(Refused):
        stage(upload("好.pdf"), upload("坏.pdf", b"MZ"))
    assert names(staged(KEY)) == ["好.pdf"]


def test_a_file_of_eleven_megabytes_is_refused(app):
    with pytest.raises(Refused) as refused:
        stage(upload("大.pdf", b"%PDF-" + bytes(11 * 1024 * 1024)))
    assert refused.value.message == "“%(name)s” is larger than 10 MB. Attach a smaller file."


def test_a_person_takes_a_staged_file_out_again_and_only_their_own(app):
    one, _two = stage(upload("一.pdf"), upload("二.pdf"))
    service.unstage("another key", one.id)
    assert names(staged(KEY)) == ["一.pdf", "二.pdf"]
    service.unstage(KEY, one.id)
    assert names(staged(KEY)) == ["二.pdf"]


def test_attaching_binds_the_files_to_the_subject_once(world):
    stage(upload())
    housing = world.department["housing"]
    (file,) = service.attach(KEY, subject_kind="letter", subject_id=7, now=NOW, restricted_from=housing)
    assert (file.subject_kind, file.subject_id, file.attached_at, file.restricted_from) == ("letter", 7, NOW, housing)
    assert staged(KEY) == []
    assert attachments_of("letter", 7) == [file]
    assert service.attach(KEY, subject_kind="letter", subject_id=8, now=NOW) == []
    service.unstage(KEY, file.id)
    assert attachments_of("letter", 7) == [file]
    service.restrict(subject_kind="letter", subject_id=7, restricted_from=None)
    assert file.restricted_from is None


def test_a_file_is_found_through_its_subject_only(app):
    stage(upload())
    (file,) = service.attach(KEY, subject_kind="letter", subject_id=7, now=NOW)
    assert attachment(file.id, subject_kind="letter", subject_id=7) is file
    assert attachment(file.id, subject_kind="letter", subject_id=8) is None
    assert attachment(file.id, subject_kind="comment", subject_id=7) is None
    assert attachments_of_many("letter", [6, 7]) == {7: [file]}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("说明.pdf", "说明.pdf"),
        ("C:\\用户\\说明.pdf", "说明.pdf"),
        ("../../etc/说明.pdf", "说明.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("fdp\u202egnp.pdf", "fdpgnp.pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"),
        ("字" * 300 + ".pdf", "字" * 116 + ".pdf"),
        (" .pdf. ", "pdf"),
        ("/", "file"),
    ],
)
def test_a_name_is_kept_without_path_and_control_signs(given, kept):
    assert service.clean_name(given) == kept


def test_a_file_is_sent_as_a_download_that_cannot_run(app):
    (file,) = stage(upload('说"明;\u3000.pdf'))
    with app.test_request_context():
        answer = send(file)
        answer.direct_passthrough = False
        assert answer.get_data() == s.pdf()
        answer.close()
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=attachment-{file.id}.pdf; filename*=UTF-8''%E8%AF%B4%22%E6%98%8E%3B%E3%80%80.pdf"
    )
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype == "application/pdf"


def age(path, at):
    os.utime(path, (at.timestamp(), at.timestamp()))


def test_after_seven_days_a_staged_file_goes_with_its_bytes_and_an_attached_one_stays(app):
    (kept,) = stage(upload("一.png", s.picture("PNG")), key="sent", now=NOW - timedelta(days=8))
    service.attach("sent", subject_kind="letter", subject_id=7, now=NOW)
    evidence.record("letter.received", subject=None, actor=ANYONE, now=NOW)
    (waiting,) = stage(upload("二.pdf", s.pdf(b"% 2\n")), key="waiting", now=NOW - timedelta(days=6))
    (old,) = stage(upload("三.pdf", s.pdf(b"% 3\n")), key="old", now=NOW - timedelta(days=8))
    paths = {name: service.path_of(file.sha256) for name, file in (("kept", kept), ("waiting", waiting), ("old", old))}
    db.session.commit()
    for path in paths.values():
        age(path, NOW - timedelta(days=2))
    assert drop_staged(now=NOW) == 2  # the row, and its bytes
    assert {name: path.exists() for name, path in paths.items()} == {"kept": True, "waiting": True, "old": False}
    assert names(db.session.scalars(select(StoredFile).order_by(StoredFile.id))) == ["一.png", "二.pdf"]
    assert drop_staged(now=NOW) == 0


def test_young_bytes_without_a_row_are_spared(app):
    (file,) = stage(upload())
    path = service.path_of(file.sha256)
    db.session.rollback()
    age(path, NOW)
    assert drop_staged(now=NOW + timedelta(hours=23)) == 0
    assert path.exists()
    assert drop_staged(now=NOW + timedelta(days=1)) == 1
    assert not path.exists()
