"""The government office puts letters of one person together, asks a unit to help and adds the law's clock;
the unit answers for all, prepares a public copy, its head lets it out, the writer takes it back."""

import re

import pytest

from participation import clock
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter
from tests.browse import Client, words
from tests.journeys.test_letter_long_way import answered, press
from tests.mailbox import letters


@pytest.fixture
def by(app, world):
    def signed_in(login: str) -> Client:
        return world.sign_in(app.test_client(), login)

    return signed_in


def test_repeats_get_one_answer_and_each_keeps_its_own_date(app, world, played, by):
    with played("2026-11-20T09:00"):
        lead = letters.received(clock.now()).id
    with played("2026-11-23T09:00"):
        again = letters.received(clock.now(), title="路灯还是不亮").id
        office, page = by("office"), f"/dispatch/{again}"
        press(office, page, {"which": str(lead)}, to=f"{page}/merge")
        first = f"/dispatch/{lead}"
        unit = {key: str(value) for key, value in world.department.items()}
        press(office, first, {"department": unit["housing"], "topic": "城市管理"}, to=f"{first}/assign")
        press(office, first, {"joint": unit["utilities"], "task": "说明供电线路由谁修"}, to=f"{first}/join")
        press(office, first, {"into": "petition", "basis": "来信要求赔偿"}, to=f"{first}/reclassify")
        assert "说明供电线路由谁修" in words(by("utilities").get(f"/desk/{lead}/joint").text)
    with played("2026-11-24T09:00"):
        press(by("utilities"), f"/desk/{lead}/joint", {"text": "供电线路由我中心 25 日修好。"})
        assert "供电线路由我中心" in by("officer").get(f"/desk/{lead}").text
    with played("2026-11-26T10:00"):
        answered(app, world, lead, "11月25日已修好六盏灯。", "officer", "head")
    both = [db.session.get_one(Letter, number) for number in (lead, again)]
    assert [letter.stage for letter in both] == ["answered", "answered"]
    duties = [service.answer_duty(letter) for letter in both]
    assert [str(duty.due_on) for duty in duties] == ["2026-11-27", "2026-11-30"]
    assert [duty.met_late for duty in duties] == [False, False]
    # The petition's own dates run on.
    assert [duty.is_open for duty in service.legal_duties(both[0])] == [True, True]


def test_a_public_copy_by_two_people_and_gone_when_the_writer_says_so(app, world, played, by):
    with played("2026-11-20T09:00"):
        text = "隔壁的电话是13905330000，他把楼道堵了。"
        letter_id = letters.received(clock.now(), title="楼道堵了", text=text, consent_public=True).id
        page = f"/dispatch/{letter_id}"
        press(
            by("office"), page, {"department": str(world.department["housing"]), "topic": "其他"}, to=f"{page}/assign"
        )
    with played("2026-11-23T10:00"):
        answered(app, world, letter_id, "11月22日已清走楼道杂物。", "officer", "head")
        officer, page = by("officer"), f"/desk/{letter_id}/publish"
        shown = officer.get(page).text
        assert "13905330000" in shown
        for place in dict.fromkeys(re.findall(r'name="place"[^>]*value="([^"]+)"', shown)):
            press(officer, page, {"place": place, "do": "cover", "put": ""}, to=f"{page}/place")
        press(officer, page, {}, to=f"{page}/submit")
        assert app.test_client().get(f"/letters/{letter_id}").status_code == 404
        press(by("head"), page, {}, to=f"{page}/second")
        public = app.test_client().get(f"/letters/{letter_id}")
        assert public.status_code == 200
        assert "13905330000" not in public.text
        assert "已清走楼道杂物" in words(public.text)
    with played("2026-11-24T10:00"):
        service.withdraw_consent(db.session.get_one(Letter, letter_id), actor=world.actor("office"), now=clock.now())
        db.session.commit()
        assert app.test_client().get(f"/letters/{letter_id}").status_code in (404, 410)
        assert "楼道堵了" not in app.test_client().get("/letters").text + app.test_client().get("/letters.atom").text
