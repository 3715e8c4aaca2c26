"""The ledger tells states in SQL, pages in a total order, and names nobody it must not."""

from contextlib import contextmanager, suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from participation import clock
from participation.access import ANYONE, SYSTEM
from participation.duties import places, queries, service
from participation.duties.ledger import LedgerFilter, _by_department
from participation.duties.models import Duty
from participation.duties.rules import STATES, State, state
from participation.duties.subjects import SubjectLine, register_subject
from participation.errors import Refused
from participation.extensions import db
from tests.duties.notices import at

NOW = at("2026-11-23T09:00")


@contextmanager
def statements():
    """How many statements the database was sent."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def one_of_each(opened) -> dict[State, Duty]:
    """A duty in every state on 23 November, each about another letter."""
    duties = {
        State.OVERDUE: opened("2026-11-13T09:00", subject_id=1),
        State.DUE_SOON: opened("2026-11-17T09:00", subject_id=2),
        State.OPEN: opened("2026-11-20T09:00", subject_id=3),
        State.MET_LATE: opened("2026-11-10T09:00", subject_id=4),
        State.MET: opened("2026-11-11T09:00", subject_id=5, department="utilities"),
        State.CANCELLED: opened("2026-11-12T09:00", subject_id=6),
        State.MET_EXTENDED: opened("2026-11-10T10:00", subject_id=7),
    }
    extended = duties[State.MET_EXTENDED]
    service.extend(extended, workdays=2, reason="等检测报告", actor=SYSTEM, now=at("2026-11-11T09:00"))
    service.meet(extended, actor=SYSTEM, now=at("2026-11-12T09:00"))
    service.meet(duties[State.MET_LATE], actor=SYSTEM, now=at("2026-11-18T00:00:00"))
    service.meet(duties[State.MET], actor=SYSTEM, now=at("2026-11-12T09:00"))
    service.cancel(duties[State.CANCELLED], reason="来信人撤回", actor=SYSTEM, now=at("2026-11-13T09:00"))
    db.session.commit()
    return duties


def states_of(**filters) -> list[State]:
    page = queries.ledger(now=NOW, actor=ANYONE, filters=LedgerFilter(**filters))
    return [row.state for row in page.rows]


def test_the_rows_come_worst_first_and_every_state_is_counted(one_of_each):
    page = queries.ledger(now=NOW, actor=ANYONE)
    assert [(row.state, row.duty) for row in page.rows] == [(state_, one_of_each[state_]) for state_ in STATES]
    assert page.counts == dict.fromkeys(STATES, 1)
    assert (page.next, page.as_of) == (None, NOW)


@pytest.mark.parametrize(
    "moment", ["2026-11-16T00:00:00", "2026-11-20T23:59:59.999999", "2026-11-21T00:00:00", "2027-01-01T00:00:00"]
)
def test_the_database_and_the_rule_agree_on_every_state(one_of_each, opened, moment):
    opened("2026-11-02T09:00", kind="comment_period", subject_kind="consultation", due_on=date(2026, 12, 2))
    page = queries.ledger(now=at(moment), actor=ANYONE)
    assert len(page.rows) == 8
    assert [row.state for row in page.rows] == [state(row.duty, at(moment)) for row in page.rows]


def test_filters(one_of_each, world, opened):
    opened("2026-11-02T09:00", kind="comment_period", subject_kind="consultation", due_on=date(2026, 12, 2))
    assert states_of(kinds=("comment_period",)) == [State.OPEN]
    assert states_of(bases=("law",)) == [State.OPEN]
    assert states_of(states=(State.MET, State.OVERDUE)) == [State.OVERDUE, State.MET]
    assert states_of(department_id=world.department["utilities"]) == [State.MET]
    assert states_of(due_from=date(2026, 11, 20), due_until=date(2026, 11, 24)) == [State.OVERDUE, State.DUE_SOON]


def test_a_state_filter_leaves_the_counts_of_the_others(one_of_each):
    page = queries.ledger(now=NOW, actor=ANYONE, filters=LedgerFilter(states=(State.MET,)))
    assert page.counts == dict.fromkeys(STATES, 1)


def test_pages_fit_together_while_time_passes(opened):
    duties = [opened(f"2026-11-{day:02}T09:00", subject_id=day) for day in range(2, 22)]
    whole = [row.duty.id for row in queries.ledger(now=NOW, actor=ANYONE).rows]
    assert sorted(whole) == [duty.id for duty in duties]
    found, after, now = [], None, NOW
    while True:
        page = queries.ledger(now=now, actor=ANYONE, after=after, limit=3)
        found += [row.duty.id for row in page.rows]
        after, now = page.next, now + timedelta(days=1)
        if after is None:
            break
    assert found == whole


@pytest.mark.parametrize(
    "after", ["x", "1-2-3", "1-9-3-4", "1-1-1-99999999999999999999", "9" * 60 + "-1-1-1", "-1-1-1-1"]
)
def test_a_page_that_does_not_exist_is_refused(world, after):
    with pytest.raises(Refused) as refused:
        queries.ledger(now=NOW, actor=ANYONE, after=after)
    assert refused.value.code == "invalid"


@given(st.text(max_size=40))
def test_no_text_is_a_page_by_accident(text):
    from participation.duties.ledger import read_cursor

    with suppress(Refused):
        assert len(read_cursor(text)) == 4


def test_a_matter_about_a_department_is_hidden_from_it_and_from_the_public(opened, world):
    secret = opened("2026-11-13T09:00", subject_id=8, restricted="utilities")

    def seen_by(login: str | None) -> list[Duty]:
        actor = world.actor(login) if login else ANYONE
        return [row.duty for row in queries.ledger(now=NOW, actor=actor).rows]

    assert seen_by(None) == []
    assert seen_by("utilities_head") == []
    assert seen_by("town_head") == []
    assert seen_by("head") == [secret]
    assert seen_by("auditor") == [secret]
    assert seen_by("office") == [secret]


def test_public_figures_count_a_restricted_matter_and_name_nobody(one_of_each, opened, world):
    opened("2026-11-13T09:00", subject_id=8, restricted="utilities")
    told = [(figure.department_id, figure.kind, figure.basis, figure.counts) for figure in queries.figures(now=NOW)]
    housing, utilities = world.department["housing"], world.department["utilities"]
    assert told == [
        (
            housing,
            "letter_answer",
            "plan",
            dict.fromkeys([state_ for state_ in STATES if state_ is not State.MET], 1),
        ),
        (utilities, "letter_answer", "plan", {State.MET: 1}),
        (None, "letter_answer", "plan", {State.OVERDUE: 1}),
    ]
    only = LedgerFilter(department_id=housing)
    assert [figure.department_id for figure in queries.figures(now=NOW, filters=only)] == [housing]
    assert [figure.total for figure in queries.figures(now=NOW, filters=only)] == [6]


def test_figures_name_who_held_it_when_it_became_late(opened, world):
    duty = opened("2026-11-13T09:00")
    service.hand_over(duty, department_id=world.department["town"], actor=SYSTEM, now=at("2026-11-23T08:00"))
    db.session.commit()
    assert [figure.department_id for figure in queries.figures(now=NOW)] == [world.department["housing"]]
    assert queries.ledger(now=NOW, actor=ANYONE).rows[0].department_id == world.department["housing"]


def test_figures_come_in_one_order(one_of_each):
    found = queries.figures(now=NOW)
    assert found == sorted(found, key=_by_department)


def test_as_many_statements_for_fifty_rows_as_for_one(opened, world):
    register_subject("probe", lambda ids: {id_: SubjectLine(f"第{id_}件") for id_ in ids}, public=lambda ids: {})
    opened(subject_kind="probe", subject_id=100)
    db.session.expire_all()
    with statements() as one:
        queries.ledger(now=NOW, actor=world.actor("auditor"))
    for number in range(1, 50):
        duty = opened(subject_kind="probe", subject_id=number)
        service.hand_over(duty, department_id=world.department["town"], actor=SYSTEM, now=at("2026-11-16T09:00"))
    db.session.commit()
    db.session.expire_all()
    with statements() as fifty:
        page = queries.ledger(now=NOW, actor=world.actor("auditor"))
        assert len(page.rows) == 50
        assert {len(row.duty.holdings) for row in page.rows} == {1, 2}
        assert {row.subject.title for row in page.rows if row.subject} >= {"第1件", "第49件"}
    assert len(fifty) == len(one)


def test_a_visitor_is_given_only_what_the_feature_publishes(opened):
    register_subject(
        "probe", lambda ids: {1: SubjectLine("内部", "/x")}, public=lambda ids: {1: SubjectLine("公开", "/y")}
    )
    opened(subject_kind="probe")
    assert queries.ledger(now=NOW, actor=ANYONE).rows[0].subject == SubjectLine("公开", "/y")
    register_subject("probe", lambda ids: {1: SubjectLine("内部", "/x")})
    assert queries.ledger(now=NOW, actor=ANYONE).rows[0].subject is None


def test_counting_stops_above_many_and_the_page_says_more(one_of_each, opened, world, client, monkeypatch):
    monkeypatch.setattr(places, "MANY", 1)
    monkeypatch.setattr("participation.oversight.views.ledger.MANY", 1)
    for subject_id in (20, 21):
        opened("2026-11-13T09:00", subject_id=subject_id)
    db.session.commit()
    assert queries.ledger(now=NOW, actor=ANYONE).counts == dict.fromkeys(STATES, 1) | {State.OVERDUE: 2}
    with clock.played(NOW):
        page = world.sign_in(client, "auditor").get("/ledger").text
    assert "<b>超过 1</b>" in page


@pytest.mark.parametrize(
    "kinds", [("letter_answer",), ("letter_dispatch",), ("feedback",), ("letter_answer", "feedback")]
)
@pytest.mark.parametrize("department", [None, "housing", "utilities"])
def test_a_filter_finds_what_the_computed_state_and_holder_say(one_of_each, world, department, kinds):
    late = one_of_each[State.MET_LATE]
    late.late_department_id = world.department["utilities"]
    db.session.flush()
    number = department and world.department[department]
    page = queries.ledger(now=NOW, actor=ANYONE, filters=LedgerFilter(kinds=kinds, department_id=number))
    wanted = {
        (duty.id, state(duty, NOW))
        for duty in one_of_each.values()
        if duty.kind in kinds and number in (None, duty.late_department_id or duty.department_id)
    }
    assert {(row.duty.id, row.state) for row in page.rows} == wanted
    assert sum(page.counts.values()) == len(wanted)
