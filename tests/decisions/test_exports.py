"""The catalogue as table, annex, data and feed: the same lines as the page."""

import io
from datetime import date
from xml.etree import ElementTree as tree

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from participation.decisions.importing.catalogue import read
from participation.decisions.models import Decision
from participation.extensions import db
from tests.browse import words
from tests.consultations.periods import commented, opened
from tests.decisions.district import catalogue, go_to, item, publish

NOW = "2026-11-23T10:00"
APPLIES = {"state": "applicable", "reason": ""}
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def two_of(world) -> list[int]:
    found = catalogue(world)
    first = item(
        world, found, "机动车停车管理办法", joint_units=("区财政局", "北郊镇"), basis="《道路交通安全法》",
        planned_text="2026年12月", planned_from=date(2026, 12, 1), planned_to=date(2026, 12, 31), hearing="applicable",
        field="other", affects_business=True,
        procedures={
            "participation": APPLIES, "expert": {"state": "not", "reason": "不涉及专业性问题"}, "risk": APPLIES,
            "legality": APPLIES, "deliberation": APPLIES,
        },
        links=(("起草说明", "https://www.zhoucun.gov.cn/a"),),
    )  # fmt: skip
    second = item(world, found, "医共体建设方案", category="services", field="health", survey="applicable")
    publish(world, found)
    go_to(world, first, "drafting")
    return [first.id, second.id]


@pytest.fixture
def two(kept) -> list[int]:
    return list(kept(two_of))


def test_the_annex_is_the_table_that_offices_publish(world, client, two):
    answer = client.get("/decisions/catalogue.docx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="catalogue-2026.docx"'
    document = docx.Document(io.BytesIO(answer.data))
    page, table = document.sections[0], document.tables[0]
    assert page.orientation == WD_ORIENT.LANDSCAPE
    assert page.page_width > page.page_height
    assert [(each.style.name, each.text) for each in document.paragraphs] == [
        ("Normal", "附件"),
        ("Heading 1", "周村区人民政府2026年度重大行政决策事项目录"),
        ("Normal", "2026年6月24日公布"),
    ]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "事项名称", "承办单位", "决策依据", "决策程序", "计划时间", "决策机关"],
        [
            "1", "机动车停车管理办法", "区住房和城乡建设局（牵头）、区财政局、北郊镇", "《道路交通安全法》",
            "公众参与、风险评估、合法性审查、集体讨论决定、听证\n专家论证不适用：不涉及专业性问题",
            "2026年12月", "区人民政府",
        ],
        ["2", "医共体建设方案", "区住房和城乡建设局", "", "民意调查", "", "区人民政府"],
    ]  # fmt: skip
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_table_of_the_page_can_be_read_in_again(world, client, two):
    for name in ("csv", "xlsx"):
        outcome = read(client.get(f"/decisions/catalogue.{name}").data, year=2026, filename=f"x.{name}")
        assert outcome.errors == []
        first, second = outcome.items
        assert (first.number, first.title, first.category, first.field) == (
            1,
            "机动车停车管理办法",
            "regulation",
            "other",
        )
        assert (first.lead_unit, first.joint_units) == ("区住房和城乡建设局", ("区财政局", "北郊镇"))
        assert first.procedures == {
            "participation": "applicable", "expert": "not", "risk": "applicable", "legality": "applicable",
            "deliberation": "applicable",
        }  # fmt: skip
        assert (first.reasons["expert"], first.hearing, first.affects_business) == (
            "不涉及专业性问题",
            "applicable",
            True,
        )
        assert (first.planned_from, first.planned_to) == (date(2026, 12, 1), date(2026, 12, 31))
        assert (second.field, second.survey, second.affects_business) == ("health", "applicable", None)


def test_the_workbook_says_what_it_is_and_computes_nothing(world, client):
    found = catalogue(world)
    item(world, found, "=HYPERLINK(1)")
    publish(world, found)
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/decisions/catalogue.xlsx").data)).worksheets[0]
    assert sheet["A1"].value == "2026 年度重大行政决策事项目录"
    assert (sheet["B5"].value, sheet["B5"].data_type) == ("=HYPERLINK(1)", "s")


def test_programs_get_every_field_and_the_stage(world, client, played, two):
    with played(NOW):
        data = client.get("/decisions/catalogue.json").get_json()
    assert (data["year"], data["versions"], len(data["items"])) == (2026, 1, 2)
    assert data["batches"] == [
        {
            "number": 1,
            "published_at": "2026-06-24T02:00:00+00:00",
            "government_approved_on": "2026-06-18",
            "government_meeting": "第 12 次常务会议",
        }
    ]
    first = data["items"][0]
    assert first["links"] == [{"label": "起草说明", "url": "https://www.zhoucun.gov.cn/a"}]
    assert {key: first[key] for key in ("number", "stage", "current_step", "group", "planned_to", "carried_from")} == {
        "number": 1, "stage": "drafting", "current_step": "participation", "group": "preparing",
        "planned_to": "2026-12-31", "carried_from": None,
    }  # fmt: skip
    assert [each["survey_required"] for each in data["items"]] == [False, True]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["机动车停车管理办法", "医共体建设方案"]),
        ("?unit=区财政局", ["机动车停车管理办法"]),
        ("?field=health", ["医共体建设方案"]),
        ("?category=services", ["医共体建设方案"]),
        ("?q=停车 财政", ["机动车停车管理办法"]),
        ("?q=不存在", []),
        ("?stage=preparing", ["机动车停车管理办法", "医共体建设方案"]),
        ("?stage=done", []),
        ("?field=nothing&category=nothing&stage=nothing", ["机动车停车管理办法", "医共体建设方案"]),
    ],
)
def test_every_file_has_the_lines_of_the_filter(world, client, played, two, query, titles):
    with played(NOW):
        assert [each["title"] for each in client.get("/decisions/catalogue.json" + query).get_json()["items"]] == titles
        page = client.get("/decisions" + query).text
        feed = tree.fromstring(client.get("/decisions/catalogue.atom" + query).data)
    assert [
        title for title in ("机动车停车管理办法", "医共体建设方案") if f'lang="zh-CN">{title}</a>' in page
    ] == titles
    told = [entry.findtext("a:title", "", ATOM) for entry in feed.findall("a:entry", ATOM)]
    assert sorted(title for title in told if "版" not in title) == sorted(titles)


