"""The sums of the months, counted now and counted ahead."""

from datetime import date, timedelta

import pytest

from participation.access import SYSTEM
from participation.duties import months, service
from participation.duties.history.reading import read_on, rebuild
from participation.duties.models import Duty, DutyMonth, DutyMonthPlace
from participation.duties.months import Key, count_ahead, counted, of_months
from participation.duties.rules import state
from participation.duties.tally import PART_OF, Tally, together
from participation.evidence.sealing import seal
from participation.extensions import db
from tests.duties.notices import at

NOVEMBER = date(2026, 11, 1)
NOW = at("2026-11-23T10:00")


@pytest.fixture
def many(opened):
    """One duty for each way in which it can stand, and one about a department."""
    day = {"now": at("2026-11-13T15:00"), "actor": SYSTEM}
    service.meet(opened(subject_id=1), **day)
    service.cancel(opened(subject_id=2), reason="撤回", **day)
    service.meet(opened("2026-10-30T10:00", subject_id=3), **day)
    opened("2026-11-09T10:00", subject_id=4)
    opened("2026-11-19T10:00", subject_id=5, department="utilities")
    opened("2026-11-09T10:00", subject_id=6, restricted="utilities")
    extended = opened(subject_id=7)
    service.extend(extended, workdays=2, reason="需现场勘查", actor=SYSTEM, now=at("2026-11-14T10:00"))
    service.meet(extended, actor=SYSTEM, now=at("2026-11-18T10:00"))
    db.session.commit()


def test_every_duty_is_counted_once_as_the_ledger_shows_it(many):
    expected: dict[str, int] = {}
    for duty in db.session.query(Duty):
        part = PART_OF[state(duty, NOW)]
        expected[part] = expected.get(part, 0) + 1
    found = of_months(date(2026, 11, 1), date(2026, 12, 1), now=NOW)
    assert found.tally() == Tally(**expected) == Tally(met=1, extended=1, late=1, overdue=2, running=1, cancelled=1)


def test_a_matter_about_a_department_stands_beside_no_name(many, world):
    found = of_months(NOVEMBER, NOVEMBER, now=NOW).parts
    assert found[Key(NOVEMBER, "letter_answer", None)] == Tally(overdue=1)
    assert found[Key(NOVEMBER, "letter_answer", world.department["housing"])].overdue == 1


def test_no_rate_is_said_of_fewer_than_six():
    assert Tally(met=5, running=90).percent is None
    assert Tally(met=5, late=1).percent == "83.3%"
    assert Tally(met=9999, late=1).percent == "99.9%"
    assert together([Tally(met=3), Tally(met=2, overdue=1)]).percent == "83.3%"


def sealed(now):
    seal(now=now)
    read_on(now=now)
    return count_ahead(now=now)


@pytest.fixture
def ahead(monkeypatch):
    monkeypatch.setattr(months, "LIVE", 0)


def test_counted_ahead_is_what_is_counted_now(many, ahead):
    sealed(NOW)
    found = of_months(NOVEMBER, NOVEMBER, now=NOW + timedelta(minutes=4))
    assert found.parts == counted(NOVEMBER, NOVEMBER, now=NOW)
    assert found.as_of == NOW


def test_only_the_months_of_what_has_changed_are_counted_again(many, ahead, opened):
    opened("2026-09-01T10:00", subject_id=20)
    assert sealed(NOW) == 4, "September to December: the first time every month"
    assert sealed(NOW + timedelta(minutes=10)) == 0
    service.meet(db.session.query(Duty).filter_by(subject_id=20).one(), actor=SYSTEM, now=NOW)
    db.session.commit()
    assert sealed(NOW + timedelta(minutes=20)) == 1
    september = of_months(date(2026, 9, 1), date(2026, 9, 1), now=NOW)
    assert september.tally() == Tally(late=1)


def test_a_day_that_passes_makes_what_was_running_late(many, ahead):
    sealed(NOW)
    later = at("2026-11-27T00:05")
    assert sealed(later) >= 1
    assert of_months(NOVEMBER, NOVEMBER, now=later).tally().overdue == 3


def test_a_date_that_moves_to_another_month_leaves_the_old_one(ahead, world, opened):
    duty = opened("2026-11-02T10:00", kind="feedback", subject_kind="consultation", due_on=date(2026, 11, 27))
    sealed(NOW)
    service.redate(duty, due_on=date(2026, 12, 4), reason="延长", actor=SYSTEM, now=NOW)
    db.session.commit()
    sealed(NOW + timedelta(minutes=10))
    assert of_months(NOVEMBER, NOVEMBER, now=NOW).tally() == Tally()
    assert of_months(date(2026, 12, 1), date(2026, 12, 1), now=NOW).tally() == Tally(running=1)


def test_each_day_and_after_a_rebuilt_history_everything_is_counted_again(many, ahead):
    sealed(NOW)
    db.session.query(DutyMonth).update({"met": 99})
    db.session.commit()
    assert sealed(NOW + timedelta(days=1)) >= 2
    assert of_months(NOVEMBER, NOVEMBER, now=NOW).tally().met == 1
    db.session.query(DutyMonthPlace).update({"version": 10_000})
    db.session.query(DutyMonth).delete()
    db.session.commit()
    rebuild(now=NOW + timedelta(days=1))
    assert sealed(NOW + timedelta(days=1)) >= 2
    assert of_months(NOVEMBER, NOVEMBER, now=NOW).tally().met == 1


def test_a_count_that_is_killed_is_made_up_for(many, ahead, monkeypatch):
    store = months._store
    monkeypatch.setattr(months, "_store", lambda month, now: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        sealed(NOW)
    db.session.rollback()
    assert of_months(NOVEMBER, NOVEMBER, now=NOW).tally().met == 1, "counted from the duties until it is"
    monkeypatch.setattr(months, "_store", store)
    sealed(NOW)
    assert of_months(NOVEMBER, NOVEMBER, now=NOW).as_of == NOW
