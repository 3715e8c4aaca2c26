"""An extension: once, before the date, at most ten workdays, counted apart and never "in time"."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from participation import clock
from participation.access import ANYONE, SYSTEM
from participation.duties import queries, service
from participation.duties.ledger import LedgerFilter
from participation.duties.models import Duty
from participation.duties.recounting import import_calendar
from participation.duties.rules import State, state
from participation.duties.strip import day_strip
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.oversight.queries.board import delays
from tests.duties.notices import FILE_2027, NOTICE, at, file_of

REASON = "要等热计量检测报告"


def extend(duty: Duty, workdays: int = 4, now: str = "2026-11-20T16:00", reason: str = REASON) -> Duty:
    service.extend(duty, workdays=workdays, reason=reason, actor=SYSTEM, now=at(now))
    db.session.commit()
    return duty


def refusal_of(duty: Duty, **values) -> Refused:
    with pytest.raises(Refused) as caught:
        extend(duty, **values)
    db.session.rollback()
    return caught.value


def test_everything_is_counted_from_the_original_start(opened):
    duty = extend(opened("2026-11-13T10:00"), 6)
    assert (duty.due_on, duty.workdays, duty.extended, duty.extended_by) == (date(2026, 11, 30), 11, True, 6)
    assert duty.original_due_at == at("2026-11-21T00:00:00")
    assert duty.counted[:5] == [date(2026, 11, day) for day in (16, 17, 18, 19, 20)]
    (change,) = duty.redatings
    assert (change.cause, change.reason, change.old_due_on, change.new_due_on, change.applied) == (
        "extension",
        REASON,
        date(2026, 11, 20),
        date(2026, 11, 30),
        True,
    )
    assert evidence.entry_for("duty", duty.id).verb == "duty.extended"


@pytest.mark.parametrize("workdays", [0, 11, -1])
def test_ten_workdays_are_the_most(opened, workdays):
    assert refusal_of(opened(), workdays=workdays).basis == "山东省政务服务热线管理办法（2020）"


def test_ten_workdays_from_an_eve_of_the_national_holiday(opened):
    """Received on Wednesday 23 September: five workdays end on 30 September, ten more on 16 October."""
    duty = opened("2026-09-23T09:00")
    first = duty.due_on
    extend(duty, 10, now=f"{first}T23:59:59")
    assert duty.due_on == service.load_calendar().due(first, 10).due_on
    assert duty.due_on == service.load_calendar().due(duty.started_on, 15).due_on


@pytest.mark.parametrize(("seconds", "may"), [(-1, True), (0, False), (1, False)])
def test_the_last_instant_is_the_second_before_the_day_ends(opened, seconds, may):
    duty = opened("2026-11-13T10:00")
    now = duty.due_at + timedelta(seconds=seconds)
    if may:
        assert service.extend(duty, workdays=1, reason=REASON, actor=SYSTEM, now=now).due_on == date(2026, 11, 23)
        return
    with pytest.raises(Refused) as caught:
        service.extend(duty, workdays=1, reason=REASON, actor=SYSTEM, now=now)
    assert caught.value.code == "wrong_time"


def test_there_is_no_second_extension(opened):
    duty = extend(opened(), 1)
    assert refusal_of(duty, workdays=1).code == "wrong_time"
    assert (duty.due_on, len(duty.redatings)) == (date(2026, 11, 23), 1)


def test_what_is_closed_or_has_a_given_date_is_not_extended(opened):
    met = opened(subject_id=1)
    service.meet(met, actor=SYSTEM, now=at("2026-11-16T09:00"))
    assert refusal_of(met).code == "wrong_time"
    given = opened(kind="feedback", subject_id=2, due_on=date(2026, 11, 30))
    assert refusal_of(given).code == "invalid"


def test_a_reason_is_needed(opened):
    assert refusal_of(opened(), reason="  ").field == "reason"


def test_an_extended_duty_is_never_done_in_time_however_early(opened):
    duty = extend(opened("2026-11-13T10:00"), 4, now="2026-11-16T09:00")
    service.meet(duty, actor=SYSTEM, now=at("2026-11-17T09:00"))
    db.session.commit()
    now = at("2026-11-23T09:00")
    assert (duty.met_late, state(duty, now)) == (False, State.MET_EXTENDED)
    page = queries.ledger(now=now, actor=ANYONE, filters=LedgerFilter(states=(State.MET_EXTENDED,)))
    assert [row.duty.id for row in page.rows] == [duty.id]
    assert (page.counts[State.MET], page.counts[State.MET_EXTENDED]) == (0, 1)
    assert day_strip(duty, now).state == ""


def test_an_extended_duty_past_its_new_date_is_late(opened):
    duty = extend(opened("2026-11-13T10:00"), 1)
    assert state(duty, duty.due_at - timedelta(seconds=1)) is State.DUE_SOON
    assert state(duty, duty.due_at) is State.OVERDUE
    service.meet(duty, actor=SYSTEM, now=duty.due_at)
    assert state(duty, duty.due_at) is State.MET_LATE


def test_the_board_tells_first_date_new_date_and_reason_but_not_of_a_letter_about_a_unit(opened):
    extend(opened("2026-11-13T10:00", subject_id=1), 6)
    extend(opened("2026-11-13T10:00", subject_id=2, restricted="town"), 6)
    (told,) = delays(date(2026, 11, 1), now=clock.now()).extended
    assert (told.duty.subject_id, told.name, told.first_due_on, told.duty.due_on, told.reason) == (
        1,
        "区住建局",
        date(2026, 11, 20),
        date(2026, 11, 30),
        REASON,
    )


def test_the_strip_keeps_the_first_date_beside_the_new_one(opened):
    strip = day_strip(extend(opened("2026-11-13T10:00"), 6), at("2026-11-23T09:00"))
    assert (strip.first_due_on, strip.due_on, strip.added) == (date(2026, 11, 20), date(2026, 11, 30), 6)
    extended = [cell for cell in strip.cells if cell.kind == "extended"]
    assert [cell.ordinal for cell in extended] == [1, 2, 3, 4, 5, 6]
    assert [cell.strokes for cell in extended] == [0] * 6
    assert extended[-1].flag == "new_due"


def test_a_new_notice_recounts_the_extension_too(opened):
    """2027 is announced after the extension: the day added by it moves, the first date stays told."""
    duty = extend(opened("2027-01-25T09:00"), 5, now="2027-01-26T09:00")
    assert (duty.due_on, duty.provisional) == (date(2027, 2, 10), True)
    outcome = import_calendar(FILE_2027, source="2027.csv", actor=SYSTEM, now=at("2027-01-27T09:00"))
    db.session.commit()
    assert outcome.moved == [duty]
    # The holiday runs from 5 to 11 February; 12 February and the make-up Saturday 13 February count.
    assert (duty.due_on, duty.provisional, duty.workdays) == (date(2027, 2, 13), False, 10)
    assert [change.cause for change in duty.redatings] == ["extension", "calendar"]
    assert duty.redatings[1].reason == NOTICE
    assert duty.original_due_at == at("2027-02-02T00:00:00")
    strip = day_strip(duty, at("2027-01-27T09:00"))
    assert (strip.first_due_on, strip.due_on, strip.added) == (date(2027, 2, 1), date(2027, 2, 13), 5)


def test_an_earlier_date_that_was_not_taken_does_not_shorten_what_was_approved(opened):
    duty = opened("2026-11-19T09:00")
    data = file_of(["2026-11-21,makeup_workday,国庆节,临时通知"])
    import_calendar(data, source="x", actor=SYSTEM, now=at("2026-11-26T00:00:00"))
    db.session.commit()
    assert duty.due_on == date(2026, 11, 26)
    assert refusal_of(duty, workdays=1, now="2026-11-26T09:00").field == "workdays"
    assert extend(duty, 2, now="2026-11-26T09:00").due_on == date(2026, 11, 27)


def test_python_and_the_database_tell_the_same_state(opened):
    now = at("2026-11-23T09:00")
    for number, day in enumerate(range(9, 20), start=1):
        duty = opened(f"2026-11-{day:02}T09:00", subject_id=number)
        if number % 2:
            service.extend(
                duty, workdays=number % 3 + 1, reason=REASON, actor=SYSTEM, now=at(f"2026-11-{day:02}T10:00")
            )
        if number % 3 == 0:
            service.meet(duty, actor=SYSTEM, now=at("2026-11-22T09:00"))
    db.session.commit()
    rows = queries.ledger(now=now, actor=ANYONE).rows
    assert len(rows) == len(db.session.scalars(select(Duty)).all())
    assert all(row.state is state(row.duty, now) for row in rows)
