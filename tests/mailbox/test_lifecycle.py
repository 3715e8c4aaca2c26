"""Whatever people try in whatever order, a letter never leaves its table, and its date never moves."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.access import ANYONE, PostHeld, Role, actor_for
from participation.errors import Refused
from participation.mailbox.lifecycle import OPEN, STAGES, TRANSITIONS, WITH_DEPARTMENT, LetterFacts, refusal

OFFICE, HOUSING, UTILITIES = 1, 2, 3


def staff(role: Role, department: int, person: int = 9):
    post = PostHeld(post_id=person, department_id=department, role=role)
    return actor_for(person_id=person, name="某", posts=(post,), is_citizen=False)


ACTORS = {
    "office": staff(Role.OFFICE, OFFICE, 1),
    "officer": staff(Role.OFFICER, HOUSING, 2),
    "head": staff(Role.HEAD, HOUSING, 3),
    "other": staff(Role.OFFICER, UTILITIES, 4),
    "auditor": staff(Role.AUDITOR, 4, 5),
    "administrator": staff(Role.ADMINISTRATOR, OFFICE, 6),
    "anyone": ANYONE,
}


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(TRANSITIONS)), st.sampled_from(sorted(ACTORS)), st.booleans()), max_size=30
    ),
    st.sampled_from([None, HOUSING, UTILITIES, OFFICE]),
)
def test_any_sequence_of_acts_stays_in_the_table(acts, about):
    stage, department = "received", None
    for action, who, by_writer in acts:
        facts = LetterFacts(stage, department, about, OFFICE, to_department_id=HOUSING, by_writer=by_writer)
        if refusal(action, facts, ACTORS[who]) is not None:
            continue
        rule = TRANSITIONS[action]
        assert stage in rule.sources
        assert rule.capability is None or ACTORS[who].can(rule.capability)
        stage = rule.target
        department = HOUSING if action in ("assign", "transfer") else None if action == "give_back" else department
        assert department is None or department != about
        assert (stage in WITH_DEPARTMENT) <= (department is not None)
    assert stage in STAGES


@given(
    st.sampled_from(sorted(TRANSITIONS)), st.sampled_from(sorted(ACTORS)), st.sampled_from(sorted(set(STAGES) - OPEN))
)
def test_a_closed_letter_stays_closed(action, who, stage):
    facts = LetterFacts(stage, HOUSING if stage == "answered" else None, None, OFFICE, HOUSING, by_writer=True)
    refused = refusal(action, facts, ACTORS[who])
    assert refused is not None
    assert refused.code in ("wrong_time", "forbidden", "not_found")


def test_the_administrator_and_the_auditor_may_do_nothing():
    for who in ("administrator", "auditor"):
        for action in TRANSITIONS:
            for stage in STAGES:
                assert refusal(action, LetterFacts(stage, HOUSING, None, OFFICE, UTILITIES), ACTORS[who]) is not None


@pytest.mark.parametrize("action", ["save_draft", "submit", "give_back", "send_back", "approve"])
def test_a_unit_acts_only_on_its_own_letters(action):
    source = next(iter(TRANSITIONS[action].sources))
    refused = refusal(action, LetterFacts(source, UTILITIES, None, OFFICE), ACTORS["head"])
    assert isinstance(refused, Refused)
    assert refused.code == "forbidden"


def test_the_unit_a_letter_is_about_is_told_that_there_is_none():
    refused = refusal("save_draft", LetterFacts("assigned", UTILITIES, HOUSING, OFFICE), ACTORS["head"])
    assert refused is not None
    assert (refused.code, refused.basis) == ("not_found", "信访工作条例 第三十条")


def test_the_last_day_to_return_counts_and_the_next_does_not():
    def on(day: date):
        facts = LetterFacts("assigned", HOUSING, None, OFFICE, today=day, return_until=date(2026, 10, 8))
        return refusal("give_back", facts, ACTORS["officer"])

    assert on(date(2026, 10, 8)) is None
    assert on(date(2026, 10, 9)).code == "wrong_time"


def test_after_a_ruling_a_letter_is_not_returned_again():
    refused = refusal("give_back", LetterFacts("assigned", HOUSING, None, OFFICE, ruled=True), ACTORS["officer"])
    assert refused is not None
    assert refused.code == "wrong_time"
