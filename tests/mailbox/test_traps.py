"""The traps that the peers fell into (design/peers.md, part II), each by its name.

A reply that is only a transfer notice; a forward that counts as closed; a due day that is in no
list; an auto-reply that hides a letter; a calendar edit that rewrites the past; a rate that better
labels improve; a missed night that loses a warning.
"""

from datetime import date

import pytest
from sqlalchemy import select

from participation import clock
from participation.access import SYSTEM
from participation.duties import queries as duty_queries
from participation.duties.ledger import LedgerFilter
from participation.duties.rules import State
from participation.extensions import db
from participation.mailbox import jobs, service
from participation.mailbox.lifecycle import OPEN, TRANSITIONS
from participation.mailbox.queries import ageing, desk
from participation.notices.models import Notice
from participation.oversight.queries import board
from tests.browse import words
from tests.mailbox import letters
from tests.mailbox.test_cards import handed


def of_housing(world, *stages):
    return [
        row.letter.id
        for row in desk.queue(
            world.actor("officer"),
            stages or ("assigned", "submitted"),
            now=clock.now(),
            department_ids=[world.department["housing"]],
        )
    ]


def ledger_states(world) -> list[State]:
    page = duty_queries.ledger(
        now=clock.now(), actor=world.actor("auditor"), filters=LedgerFilter(kinds=("letter_answer",))
    )
    return [row.state for row in page.rows]


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2026-11-26T23:59:59", State.OPEN),
        ("2026-11-27T00:00:00", State.DUE_SOON),
        ("2026-11-30T00:00:00", State.DUE_SOON),  # alaveteli: "due > today" and "due < today" both leave this day out
        ("2026-11-30T23:59:59", State.DUE_SOON),
        ("2026-12-01T00:00:00", State.OVERDUE),
    ],
)
def test_the_due_day_is_in_the_lists(world, played, client, at, state):
    with played("2026-11-23T09:00"):
        letter = handed(world, clock.now())
    with played(at):
        assert of_housing(world) == [letter.id]
        assert ledger_states(world) == [state]
        world.sign_in(client, "officer")
        assert letter.title in client.get("/desk").text
    with played(at):
        assert [late.row.duty.subject_id for late in board.delays(date(2026, 11, 1), now=clock.now()).late] == (
            [letter.id] if state is State.OVERDUE else []
        )


def test_the_acknowledgement_neither_stops_the_clock_nor_hides_the_letter(world, played):
    """alaveteli: any incoming message took a request off the overdue lists until it was classified."""
    with played("2026-11-23T09:00"):
        letter = handed(world, clock.now())
    told = select(Notice).where(Notice.verb == "letter_received", Notice.subject_id == letter.id)
    assert db.session.scalar(told) is not None
    assert service.answer_duty(letter).met_at is None
    with played("2026-12-01T00:00"):
        assert (of_housing(world), ledger_states(world)) == ([letter.id], [State.OVERDUE])


def test_a_forward_is_never_an_answer(world, played):
    """FixMyStreet: forwarding to an external body counted as closed, and so as on time."""
    with played("2026-11-23T09:00"):
        letter = handed(world, clock.now())
        service.transfer(
            letter, department_id=world.department["town"], reason="属地", actor=world.actor("office"), now=clock.now()
        )
        service.give_back(letter, reason="不归我们", basis="三定方案", actor=world.actor("town"), now=clock.now())
        db.session.commit()
        assert (letter.stage in OPEN, letter.answered_at, service.answer_duty(letter).met_at) == (True, None, None)
    with played("2026-12-01T00:00"):
        assert ledger_states(world) == [State.OVERDUE]
        figures = board.month(board.months(now=clock.now())[1], now=clock.now()).whole
        assert (figures.received, figures.on_time, figures.open_late) == (1, 0, 1)


def test_no_step_but_an_approved_answer_or_a_refusal_ends_the_five_workdays():
    ended = {
        action
        for action, row in TRANSITIONS.items()
        if row.target in ("answered", "refused") and set(row.sources) & OPEN
    }
    assert ended == {"approve", "refuse"}


def test_a_draft_that_only_says_it_was_passed_on_leaves_the_duty_open(world, played):
    """The Shanghai portal pre-filled exactly this sentence and counted the letter as replied."""
    with played("2026-11-23T09:00"):
        letter = handed(world, clock.now())
        service.submit(
            letter, text="来信收悉，已转交相关单位办理，请等待结果。", contact="", version=None,
            actor=world.actor("officer"), now=clock.now(),
        )  # fmt: skip
        db.session.commit()
    assert service.answer_duty(letter).met_at is None


