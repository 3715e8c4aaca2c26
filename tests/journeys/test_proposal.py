"""A citizen proposes, the office has it studied, it becomes an item, and the citizen sees it."""

import io
import re

from participation.decisions import queries
from participation.decisions.models import Proposal
from participation.extensions import db
from tests.browse import words
from tests.decisions.district import publish
from tests.decisions.proposed import called

WRITTEN = {
    "title": "学校周边停车怎么管",
    "text": "放学时接送车辆把路堵死，救护车进不来。建议定一个学校周边停车的办法。",
    "reason": "关系到全区两万名学生。",
    "origin": "citizen",
    "shown": "named",
    "name": "张建国",
    "contact": "13800001234",
}


def sent(client, **changes):
    """Writes, enters the code that the demonstration shows, sends; the receipt's page."""
    answer = client.submit("/decisions/propose", WRITTEN | changes)
    assert answer.status_code == 303, words(answer.text)
    page = client.get(answer.location)
    code = re.search(r"\b(\d{6})\b", words(page.text))
    done = client.submit(answer.location, {"code": code.group(1) if code else ""})
    assert done.status_code == 303, words(done.text)
    return client.get(done.location)


def receipt(page) -> tuple[str, ...]:
    return tuple(re.findall(r'pp-slip__no">([^<]+)<', page.text))


def test_from_the_proposal_to_the_item(world, client, played):
    called(world)
    with played("2026-03-20T20:14"):
        home = words(client.get("/").text)
        assert "正在征集 2026 年度目录建议，4月10日截止。" in home
        year = words(client.get("/decisions/years/2026").text)
        assert "请提出今年应当由区政府决定的重大事项。" in year
        assert "2026年6月15日" in year
        page = sent(client)
        number, secret = receipt(page)
        assert number == "ZC-JY-2026-0001"
        assert "建议收到了，6月15日前告诉您结果" in words(page.text)
        assert WRITTEN["title"] not in client.get("/decisions/proposals").text
    proposal = db.session.query(Proposal).one()
    desk = f"/desk/decisions/proposals/{proposal.id}"
    office = client.application.test_client()
    with played("2026-04-20T09:00"):
        world.sign_in(office, "office")
        assert "1 件建议等着交办研究" in words(office.get("/desk/decisions/proposals").text)
        unit = {"department": str(world.department["housing"])}
        assert office.submit(f"{desk}/study", unit).status_code == 303
        studied = {"by": "区住建局会同区教体局", "on": "2026-04-20", "result": "问题属实，建议列入目录。"}
        assert office.submit(f"{desk}/result", studied).status_code == 303
    with played("2026-05-09T09:00"):
        office = client.application.test_client()
        world.sign_in(office, "office")
        shown = office.get(f"{desk}/outcome").text
        assert "学校周边停车怎么管" in shown
        outcome = {
            "outcome": "taken", "decided_on": "2026-05-08", "body": "government", "catalogue": "2026",
            "title": "学校周边停车管理办法", "category": "regulation", "item": "",
            "lead_department_id": str(world.department["housing"]),
        }  # fmt: skip
        answer = office.submit(f"{desk}/outcome", outcome)
        assert answer.status_code == 303, words(answer.text)
        published = office.submit(f"{desk}/show", {"title": WRITTEN["title"], "text": WRITTEN["text"]})
        assert published.status_code == 303, words(published.text)
    catalogue = queries.catalogue_of(2026)
    with played("2026-05-09T10:00"):
        other = client.application.test_client()
        answer = other.submit("/decisions/proposals/track", {"number": number.lower(), "secret": secret})
        assert answer.status_code == 303
        mine = words(other.get(answer.location).text)
        assert "您的建议列为目录事项了" in mine
        assert "目录公布以后，您可以在这里看到这一项。" in mine
    publish(world, catalogue)
    with played("2026-06-25T10:00"):
        mine = other.get("/decisions/proposals/mine").text
        item = queries.of_year(2026)[0]
        assert f'href="/decisions/{item.id}"' in mine
        public = client.application.test_client().get("/decisions/proposals?year=2026").text
        assert f'href="/decisions/{item.id}"' in public
        text = words(public)
        assert "收到 1 件建议，采纳 1 件" in text
        assert "公民 · 张** · 3月20日收到" in text
        assert "张建国" not in public
        assert "13800001234" not in public


def test_a_proposal_that_is_not_taken_says_why(world, client, played):
    called(world)
    with played("2026-03-20T20:14"):
        sent(client, shown="title")
    office = client.application.test_client()
    with played("2026-04-20T09:00"):
        world.sign_in(office, "office")
        office.submit("/desk/decisions/proposals/1/study", {"department": str(world.department["housing"])})
        office.submit(
            "/desk/decisions/proposals/1/result", {"by": "区住建局", "on": "2026-04-20", "result": "不属于重大决策。"}
        )
        bare = {
            "outcome": "not_taken", "decided_on": "2026-04-20", "body": "government", "reason": "范围只限一所学校。",
            "catalogue": "2026", "category": "", "item": "", "lead_department_id": "",
        }  # fmt: skip
        again = office.submit("/desk/decisions/proposals/1/outcome", bare)
        assert again.status_code == 422
        assert "请写明依据的条款。" in words(again.text)
        assert "范围只限一所学校。" in again.text
        done = office.submit("/desk/decisions/proposals/1/outcome", bare | {"article": "国务院令第713号 第三条"})
        assert done.status_code == 303, words(done.text)
        mine = words(client.get("/decisions/proposals/mine").text)
        assert "您的建议没有列入目录，理由在这里" in mine
        assert "范围只限一所学校。 国务院令第713号 第三条" in mine


