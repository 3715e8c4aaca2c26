"""The pages that everybody reads."""

import pytest
from sqlalchemy import event

from participation.decisions import service
from participation.decisions.service import assessing
from participation.extensions import db
from tests.browse import words
from tests.decisions.chained import POINT
from tests.decisions.district import at, catalogue, go_to, item, publish, published_item

NOW = "2026-11-23T10:00"


def test_without_a_catalogue_the_page_says_when_there_will_be_one(world, client):
    assert "目录还没有公布" in words(client.get("/decisions").text)


def test_an_unpublished_catalogue_is_not_public(world, client):
    decision = item(world, catalogue(world))
    decision_id = decision.id
    assert "目录还没有公布" in words(client.get("/decisions").text)
    assert client.get("/decisions?year=2026").status_code == 404
    assert client.get(f"/decisions/{decision_id}").status_code == 404
    assert client.get("/decisions/catalogue.csv").status_code == 404


def test_the_catalogue_shows_each_item_with_its_step(world, client, played):
    go_to(world, published_item(world), "drafting")
    with played(NOW):
        page = client.get("/decisions")
    text = words(page.text)
    assert page.status_code == 200
    assert "2026 年度重大行政决策事项目录" in text
    assert "第 4 步： 公众参与" in text
    assert "报区委同意" in text
    assert "6月22日" not in text


def test_the_party_document_number_is_shown_to_nobody(world, client, played):
    found = catalogue(world)
    item(world, found)
    service.record_approvals(
        found.draft,
        government_approved_on=at("2026-06-18T00:00").date(),
        party_agreed_on=at("2026-06-22T00:00").date(),
        party_document_no="周发〔2026〕77号",
        actor=world.actor("office"),
        now=at("2026-06-23T09:00"),
    )
    service.publish_batch(found.draft, actor=world.actor("office"), now=at("2026-06-24T09:00"))
    db.session.commit()
    for path in ("/decisions", "/decisions/1", "/decisions/catalogue.csv", "/decisions/adjustments/2026"):
        assert "77号" not in client.get(path).text


def test_the_chain_shows_past_and_future_and_what_is_not_public(world, client, played):
    decision = published_item(world)
    go_to(world, decision, "expert")
    by = {"actor": world.actor("officer"), "now": at(NOW)}
    day = at("2026-09-03T00:00").date()
    assessing.assess(decision, on=day, assessor="咨询公司", level="low", points=[POINT], plan="预案", **by)
    assessing.finish_risk(decision, on=day, state="not_public", ground="属于内部讨论的过程性信息", **by)
    db.session.commit()
    decision_id = decision.id
    with played(NOW):
        text = words(client.get(f"/decisions/{decision_id}").text)
    assert "属于内部讨论的过程性信息" in text
    assert "合法性审查" in text
    assert "评估" in text
    assert "国务院令第713号 第二十二至二十四条" in text


def test_the_export_computes_nothing(world, client):
    published_item(world, "=HYPERLINK(1)")
    body = client.get("/decisions/catalogue.csv").text
    assert "'=HYPERLINK(1)" in body


@pytest.mark.parametrize(
    "path",
    [
        "/decisions?year=9999",
        "/decisions?year=abc",
        "/decisions/9223372036854775808",
        "/decisions/adjustments/2020",
        "/decisions/adjustments/99999999999",
    ],
)
def test_what_does_not_exist_is_404(world, client, path):
    published_item(world)
    assert client.get(path).status_code == 404


def test_full_width_digits_name_a_year(world, client):
    published_item(world)
    assert client.get("/decisions?year=２０２６").status_code == 200


@pytest.mark.parametrize("query", ["?stage=x", "?unit=%00", "?q=%FF%FE", "?stage=open&unit=无&q=停车"])
def test_a_filter_that_fits_nothing_says_so(world, client, query):
    published_item(world)
    answer = client.get("/decisions" + query)
    assert answer.status_code == 200


def test_the_pages_ask_few_questions_however_many_records(world, client, played):
    decision = published_item(world)
    go_to(world, decision, "evaluated")
    for number in range(19):
        item(world, decision.catalogue, f"事项{number}")
    publish(world, decision.catalogue, now="2026-10-12T10:00", reason="新增工作任务")
    decision_id = decision.id
    asked = []

    def count(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        with played(NOW):
            for path in (f"/decisions/{decision_id}", "/decisions"):
                asked.clear()
                assert client.get(path).status_code == 200
                assert len(asked) <= 12, asked
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
