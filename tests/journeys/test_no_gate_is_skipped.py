"""Somebody who tries to skip each gate at the service, not only at the button: refused, with the article.

The gates before and after the meeting have their attempts in tests/decisions, which this table counts; the
first gates, of the catalogue and of the comment period, have them here. A gate without an attempt fails.
"""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text

from participation.consultations import service as consultations
from participation.decisions import gates, service
from participation.decisions.models import Catalogue, CatalogueBatch, Decision
from participation.errors import Refused
from participation.extensions import db
from tests.consultations import periods
from tests.decisions import test_after_gates, test_no_gate_is_skipped
from tests.decisions.district import at, catalogue, go_to, item, published_item
from tests.world import World

NOW = at("2026-06-24T10:00")


def approved(world: World, batch: CatalogueBatch, **values: object) -> None:
    given = {
        "government_approved_on": date(2026, 6, 18), "government_meeting": "第 12 次常务会议",
        "party_agreed_on": date(2026, 6, 22),
    }  # fmt: skip
    service.record_approvals(batch, **(given | values), actor=world.actor("office"), now=NOW)


def prepared(world: World, **values: object) -> Catalogue:
    found = catalogue(world)
    item(world, found)
    approved(world, found.draft, **values)
    return found


def publish(world: World, found: Catalogue) -> None:
    service.publish_batch(found.draft, actor=world.actor("office"), now=NOW)


def empty(world: World) -> None:
    found = catalogue(world)
    approved(world, found.draft)
    publish(world, found)


def undecided(world: World) -> None:
    found = catalogue(world)
    item(world, found)
    publish(world, found)


def without_party(world: World) -> None:
    publish(world, prepared(world, party_agreed_on=None))


def as_if_it_stood(change: str) -> Callable[[World], None]:
    """What the form of an item refuses already, put into the database without it."""

    def attempt(world: World) -> None:
        found = prepared(world)
        db.session.flush()
        db.session.execute(text(f"UPDATE decision SET {change}"))
        db.session.commit()
        db.session.expire_all()
        publish(world, found)

    return attempt


def drafted(world: World) -> Decision:
    decision = published_item(world)
    go_to(world, decision, "drafting")
    return decision


def announce(world: World, decision: Decision, *, words: str = periods.TEXT, **changes: object) -> None:
    """An announcement about the decision, with something left out, is handed to the head and published."""
    now = periods.at("2026-11-02T09:00")
    found = periods.drafted(world, text=words, decision_id=decision.id, **changes)
    consultations.submit(found, actor=world.actor("officer"), now=now)
    consultations.publish(found, actor=world.actor("head"), now=now)


NO_WAY = {"contact_person": "", "contact_phone": "", "contact_address": "", "contact_email": "", "contact_visit": ""}
FIRST: dict[str, Callable[[World], None]] = {
    "catalogue.items": empty,
    "catalogue.government": undecided,
    "catalogue.party": without_party,
    "catalogue.leads": as_if_it_stood("lead_unit = ''"),
    "catalogue.reasons": as_if_it_stood("""procedures = '{"expert": {"state": "not", "reason": ""}}'"""),
    "catalogue.survey": as_if_it_stood("field = 'health', survey = 'not'"),
    "opening.drafted": lambda world: announce(world, published_item(world)),
    "opening.draft": lambda world: announce(world, drafted(world), words=""),
    "opening.explanation": lambda world: announce(world, drafted(world), explanation=""),
    "opening.ways": lambda world: announce(world, drafted(world), **NO_WAY),
    "opening.period": lambda world: announce(world, drafted(world), ends_on=date(2026, 11, 20)),
}


def test_every_gate_that_blocks_has_its_attempt():
    tried = {*FIRST, *test_no_gate_is_skipped.SKIPS, *test_after_gates.ATTEMPTS}
    assert tried == {gate.key for gate in gates.GATES if gate.blocks}
    assert {gate.key for gate in gates.GATES if not gate.blocks} == {"catalogue.categories"}


@pytest.mark.parametrize("key", sorted(FIRST))
def test_the_service_refuses_with_the_article(world, key):
    gate = next(gate for gate in gates.GATES if gate.key == key)
    with pytest.raises(Refused) as found:
        FIRST[key](world)
    assert found.value.basis
    assert found.value.basis in gate.article
