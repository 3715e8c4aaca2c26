"""A new holiday notice: open duties are counted anew, and none becomes late by it."""

from datetime import date

import pytest
from sqlalchemy import func, select

from participation.access import SYSTEM
from participation.duties import queries, service
from participation.duties.calendar import load_calendar, seed_calendar
from participation.duties.calendar.notice_file import Unusable
from participation.duties.models import CalendarVersion, Duty
from participation.duties.recounting import import_calendar
from participation.evidence import service as evidence
from participation.extensions import db
from tests.duties.notices import FILE_2027, NOTICE, ROWS_2027, at, file_of


def load(data: bytes = FILE_2027, now: str = "2026-12-30T09:00"):
    outcome = import_calendar(data, source="2027.csv", actor=SYSTEM, now=at(now))
    db.session.commit()
    return outcome


def test_a_provisional_date_is_confirmed_without_moving(opened):
    duty = opened("2026-12-29T09:00")
    assert (duty.due_on, duty.provisional) == (date(2027, 1, 6), True)
    outcome = load()
    assert outcome.recounted == [duty]
    assert (duty.due_on, duty.provisional, duty.calendar_version) == (date(2027, 1, 6), False, "2027-1")
    assert duty.redatings == []
    assert (date(2027, 1, 2), "festival:元旦") in duty.skipped
    assert evidence.entry_for("duty", duty.id).verb == "duty.recounted"


def test_a_date_that_moves_later_keeps_the_old_one_beside_it(opened):
    duty = opened("2027-02-01T09:00")
    assert duty.due_on == date(2027, 2, 10)
    outcome = load(now="2027-02-02T09:00")
    assert outcome.moved == [duty]
    assert duty.due_on == date(2027, 2, 13)
    (old,) = duty.redatings
    assert (old.cause, old.reason, old.old_due_on, old.new_due_on, old.applied, old.calendar_version) == (
        "calendar",
        NOTICE,
        date(2027, 2, 10),
        date(2027, 2, 13),
        True,
        "2026-1",
    )
    assert duty.original_due_at == at("2027-02-11T00:00:00")
    entry = evidence.entry_for("duty", duty.id)
    assert entry.verb == "duty.redated"
    assert '"old_due_on":"2027-02-10"' in entry.payload


def test_an_earlier_date_is_taken_while_it_lies_ahead(opened):
    duty = opened("2026-11-19T09:00")
    load(file_of(["2026-11-21,makeup_workday,国庆节,临时通知"]), now="2026-11-25T23:59:59")
    assert duty.due_on == date(2026, 11, 25)


def test_an_earlier_date_that_would_make_it_late_is_not_taken(opened):
    duty = opened("2026-11-19T09:00")
    data = file_of(["2026-11-21,makeup_workday,国庆节,临时通知"])
    outcome = load(data, now="2026-11-26T00:00:00")
    assert outcome.kept == [duty]
    assert (duty.due_on, duty.calendar_version) == (date(2026, 11, 26), "2026-1")
    (kept,) = duty.redatings
    assert (kept.applied, kept.old_due_on, kept.new_due_on) == (False, date(2026, 11, 26), date(2026, 11, 25))
    assert evidence.entry_for("duty", duty.id).verb == "duty.date_kept"
    assert load(now="2026-11-26T10:00").kept == []


def test_what_is_closed_keeps_its_date_and_its_verdict(opened):
    duty = opened("2026-11-19T09:00")
    service.meet(duty, actor=SYSTEM, now=at("2026-11-27T09:00"))
    db.session.commit()
    outcome = load(file_of(["2026-11-23,rest,临时假日,通知"]), now="2026-11-28T09:00")
    assert (outcome.moved, outcome.recounted, outcome.kept) == ([], [], [])
    assert (duty.due_on, duty.met_late) == (date(2026, 11, 26), True)


def test_a_later_date_ends_a_lateness_and_its_name(opened, world):
    duty = opened("2026-11-19T09:00")
    service.hand_over(duty, department_id=world.department["town"], actor=SYSTEM, now=at("2026-11-27T08:00"))
    db.session.commit()
    assert queries.responsible(duty) == world.department["housing"]
    load(file_of(["2026-11-23,rest,临时假日,通知"]), now="2026-11-27T09:00")
    assert duty.due_on == date(2026, 11, 27)
    assert not duty.late_at(at("2026-11-27T09:00"))
    assert queries.responsible(duty) == world.department["town"]


def test_a_duty_that_the_notice_does_not_concern_is_left_alone(opened):
    duty = opened("2026-11-19T09:00")
    version = duty.version
    assert load(now="2026-11-20T09:00").recounted == []
    assert (duty.version, duty.calendar_version) == (version, "2026-1")


def test_a_file_loaded_twice_makes_one_version(world):
    assert load().loaded
    assert not load().loaded
    assert db.session.scalar(select(func.count()).select_from(CalendarVersion)) == 2
    assert load_calendar().covered_until == date(2027, 12, 31)


def test_a_refused_file_leaves_everything_as_it_was(opened):
    duty = opened("2026-12-29T09:00")
    with pytest.raises(Unusable):
        load(file_of(ROWS_2027[:5]))
    assert load_calendar().covered_until == date(2026, 12, 31)
    assert duty.provisional


def test_seeding_twice_makes_one_version(world):
    seed_calendar(at("2026-11-23T09:00"))
    db.session.commit()
    assert db.session.scalars(select(CalendarVersion.label)).all() == ["2026-1"]


def test_no_open_duty_is_late_after_an_import_that_was_not_before(opened):
    duties = [opened(f"2026-11-{day:02}T09:00", subject_id=day) for day in range(2, 27)]
    now = at("2026-11-24T12:00")
    late_before = {duty.id for duty in duties if duty.late_at(now)}
    load(
        file_of(["2026-11-21,makeup_workday,国庆节,通知", "2026-11-15,makeup_workday,国庆节,通知"]), "2026-11-24T12:00"
    )
    db.session.expire_all()
    late_after = {duty.id for duty in db.session.scalars(select(Duty)) if duty.late_at(now)}
    assert late_after <= late_before
