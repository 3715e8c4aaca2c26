"""Whatever people try in whatever order, a letter never leaves its table, and its date never moves."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.access import ANYONE, PostHeld, Role, actor_for
from participation.errors import Refused
from participation.mailbox.lifecycle import (
    OPEN,
    STAGES,
    TRANSITIONS,
    WITH_DEPARTMENT,
    LetterFacts,
    refusal,
    rule_of,
    ruling_needed,
    target,
)

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
        rule = rule_of(action, facts)
        assert stage in rule.sources
        assert rule.capability is None or ACTORS[who].can(rule.capability)
        stage = target(action, facts)
        department = HOUSING if action in ("assign", "transfer") else None if stage == "returned" else department
        assert department is None or department != about
        assert (stage in WITH_DEPARTMENT) <= (department is not None)
    assert stage in STAGES


@given(
    st.sampled_from(sorted(set(TRANSITIONS) - {"rate", "reopen", "redo"})),
    st.sampled_from(sorted(ACTORS)),
    st.sampled_from(sorted(set(STAGES) - OPEN)),
)
def test_a_closed_letter_stays_closed_unless_it_is_reopened(action, who, stage):
    facts = LetterFacts(stage, HOUSING if stage == "answered" else None, None, OFFICE, HOUSING, by_writer=True)
    refused = refusal(action, facts, ACTORS[who])
    assert refused is not None
    assert refused.code in ("wrong_time", "forbidden", "not_found")


def test_the_administrator_and_the_auditor_may_do_nothing_but_order_the_office_s_own_answer_anew():
    for who in ("administrator", "auditor"):
        for action in TRANSITIONS:
            for stage in STAGES:
                facts = LetterFacts(stage, HOUSING, None, OFFICE, UTILITIES)
                own = (who, action, stage) == ("auditor", "redo", "refused")
                assert (refusal(action, facts, ACTORS[who]) is None) == own


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


def test_a_restricted_letter_leaves_the_unit_that_it_is_about():
    def after(department: int | None, about: int, stage: str = "submitted") -> str:
        facts = LetterFacts(stage, department, None, OFFICE, deputy_id=9, to_department_id=about)
        assert refusal("restrict", facts, ACTORS["office"]) is None
        return target("restrict", facts)

    assert (after(HOUSING, HOUSING), after(UTILITIES, HOUSING), after(None, HOUSING, "received")) == (
        "returned", "submitted", "received",
    )  # fmt: skip
    assert (after(HOUSING, OFFICE), after(None, OFFICE, "received"), after(9, OFFICE)) == (
        "assigned", "assigned", "submitted",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "returns", "had", "about", "to", "ruling"),
    [
        ("received", 0, (), None, HOUSING, ""),
        ("returned", 1, (HOUSING,), None, UTILITIES, ""),
        ("returned", 1, (HOUSING,), None, HOUSING, "This unit had"),
        ("returned", 2, (HOUSING, UTILITIES), None, 4, "The letter was returned twice"),
        ("assigned", 0, (HOUSING, UTILITIES), None, 4, ""),
        ("assigned", 0, (HOUSING, UTILITIES, 4), None, 5, "Three units"),
        ("assigned", 0, (HOUSING, UTILITIES, HOUSING), None, 4, ""),
        ("assigned", 0, (HOUSING, OFFICE, UTILITIES), None, 4, ""),  # the office is no unit
        ("returned", 0, (HOUSING, UTILITIES, 4), 4, 5, ""),  # taken from the unit that it is about
        ("assigned", 0, (HOUSING, UTILITIES), None, HOUSING, "This unit had"),
        ("assigned", 0, (HOUSING, UTILITIES, 4), None, OFFICE, ""),
    ],
)
def test_a_fourth_unit_a_loop_and_a_second_return_need_a_ruling(stage, returns, had, about, to, ruling):
    facts = LetterFacts(stage, None, about, OFFICE, to_department_id=to, returns=returns, had=had)
    assert ruling_needed(facts).startswith(ruling)
    assert bool(ruling_needed(facts)) == bool(ruling)


def test_at_most_three_units_work_on_a_letter_at_once():
    def beside(to: int, *joint: int):
        facts = LetterFacts("assigned", HOUSING, 8, OFFICE, to_department_id=to, joint=frozenset(joint))
        refused = refusal("join", facts, ACTORS["office"])
        return refused and refused.code

    assert [beside(5), beside(5, 6), beside(5, 6, 7), beside(6, 6), beside(HOUSING), beside(8)] == [
        None, None, "invalid", "invalid", "invalid", "invalid",
    ]  # fmt: skip


def test_a_merged_letter_is_acted_on_through_its_lead():
    for action in set(TRANSITIONS) - {"withdraw", "unmerge"}:
        stage = min(TRANSITIONS[action].sources)
        facts = LetterFacts(stage, HOUSING if stage in WITH_DEPARTMENT else None, None, OFFICE, merged=True)
        assert all(refusal(action, facts, actor) is not None for actor in ACTORS.values()), action
    assert refusal("unmerge", LetterFacts("assigned", HOUSING, None, OFFICE, merged=True), ACTORS["office"]) is None
    assert refusal("withdraw", LetterFacts("assigned", HOUSING, merged=True, by_writer=True), ACTORS["anyone"]) is None
