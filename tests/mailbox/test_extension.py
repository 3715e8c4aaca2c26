"""More time: asked before the date with a reason and a first answer, decided by the office, once, in public."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from participation import clock
from participation.duties.rules import State, state
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import jobs, service
from participation.mailbox.models import Extension, Letter
from participation.mailbox.queries import extensions
from participation.notices.models import Notice
from participation.oversight.queries.board import month
from tests.browse import words
from tests.duties.notices import at
from tests.mailbox import letters

REASON = "要等热计量检测报告，检测单位 11月30日出具。"
INTERIM = "阀门已经修好，室温到了 18 度。"


@pytest.fixture
def letter(world) -> int:
    """Received on Friday 13 November 2026, with the housing bureau, due on Friday 20 November."""
    now = at("2026-11-13T10:00")
    found = letters.received(now)
    service.assign(found, department_id=world.department["housing"], actor=world.actor("office"), now=now)
    db.session.commit()
    return found.id


def ask(world, letter_id, now="2026-11-19T10:00", who="officer", **changes) -> Extension:
    values = {"workdays": 6, "reason": REASON, "interim": INTERIM} | changes
    found = db.session.get(Letter, letter_id)
    moment = at(now) if isinstance(now, str) else now
    request = service.ask_extension(found, **values, actor=world.actor(who), now=moment)
    db.session.commit()
    return request


def decide(world, letter_id, now="2026-11-20T09:00", reason=None, who="office") -> Extension:
    found, actor = db.session.get(Letter, letter_id), world.actor(who)
    moment = at(now) if isinstance(now, str) else now
    if reason is None:
        request = service.approve_extension(found, actor=actor, now=moment)
    else:
        request = service.decline_extension(found, reason=reason, actor=actor, now=moment)
    db.session.commit()
    return request


def told() -> list[tuple[str, str]]:
    return [(row.verb, row.body) for row in db.session.scalars(select(Notice).order_by(Notice.id))]


def test_asking_changes_no_date_and_tells_the_office(world, letter):
    request = ask(world, letter)
    found = db.session.get(Letter, letter)
    assert str(service.answer_duty(found).due_on) == "2026-11-20"
    assert (request.outcome, str(request.old_due_on)) == ("", "2026-11-20")
    assert told()[-1][0] == "extension_asked"


def test_approved_the_date_moves_and_the_writer_is_told_both_dates(world, letter):
    ask(world, letter)
    request = decide(world, letter)
    duty = service.answer_duty(db.session.get(Letter, letter))
    assert (request.outcome, str(request.new_due_on)) == ("approved", "2026-11-30")
    assert (str(duty.due_on), duty.extended, str(duty.original_due_at)) == (
        "2026-11-30",
        True,
        str(at("2026-11-21T00:00").astimezone(duty.original_due_at.tzinfo)),
    )
    body = next(body for verb, body in told() if verb == "letter_extended")
    assert "由 11月20日延到 11月30日" in body
    assert INTERIM not in body


def test_an_answer_within_the_extension_is_never_in_time(world, letter):
    ask(world, letter)
    decide(world, letter)
    found, now = db.session.get(Letter, letter), at("2026-11-20T15:00")
    service.submit(found, text="已经修好", contact="", version=None, actor=world.actor("officer"), now=now)
    service.approve(found, actor=world.actor("head"), now=now)
    db.session.commit()
    assert state(service.answer_duty(found), now) is State.MET_EXTENDED


@pytest.mark.parametrize(("seconds", "may"), [(-1, True), (0, False), (1, False)])
def test_asking_ends_with_the_due_day(world, letter, seconds, may):
    now = at("2026-11-21T00:00") + timedelta(seconds=seconds)
    if may:
        assert ask(world, letter, now=now).outcome == ""
        return
    with pytest.raises(Refused) as caught:
        ask(world, letter, now=now)
    assert (caught.value.code, caught.value.basis) == ("wrong_time", "山东省政务服务热线管理办法（2020）")


@pytest.mark.parametrize(("seconds", "may"), [(-1, True), (0, False), (1, False)])
def test_deciding_ends_with_the_due_day_too(world, letter, seconds, may):
    ask(world, letter)
    now = at("2026-11-21T00:00") + timedelta(seconds=seconds)
    if may:
        assert decide(world, letter, now=now).outcome == "approved"
        return
    with pytest.raises(Refused) as caught:
        decide(world, letter, now=now)
    assert caught.value.code == "wrong_time"


@pytest.mark.parametrize(("workdays", "may"), [(0, False), (1, True), (10, True), (11, False)])
def test_one_to_ten_workdays(world, letter, workdays, may):
    if may:
        assert ask(world, letter, workdays=workdays).workdays == workdays
        return
    with pytest.raises(Refused) as caught:
        ask(world, letter, workdays=workdays)
    assert caught.value.field == "workdays"


@pytest.mark.parametrize("missing", ["reason", "interim"])
def test_reason_and_first_answer_are_needed(world, letter, missing):
    with pytest.raises(Refused) as caught:
        ask(world, letter, **{missing: ""})
    assert caught.value.field == missing


@pytest.mark.parametrize("who", ["utilities", "office", "auditor", "administrator"])
def test_only_the_unit_that_has_the_letter_asks(world, letter, who):
    with pytest.raises(Refused) as caught:
        ask(world, letter, who=who)
    assert caught.value.code == "forbidden"


@pytest.mark.parametrize("who", ["officer", "head", "auditor"])
def test_only_the_office_decides(world, letter, who):
    ask(world, letter)
    with pytest.raises(Refused) as caught:
        decide(world, letter, who=who)
    assert caught.value.code == "forbidden"


def test_declined_the_unit_reads_why_may_ask_again_and_the_date_stays(world, letter):
    ask(world, letter)
    decide(world, letter, now="2026-11-19T11:00", reason="检测不影响先修")
    assert "检测不影响先修" in told()[-1][1]
    assert str(service.answer_duty(db.session.get(Letter, letter)).due_on) == "2026-11-20"
    assert ask(world, letter, now="2026-11-19T12:00", workdays=2).outcome == ""


def test_there_is_no_second_extension_of_a_letter(world, letter):
    ask(world, letter)
    decide(world, letter)
    with pytest.raises(Refused) as caught:
        ask(world, letter, now="2026-11-27T09:00")
    assert caught.value.message == "The letter was extended once already; there is no second time"


def test_a_request_that_was_not_decided_lapses_and_says_so(world, letter):
    ask(world, letter)
    assert jobs.lapse_extensions(now=at("2026-11-20T23:59:59")) == 0
    assert jobs.lapse_extensions(now=at("2026-11-21T00:00")) == 1
    assert jobs.lapse_extensions(now=at("2026-11-21T00:01")) == 0
    request = db.session.scalars(select(Extension)).one()
    assert (request.outcome, request.decided_by) == ("lapsed", None)
    assert told()[-1][0] == "extension_lapsed"


def test_a_request_lapses_when_the_letter_leaves_the_unit(world, letter):
    ask(world, letter)
    found, now = db.session.get(Letter, letter), at("2026-11-19T14:00")
    service.transfer(
        found, department_id=world.department["utilities"], reason="归它管", actor=world.actor("office"), now=now
    )
    db.session.commit()
    assert extensions.waiting(world.actor("office"), now=now) == []
    assert ask(world, letter, now="2026-11-19T15:00", who="utilities").department_id == world.department["utilities"]
    assert [row.outcome for row in extensions.of_letter(letter)] == ["lapsed", ""]


def test_the_office_sees_first_what_runs_out_first_and_never_a_letter_about_itself(world):
    office, start = world.actor("office"), at("2026-11-16T10:00")
    made = []
    for day in ("2026-11-17T10:00", "2026-11-16T10:00"):
        found = letters.received(at(day))
        service.assign(found, department_id=world.department["housing"], actor=office, now=at(day))
        db.session.commit()
        ask(world, found.id, now="2026-11-18T10:00")
        made.append(found.id)
    about = letters.received(start, about_department_id=world.department["office"])
    holder = {world.department["utilities"]: "utilities", world.department["housing"]: "officer"}
    with pytest.raises(Refused) as caught:
        ask(world, about.id, now="2026-11-18T10:00", who=holder.get(about.department_id, "town"))
    assert caught.value.basis == "信访工作条例 第三十条"
    waiting = extensions.waiting(office, now=at("2026-11-18T11:00"))
    assert [row.letter.id for row in waiting] == made[::-1]


def test_on_the_pages(client, world, played, letter):
    with played("2026-11-19T10:00"):
        world.sign_in(client, "officer")
        path = f"/desk/{letter}/extend"
        assert client.get(path).status_code == 200
        refused = client.submit(path, {"workdays": "11", "reason": "", "interim": INTERIM})
        assert refused.status_code == 422
        assert INTERIM in refused.text
        assert "请填 1 到 10 个工作日" in words(refused.text)
        assert client.submit(path, {"workdays": "6", "reason": REASON, "interim": INTERIM}).status_code == 303
    with played("2026-11-20T09:00"):
        office = client.application.test_client()
        world.sign_in(office, "office")
        assert f"/dispatch/{letter}/extension" in office.get("/dispatch").text
        page = office.get(f"/dispatch/{letter}/extension").text
        assert REASON in page
        assert INTERIM in page
        declined = office.submit(f"/dispatch/{letter}/extension", {"do": "decline", "decision": ""})
        assert declined.status_code == 422
        assert office.submit(f"/dispatch/{letter}/extension", {"do": "approve", "decision": ""}).status_code == 303
        visitor = client.application.test_client()
        number = db.session.get(Letter, letter).number
        visitor.submit("/track", {"number": number, "secret": letters.SECRET})
        shown = words(visitor.get("/track/letter").text)
    assert REASON in shown
    assert INTERIM in shown
    assert "原期限" in shown
    assert "新期限" in shown
    assert clock.now() is not None


def test_the_public_page_says_why_and_until_when_and_never_in_time(client, world, played, letter):
    ask(world, letter)
    decide(world, letter)
    found, now = db.session.get(Letter, letter), at("2026-11-26T15:00")
    service.submit(found, text="已经修好", contact="", version=None, actor=world.actor("officer"), now=now)
    service.approve(found, actor=world.actor("head"), now=now)
    service.publish(found, title="路灯不亮", text="路灯", answer="修好了", actor=world.actor("head"), now=now)
    db.session.commit()
    with played("2026-11-26T16:00"):
        page = words(client.get(f"/letters/{letter}").text)
        board = words(client.get("/board").text)
    assert "原期限 11月20日，新期限 11月30日" in page
    assert REASON in page
    assert INTERIM not in page
    assert "按时" not in page.replace("也不算按时", "").split("看得见的期限")[0]
    assert REASON in board
    assert "1 封信经批准延期" in board


def test_a_unit_the_letter_is_about_finds_no_page(client, world, played):
    with played("2026-11-16T10:00"):
        found = letters.received(clock.now(), about_department_id=world.department["housing"])
        service.assign(found, department_id=world.department["utilities"], actor=world.actor("office"), now=clock.now())
        db.session.commit()
        world.sign_in(client, "officer")
        assert client.get(f"/desk/{found.id}/extend").status_code == 404


def test_a_letter_that_is_handled_together_gets_the_same_time_on_its_own_count(world, letter):
    other = letters.received(at("2026-11-17T10:00"))
    lead = db.session.get(Letter, letter)
    service.merge(other, lead=lead, actor=world.actor("office"), now=at("2026-11-17T11:00"))
    db.session.commit()
    with pytest.raises(Refused) as caught:
        ask(world, other.id)
    assert caught.value.code == "wrong_time"
    ask(world, letter)
    decide(world, letter)
    assert [str(service.answer_duty(row).due_on) for row in (lead, other)] == ["2026-11-30", "2026-12-02"]
    assert extensions.approved(other.id).interim == INTERIM
    assert [verb for verb, _body in told() if verb == "letter_extended"] == ["letter_extended"] * 2


def test_the_board_counts_it_apart_and_it_lowers_the_rate(world, letter):
    ask(world, letter)
    decide(world, letter)
    plain = letters.received(at("2026-11-13T11:00"))
    service.assign(
        plain, department_id=world.department["housing"], actor=world.actor("office"), now=at("2026-11-13T12:00")
    )
    now = at("2026-11-20T15:00")
    for found in (db.session.get(Letter, letter), plain):
        service.submit(found, text="已经修好", contact="", version=None, actor=world.actor("officer"), now=now)
        service.approve(found, actor=world.actor("head"), now=now)
    db.session.commit()
    whole = month(date(2026, 11, 1), now=at("2026-11-23T09:00")).whole
    assert (whole.on_time, whole.extended, whole.answered_late, whole.received) == (1, 1, 0, 2)
    assert whole.percent == "50.0%"
