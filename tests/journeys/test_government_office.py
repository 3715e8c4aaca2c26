"""The government office: a year's catalogue from the first item to an adjustment, through the pages."""

import io

from participation.decisions import queries
from participation.extensions import db
from tests.browse import words

FILE = (
    "2026年度重大行政决策事项目录,,,\n"
    "序号,决策事项名称,承办单位,拟决策时间,决策程序\n"
    "1,既有多层住宅加装电梯实施办法,区住建局,2026年12月,公众参与、专家论证、风险评估、合法性审查、集体讨论\n"
    "2,城区供热管网改造三年计划,公用事业中心、区住建局,第四季度,\n"
)


def _decision(title: str) -> int:
    found = queries.catalogue_of(2026)
    assert found is not None
    decision_id = queries.item_titled(found.id, title)
    assert decision_id is not None
    db.session.rollback()
    return decision_id


def test_from_an_empty_year_to_a_published_and_adjusted_catalogue(world, client, played):
    world.sign_in(client, "office")
    year = "/desk/decisions?year=2026"

    with played("2026-03-02T09:00"):
        answer = client.submit(
            "/desk/decisions", {"year": "2026", "criteria": "下列事项列入目录。"}, to="/desk/decisions/years"
        )
        assert answer.status_code == 303
        page = words(client.get(year).text)
        assert "应于6月30日 24:00 前公布" in page

    with played("2026-03-03T09:00"):
        upload = client.submit(
            "/desk/decisions/2026/import",
            {"file": (io.BytesIO(FILE.encode("gb18030")), "目录.csv")},
            content_type="multipart/form-data",
        )
        assert upload.status_code == 200
        assert "读懂了 2 项" in words(upload.text)
        assert queries.item_titled(1, "城区供热管网改造三年计划") is None
        db.session.rollback()
        fields = _hidden(upload.text)
        confirmed = client.post("/desk/decisions/2026/import/confirm", data=fields)
        assert confirmed.status_code == 303
        again = client.post("/desk/decisions/2026/import/confirm", data=fields)
        assert again.status_code == 422
        assert "已经在目录里" in words(again.text)

    with played("2026-06-24T10:00"):
        early = client.submit(year, to="/desk/decisions/2026/publish")
        assert early.status_code == 409
        assert "国务院令第713号 第三条" in early.text
        approvals = {
            "government_approved_on": "2026年6月18日",
            "government_meeting": "第12次常务会议",
            "party_agreed_on": "2026-06-22",
        }
        too_late = client.submit(
            year, approvals | {"party_agreed_on": "2026-06-17"}, to="/desk/decisions/2026/approvals"
        )
        assert too_late.status_code == 422
        assert "第12次常务会议" in too_late.text
        assert client.submit(year, approvals, to="/desk/decisions/2026/approvals").status_code == 303
        assert client.submit(year, to="/desk/decisions/2026/publish").status_code == 303
        public = words(client.get("/decisions").text)
        assert "6月24日公布" in public
        assert "既有多层住宅加装电梯实施办法" in public
        assert "应于6月30日前公布" in words(client.get(year).text)

    lifts = _decision("既有多层住宅加装电梯实施办法")
    work = f"/desk/decisions/items/{lifts}"
    with played("2026-07-06T10:00"):
        step = {"step": "started", "state": "done", "on": "2026-07-06", "note": "正在入户调查。"}
        without_record = client.submit(work, step, to=f"{work}/steps")
        assert without_record.status_code == 409
        assert "国务院令第713号 第十、十一条" in without_record.text
        begun = {"on": "2026-07-06", "decided_by": "区政府常务会议"}
        assert client.submit(f"{work}/start", begun).status_code == 303
        skipped = client.submit(work, step | {"step": "deliberation"}, to=f"{work}/steps")
        assert skipped.status_code == 409
        assert "国务院令第713号 第十二、十三条" in skipped.text
        drafting = step | {"step": "drafting", "state": "now"}
        no_day = client.submit(work, drafting | {"on": ""}, to=f"{work}/steps")
        assert no_day.status_code == 422
        assert "正在入户调查。" in no_day.text
        stale = client.submit(work, drafting | {"seen": "1"}, to=f"{work}/steps")
        assert stale.status_code == 409
        assert client.submit(work, drafting, to=f"{work}/steps").status_code == 303
        assert "正在入户调查。" in words(client.get(f"/decisions/{lifts}").text)

    heating = _decision("城区供热管网改造三年计划")
    edit = f"/desk/decisions/items/{heating}/edit"
    with played("2026-10-12T10:00"):
        shown = client.get(edit).text
        fields = _form(shown) | {"title": "城区供热管网改造三年计划（2026—2028）"}
        assert client.post(edit, data=fields).status_code == 422
        fields |= {"reason": "计划期调整", "approved_on": "2026-10-10"}
        changed = client.post(edit, data=fields)
        assert changed.status_code == 303
        assert client.post(edit, data=fields).status_code == 409
        history = words(client.get("/decisions/2026/compare/1/2").text)
        assert "计划期调整" in history
        assert "城区供热管网改造三年计划 新增： （2026—2028）" in history


def test_a_comment_table_is_turned_away_at_the_page(world, client, played):
    world.sign_in(client, "office")
    client.submit("/desk/decisions", {"year": "2026"}, to="/desk/decisions/years")
    table = "序号,反馈人,意见内容,是否采纳,采纳理由\n1,朱**,空间狭小,否,方便办事\n"
    upload = client.submit(
        "/desk/decisions/2026/import",
        {"file": (io.BytesIO(table.encode()), "采纳.csv")},
        content_type="multipart/form-data",
    )
    assert upload.status_code == 422
    assert "这是意见采纳情况表，不是决策目录" in words(upload.text)


def test_others_may_not_and_the_lead_may_record(world, client, played):
    from tests.decisions.district import published_item

    decision = published_item(world)
    work = f"/desk/decisions/items/{decision.id}"
    db.session.rollback()
    world.sign_in(client, "officer")
    with played("2026-07-06T10:00"):
        assert "机动车停车管理办法" in words(client.get("/desk/decisions").text)
        assert client.get("/desk/decisions/2026/items/new").status_code == 403
        assert client.post("/desk/decisions/2026/publish", data={"csrf_token": client.token(work)}).status_code == 403
        begun = {"on": "2026-07-06", "decided_by": "区政府常务会议"}
        assert client.submit(f"{work}/start", begun).status_code == 303

    other = client.application.test_client()
    world.sign_in(other, "utilities")
    with played("2026-07-07T10:00"):
        assert other.get(work).status_code == 200
        token = other.token("/notices")
        refused = other.post(f"{work}/steps", data={"step": "drafting", "state": "now", "csrf_token": token})
        assert refused.status_code == 403


def _hidden(page: str) -> dict[str, str]:
    from tests.browse import hidden_fields

    return hidden_fields(page)


def _form(page: str) -> dict[str, str]:
    """Every field of the page's form with what stands in it, as a browser would send it."""
    import html
    import re

    fields = _hidden(page)
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s?(.*?)</textarea>', page, re.DOTALL):
        fields[name] = html.unescape(text).strip("\r\n")
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="text"' in tag:
            fields[name[1]] = html.unescape(value[1]) if value else ""
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options) or re.search(
            r'<option value="([^"]*)"', options
        )
        fields[name] = chosen[1] if chosen else ""
    return fields
