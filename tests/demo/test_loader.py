"""The demonstration: a plausible district, played through the services, whose record verifies."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from participation.accounts.models import Department
from participation.consultations.models import Comment, Consultation
from participation.decisions.models import (
    CatalogueAdjustment,
    CatalogueCarry,
    Decision,
    DecisionDispute,
    DecisionExpert,
    DecisionHearing,
    DecisionPaper,
    DecisionProgressReport,
    DecisionRisk,
    DecisionStep,
    Proposal,
    ProposalOutcome,
    records_of,
)
from participation.decisions.models.dossier import DecisionDossier
from participation.decisions.models.dossier_filing import DecisionDossierFiling
from participation.decisions.models.turn import DecisionTurn
from participation.decisions.steps import STEPS
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


def test_it_has_forty_departments_243_comments_and_172_letters(district):
    assert (_count(Department), _count(Comment), _count(Letter)) == (40, 243, 172)


def test_its_consultations_are_open_being_sorted_and_answered(district):
    assert sorted(db.session.scalars(select(Consultation.stage))) == [
        "answered",
        "answered",
        "answered",
        "open",
        "sorting",
    ]


def test_its_catalogue_has_items_at_every_stage(district):
    assert set(db.session.scalars(select(Decision.stage))) == {*STEPS, "suspended", "terminated", "closed"}


def test_every_step_has_its_records(district):
    assert not db.session.scalars(select(DecisionStep).where(DecisionStep.earlier)).first()
    done = db.session.scalars(select(DecisionStep).where(DecisionStep.state.in_(("done", "not_public")))).all()
    for step in done:
        if step.round == 1 and step.step != "participation":
            kinds = records_of(step.step)
            held = [kind for kind in kinds if db.session.query(kind).filter_by(decision_id=step.decision_id).first()]
            assert held, (step.decision_id, step.step)


def test_one_proposal_of_a_citizen_has_gone_the_whole_way(district):
    outcome = db.session.scalars(select(ProposalOutcome).where(ProposalOutcome.kind == "taken")).one()
    proposal, decision = db.session.get_one(Proposal, outcome.proposal_id), outcome.decision
    assert (proposal.origin, decision.stage, decision.title) == ("citizen", "closed", "居家养老助餐服务实施意见")
    assert {row.step for row in decision.steps} == set(STEPS) - {"listed"}
    model = DecisionDossierFiling
    assert db.session.scalars(select(model).where(model.decision_id == decision.id)).one().sha256
    assert _count(DecisionDossier) >= 4


def test_what_can_happen_to_a_decision_has_happened(district):
    assert set(db.session.scalars(select(DecisionTurn.kind))) >= {"suspend", "rerun", "close", "terminate"}
    assert set(db.session.scalars(select(DecisionRisk.level))) >= {"uncontrollable", "low", "medium"}
    assert set(db.session.scalars(select(DecisionExpert.conclusion))) == {"for", "changes", "against"}
    assert {kind: _count(kind) > 0 for kind in (DecisionHearing, DecisionDispute, CatalogueCarry)} == {
        DecisionHearing: True, DecisionDispute: True, CatalogueCarry: True
    }  # fmt: skip
    assert _count(DecisionProgressReport) >= 6
    papers = db.session.scalars(select(DecisionPaper)).all()
    assert {paper.attribute for paper in papers} == {"public", "on_request", "not_public"}
    assert max(paper.number for paper in papers) == 2
    assert {paper.form for paper in papers if paper.attribute == "not_public"} == {"reference"}
    assert set(db.session.scalars(select(CatalogueAdjustment.kind))) == {"added", "changed", "removed"}


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
