"""What may be asked for, and who may do what with a list: the pure rules."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from participation.access import SYSTEM, PostHeld, Role, actor_for
from participation.clock import SHANGHAI
from participation.privacy.contact_lists.lifecycle import STAGES, TRANSITIONS, Facts, desk_of, refusal, standing
from participation.privacy.contact_lists.rules import end_of, ordered, wrong_with
from tests.privacy.asking import wish

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()
HOUSING, TOWN, OFFICE = 2, 5, 1


def actor(person: int, role: Role, department: int = HOUSING):
    return actor_for(person_id=person, name="某", posts=(PostHeld(person, department, role),), is_citizen=False)


OFFICER, HEAD = actor(1, Role.OFFICER), actor(2, Role.HEAD)
FACTS = Facts(stage="asked", asked_by=1, department_id=HOUSING, desk="unit", ends_at=NOW + timedelta(days=9), now=NOW)
TAKEN = replace(FACTS, stage="approved", fetches=1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"purpose": "听证"}, "purpose"),
        ({"purpose": "听" * 501}, "purpose"),
        ({"ground": "curiosity"}, "ground"),
        ({"ground": "check"}, "ground"),
        ({"scope": "letters"}, "ground"),
        ({"ground": "authority"}, "document"),
        ({"fields": ("number",)}, "fields"),
        ({"fields": ("contact", "text")}, "fields"),
        ({"last_day": None}, "last_day"),
        ({"last_day": date(2026, 11, 22)}, "last_day"),
        ({"last_day": date(2026, 12, 24)}, "last_day"),
        ({"people": 0}, ""),
        ({"people": 5001}, ""),
    ],
)
def test_what_has_to_be_mended_is_named(changes, field):
    refused = wrong_with(wish(**({"people": 3} | changes)), today=TODAY)
    assert refused is not None
    assert (refused.code, refused.field) == ("invalid", field)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"last_day": TODAY},
        {"last_day": TODAY + timedelta(days=30)},
        {"fields": ("contact",)},
        {"ground": "authority", "document": "周村区人民法院（2026）鲁0306调字12号"},
        {"scope": "letters", "ground": "check"},
        {"people": 5000},
    ],
)
def test_what_is_needed_can_be_asked_for(changes):
    assert wrong_with(wish(**({"people": 3} | changes)), today=TODAY) is None


def test_the_last_day_ends_at_midnight_in_shanghai():
    assert end_of(date(2026, 11, 30), SHANGHAI) == datetime(2026, 12, 1, tzinfo=SHANGHAI)


def test_columns_have_one_order():
    assert ordered(["number", "name", "name"]) == ["name", "number"]


@pytest.mark.parametrize(
    ("who", "desk"),
    [
        (OFFICER, "unit"),
        (HEAD, "above"),
        (actor(3, Role.OFFICE), "above"),
        (actor(4, Role.AUDITOR), "above"),
    ],
)
def test_whoever_has_a_head_asks_the_head_and_others_ask_above(who, desk):
    assert desk_of(HOUSING, who) == desk


def test_nobody_allows_what_they_asked_for():
    own = replace(FACTS, asked_by=2)
    refused = refusal("approve", own, HEAD)
    assert refused is not None
    assert refused.code == "forbidden"
    above = replace(FACTS, asked_by=3, desk="above", department_id=OFFICE)
    assert refusal("approve", above, actor(3, Role.OFFICE, OFFICE)).code == "forbidden"
    assert refusal("approve", above, actor(4, Role.OFFICE, OFFICE)) is None
    assert refusal("approve", above, actor(5, Role.ADMINISTRATOR, OFFICE)) is None


@pytest.mark.parametrize(
    "who",
    [
        actor(9, Role.OFFICER),
        actor(9, Role.HEAD, TOWN),
        actor(9, Role.AUDITOR),
        actor(9, Role.OFFICE, OFFICE),
        actor(9, Role.ADMINISTRATOR, OFFICE),
    ],
)
def test_only_the_head_decides_what_an_officer_asks(who):
    assert refusal("approve", FACTS, HEAD) is None
    assert refusal("approve", FACTS, who).code == "forbidden"
    assert refusal("refuse", FACTS, who).code == "forbidden"


def test_only_the_asker_takes_it_and_only_while_the_post_is_held():
    ready = replace(FACTS, stage="approved")
    assert refusal("fetch", ready, OFFICER) is None
    assert refusal("fetch", ready, HEAD).code == "forbidden"
    assert refusal("fetch", ready, actor(1, Role.OFFICER, TOWN)).code == "forbidden"


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "approved"])
def test_what_is_not_allowed_is_not_taken(stage):
    assert refusal("fetch", replace(FACTS, stage=stage), OFFICER).code == "wrong_time"


def test_three_times_then_no_more_and_nothing_after_the_last_day():
    assert refusal("fetch", replace(TAKEN, fetches=2), OFFICER) is None
    assert refusal("fetch", replace(TAKEN, fetches=3), OFFICER).code == "wrong_time"
    assert refusal("fetch", replace(TAKEN, now=TAKEN.ends_at - timedelta(microseconds=1)), OFFICER) is None
    assert refusal("fetch", replace(TAKEN, now=TAKEN.ends_at), OFFICER).code == "wrong_time"
    assert refusal("fetch", replace(TAKEN, deleted=True), OFFICER).code == "wrong_time"


def test_only_what_was_taken_is_confirmed_as_deleted_once_and_also_later():
    assert refusal("confirm_deleted", replace(TAKEN, fetches=0), OFFICER).code == "wrong_time"
    assert refusal("confirm_deleted", replace(TAKEN, now=TAKEN.ends_at + timedelta(days=3)), OFFICER) is None
    assert refusal("confirm_deleted", replace(TAKEN, deleted=True), OFFICER).code == "wrong_time"


def test_a_decided_list_is_not_decided_again():
    for stage in ("approved", "refused", "withdrawn", "lapsed"):
        assert refusal("approve", replace(FACTS, stage=stage), HEAD).code == "conflict"
    assert refusal("approve", replace(FACTS, now=FACTS.ends_at), HEAD).code == "wrong_time"


def test_the_clock_alone_lets_a_request_lapse():
    over = replace(FACTS, now=FACTS.ends_at)
    assert refusal("lapse", over, SYSTEM) is None
    assert refusal("lapse", FACTS, SYSTEM).code == "wrong_time"
    assert refusal("lapse", over, HEAD).code == "forbidden"


def test_every_refusal_is_a_sentence_for_every_act_stage_and_person():
    people = (OFFICER, HEAD, SYSTEM, actor(9, Role.AUDITOR))
    for action in TRANSITIONS:
        for stage in STAGES:
            for who in people:
                for now in (NOW, FACTS.ends_at):
                    refused = refusal(action, replace(FACTS, stage=stage, now=now), who)
                    assert refused is None or len(refused.message) > 10


def test_what_the_page_calls_it():
    assert standing(TAKEN) == "approved"
    assert standing(replace(TAKEN, now=TAKEN.ends_at)) == "over"
    assert standing(replace(TAKEN, fetches=3)) == "taken"
    assert standing(replace(FACTS, now=FACTS.ends_at)) == "asked_late"
