"""What an answer promises goes on the ledger, and is kept or seen to be late."""

from datetime import date, timedelta

import pytest

from participation import clock
from participation.access import ANYONE
from participation.duties import queries as duty_queries
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter
from participation.mailbox.promises import promised
from participation.mailbox.queries import promises as queries
from tests.duties.notices import at
from tests.mailbox import letters

TODAY = date(2026, 11, 23)
ANSWER = "11月20日看过，六盏路灯的电缆坏了，12月5日前换好。请问路灯找谁：路灯所 0533-6180001。"


@pytest.mark.parametrize(
    ("answer", "days"),
    [
        ("取暖费按 8 天退，共 96 元，12月5日前退到缴费卡。", ["2026-12-05"]),
        ("本月底前补发，11月30日前完成。", ["2026-11-30", "2026-11-30"]),
        ("3 个工作日内批复，12月10日前进场。", ["2026-11-26", "2026-12-10"]),
        ("下周五前装好。", ["2026-12-04"]),
        ("明年6月底交房。", ["2027-06-30"]),
        ("1月15日前通水。", ["2027-01-15"]),
        (
            "12月中旬恢复。两周内装好。三十天内办完。年底前完工。",
            ["2026-12-20", "2026-12-07", "2026-12-23", "2026-12-31"],
        ),
        ("申请材料已经受理，12月4日前完成审核并公示，12月20日前安排施工。", ["2026-12-04", "2026-12-20"]),
        ("11月9日到现场看过，11月10日换了灯头。", []),
        ("10月15日前已经完工。", []),
        ("请您12月20日前到窗口申请。", []),
        ("11月23日看过，六盏路灯坏了，向您致歉。装好后3个工作日内复查。", []),
        ("11月23日24时前恢复供水。", ["2026-11-23"]),
        ("我们将尽快办理。2月30日前完成。99月9日完成。", []),
        ("", []),
    ],
)
def test_days_to_come_are_promises_and_days_past_are_none(answer: str, days: list[str]) -> None:
    found = promised(answer, today=TODAY, workdays=lambda number: TODAY + timedelta(days=number))
    assert [one.due_on.isoformat() for one in found] == days
    assert all(one.text for one in found)


def test_long_and_odd_answers_are_read_in_no_time() -> None:
    for answer in ("1" * 8000, "12月" * 2600, "十" * 8000, "，" * 8000):
        assert len(promised(answer, today=TODAY, workdays=lambda number: TODAY)) <= 6


@pytest.fixture
def letter(world) -> int:
    now = at("2026-11-20T10:00")
    found = letters.received(now)
    service.assign(found, department_id=world.department["housing"], actor=world.actor("office"), now=now)
    db.session.commit()
    return found.id


def approved(world, letter_id: int, text: str = ANSWER, **more: object) -> Letter:
    now = at("2026-11-23T10:00")
    letter = db.session.get(Letter, letter_id)
    assert letter is not None
    officer, head = world.actor("officer"), world.actor("head")
    service.submit(letter, text=text, contact="", version=None, actor=officer, now=now, **more)
    service.approve(letter, actor=head, now=now)
    db.session.commit()
    return letter


def test_a_promise_becomes_a_duty_at_approval_and_is_met_by_what_was_done(world, letter):
    found = approved(world, letter)
    (promise,) = queries.promises_of(letter)
    duty = duty_queries.duty_for("letter", letter, "letter_followup")
    assert promise.text.endswith("12月5日前换好")
    assert promise.due_on == date(2026, 12, 5)
    assert duty.due_on == date(2026, 12, 5)
    assert duty.is_open
    now = at("2026-12-06T09:00")
    service.keep_promise(promise, found, text="六盏灯都亮了。", actor=world.actor("officer"), now=now)
    db.session.commit()
    assert duty.met_late
    assert promise.kept_text == "六盏灯都亮了。"
    with pytest.raises(Refused) as again:
        service.keep_promise(promise, found, text="又亮了。", actor=world.actor("officer"), now=now)
    assert again.value.code == "conflict"


def test_what_the_officer_unticks_is_not_promised_and_a_changed_day_is_kept(world, letter):
    text = "12月5日前换好电缆。12月20日前换好灯杆。"
    marks = [
        {"text": "12月5日前换好电缆", "due_on": "2026-12-05", "kept": False},
        {"text": "12月20日前换好灯杆", "due_on": "2026-12-24", "kept": True},
    ]
    approved(world, letter, text, promises=marks)
    assert [promise.due_on for promise in queries.promises_of(letter)] == [date(2026, 12, 24)]


def test_another_unit_cannot_record_it(world, letter):
    found = approved(world, letter)
    (promise,) = queries.promises_of(letter)
    with pytest.raises(Refused):
        service.keep_promise(promise, found, text="办了。", actor=world.actor("office"), now=clock.now())
    assert queries.promise_for(promise.id, world.actor("officer")) is not None


def test_the_unit_records_on_its_page_what_was_done(client, world, letter, played):
    approved(world, letter)
    (promise,) = queries.promises_of(letter)
    with played("2026-12-01T09:00"):
        world.sign_in(client, "officer")
        assert "12月5日前换好" in client.get("/desk/promises").text
        assert client.submit(f"/desk/promises/{promise.id}", {"text": ""}).status_code == 422
        assert client.submit(f"/desk/promises/{promise.id}", {"text": "六盏灯都亮了。"}).status_code == 303
        assert "六盏灯都亮了。" in client.get("/desk/promises").text
        assert client.get("/desk/promises/2147483647").status_code == 404


def test_what_a_unit_promised_stays_its_own_when_another_has_the_letter_now(client, world, letter, played):
    """Reopened and handed on: the first unit keeps its word on its own page, without the letter's file."""
    found = approved(world, letter)
    (promise,) = queries.promises_of(letter)
    with played("2026-11-24T09:00"):
        now = clock.now()
        service.reopen(found, cause="writer", reason="没有答完。", actor=ANYONE, now=now, by_writer=True)
        service.transfer(
            found, department_id=world.department["utilities"], reason="归它管", basis="", actor=world.actor("office"),
            now=now,
        )  # fmt: skip
        db.session.commit()
        world.sign_in(client, "officer")
        assert "12月5日前换好" in client.get("/desk/promises").text
        page = client.get(f"/desk/promises/{promise.id}").text
        assert f"/desk/letters/{letter}" not in page
        assert "其他单位办理" in page
        assert client.get(f"/desk/letters/{letter}").status_code == 404
        assert client.submit(f"/desk/promises/{promise.id}", {"text": "六盏灯都亮了。"}).status_code == 303
    assert promise.kept_at is not None


def test_a_unit_that_the_letter_turns_out_to_be_about_sees_no_promise_of_it(client, world, letter, played):
    found = approved(world, letter)
    (promise,) = queries.promises_of(letter)
    with played("2026-11-24T09:00"):
        now = clock.now()
        service.reopen(found, cause="writer", reason="没有答完。", actor=ANYONE, now=now, by_writer=True)
        service.restrict(
            found, about_department_id=world.department["housing"], actor=world.actor("office"), now=now, reason="是它"
        )
        db.session.commit()
        world.sign_in(client, "officer")
        assert "12月5日前换好" not in client.get("/desk/promises").text
        assert client.get(f"/desk/promises/{promise.id}").status_code == 404
