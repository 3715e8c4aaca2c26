"""Random acts by random people, on a real database: stages, clocks, units and secrets hold whatever
is tried, in whatever order."""

from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest

from participation import clock
from participation.duties import queries as duty_queries
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.lifecycle import MOST_UNITS, OPEN, STAGES
from participation.mailbox.models import Letter
from participation.mailbox.queries import joints
from participation.mailbox.queries.letters import events_of, letter_for
from participation.mailbox.rules import ContactAddress
from tests.mailbox import letters
from tests.mailbox.acts import act, somebody, something

LOGINS = (
    "office", "office", "office", "officer", "head", "utilities", "utilities_head", "town", "town_head", "auditor",
    "administrator",
)  # fmt: skip


def answer_duties(letter: Letter):
    return [duty for duty in duty_queries.duties_of("letter", letter.id) if duty.kind == "letter_answer"]


def check_duties(letter: Letter) -> None:
    """Exactly one running duty to answer while it is open, of this round, with who has the letter."""
    duties = answer_duties(letter)
    running = [duty for duty in duties if duty.is_open]
    assert len(running) == (letter.stage in OPEN)
    assert [duty.round for duty in duties] == list(range(1, letter.round + 1))
    for duty in running:
        assert letter.department_id in (None, duty.department_id)
        assert duty.department_id != letter.about_department_id
    for duty in duties:
        assert all(one.until_at == two.from_at for one, two in pairwise(duty.holdings))


def check_units(letter: Letter, office: int) -> None:
    """Never more than three units without a ruling, nor at once, nor ever the unit concerned."""
    duty, about = answer_duties(letter)[-1], letter.about_department_id
    units = {holding.department_id for holding in duty.holdings} - {office, about}
    ruled = [event for event in events_of(letter.id) if event.verb == "ruled" and event.reason and event.basis]
    assert len(units) <= MOST_UNITS or ruled
    helping = [part.department_id for part in joints.joint_of(letter)]
    assert len(helping) == len(set(helping)) <= MOST_UNITS - 1
    assert not {unit for unit in (letter.department_id, about) if unit is not None} & set(helping)
    assert letter.department_id is None or letter.department_id != about


def check_merged(letter: Letter) -> None:
    """A merged letter stands as its lead stands, and is hidden from the same unit."""
    if letter.merged_into_id is None or letter.stage not in OPEN:
        return
    lead = db.session.get(Letter, letter.merged_into_id)
    assert lead.merged_into_id is None
    assert (letter.stage, letter.department_id) == (lead.stage, lead.department_id)
    assert letter.about_department_id == lead.about_department_id
    assert answer_duties(letter)[-1].department_id == answer_duties(lead)[-1].department_id


def check_secret(letter: Letter, actors) -> None:
    about = letter.about_department_id
    for actor in actors:
        if about in actor.department_ids and about is not None:
            assert letter_for(letter.id, actor) is None


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 12))])
def test_whatever_is_tried_the_rules_hold(world, played, seed):
    chance, office = Random(seed), world.department["office"]
    with played("2026-09-28T09:00"):
        now = clock.now()
        ids = [letters.received(now).id, letters.received(now).id]
        ids.append(letters.received(now, contact=ContactAddress("sms", "13900005678")).id)
    actors = [world.actor(login) for login in LOGINS]
    done: dict[str, int] = {}
    dates: dict[int, tuple[object, ...]] = {}
    for _ in range(70):
        now += timedelta(minutes=chance.randrange(10, 300))
        first, other = (db.session.get(Letter, number) for number in chance.sample(ids, 2))
        name = something(first, chance)
        with clock.played(now), suppress(Refused):
            act(
                name,
                first,
                other=other,
                who=somebody(name, first, actors, chance),
                department=chance.choice(list(world.department.values())),
                now=now,
                chance=chance,
            )
            db.session.commit()
            done[name] = done.get(name, 0) + 1
        db.session.rollback()
        db.session.expire_all()
        for letter in (db.session.get(Letter, number) for number in ids):
            assert letter.stage in STAGES
            check_duties(letter)
            check_units(letter, office)
            check_merged(letter)
            check_secret(letter, actors)
            for duty in answer_duties(letter):
                seen = (duty.started_at, duty.original_due_at, None if duty.extended else duty.due_at)
                known = dates.setdefault(duty.id, seen)
                assert known[:2] == seen[:2]
                assert duty.extended or known == seen
                # A verdict once given stays.
                if duty.met_at is not None:
                    assert dates.setdefault(-duty.id, (duty.met_at, duty.met_late)) == (duty.met_at, duty.met_late)
    assert len(done) >= 6, done


def test_the_acts_are_tried_in_earnest(world, played):
    """A rule that refuses everything would pass the test above: here each hand-over goes through."""
    with played("2026-11-23T09:00"):
        letter, now = letters.received(clock.now()), clock.now()
        values = {"other": letter, "department": world.department["housing"], "now": now, "chance": Random(1)}
        act("assign", letter, who=world.actor("office"), **values)
        act("submit", letter, who=world.actor("officer"), **values)
        act("approve", letter, who=world.actor("head"), **values)
        db.session.commit()
    assert (letter.stage, service.answer_duty(letter).is_open) == ("answered", False)
