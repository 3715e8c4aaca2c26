"""Every version of a catalogue stays readable, and any two are compared."""

from datetime import date

import pytest

from participation.decisions import queries, service
from participation.decisions.models import Decision
from participation.decisions.queries.versions import versions
from participation.decisions.service.fields import ItemFields
from participation.decisions.versions import differ
from participation.extensions import db
from tests.browse import words
from tests.decisions.district import at, catalogue, item, publish
from tests.world import World


def three_versions(world: World) -> dict[str, Decision]:
    """Published in June with three items; one changed in July, one added and one taken out in October."""
    found = catalogue(world)
    made = {name: item(world, found, name, planned_text="2026年9月") for name in ("甲办法", "乙规划", "丙项目")}
    publish(world, found)
    office = world.actor("office")
    service.adjust_item(
        made["甲办法"],
        fields=ItemFields(
            title="甲管理办法", category="regulation", lead_department_id=world.department["town"],
            planned_text="2026年12月", joint_units=("区财政局",),
            procedures={"risk": {"state": "not", "reason": "不涉及社会稳定风险"}},
        ),
        reason="职能调整", approved_on=date(2026, 7, 3), actor=office, now=at("2026-07-06T10:00"),
    )  # fmt: skip
    db.session.commit()
    made["丁方案"] = item(world, found, "丁方案")
    publish(world, found, now="2026-10-12T10:00", reason="新增工作任务")
    service.remove_item(
        made["丙项目"],
        reason="上级已统一制定",
        approved_on=date(2026, 10, 20),
        actor=office,
        now=at("2026-10-21T10:00"),
    )
    db.session.commit()
    return made


def test_each_publication_and_each_adjustment_is_a_version(world):
    three_versions(world)
    found = versions(queries.catalogue_of(2026))
    assert [(each.number, each.kind, each.reason, each.approved_on) for each in found] == [
        (1, "published", "", date(2026, 6, 18)),
        (2, "changed", "职能调整", date(2026, 7, 3)),
        (3, "added", "新增工作任务", date(2026, 6, 18)),
        (4, "removed", "上级已统一制定", date(2026, 10, 20)),
    ]
    assert [[said["title"] for said in each.items.values()] for each in found] == [
        ["甲办法", "乙规划", "丙项目"],
        ["甲管理办法", "乙规划", "丙项目"],
        ["甲管理办法", "乙规划", "丙项目", "丁方案"],
        ["甲管理办法", "乙规划", "丁方案"],
    ]


def test_the_first_version_says_what_was_first_published(world):
    made = three_versions(world)
    first = versions(queries.catalogue_of(2026))[0].items[made["甲办法"].id]
    assert (first["lead_unit"], first["planned_text"], first["joint_units"]) == ("区住房和城乡建设局", "2026年9月", [])


def test_two_versions_differ_by_what_came_went_and_changed(world):
    made = three_versions(world)
    found = versions(queries.catalogue_of(2026))
    difference = differ(found[0], found[3])
    assert [each.decision_id for each in difference.added] == [made["丁方案"].id]
    assert [each.decision_id for each in difference.removed] == [made["丙项目"].id]
    assert [(each.decision_id, each.names) for each in difference.changed] == [
        (made["甲办法"].id, ("title", "lead_unit", "joint_units", "procedures", "planned_text"))
    ]
    assert difference.same == 1
    assert differ(found[1], found[1]).nothing


def test_a_batch_of_several_items_is_one_version(world):
    found = catalogue(world)
    item(world, found, "甲办法")
    publish(world, found)
    for title in ("乙规划", "丙项目"):
        item(world, found, title)
    publish(world, found, now="2026-10-12T10:00", reason="新增工作任务")
    known = versions(found)
    assert [(each.kind, len(each.touched), each.batch, each.meeting) for each in known] == [
        ("published", 1, 1, "第 12 次常务会议"),
        ("added", 2, 2, "第 12 次常务会议"),
    ]


def test_what_was_withdrawn_before_publication_is_in_no_version_and_on_no_page(world, client):
    found = catalogue(world)
    item(world, found, "甲办法")
    gone = item(world, found, "未定的事项")
    service.withdraw_item(gone, actor=world.actor("office"), now=at("2026-03-04T09:00"))
    publish(world, found)
    gone_id = gone.id
    assert [[said["title"] for said in each.items.values()] for each in versions(found)] == [["甲办法"]]
    assert client.get(f"/decisions/{gone_id}").status_code == 404
    assert "未定的事项" not in client.get("/decisions").text


def test_the_pages_of_versions_name_day_reason_and_what_changed(world, client, played):
    three_versions(world)
    with played("2026-11-23T10:00"):
        listed = words(client.get("/decisions/2026/versions").text)
        first = words(client.get("/decisions/2026/versions/1").text)
        page = client.get("/decisions/2026/compare/1/4")
    assert "第 4 版：移出一项" in listed
    assert "2026年10月21日 · 2026年10月20日批准" in listed
    assert "甲办法" in first
    assert "丁方案" not in first
    text = words(page.text)
    assert "增加 1 项，修改 1 项，移出 1 项，其余 1 项没有变化。" in text
    assert "职能调整" in text
    assert "上级已统一制定" in text
    assert (
        '<del><span class="sr">删去： </span>2026年9月</del><br><ins><span class="sr">新增： </span>2026年12月</ins>'
        in page.text
    )
    assert "不适用：不涉及社会稳定风险" in text


def test_the_order_of_the_two_numbers_does_not_matter(world, client, played):
    three_versions(world)
    with played("2026-11-23T10:00"):
        forward = client.get("/decisions/2026/compare/1/3").text
        assert words(client.get("/decisions/2026/compare/3/1").text) == words(forward)
        asked = client.get("/decisions/2026/compare?a=1&b=3")
    assert (asked.status_code, asked.headers["Location"]) == (303, "/decisions/2026/compare/1/3")


@pytest.mark.parametrize(
    "path",
    [
        "/decisions/2025/versions",
        "/decisions/2026/versions/0",
        "/decisions/2026/versions/5",
        "/decisions/2026/versions/99999999999999999999",
        "/decisions/2026/compare/1/9",
        "/decisions/2026/compare",
        "/decisions/2026/compare?a=1&b=%00",
        "/decisions/2026/compare?a=１&b=2",
        "/decisions/2026/compare?a=1&b=99999999",
        "/decisions/99999999999/versions",
    ],
)
def test_a_version_that_does_not_exist_is_404(world, client, path):
    three_versions(world)
    assert client.get(path).status_code == 404


def test_the_old_address_of_the_adjustments_leads_to_the_versions(world, client):
    three_versions(world)
    answer = client.get("/decisions/adjustments/2026")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/decisions/2026/versions")


def test_versions_of_an_unpublished_catalogue_are_nobody_s(world, client):
    item(world, catalogue(world))
    assert client.get("/decisions/2026/versions").status_code == 404
    world.sign_in(client, "office")
    assert client.get("/decisions/2026/versions").status_code == 404
