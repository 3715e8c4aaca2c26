"""24:00 of the last day, by the clock that is read under the lock."""

from datetime import date, timedelta

import pytest

from participation.consultations import jobs, service
from participation.consultations.queries import counts
from participation.duties import queries as duties
from participation.errors import Refused
from participation.extensions import db
from tests.consultations.periods import at, closed, commented, opened

END = "2026-12-03T00:00:00"


@pytest.mark.parametrize(("seconds", "accepted"), [(-86400, True), (-1, True), (0, False), (1, False), (72, False)])
def test_a_comment_counts_before_the_closing_instant_and_not_from_it_on(world, seconds, accepted):
    consultation = opened(world)
    moment = (at(END) + timedelta(seconds=seconds)).replace(tzinfo=None).isoformat()
    if accepted:
        assert commented(consultation, now=moment).received_at == at(END) + timedelta(seconds=seconds)
        return
    with pytest.raises(Refused) as refused:
        commented(consultation, now=moment)
    assert refused.value.code == "wrong_time"
    assert refused.value.kept == "一楼用不上电梯，建议写清楚一楼不出钱。"
    assert counts.tally(consultation.id).received == 0


def test_a_late_comment_is_told_by_how_much(world):
    consultation = opened(world)
    with pytest.raises(Refused, match="1 min 12 s too late"):
        commented(consultation, now="2026-12-03T00:01:12")


def test_the_instant_decides_even_when_the_job_is_late(world):
    consultation = opened(world)
    with pytest.raises(Refused):
        commented(consultation, now="2026-12-03T00:00:00.000001")
    assert consultation.stage == "open"


def test_the_job_closes_at_the_instant_and_not_before(world):
    consultation = opened(world)
    assert jobs.close_due(now=at("2026-12-02T23:59:59")) == 0
    assert jobs.close_due(now=at(END)) == 1
    assert (consultation.stage, consultation.closed_at) == ("sorting", at(END))
    assert jobs.close_due(now=at(END)) == 0


def test_publication_opens_two_duties_and_closing_meets_one(world):
    consultation = opened(world)
    period = duties.duty_for("consultation", consultation.id, "comment_period")
    feedback = duties.duty_for("consultation", consultation.id, "feedback")
    assert (period.due_on, feedback.due_on) == (date(2026, 12, 2), date(2026, 12, 24))
    closed(consultation)
    assert (period.met_late, feedback.met_at) == (False, None)


def test_extending_moves_the_end_and_shows_both_days(world):
    consultation = opened(world)
    head, now = world.actor("head"), at("2026-11-20T10:00")
    service.extend(consultation, ends_on=date(2026, 12, 11), feedback_on=None, reason="草案有修改", actor=head, now=now)
    db.session.commit()
    assert (consultation.extended_from, consultation.ends_on) == (date(2026, 12, 2), date(2026, 12, 11))
    assert consultation.closes_at == at("2026-12-12T00:00")
    assert duties.duty_for("consultation", consultation.id, "comment_period").due_on == date(2026, 12, 11)
    assert commented(consultation, now="2026-12-11T23:59:59").number == "YJ-2026-1211-001"


@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2026, 12, 2)])
def test_a_period_is_never_shortened(world, day):
    consultation = opened(world)
    with pytest.raises(Refused) as refused:
        service.extend(
            consultation,
            ends_on=day,
            feedback_on=None,
            reason="提前结束",
            actor=world.actor("head"),
            now=at("2026-11-20T10:00"),
        )
    assert (refused.value.code, refused.value.field) == ("invalid", "ends_on")


def test_the_officers_are_told_once_before_the_end(world):
    opened(world)
    assert jobs.warn_closing(now=at("2026-11-26T10:00")) == 0
    assert jobs.warn_closing(now=at("2026-11-30T10:00")) == 1
    assert jobs.warn_closing(now=at("2026-12-01T10:00")) == 0
