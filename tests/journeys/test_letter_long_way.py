"""One letter through everybody's hands: written before the National Day, moved across three departments,
extended, answered, rated, reopened, answered again, drawn in a sample. Every step through the pages."""

import re

from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter, Rating
from tests.browse import Client, words
from tests.journeys.test_citizen_letter import sent, track


def press(client, page: str, data: dict[str, str], to: str | None = None) -> None:
    done = client.submit(page, data, to=to)
    assert done.status_code == 303, f"{page}: {done.status_code} {words(done.text)[:900]}"


def answered(app, world, letter_id: int, text: str, officer: str, head: str) -> None:
    desk = world.sign_in(app.test_client(), officer)
    press(desk, f"/desk/{letter_id}", {"text": text, "contact": "市政科 0533-6180000", "do": "submit"})
    press(world.sign_in(app.test_client(), head), f"/approvals/{letter_id}", {})


def test_across_the_national_day_and_three_departments_extended_and_reopened(app, client, world, played):
    number, secret, _path, receipt = sent(client, played, at="2026-09-28T22:41")
    assert "10月10日" in words(receipt.text)
    letter_id = db.session.query(Letter).one().id
    unit = {key: str(value) for key, value in world.department.items()}

    def by(login: str) -> Client:
        return world.sign_in(app.test_client(), login)

    # Given, returned, given again, moved: three departments, and the date stays.
    with played("2026-09-29T09:00"):
        page = f"/dispatch/{letter_id}"
        press(by("office"), page, {"department": unit["town"], "topic": "城市管理"}, to=f"{page}/assign")
    with played("2026-09-30T15:00"):
        town = world.sign_in(app.test_client(), "town")
        press(town, f"/desk/{letter_id}/return", {"reason": "路灯不归镇里", "basis": "区编办〔2024〕7 号第三条"})
    with played("2026-09-30T16:00"):
        press(
            by("office"),
            page,
            {"department": unit["utilities"], "reason": "", "topic": "城市管理"},
            to=f"{page}/assign",
        )
    with played("2026-10-08T09:00"):
        press(by("office"), page, {"department": unit["housing"], "reason": "小区内的灯归住建局"}, to=f"{page}/assign")
        duty = service.answer_duty(db.session.get_one(Letter, letter_id))
        assert (str(duty.due_on), str(duty.department_id)) == ("2026-10-10", unit["housing"])

    # The last second in which more time can be asked for and given.
    with played("2026-10-10T23:59:58"):
        officer = world.sign_in(app.test_client(), "officer")
        more = {"workdays": "3", "reason": "要更换电缆 120 米", "interim": "已装 2 盏临时灯"}
        press(officer, f"/desk/{letter_id}/extend", more)
    with played("2026-10-10T23:59:59"):
        press(by("office"), f"/dispatch/{letter_id}/extension", {"do": "approve"})
    with played("2026-10-12T08:00"):
        track(client, number, secret)
        shown = words(client.get("/track/letter").text)
        assert "10月14日" in shown
        assert "要更换电缆 120 米" in shown
        assert "已装 2 盏临时灯" in shown

    with played("2026-10-13T10:00"):
        answered(app, world, letter_id, "10月12日我局更换电缆 120 米，六盏灯已亮。", "officer", "head")
    with played("2026-10-14T19:00"):
        shown = words(client.get("/track/letter").text)
        assert "六盏灯已亮" in shown
        press(client, "/track/letter", {"attitude": "4", "result": "1"}, to="/track/letter/rate")
        press(client, "/track/letter", {"reason": "第三盏又灭了"}, to="/track/letter/reopen")

    # A second round: five workdays of its own, the verdict of the first stays.
    letter = db.session.get_one(Letter, letter_id)
    duty = service.answer_duty(letter)
    assert (letter.round, letter.stage, str(duty.due_on), duty.extended) == (2, "assigned", "2026-10-21", False)
    rating = db.session.query(Rating).one()
    assert (rating.round, rating.attitude, rating.speed, rating.result) == (1, 4, None, 1)
    with played("2026-10-16T10:00"):
        answered(app, world, letter_id, "10月16日我局查明第三盏进水，已更换灯座。", "officer", "head")
        shown = words(client.get("/track/letter").text)
    assert "六盏灯已亮" in shown
    assert "第三盏进水" in shown

    # The auditor draws it.
    with played("2026-11-02T09:00"):
        auditor = world.sign_in(app.test_client(), "auditor")
        drawn = auditor.submit("/samples", {"first": "2026-10-01", "last": "2026-10-31", "size": "5", "department": ""})
        assert drawn.status_code == 303, words(drawn.text)[:900]
        listed = auditor.get(drawn.headers["Location"]).text
        items = sorted(set(re.findall(r"/samples/items/(\d+)", listed)))
        assert len(items) == 2
        item = f"/samples/items/{items[0]}"
        press(auditor, item, {"verdict": "pass", "reason": ""}, to=f"{item}/judge")


def test_a_letter_that_accuses_a_department_goes_around_it(app, client, world, played):
    number, secret, _path, _receipt = sent(
        client, played, at="2026-09-30T23:59:59", title="经办人推诿", about=str(world.department["housing"])
    )
    letter_id = db.session.query(Letter).one().id
    with played("2026-10-08T09:00"):
        office = world.sign_in(app.test_client(), "office")
        page = f"/dispatch/{letter_id}"
        wrong = office.submit(
            page, {"department": str(world.department["housing"]), "topic": "其他"}, to=f"{page}/assign"
        )
        assert wrong.status_code in (403, 409, 422)
        press(office, page, {"department": str(world.department["utilities"]), "topic": "其他"}, to=f"{page}/assign")
        for login in ("officer", "head"):
            accused = world.sign_in(app.test_client(), login)
            assert accused.get(f"/desk/{letter_id}").status_code == 404
            assert number not in accused.get("/desk").text + accused.get("/ledger").text
    with played("2026-10-13T23:59:58"):
        answered(app, world, letter_id, "10月13日已调查，经办人已批评教育。", "utilities", "utilities_head")
        letter = db.session.get_one(Letter, letter_id)
        assert service.answer_duty(letter).met_late is False
        track(client, number, secret)
        assert "已批评教育" in words(client.get("/track/letter").text)
    with played("2026-10-14T10:00"):
        assert number not in client.get("/letters").text
