"""A decision as data: its papers and what was recorded of its steps, no column more than the chain page shows."""

import json

import pytest

from participation.api import papers, records
from participation.decisions import service as decisions
from participation.decisions.models import Decision, DecisionPaper
from participation.decisions.service import papers as shelf
from participation.decisions.shown import SHOWN
from participation.extensions import db
from tests.api.life import lived_in
from tests.decisions.district import at

NAMES = ("赵一", "钱二", "张三", "李四", "第 23 次常务会议纪要", "合法性审查意见书", "意见如下")


@pytest.fixture
def settled(world, kept, played):
    kept(lived_in)
    with played("2026-11-23T11:00"):
        yield world


@pytest.fixture
def decided(settled) -> Decision:
    return db.session.query(Decision).filter_by(title="校车线路优化方案").one()


def one(client, decision) -> dict:
    return client.get(f"/api/v1/decisions/{decision.id}").json


def test_every_public_column_is_told_with_its_meaning_and_no_other():
    told = {field.name: {each.name for each in field.fields} - {"run", "recorded_at"} for field in records.FIELDS}
    shown = {
        table.removeprefix("decision_"): {name for name in each.fields if not name.endswith("_id")} | set(each.lists)
        for table, each in SHOWN.items()
    }
    assert told == {name: columns for name, columns in shown.items() if name not in records.LEFT_OUT}
    inner = {
        (field.name, each.name): tuple(key.name for key in each.fields)
        for field in records.FIELDS
        for each in field.fields
        if each.fields
    }
    assert inner == {
        (table.removeprefix("decision_"), name): keys
        for table, each in SHOWN.items()
        for name, keys in each.lists.items()
    }


def test_the_data_say_what_the_chain_page_says(client, decided):
    chain = client.get(f"/decisions/{decided.id}.json").json
    recorded = [row["record"] for step in chain["steps"] for row in step["records"]]
    told = [name for name, rows in one(client, decided)["records"].items() for _row in rows]
    assert sorted(told) == sorted(recorded)
    assert {"start", "hearing", "means", "expert", "risk", "review", "meeting", "publication"} <= set(told)


def test_no_expert_participant_or_inside_paper_is_named(client, decided):
    written = json.dumps(one(client, decided), ensure_ascii=False)
    assert [name for name in NAMES if name in written] == []
    assert "recorded_by" not in written


def test_words_stand_beside_the_codes_of_the_records(client, decided):
    held = one(client, decided)["records"]["hearing"][0]
    assert held["sides"][0] == {"side": "concerned", "side_label": "利害关系人", "number": 2}


def test_a_paper_that_is_not_public_has_its_ground_and_nothing_else(client, decided):
    found = next(row for row in one(client, decided)["papers"] if row["attribute"] == "not_public")
    told = {name for name, value in found.items() if value is not None}
    assert told == {
        "id", "url", "decision_id", "run", "step", "step_label", "attribute", "attribute_label", "ground",
    }  # fmt: skip
    assert found["ground"] == "政府信息公开条例 第十六条"


def test_a_draft_that_is_not_published_yet_is_not_there(client, decided, settled):
    before = client.get("/api/v1/papers").json["data"]
    shelf.enter(
        decided, role="other", form="text", title="内部稿", step="drafting", attribute="public", text="还在核对。",
        actor=settled.actor("officer"), now=at("2026-11-23T10:00"),
    )  # fmt: skip
    db.session.commit()
    assert client.get("/api/v1/papers").json["data"] == before
    number = db.session.query(DecisionPaper).filter_by(title="内部稿").one().id
    assert client.get(f"/api/v1/papers/{number}").status_code == 404


def test_papers_go_on_from_page_to_page_and_are_filtered(client, decided):
    every = client.get("/api/v1/papers?limit=200").json["data"]
    walked, path = [], "/api/v1/papers?limit=2"
    while path:
        answer = client.get(path).json
        walked += answer["data"]
        path = answer["next"] and answer["next"].removeprefix("http://localhost")
    assert walked == every
    texts = client.get("/api/v1/papers?role=decision_text").json["data"]
    assert {row["role"] for row in texts} == {"decision_text"}
    assert texts[0]["sha256"] == db.session.get(DecisionPaper, texts[0]["id"]).sha256
    mine = client.get(f"/api/v1/papers?decision={decided.id}").json["data"]
    assert {row["decision_id"] for row in mine} == {decided.id}


def test_nobody_finds_a_paper_that_is_not_public_by_its_kind(client, decided):
    hidden = {row.role for row in db.session.query(DecisionPaper).filter_by(attribute="not_public")}
    assert hidden
    for role in hidden:
        found = client.get(f"/api/v1/papers?role={role}").json["data"]
        assert {row["attribute"] for row in found} <= {"public", "on_request"}


def test_a_step_whose_papers_are_not_public_tells_no_record(client, decided):
    db.session.execute(
        db.text("UPDATE decision_step SET state = 'not_public', ground = '依法不公开' WHERE decision_id = :one"
                " AND step = 'risk'"),
        {"one": decided.id},
    )  # fmt: skip
    db.session.commit()
    assert one(client, decided)["records"]["risk"] == []


def test_what_was_set_aside_is_not_told(client, decided, settled):
    decisions.reverse(
        decided, step="evaluated", reason="日期写错了。", actor=settled.actor("head"), now=at("2026-11-23T10:30")
    )
    db.session.commit()
    assert one(client, decided)["records"]["evaluation_result"] == []


def test_the_fields_of_a_paper_are_those_of_the_list(client, decided):
    row = client.get("/api/v1/papers?limit=1").json["data"][0]
    assert client.get(f"/api/v1/papers/{row['id']}").json == row
    assert {field.name for field in papers.FIELDS} <= set(row)
