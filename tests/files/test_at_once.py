"""The same upload in several requests at the same instant: one row, one file on disk, no error."""

import shutil
from pathlib import Path

import pytest
from flask import Flask

from participation.extensions import db
from participation.files import service
from participation.files.models import StoredFile
from tests.contracts.test_races import at_once
from tests.files import samples as s
from tests.files.test_service import stage, upload

TIMES = 6


@pytest.fixture(autouse=True)
def _empty_folder(app: Flask):
    yield
    shutil.rmtree(Path(app.instance_path) / "files", ignore_errors=True)


def staging(app: Flask, *uploads):
    """One request: a transaction and a connection of its own; the names it ends with."""

    def request(_place: int) -> list[str]:
        with app.app_context():
            files = stage(*[upload(name, data) for name, data in uploads])
            db.session.commit()
            return [file.original_name for file in files]

    return request


def test_identical_uploads_at_one_instant_are_one_row(app):
    answers = at_once(TIMES, staging(app, ("灯.pdf", s.pdf())))
    assert answers == [["灯.pdf"]] * TIMES
    assert db.session.query(StoredFile).count() == 1
    (file,) = db.session.query(StoredFile)
    assert service.path_of(file.sha256).read_bytes() == s.pdf()


def test_identical_uploads_of_several_files_wait_for_one_another_without_a_deadlock(app):
    there = [("一.pdf", s.pdf()), ("二.png", s.picture("PNG"))]
    wanted = [staging(app, *there), staging(app, *there[::-1])] * 3
    answers = at_once(TIMES, lambda place: wanted[place](place))
    assert [sorted(names) for names in answers] == [["一.pdf", "二.png"]] * TIMES
    assert db.session.query(StoredFile).count() == 2


def test_one_document_under_two_names_stays_two_attachments(app):
    at_once(TIMES, lambda place: staging(app, (f"{place % 2}.pdf", s.pdf()))(place))
    assert sorted(name for (name,) in db.session.query(StoredFile.original_name)) == ["0.pdf", "1.pdf"]
