"""A draft changed in substance while people comment on it."""

from datetime import date

import pytest

from participation.consultations import service
from participation.documents import queries as documents
from participation.duties import queries as duties
from participation.errors import Refused
from participation.extensions import db
from participation.notices.models import Notice
from tests.browse import words
from tests.consultations.periods import TEXT, at, commented, opened

NEW = TEXT.replace("十五万元", "二十万元")


def revise(world, consultation, **changes):
    values = {
        "text": NEW, "reason": "补助标准改了", "ends_on": date(2026, 12, 18), "feedback_on": date(2027, 1, 8),
        "actor": world.actor("head"), "now": at("2026-11-18T10:00"),
    }  # fmt: skip
    return service.revise(consultation, **(values | changes))


def test_the_period_begins_anew_and_both_dates_stay(world):
    consultation = opened(world)
    newer = revise(world, consultation)
    assert (newer.number, newer.substantial) == (2, True)
    assert (consultation.restarted_from, consultation.starts_on, consultation.ends_on) == (
        date(2026, 11, 2), date(2026, 11, 18), date(2026, 12, 18),
    )  # fmt: skip
    period = duties.duty_for("consultation", consultation.id, "comment_period")
    feedback = duties.duty_for("consultation", consultation.id, "feedback")
    assert period is not None
    assert feedback is not None
    assert [(row.old_due_on, row.new_due_on) for row in period.redatings] == [(date(2026, 12, 2), date(2026, 12, 18))]
    assert (period.due_on, feedback.due_on) == (date(2026, 12, 18), date(2027, 1, 8))
    assert consultation.closes_at == at("2026-12-19T00:00")


def test_the_new_period_is_as_long_as_one_must_be_counted_from_today(world):
    consultation = opened(world)
    with pytest.raises(Refused, match="must last until 2026-12-18 at least") as refused:
        revise(world, consultation, ends_on=date(2026, 12, 17))
    assert refused.value.field == "ends_on"
    assert documents.current("consultation", consultation.id).number == 1  # type: ignore[union-attr]


def test_it_never_ends_before_the_announced_day(world):
    consultation = opened(world, ends_on=date(2026, 12, 31), promised_feedback_on=date(2027, 1, 15))
    with pytest.raises(Refused, match="never shortened"):
        revise(world, consultation, ends_on=date(2026, 12, 30))
    revise(world, consultation, ends_on=date(2026, 12, 31), feedback_on=None)
    assert (consultation.starts_on, consultation.ends_on) == (date(2026, 11, 18), date(2026, 12, 31))


def test_whoever_commented_is_told_and_the_comment_stays(world):
    consultation = opened(world)
    stays, gone = commented(consultation), commented(consultation)
    service.withdraw_comment(gone, consultation, actor=world.actor("officer"), now=at("2026-11-12T10:00"))
    revise(world, consultation)
    db.session.commit()
    told = [(row.verb, row.subject_id) for row in db.session.query(Notice).filter_by(verb="consultation_revised")]
    assert told == [("consultation_revised", stays.id)]


@pytest.mark.parametrize("who", ["officer", "utilities_head"])
def test_only_the_departments_head_may(world, who):
    consultation = opened(world)
    with pytest.raises(Refused) as refused:
        revise(world, consultation, actor=world.actor(who))
    assert refused.value.code == "forbidden"


def test_after_the_last_day_it_is_too_late(world):
    consultation = opened(world)
    with pytest.raises(Refused, match="a new consultation is needed"):
        revise(world, consultation, now=at("2026-12-03T00:00"), ends_on=date(2027, 1, 10))


def test_the_page_asks_which_kind_of_change_it_is_and_publishes_it(world, app, client, played):
    consultation = opened(world)
    head = app.test_client()
    path = f"/desk/consultations/{consultation.id}/correct"
    with played("2026-11-18T10:00"):
        world.sign_in(head, "head")
        asked = head.submit(path, {"text": NEW, "reason": "补助标准改了"})
        assert asked.status_code == 422
        assert "请选择是不是实质性修改" in words(asked.text)
        dates = {"substance": "yes", "text": NEW, "reason": "补助标准改了"}
        asked = head.submit(path, dates)
        assert "请填写重新征求意见的截止日期" in words(asked.text)
        short = head.submit(path, dates | {"ends_on": "2026-12-10"})
        assert (short.status_code, "今天起重新计算期限，至少要到12月18日" in words(short.text)) == (422, True)
        done = head.submit(path, dates | {"ends_on": "2026-12-18"})
        assert done.status_code == 303
        page = words(client.get(f"/consultations/{consultation.id}").text)
    assert "11月18日起重新征求意见，因为草案有实质修改：补助标准改了" in page.replace(" ", "")
