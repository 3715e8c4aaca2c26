"""Two colleagues advance one decision at the same instant: one step is recorded, the other is told."""

from collections import Counter

from sqlalchemy import func, select

from participation import clock
from participation.decisions import service
from participation.decisions.models import DecisionDossier, DecisionStep
from participation.extensions import db
from tests.browse import hidden_fields
from tests.consultations import periods
from tests.contracts.test_races import NOW, at_once
from tests.decisions import district

TABS = 6


def pressed(app, world, page: str, to: str, data: dict[str, str], logins: list[str]) -> Counter:
    """How the forms of several colleagues, all drawn before, are answered when sent at once."""
    with clock.played(periods.at(NOW)):
        tabs = [world.sign_in(app.test_client(), login) for login in logins]
        forms = [hidden_fields(tab.get(page).text) | data for tab in tabs]

    def press(place: int) -> int:
        with clock.played(periods.at(NOW)):
            return tabs[place].post(to, data=forms[place]).status_code

    return Counter(at_once(len(tabs), press))


def test_a_step_is_recorded_once_and_the_others_are_told(app, world):
    found = district.published_item(world)
    number = found.id
    db.session.commit()
    page = f"/desk/decisions/items/{number}/start"
    data = {"on": "2026-07-06", "decided_by": "区政府", "lead_unit": "区住建局"}
    answers = pressed(app, world, page, page, data, ["officer", "head", "office"] * 2)
    assert set(answers) <= {303, 409}
    assert answers[303] == 1
    steps = db.session.scalar(select(func.count()).where(DecisionStep.decision_id == number))
    assert steps == 1


def test_a_step_is_undone_once(app, world):
    found = district.published_item(world)
    district.go_to(world, found, "drafting")
    number = found.id
    db.session.commit()
    seen = found.version

    def undo(_place: int) -> str:
        with app.app_context(), clock.played(periods.at(NOW)):
            from participation.decisions import queries

            mine = queries.decision(number)
            service.reverse(
                mine, step="drafting", reason="录入有误", seen=seen, actor=world.actor("head"), now=clock.now()
            )
            db.session.commit()
            return "done"

    answers = [str(answer) if answer == "done" else "refused" for answer in at_once(TABS, undo)]
    assert Counter(answers) == {"done": 1, "refused": TABS - 1}
    db.session.expire_all()
    undone = select(func.count()).where(DecisionStep.set_aside_at.is_not(None), DecisionStep.decision_id == number)
    assert db.session.scalar(undone) == 1


def test_several_dossiers_at_once_are_each_whole(app, world):
    found = district.published_item(world)
    district.go_to(world, found, "published")
    number = found.id
    db.session.commit()
    page = f"/desk/decisions/items/{number}/filing"
    answers = pressed(app, world, page, f"/desk/decisions/items/{number}/dossier", {}, ["officer", "head", "office"])
    assert answers == {303: 3}
    assert db.session.scalar(select(func.count()).select_from(DecisionDossier)) == 3
