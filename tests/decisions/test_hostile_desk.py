"""Somebody who may not, or who knows the numbers of another decision: nothing is written, nothing is read."""

import pytest
from sqlalchemy import select

from participation import clock
from participation.decisions import queries
from participation.decisions.models import Decision, DecisionPaper, DecisionStep
from participation.decisions.queries.records import kinds
from participation.extensions import db
from tests.browse import addresses
from tests.decisions import aftermath
from tests.decisions.district import at, go_to, item, published_item

STRANGERS = ("utilities", "auditor", "administrator", "")
NOW = "2026-11-23T10:00"
FIELDS = {"reason": "试试", "on": "2026-11-20", "state": "now", "step": "drafting"}


def _state() -> list[object]:
    """Everything that is written about decisions."""
    rows: list[object] = list(db.session.execute(select(Decision.id, Decision.version, Decision.stage)).all())
    rows += db.session.execute(select(DecisionStep.id, DecisionStep.state)).all()
    rows += db.session.execute(select(DecisionPaper.id, DecisionPaper.version)).all()
    for kind in kinds():
        rows += db.session.execute(select(kind.id, kind.set_aside_at)).all()
    db.session.rollback()
    return rows


def _catalogue():
    found = queries.catalogue_of(2026)
    assert found is not None
    return found


def _posts(app, number):
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("decisions.") and "POST" in (rule.methods or ()) and "/items/<" in rule.rule:
            yield from addresses(app, rule, number)


def executing(world) -> int:
    with clock.played(at(NOW)):
        decision = published_item(world)
        go_to(world, decision, "published")
        aftermath.begin(world, decision)
        db.session.commit()
        return decision.id


@pytest.fixture
def decided(kept):
    return kept(executing)


@pytest.mark.parametrize("login", STRANGERS)
def test_who_does_not_keep_a_decision_writes_nothing(app, world, decided, played, login):
    with played(NOW):
        client = app.test_client()
        if login:
            world.sign_in(client, login)
        token = client.token("/notices" if login else "/sign-in")
        before = _state()
        for path in _posts(app, decided):
            answer = client.post(path, data=FIELDS | {"csrf_token": token})
            wanted = (302, 303, 403) if not login else (403, 404, 409)
            assert answer.status_code in wanted, (path, answer.status_code)
        assert _state() == before


def test_numbers_of_another_decision_are_not_found(app, world, decided, played):
    """The unit in the lead of one decision asks for the papers and records of another by their numbers."""
    with played(NOW):
        other = item(world, _catalogue(), "供水管网改造", lead_department_id=world.department["utilities"])
        client = app.test_client()
        world.sign_in(client, "utilities")
        numbers = [paper.id for paper in db.session.scalars(select(DecisionPaper).filter_by(decision_id=decided))]
        db.session.rollback()
        before, number = _state(), other.id
        token = client.token("/notices")
        for paper in numbers:
            shelf = f"/desk/decisions/items/{number}/papers/{paper}"
            for path in (shelf, f"{shelf}/edit", f"{shelf}/version", f"{shelf}/file"):
                assert client.get(path).status_code == 404, path
            for act in ("secrecy", "personal", "publish", "return", "take-back", "validity", "edit", "version"):
                answer = client.post(f"{shelf}/{act}", data=FIELDS | {"csrf_token": token})
                assert answer.status_code == 404, (act, paper)
            assert client.get(f"/decisions/{number}/papers/{paper}").status_code == 404
        for noun in ("experts", "means", "disputes", "interpretation"):
            for record in range(1, 6):
                path = f"/desk/decisions/items/{number}/{noun}/{record}"
                assert client.get(path).status_code in (404, 409), path
                assert client.post(path, data=FIELDS | {"csrf_token": token}).status_code in (404, 409), path
        assert _state() == before
