"""The demonstration: a plausible district, played through the services, whose record verifies."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from participation.accounts.models import Department
from participation.consultations.models import Comment, Consultation
from participation.decisions.models import Decision
from participation.demo.loader import load
from participation.duties import queries as duties
from participation.duties.rules import State
from participation.errors import Refused
from participation.evidence.models import EvidenceEntry
from participation.evidence.verification import verify
from participation.extensions import db
from participation.mailbox.models import (
    Extension,
    LegalOutcome,
    Letter,
    LetterJoint,
    LetterPromise,
    PublicCopy,
    Question,
    Rating,
    Reopening,
    Sample,
    SampleItem,
    Supervision,
)

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def district(shared_app):
    """Loaded once for this file: it takes a while."""
    from datetime import datetime

    from participation import clock
    from tests.conftest import _empty

    with shared_app.app_context():
        until = datetime(2026, 11, 23, 9, 0, tzinfo=clock.SHANGHAI)
        load(until)
        yield until
        db.session.remove()
        _empty()


def _count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def test_it_has_forty_departments_226_comments_and_168_letters(district):
    assert (_count(Department), _count(Comment), _count(Letter)) == (40, 226, 168)


def test_its_consultations_are_open_being_sorted_and_answered(district):
    assert sorted(db.session.scalars(select(Consultation.stage))) == ["answered", "open", "sorting"]


def test_its_catalogue_has_items_at_every_stage(district):
    stages = Counter(db.session.scalars(select(Decision.stage)))
    assert sum(stages.values()) == 11
    assert len(stages) >= 9


def test_some_letters_are_late_and_most_are_not(district):
    counts = Counter()
    for figure in duties.figures(now=district):
        if figure.kind == "letter_answer":
            counts.update(figure.counts)
    assert 3 <= counts[State.OVERDUE] <= 6
    assert 8 <= counts[State.MET_LATE] <= 12
    assert counts[State.MET_EXTENDED] == 1
    assert counts[State.MET] > 100


def test_each_new_thing_that_can_happen_to_a_letter_has_happened(district):
    least = {
        Extension: 2, LegalOutcome: 1, LetterJoint: 3, LetterPromise: 50, PublicCopy: 5, Question: 2, Rating: 12,
        Reopening: 2, Sample: 1, SampleItem: 8, Supervision: 3,
    }  # fmt: skip
    assert {model.__name__: _count(model) for model, count in least.items() if _count(model) < count} == {}
    assert db.session.query(Letter).filter(Letter.merged_into_id.is_not(None)).count() == 2
    assert db.session.query(Letter).filter(Letter.gap_workdays > 1, Letter.gap_confirmed_at.is_(None)).count() == 1
    kept = db.session.query(LetterPromise).filter(LetterPromise.kept_at.is_not(None)).count()
    assert 0 < kept < _count(LetterPromise)


def test_no_public_copy_names_the_neighbour(district):
    texts = [letter.public_text for letter in db.session.query(Letter).filter(Letter.published_at.is_not(None))]
    assert [text for text in texts if "王建军" in text or "13905330000" in text or "鲁C8A216" in text] == []


def test_the_first_entry_of_its_log_says_that_it_is_a_demonstration(district):
    first = db.session.scalar(select(EvidenceEntry).order_by(EvidenceEntry.id).limit(1))
    assert first.verb == "demonstration.begun"


def test_its_record_verifies(district):
    report = verify()
    assert (report.ok, report.first_bad) == (True, None)


def test_it_only_goes_into_an_empty_database(district):
    with pytest.raises(Refused, match="not empty"):
        load(district)