def test_the_feed_tells_the_versions_and_moves_with_the_stage(world, client, played, two):
    with played(NOW):
        feed = tree.fromstring(client.get("/decisions/catalogue.atom").data)
    told = [
        (entry.findtext("a:title", "", ATOM), entry.findtext("a:updated", "", ATOM))
        for entry in feed.findall("a:entry", ATOM)
    ]
    assert told == [
        ("机动车停车管理办法", "2026-11-23T01:00:00.000000Z"),
        ("医共体建设方案", "2026-06-24T02:00:00.000000Z"),
        ("2026 年度目录第 1 版", "2026-06-24T02:00:00.000000Z"),
    ]


@pytest.mark.parametrize(
    "name", ["", "/catalogue.csv", "/catalogue.xlsx", "/catalogue.docx", "/catalogue.json", "/catalogue.atom"]
)
@pytest.mark.parametrize(
    "query",
    [
        "?stage=%00&unit=%FF&q=%F0%9F%98%80",
        "?q=" + "x" * 5000,
        "?q=%25%28title%29s",
        "?unit=<script>",
        "?q=[(*",
        "?q=%E2%80%AE",
    ],
)
def test_no_filter_breaks_a_page_or_a_file(world, client, two, name, query):
    assert client.get(f"/decisions{name}{query}").status_code == 200


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", "{{ 7 * 7 }}", "%(title)s %d", "\U0002ebf0甲 “乙” & 丙"]
)
def test_no_title_breaks_a_page_or_a_file(world, client, title):
    found = catalogue(world)
    item(world, found, title)
    publish(world, found)
    db.session.get(Decision, 1)
    for name in ("", "/catalogue.csv", "/catalogue.xlsx", "/catalogue.docx", "/catalogue.json", "/catalogue.atom"):
        answer = client.get(f"/decisions{name}")
        assert answer.status_code == 200, name
        assert b"<script>alert" not in answer.data or name in ("/catalogue.csv", "/catalogue.json")
    table = docx.Document(io.BytesIO(client.get("/decisions/catalogue.docx").data)).tables[0]
    assert table.rows[1].cells[1].text == title
    for name in ("/2026/versions", "/2026/versions/1", "/2026/compare/1/1"):
        assert client.get(f"/decisions{name}").status_code == 200


@pytest.mark.parametrize("name", ["csv", "xlsx", "docx", "json", "atom"])
def test_there_is_no_file_of_a_year_without_a_catalogue(world, client, name):
    assert client.get(f"/decisions/catalogue.{name}").status_code == 404
    item(world, catalogue(world))
    assert client.get(f"/decisions/catalogue.{name}?year=2026").status_code == 404


def test_the_page_takes_at_most_eight_queries_at_one_item_and_at_fifty(world, client, played, queries):
    found = catalogue(world)
    item(world, found)
    publish(world, found)
    asked = []
    for _round in (1, 2):
        with played(NOW):
            client.get("/decisions")
            with queries() as made:
                assert client.get("/decisions").status_code == 200
        asked.append(len(made))
        if _round == 1:
            for number in range(49):
                item(world, found, f"事项{number}")
            publish(world, found, now="2026-10-12T10:00", reason="新增工作任务")
            go_to(world, db.session.get(Decision, 7), "evaluated")
    assert asked[0] == asked[1]
    assert asked[1] <= 8
    with played(NOW), queries() as made:
        client.get("/decisions/2026/versions")
    assert len(made) <= 8


def test_with_comment_periods_the_page_asks_no_more_and_says_how_they_stand(world, client, played, queries):
    found = catalogue(world)
    made = [item(world, found, f"事项{number}") for number in range(3)]
    publish(world, found)
    for decision in made:
        go_to(world, decision, "drafting")
    ids = [decision.id for decision in made]
    for decision_id in ids[:2]:
        commented(opened(world, decision_id=decision_id))
    db.session.commit()
    closing = {
        "2026-11-23T10:00": "正在征求意见",
        "2026-12-04T10:00": "整理、审查、审议",
        "2027-03-01T10:00": "超期",
    }
    for moment, heading in closing.items():
        with played(moment):
            client.get("/decisions")
            with queries() as asked:
                page = client.get("/decisions").text
        assert heading in words(page)
        assert len(asked) <= 8, asked
