"""A duty is opened, handed over, met, cancelled; its date moves only with a reason."""

from datetime import date

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from participation.access import SYSTEM
from participation.duties import queries, service
from participation.duties.models import Duty
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.workdays import end_of
from tests.duties.notices import at


def refusal_of(act, *args, **kwargs) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.code, refused.value.message


def test_a_letter_is_due_after_five_workdays_and_explains_itself(opened):
    duty = opened("2026-09-28T09:00")
    assert duty.due_on == date(2026, 10, 10)
    assert duty.due_at == at("2026-10-11T00:00:00")
    assert duty.soon_at == at("2026-10-09T00:00:00")
    assert [day.isoformat() for day in duty.counted] == [
        "2026-09-29",
        "2026-09-30",
        "2026-10-08",
        "2026-10-09",
        "2026-10-10",
    ]
    assert duty.skipped == [(date(2026, 10, day), "festival:国庆节") for day in range(1, 8)]
    assert (duty.basis, duty.provisional, duty.calendar_version, duty.measure) == ("plan", False, "2026-1", "by")
    assert duty.original_due_at == duty.due_at


def test_a_letter_at_23_59_59_counts_from_that_day_and_a_second_later_from_the_next(opened):
    assert opened("2026-11-19T23:59:59", subject_id=1).due_on == date(2026, 11, 26)
    assert opened("2026-11-20T00:00:00", subject_id=2).due_on == date(2026, 11, 27)


def test_met_a_microsecond_before_24_00_is_in_time_and_at_24_00_is_late(opened):
    in_time, late = opened(subject_id=1), opened(subject_id=2)
    service.meet(in_time, actor=SYSTEM, now=at("2026-11-20T23:59:59.999999"))
    service.meet(late, actor=SYSTEM, now=at("2026-11-21T00:00:00"))
    db.session.commit()
    assert (in_time.met_late, late.met_late) == (False, True)


def test_the_database_refuses_a_false_verdict(opened):
    duty = opened()
    false = {"met_at": at("2026-12-01T00:00"), "met_late": False}
    with pytest.raises(IntegrityError, match="verdict"):
        db.session.connection().execute(update(Duty.__table__).where(Duty.__table__.c.id == duty.id).values(**false))


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'other'",
        "basis = 'custom'",
        "measure = 'near'",
        "round = 0",
        "workdays = 0",
        "due_at = started_at",
        "met_late = (1 = 1)",
        "cancelled_reason = 'x'",
        "restricted_from = department_id",
    ],
)
def test_the_database_repeats_the_rules(opened, change):
    duty = opened()
    with pytest.raises(IntegrityError):
        db.session.connection().execute(text(f"UPDATE duty SET {change} WHERE id = {duty.id}"))


def test_a_hand_over_does_not_touch_the_date(opened, world):
    duty = opened()
    before = (duty.due_on, duty.due_at, duty.started_at, duty.counting)
    service.hand_over(duty, department_id=world.department["utilities"], actor=SYSTEM, now=at("2026-11-18T09:00"))
    db.session.commit()
    assert (duty.due_on, duty.due_at, duty.started_at, duty.counting) == before
    assert queries.holders(duty) == [world.department["housing"], world.department["utilities"]]


def test_whoever_has_the_matter_at_24_00_has_the_day(opened, world):
    housing, utilities = world.department["housing"], world.department["utilities"]
    duty = opened()
    service.hand_over(duty, department_id=utilities, actor=SYSTEM, now=at("2026-11-15T23:59:59"))
    service.hand_over(duty, department_id=housing, actor=SYSTEM, now=at("2026-11-17T00:00:00"))
    db.session.commit()
    held = queries.held_by_day(duty, at("2026-11-17T12:00"))
    assert held == [
        (date(2026, 11, 13), housing),
        (date(2026, 11, 14), housing),
        (date(2026, 11, 15), utilities),
        (date(2026, 11, 16), utilities),
        (date(2026, 11, 17), housing),
    ]


def test_who_held_it_when_it_became_late_stays_named(opened, world):
    housing, utilities = world.department["housing"], world.department["utilities"]
    duty = opened()
    service.hand_over(duty, department_id=utilities, actor=SYSTEM, now=at("2026-11-21T00:00:00"))
    service.hand_over(duty, department_id=world.department["town"], actor=SYSTEM, now=at("2026-11-23T09:00"))
    db.session.commit()
    assert queries.responsible(duty) == housing
    assert queries.holder_at(duty, duty.due_at) == housing


def test_who_takes_it_over_before_the_end_answers_for_it(opened, world):
    duty = opened()
    service.hand_over(duty, department_id=world.department["utilities"], actor=SYSTEM, now=at("2026-11-20T23:59:59"))
    db.session.commit()
    assert queries.responsible(duty) == world.department["utilities"]


def test_a_matter_never_goes_to_the_department_it_is_about(opened, world):
    duty = opened(restricted="utilities")
    code, _ = refusal_of(
        service.hand_over, duty, department_id=world.department["utilities"], actor=SYSTEM, now=at("2026-11-16T09:00")
    )
    assert code == "forbidden"