def test_sent_twice_is_stored_once_with_the_same_receipt(world, client, played):
    with played("2026-03-20T20:14"):
        page = sent(client)
        again = client.get("/decisions/propose/receipt/1")
        assert receipt(again) == receipt(page)
        token = {"csrf_token": client.token()}
        assert client.post("/decisions/propose/confirm/1", data=token).status_code == 303
        assert db.session.query(Proposal).count() == 1


def test_what_is_wrong_is_said_at_the_field_and_everything_is_kept(world, client, played):
    with played("2026-03-20T20:14"):
        for changes, said in (
            ({"contact": "1380000123"}, "应当是 11 位，现在是 10 位"),
            ({"title": ""}, "请用一句话写明要决定什么事。"),
            ({"text": "字" * 5001}, "5000"),
            ({"text": "坏\x00字"}, ""),
            ({"origin": "deputy"}, ""),
            ({"shown": ""}, "请选择是否公开。"),
        ):
            answer = client.submit("/decisions/propose", WRITTEN | changes)
            assert (answer.status_code, said in words(answer.text)) == (422, True), changes
            assert WRITTEN["reason"] in answer.text
        assert db.session.query(Proposal).count() == 0


def test_an_expired_page_keeps_text_and_attachment(world, client, played):
    with played("2026-03-20T20:14"):
        shown = client.get("/decisions/propose").text
        key = re.search(r'name="submission_key"[^>]*value="([^"]+)"', shown).group(1)
        answer = client.post(
            "/decisions/propose",
            data=WRITTEN | {"csrf_token": "old", "submission_key": key, "files": (io.BytesIO(b"%PDF-1.4 "), "a.pdf")},
        )
        assert answer.status_code == 400
        assert WRITTEN["text"] in answer.text


def test_a_draft_is_kept_for_this_browser_alone(world, client, played):
    with played("2026-03-20T20:14"):
        answer = client.submit("/decisions/propose", {"title": "只写了标题", "draft": "1"})
        assert answer.status_code == 303
        assert "只写了标题" in client.get(answer.location).text
        assert "只写了标题" not in client.application.test_client().get(answer.location).text


def test_unknown_and_wrong_get_the_same_answer(world, client, played):
    with played("2026-03-20T20:14"):
        number, _secret = receipt(sent(client))
        wrong = client.submit("/decisions/proposals/track", {"number": number, "secret": "AAAA-AAAA-AAAA-AAAA"})
        unknown = client.submit(
            "/decisions/proposals/track", {"number": "ZC-JY-2026-0999", "secret": "AAAA-AAAA-AAAA-AAAA"}
        )
        assert (wrong.status_code, unknown.status_code) == (422, 422)
        assert words(wrong.text).replace(number, "") == words(unknown.text).replace("ZC-JY-2026-0999", "")
        # The desk of letters and comments knows the number's form too.
        found = client.submit("/track", {"number": number, "secret": "AAAA-AAAA-AAAA-AAAA"})
        assert (found.status_code, found.location) == (307, "/decisions/proposals/track")


def test_the_second_of_two_colleagues_reads_what_changed(world, client, played):
    with played("2026-03-20T20:14"):
        sent(client)
    first, second = client.application.test_client(), client.application.test_client()
    with played("2026-04-20T09:00"):
        for each in (first, second):
            world.sign_in(each, "office")
        page = second.get("/desk/decisions/proposals/1/study").text
        seen = re.search(r'name="seen"[^>]*value="(\d+)"', page).group(1)
        unit = {"department": str(world.department["housing"])}
        assert first.submit("/desk/decisions/proposals/1/study", unit).status_code == 303
        written = unit | {"seen": seen, "csrf_token": second.token("/decisions/propose")}
        late = second.post("/desk/decisions/proposals/1/study", data=written)
        assert late.status_code == 409
        assert "您填写的时候，同事改动了这里。" in words(late.text)
        assert "一件目录建议交有关单位研究论证 · 4月20日 09:00 · office" in words(late.text)


def test_a_department_and_a_deputy_propose_at_the_desk(world, client, played):
    with played("2026-03-20T09:00"):
        world.sign_in(client, "officer")
        own = {"title": "供热改造", "text": "管网老化。", "reason": "涉及全区。", "basis": "《山东省供热条例》",
               "department": str(world.department["housing"])}  # fmt: skip
        again = client.submit("/desk/decisions/proposals/new", own)
        assert again.status_code == 422
        assert "请写明初步方案及其必要性、可行性。" in words(again.text)
        done = client.submit("/desk/decisions/proposals/new", own | {"plan": "三年完成。"})
        assert done.status_code == 303
        assert "ZC-JY-2026-0001" in client.get(done.location).text
        assert client.get("/desk/decisions/proposals/paper").status_code == 403
        office = client.application.test_client()
        world.sign_in(office, "office")
        paper = {"origin": "deputy", "name": "王代表", "paper_on": "2026-02-10", "received_on": "2026-03-19",
                 "title": "加装电梯补助", "text": "老人上下楼难。", "shown": "title"}  # fmt: skip
        done = office.submit("/desk/decisions/proposals/paper", paper)
        assert done.status_code == 303, words(done.text)
        assert "2026年2月10日" in office.get(done.location).text
    assert [row.origin for row in db.session.query(Proposal).order_by(Proposal.id)] == ["department", "deputy"]
