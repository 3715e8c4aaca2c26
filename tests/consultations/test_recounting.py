"""Published counts are counted again each night."""

import pytest
from sqlalchemy import text

from participation.consultations import jobs, service
from participation.consultations.queries import periods
from participation.extensions import db
from participation.notices.models import Notice
from tests.consultations.periods import answered, at, closed, commented, opened


@pytest.fixture
def published(world):
    consultation = opened(world)
    rows = [commented(consultation) for _ in range(3)]
    gone = commented(consultation)
    service.withdraw_comment(gone, consultation, actor=world.actor("officer"), now=at("2026-11-12T10:00"))
    closed(consultation)
    answered(world, consultation, rows, "adopted")
    now = at("2026-12-05T10:00")
    service.submit_feedback(consultation, actor=world.actor("officer"), now=now)
    service.publish_feedback(consultation, actor=world.actor("head"), now=now)
    db.session.commit()
    return consultation


def test_what_was_published_is_kept_and_agrees(published):
    assert published.feedback_counts == {
        "received": 4, "people": 4, "adopted": 3, "partly": 0, "not_adopted": 0, "outside": 0, "withdrawn": 1,
    }  # fmt: skip
    assert jobs.recount(now=at("2026-12-06T02:00")) == 0
    check = periods.count_check(published.id)
    assert check is not None
    assert (check.checked_at, check.drift) == (at("2026-12-06T02:00"), "")


def test_a_row_changed_behind_the_platforms_back_is_an_alarm_told_once(published):
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE assignment SET outcome = 'outside' WHERE id = 1"))
    assert jobs.recount(now=at("2026-12-06T02:00")) == 1
    assert jobs.recount(now=at("2026-12-07T02:00")) == 1
    check = periods.count_check(published.id)
    assert check is not None
    assert check.drift == "adopted 3/2/2, outside 0/1/1"
    assert db.session.query(Notice).filter_by(verb="counts_drifted").count() == 1


def test_each_is_counted_once_in_a_day(published):
    jobs.recount(now=at("2026-12-06T02:00"))
    jobs.recount(now=at("2026-12-06T12:00"))
    check = periods.count_check(published.id)
    assert check is not None
    assert check.checked_at == at("2026-12-06T02:00")
