"""An answer that answers nothing: once, within thirty days, five new workdays; what was said stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from participation.access import ANYONE
from participation.duties import queries as duty_queries
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter, Reopening
from participation.mailbox.queries import desk, rounds
from participation.mailbox.queries.letters import answer_of
from participation.notices.models import Notice
from tests.browse import words
from tests.duties.notices import at
from tests.mailbox import letters
from tests.mailbox.answered import ANSWER, answer, answered, assigned, refused, reopen

REASON = "第二个问题没有回答：国庆节前能不能修好？"


def test_it_goes_straight_to_the_unit_that_answered_with_five_workdays_of_its_own(world):
    letter = answered(world)
    reopen(letter, "2026-11-20T10:00")
    duty = service.answer_duty(letter)
    assert (letter.stage, letter.department_id, letter.round, letter.answered_at) == (
        "assigned",
        world.department["housing"],
        2,
        None,
    )
    assert (letter.returns, letter.ruled, letter.assigned_at) == (0, False, at("2026-11-20T10:00"))
    assert (duty.round, str(duty.started_on), str(duty.due_on), duty.workdays) == (2, "2026-11-20", "2026-11-27", 5)


def test_the_first_verdict_stays_whatever_becomes_of_the_second(world):
    letter = answered(world, now="2026-11-24T00:00:00")
    reopen(letter, "2026-11-24T10:00")
    answer(world, letter, "2026-11-25T10:00", text="国庆节前已经修好。")
    first, second = rounds.rounds_of(letter, now=at("2026-11-26T09:00"))
    assert (first.duty.met_late, second.duty.met_late) == (True, False)
    assert (first.answer.text, second.answer.text) == (ANSWER, "国庆节前已经修好。")
    assert (first.reopening, second.reopening.reason) == (None, REASON)
    assert letter.answered_at == at("2026-11-25T10:00")
    owed = [duty for duty in duty_queries.duties_of("letter", letter.id) if duty.kind == "letter_answer"]
    assert [duty.round for duty in owed] == [1, 2]


@pytest.mark.parametrize(("seconds", "may"), [(-1, True), (0, False), (1, False)])
def test_thirty_natural_days_end_at_24_00_of_the_last(world, seconds, may):
    """Answered on 18 November: the last day is 18 December, the day of the answer is not counted."""
    letter = answered(world, now="2026-11-18T00:00:00")
    now = at("2026-12-19T00:00") + timedelta(seconds=seconds)
    if may:
        reopen(letter, now)
        assert letter.round == 2
        return
    with pytest.raises(Refused) as caught:
        reopen(letter, now)
    assert caught.value.code == "wrong_time"


def test_an_answer_in_the_last_second_of_a_day_counts_from_that_day(world):
    letter = answered(world, now="2026-11-18T23:59:59")
    reopen(letter, "2026-12-18T23:59:59")
    assert letter.round == 2


def test_there_is_no_second_time_for_the_writer(world):
    letter = answered(world)
    reopen(letter, "2026-11-20T10:00")
    answer(world, letter, "2026-11-23T10:00")
    with pytest.raises(Refused) as caught:
        reopen(letter, "2026-11-23T11:00")
    assert caught.value.message == "You had this letter reopened once; what is new can be a new letter"
    assert len(db.session.scalars(select(Reopening)).all()) == 1


def test_a_review_may_order_it_once_more_and_only_the_office_gives_the_order(world):
    letter = answered(world)
    reopen(letter, "2026-11-20T10:00")
    answer(world, letter, "2026-11-23T10:00")
    now = at("2026-11-24T09:00")
    for who in ("auditor", "head", "officer"):
        with pytest.raises(Refused) as caught:
            service.reopen(letter, cause="review", reason="答复敷衍", actor=world.actor(who), now=now)
        assert caught.value.code == "forbidden"
    row = service.reopen(letter, cause="review", reason="答复敷衍", actor=world.actor("office"), now=now)
    db.session.commit()
    assert (row.round, row.cause, letter.round, letter.stage) == (3, "review", 3, "assigned")


def test_a_refused_letter_goes_back_to_the_office_with_a_day_to_dispatch(world):
    letter = refused(world)
    reopen(letter, "2026-11-20T10:00")
    assert (letter.stage, letter.department_id, letter.round) == ("received", None, 2)
    dispatch = duty_queries.duty_for("letter", letter.id, "letter_dispatch")
    assert (dispatch.round, dispatch.is_open, str(dispatch.due_on)) == (2, True, "2026-11-23")
    assert [row.letter.id for row in desk.queue(world.actor("office"), ("received",), now=at("2026-11-20T11:00"))] == [
        letter.id
    ]
    service.assign(
        letter, department_id=world.department["housing"], actor=world.actor("office"), now=at("2026-11-20T12:00")
    )
    db.session.commit()
    assert dispatch.met_late is False
    answer(world, letter, "2026-11-20T15:00")
    assert letter.stage == "answered"


@pytest.mark.parametrize("by_writer", [False])
def test_nobody_else_reopens_it(world, by_writer):
    letter = answered(world)
    for actor in (ANYONE, world.actor("office"), world.actor("officer")):
        with pytest.raises(Refused) as caught:
            service.reopen(
                letter, cause="writer", reason=REASON, actor=actor, now=at("2026-11-20T10:00"), by_writer=by_writer
            )
        assert caught.value.code == "forbidden"


def test_a_reason_is_needed_and_a_running_letter_is_not_reopened(world):
    letter = answered(world)
    with pytest.raises(Refused) as caught:
        reopen(letter, "2026-11-20T10:00", reason="  ")
    assert caught.value.field == "reason"
    running = assigned(world)
    with pytest.raises(Refused) as caught:
        reopen(running, "2026-11-20T10:00")
    assert caught.value.code == "wrong_time"


def test_the_new_round_has_a_draft_of_its_own_and_the_queue_its_own_date(world):
    letter = answered(world)
    reopen(letter, "2026-11-20T10:00")
    assert answer_of(letter) is None
    (row,) = desk.queue(world.actor("officer"), ("assigned",), now=at("2026-11-23T09:00"))
    assert (row.letter.id, str(row.duty.due_on), row.answer, row.used) == (letter.id, "2026-11-27", None, 1)


def test_unit_office_and_writer_are_told_and_nobody_of_the_unit_it_is_about(world):
    letter = answered(world, about_department_id=world.department["town"])
    reopen(letter, "2026-11-20T10:00")
    rows = db.session.scalars(select(Notice).where(Notice.verb.in_(("letter_reopened", "letter_taken_up_again")))).all()
    units = {row.to_department_id for row in rows if row.verb == "letter_reopened"}
    assert units == {world.department["housing"], world.department["office"]}
    (told,) = [row for row in rows if row.verb == "letter_taken_up_again"]
    assert "2026" not in told.body.replace(letter.number, "")
    assert "11月27日前再次答复" in told.body
    assert REASON not in "".join(row.body for row in rows)


def test_a_reopened_letter_that_was_published_stays_published(world):
    letter = answered(world)
    now = at("2026-11-19T09:00")
    letter.public_title, letter.public_text, letter.public_answer = "路灯不亮", "路灯", "修好了"
    letter.published_at = now
    evidence.record("letter.published", subject=letter, actor=world.actor("head"), now=now, facts={})
    db.session.commit()
    reopen(letter, "2026-11-20T10:00")
    assert letter.published_at == now


def test_its_public_page_says_that_it_is_handled_anew_and_keeps_the_verdict(client, world, played):
    letter = answered(world)
    now = at("2026-11-19T09:00")
    service.publish(letter, title="路灯不亮", text="路灯", answer="修好了", actor=world.actor("head"), now=now)
    db.session.commit()
    reopen(letter, "2026-11-20T10:00")
    with played("2026-11-20T11:00"):
        page = words(client.get(f"/letters/{letter.id}").text)
        assert client.get("/letters").status_code == 200
    for text in ("第 2 天答复", "11月20日起重新办理", "最迟 11月27日（周五）答复", "修好了", "未评价"):
        assert text in page, text
    assert REASON not in page
    answer(world, letter, "2026-11-23T10:00", text="国庆节前已经修好。")
    with played("2026-11-23T11:00"):
        page = words(client.get(f"/letters/{letter.id}").text)
    assert "11月23日再次答复" in page
    assert "国庆节前已经修好" not in page


def look_up(client, letter: Letter):
    assert client.submit("/track", {"number": letter.number, "secret": letters.SECRET}).status_code == 303
    return client.get("/track/letter")


def test_on_the_page(client, world, played):
    with played("2026-11-20T10:00"):
        letter = answered(world)
        page = look_up(client, letter)
        assert "这没有回答我的问题" in words(page.text)
        assert "到 12月18日（周五）24:00 为止" in words(page.text)
        refused_ = client.submit("/track/letter", {"reason": "不"}, to="/track/letter/reopen")
        assert refused_.status_code == 422
        assert "请写明这份答复没有回答什么" in words(refused_.text)
        done = client.submit("/track/letter", {"reason": REASON}, to="/track/letter/reopen")
        assert done.status_code == 303
        shown = words(client.get("/track/letter").text)
        for text in ("重新办理", ANSWER, REASON, "按时答复", "这个结论不会再变", "第一次答复"):
            assert text in shown
        assert "这没有回答我的问题" not in shown
        desk_page = words(world.sign_in(client.application.test_client(), "officer").get(f"/desk/{letter.id}").text)
    assert "重新办理" in desk_page
    assert REASON in desk_page
    assert ANSWER in desk_page


def test_without_the_secret_there_is_nothing_to_reopen(client, world, played):
    with played("2026-11-20T10:00"):
        answered(world)
        answer_ = client.submit("/track", {"reason": REASON}, to="/track/letter/reopen")
        assert answer_.status_code == 404
        assert db.session.scalars(select(Reopening)).all() == []