def test_a_matter_that_turns_out_to_be_about_a_department_is_restricted_and_recorded(opened, world):
    duty = opened()
    housing, utilities = world.department["housing"], world.department["utilities"]
    code, _ = refusal_of(service.restrict, duty, restricted_from=housing, actor=SYSTEM, now=at("2026-11-16T09:00"))
    assert code == "forbidden"
    service.restrict(duty, restricted_from=utilities, actor=SYSTEM, now=at("2026-11-16T09:00"))
    db.session.commit()
    assert duty.restricted_from == utilities
    assert evidence.entry_for("duty", duty.id).verb == "duty.restricted"


def test_a_second_running_date_for_one_matter_is_refused_and_a_new_round_is_not(opened):
    first = opened()
    assert refusal_of(opened) == ("conflict", "This matter already has a date that is running.")
    second = opened(round=2)
    assert queries.duty_for("letter", 1, "letter_answer") == second
    assert queries.duties_of("letter", 1) == [first, second]


def test_a_closed_duty_is_not_met_again_nor_handed_over(opened, world):
    duty = opened()
    service.meet(duty, actor=SYSTEM, now=at("2026-11-16T09:00"))
    db.session.commit()
    closed = ("wrong_time", "This matter is already closed.")
    assert refusal_of(service.meet, duty, actor=SYSTEM, now=at("2026-11-16T10:00")) == closed
    assert refusal_of(service.cancel, duty, reason="x", actor=SYSTEM, now=at("2026-11-16T10:00")) == closed
    town = world.department["town"]
    assert refusal_of(service.hand_over, duty, department_id=town, actor=SYSTEM, now=at("2026-11-16T10:00")) == closed


def test_the_newest_closed_duty_is_found_when_none_runs(opened):
    duty = opened()
    service.cancel(duty, reason="来信人撤回", actor=SYSTEM, now=at("2026-11-16T09:00"))
    db.session.commit()
    assert queries.duty_for("letter", 1, "letter_answer") == duty
    assert queries.duty_for("letter", 1, "letter_dispatch") is None


def test_a_comment_period_is_met_by_lasting_and_never_before(opened):
    duty = opened("2026-11-02T09:00", kind="comment_period", subject_kind="consultation", due_on=date(2026, 12, 2))
    assert duty.due_at == at("2026-12-03T00:00:00")
    assert (duty.workdays, duty.counting) == (None, {"counted": [], "skipped": []})
    code, _ = refusal_of(service.meet, duty, actor=SYSTEM, now=at("2026-12-02T23:59:59"))
    assert code == "wrong_time"
    service.meet(duty, actor=SYSTEM, now=at("2026-12-03T00:00:09"))
    db.session.commit()
    assert duty.met_late is False


def test_a_comment_period_is_lengthened_with_a_reason_and_never_shortened(opened):
    duty = opened("2026-11-02T09:00", kind="comment_period", due_on=date(2026, 12, 2))
    now = at("2026-11-20T09:00")
    code, _ = refusal_of(service.redate, duty, due_on=date(2026, 12, 1), reason="x", actor=SYSTEM, now=now)
    assert code == "invalid"
    code, _ = refusal_of(service.redate, duty, due_on=date(2026, 12, 9), reason=" ", actor=SYSTEM, now=now)
    assert code == "invalid"
    service.redate(duty, due_on=date(2026, 12, 9), reason="草案有改动", actor=SYSTEM, now=now)
    db.session.commit()
    (old,) = duty.redatings
    assert (old.cause, old.reason, old.old_due_on, old.new_due_on) == (
        "period",
        "草案有改动",
        date(2026, 12, 2),
        date(2026, 12, 9),
    )
    assert duty.due_at == end_of(date(2026, 12, 9))
    assert duty.original_due_at == end_of(date(2026, 12, 2))
    late = at("2026-12-10T00:00:00")
    code, _ = refusal_of(service.redate, duty, due_on=date(2026, 12, 30), reason="x", actor=SYSTEM, now=late)
    assert code == "wrong_time"


def test_a_date_counted_in_workdays_cannot_be_moved_by_hand(opened):
    code, _ = refusal_of(
        service.redate, opened(), due_on=date(2026, 12, 9), reason="忙", actor=SYSTEM, now=at("2026-11-16T09:00")
    )
    assert code == "invalid"


def test_a_date_beyond_every_calendar_is_refused(opened):
    code, _ = refusal_of(opened, kind="feedback", due_on=date(2999, 1, 1))
    assert code == "invalid"


def test_every_act_leaves_an_entry_with_the_whole_row(opened, world):
    duty = opened()
    service.hand_over(duty, department_id=world.department["town"], actor=SYSTEM, now=at("2026-11-16T09:00"))
    db.session.commit()
    service.meet(duty, actor=SYSTEM, now=at("2026-11-17T09:00"))
    db.session.commit()
    entries = evidence.entries_of("duty", duty.id)
    assert [entry.verb for entry in entries] == ["duty.opened", "duty.handed_over", "duty.met"]
    assert '"due_on":"2026-11-20"' in entries[-1].payload
    assert '"counted":["2026-11-16"' in entries[-1].payload
