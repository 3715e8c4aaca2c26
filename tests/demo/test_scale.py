"""`demo load --scale`: rows in bulk that the log knows of, in a demonstration and nowhere else."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from participation import clock
from participation.access import SYSTEM
from participation.consultations.models import Comment
from participation.demo.founding import actors_of, found
from participation.demo.scale.filling import fill
from participation.demo.stage import Stage
from participation.duties.models import Duty
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.evidence.filled import FilledRows
from participation.evidence.models import EvidenceEntry
from participation.evidence.sealing import seal
from participation.evidence.verification import verify
from participation.extensions import db
from participation.mailbox.models import Letter
from tests.benchmarks.commenting import published

LETTERS, COMMENTS = 90, 60


@pytest.fixture
def filled(app, monkeypatch):
    """A founded district with one open consultation, filled: forty letters made, the others copies of them."""
    monkeypatch.setattr("participation.demo.scale.filling.BASE", 40)
    now = clock.now()
    began = now - timedelta(days=5)
    stage = Stage(until=now)
    with clock.played(began):
        found(stage, now=began)
        db.session.commit()
        officer, head = actors_of(stage, "ZJJ")
        published(stage, officer, head, began)
        seal(began, everything=True)
        db.session.commit()
    fill(letters=LETTERS, comments=COMMENTS, now=now)
    return now


def test_as_many_as_were_asked_for_once_only_and_the_log_fits(filled):
    assert db.session.scalar(select(func.count()).select_from(Letter)) == LETTERS
    assert db.session.scalar(select(func.count()).select_from(Comment)) == COMMENTS
    assert db.session.scalar(select(func.count()).select_from(Duty).where(Duty.subject_kind == "letter")) >= 2 * LETTERS
    report = verify()
    assert report.ok, report.first_bad
    assert report.filled > 4 * LETTERS
    assert any("have no record of their own" in note for note in report.notes)
    with pytest.raises(Refused, match="was filled before"):
        fill(letters=1, comments=0, now=filled)
    # A row beside the named ones is still found.
    planted = _plant_a_letter()
    assert [finding.row for finding in verify().findings] == [f"letter:{planted}"]


def _plant_a_letter() -> int:
    highest = db.session.scalar(select(func.max(Letter.id)))
    own = ("id", "number", "submission_key")
    names = ", ".join(f'"{column.name}"' for column in Letter.__table__.columns if column.name not in own)
    copied = f"SELECT id + 1, 'X-1', 'x', {names} FROM letter WHERE id = {highest}"
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(text(f"INSERT INTO letter (id, number, submission_key, {names}) {copied}"))
    return highest + 1


def test_only_a_demonstration_is_filled(app, world):
    with pytest.raises(Refused, match="holds no demonstration"):
        fill(letters=1, comments=0, now=clock.now())
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 0


def test_an_empty_database_is_no_demonstration(app):
    with pytest.raises(Refused, match="holds no demonstration"):
        fill(letters=1, comments=0, now=clock.now())


def test_the_entry_is_not_believed_in_a_log_of_an_office_at_work(world):
    evidence.record(
        "demonstration.filled", subject=None, actor=SYSTEM, now=clock.now(), facts={"rows": {"letter": [1, 9]}}
    )
    db.session.commit()
    entry = db.session.scalar(select(EvidenceEntry).order_by(EvidenceEntry.id.desc()).limit(1))
    assert entry.verb == "demonstration.filled"
    said = FilledRows()
    said.take(0, {"verb": "calendar.seeded"})
    said.take(1, {"verb": "demonstration.filled", "facts": {"rows": {"letter": [1, 9]}}})
    assert not said.has("letter", 5)


def test_a_demonstration_says_it_in_its_very_first_entry():
    said = FilledRows()
    said.take(0, {"verb": "demonstration.begun"})
    said.take(1, {"verb": "demonstration.filled", "facts": {"rows": {"letter": [3, 9]}}})
    assert [said.has("letter", number) for number in (2, 3, 9, 10)] == [False, True, True, False]
    assert not said.has("duty", 5)