def test_a_letter_that_waits_for_approval_is_still_in_a_list_and_still_late(world, played):
    with played("2026-11-23T09:00"):
        letter = handed(world, clock.now())
        service.submit(letter, text="修好", contact="", version=None, actor=world.actor("officer"), now=clock.now())
        db.session.commit()
    with played("2026-12-01T00:00"):
        assert (of_housing(world, "submitted"), ledger_states(world)) == ([letter.id], [State.OVERDUE])


def test_a_returned_letter_is_in_the_queue_of_the_office_and_its_cards_go_there(world, played):
    with played("2026-11-23T09:00"):
        letter = handed(world, clock.now())
        service.give_back(letter, reason="不归我们", basis="三定", actor=world.actor("officer"), now=clock.now())
        db.session.commit()
    with played("2026-12-01T00:00"):
        rows = desk.queue(world.actor("office"), ("received", "returned"), now=clock.now())
        assert [row.letter.id for row in rows] == [letter.id]
        jobs.cards(now=clock.now())
    red = db.session.scalars(select(Notice).where(Notice.verb == "letter_overdue"))
    assert [(notice.to_department_id, notice.to_role) for notice in red] == [(world.department["office"], "office")]


@pytest.mark.parametrize("first_run", ["2026-12-01T00:00", "2026-12-02T09:00", "2027-01-04T09:00"])
def test_a_missed_run_loses_no_warning(world, played, first_run):
    """froide: its task took only what passed its date within the last 24 hours."""
    with played("2026-11-23T09:00"):
        handed(world, clock.now())
    with played(first_run):
        assert jobs.cards(now=clock.now()) == 3


def test_a_verdict_once_given_is_not_rewritten_by_a_newer_calendar(world, played):
    """The Shanghai portal computed lateness live, so that editing the calendar rewrote the past."""
    with played("2026-11-23T09:00"):
        letter = handed(world, clock.now())
        service.submit(letter, text="修好", contact="", version=None, actor=world.actor("officer"), now=clock.now())
    with played("2026-12-01T00:00:00"):
        service.approve(letter, actor=world.actor("head"), now=clock.now())
        db.session.commit()
    duty = service.answer_duty(letter)
    before = (duty.met_late, duty.due_at, duty.counting, duty.calendar_version)
    with played("2026-12-05T09:00"):
        from participation.duties.calendar.store import newest_version
        from participation.duties.recounting import Outcome, recount_open

        recount_open(Outcome(newest_version(), True), reason="试", actor=SYSTEM, now=clock.now())
        db.session.commit()
    assert (duty.met_late, duty.due_at, duty.counting, duty.calendar_version) == before
    assert duty.met_late is True


def test_a_letter_that_is_withdrawn_is_not_one_answered_in_time(world, played):
    """Marking a letter as spam or a repeat stamped it as closed, and so as in time."""
    with played("2026-11-02T09:00"):
        handed(world, clock.now())
        withdrawn = letters.received(clock.now())
        service.withdraw(withdrawn, actor=world.actor("office"), now=clock.now())
        db.session.commit()
    with played("2026-11-20T09:00"):
        figures = board.month(board.months(now=clock.now())[0], now=clock.now()).whole
    assert (figures.received, figures.on_time, figures.cancelled, figures.open_late) == (2, 0, 1, 1)


def test_an_open_letter_ages_into_every_group_and_out_of_none(world, played):
    """R25: 30, 60 and 90 natural days; on each boundary it is in exactly one group."""
    with played("2026-09-01T09:00"):
        handed(world, clock.now())
    seen = {}
    for at in ("2026-09-30", "2026-10-01", "2026-10-30", "2026-10-31", "2026-11-29", "2026-11-30"):
        with played(f"{at}T12:00"):
            seen[at[5:]] = ageing.counts(world.actor("auditor"), today=clock.local_date(clock.now()))
    none, month, two, three = {30: 0, 60: 0, 90: 0}, {30: 1, 60: 0, 90: 0}, {30: 0, 60: 1, 90: 0}, {30: 0, 60: 0, 90: 1}
    assert seen == {"09-30": none, "10-01": month, "10-30": month, "10-31": two, "11-29": two, "11-30": three}


def test_the_page_of_old_letters_says_when_three_months_are_over(world, played, client):
    with played("2026-09-01T09:00"):
        letter = handed(world, clock.now())
    with played("2026-11-30T09:00"):
        page = words(world.sign_in(client, "auditor").get("/supervision/open").text)
        assert "1 封信已经 30 天以上没有答复" in page
        assert f"{letter.number} {letter.title}" in page
        assert "还剩 2 天 到 12月2日" in page
    with played("2026-12-02T09:00"):
        assert "单项否决 12月2日起" in words(world.sign_in(client, "auditor").get("/supervision/open").text)
