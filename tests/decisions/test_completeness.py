"""What an item of the catalogue must say (713号 art. 11; 山东省重大行政决策公众参与工作办法)."""

import pytest

from participation.decisions import completeness, rules, service
from participation.decisions.importing.catalogue import read
from participation.decisions.service.fields import ItemFields
from participation.errors import Refused
from participation.extensions import db
from tests.browse import words
from tests.decisions.district import at, catalogue, item, publish

SURVEY = "山东省重大行政决策公众参与工作办法"


def procedures(**states: object) -> dict[str, object]:
    return {
        name: {"state": state[0], "reason": state[1]} if isinstance(state, tuple) else {"state": state, "reason": ""}
        for name, state in states.items()
    }


def refused(**values: object) -> tuple[str, str] | None:
    found = completeness.refusal(ItemFields(title="甲", **values))  # type: ignore[arg-type]
    return (found.field, found.basis) if found else None


@pytest.mark.parametrize(
    ("field", "category", "asked"),
    [
        ("culture_education", "services", True),
        ("health", "services", True),
        ("resources", "plan", True),
        ("environment", "regulation", True),
        ("utilities", "project", True),
        ("other", "services", False),
        ("", "services", False),
        ("", "nature", True),
        ("", "culture", True),
        ("other", "nature", False),
    ],
)
def test_in_five_fields_an_opinion_survey_is_compulsory(field, category, asked):
    assert rules.survey_required(ItemFields(title="甲", field=field, category=category)) is asked


@pytest.mark.parametrize("name", ["legality", "deliberation"])
def test_legality_and_collective_decision_always_apply_even_with_a_reason(name):
    articles = {"legality": "国务院令第713号 第二十五条", "deliberation": "国务院令第713号 第三十条"}
    assert refused(procedures=procedures(**{name: ("not", "情况紧急")})) == (name, articles[name])


@pytest.mark.parametrize("name", ["participation", "expert", "risk"])
def test_a_procedure_that_does_not_apply_needs_its_reason(name):
    assert refused(procedures=procedures(**{name: "not"})) == (f"{name}_reason", completeness.ARTICLES[name])
    assert refused(procedures=procedures(**{name: ("not", " ")})) == (f"{name}_reason", completeness.ARTICLES[name])
    assert refused(procedures=procedures(**{name: ("not", "不涉及专业性问题")})) is None


@pytest.mark.parametrize(
    ("values", "field", "basis"),
    [
        ({"field": "health", "survey": "not"}, "survey", SURVEY),
        ({"field": "health"}, "participation", SURVEY),
        ({"affects_business": True}, "participation", SURVEY),
        ({"hearing": "applicable"}, "participation", "国务院令第713号 第十四、十六条"),
        ({"survey": "applicable"}, "participation", "国务院令第713号 第十四条"),
    ],
)
def test_whoever_must_be_heard_is_heard(values, field, basis):
    without = values if values.get("survey") == "not" else values | {
        "procedures": procedures(participation=("not", "不涉及"))
    }  # fmt: skip
    assert refused(**without) == (field, basis)


def test_several_units_have_one_in_the_lead():
    assert refused(joint_units=("区财政局",)) == ("lead_department_id", "国务院令第713号 第十一条")
    assert refused(joint_units=("区财政局",), lead_unit="区住建局") is None


def test_the_list_of_one_item_names_what_is_missing_and_what_blocks():
    bare = ItemFields(title="甲", category="nature")
    assert [(each.title, each.state) for each in completeness.checks(bare)] == [
        ("A unit is in the lead", "no"),
        ("What does not apply has its reason", "ok"),
        ("It has a category", "ok"),
        ("Each of the five procedures is said to apply or not", "warn"),
        ("The planned time is said", "warn"),
        ("The basis is said", "warn"),
        ("The opinion survey is planned", "no"),
        ("It is said whether business is affected", "warn"),
    ]
    whole = ItemFields(
        title="甲", category="services", field="health", affects_business=False, lead_unit="区卫健局", basis="条例",
        procedures={name: {"state": "applicable", "reason": ""} for name in rules.PROCEDURES}, survey="applicable",
        planned_text="2026年12月",
    )  # fmt: skip
    assert {each.state for each in completeness.checks(whole)} == {"ok"}


def test_a_batch_with_an_unplanned_compulsory_survey_is_not_published(world):
    found = catalogue(world)
    made = item(world, found, "紧密型县域医共体建设", field="health")
    with pytest.raises(Refused) as answer:
        publish(world, found)
    assert (answer.value.code, answer.value.basis) == ("wrong_time", SURVEY)
    db.session.rollback()
    service.edit_item(
        made,
        fields=ItemFields(
            title="紧密型县域医共体建设", field="health", survey="applicable",
            lead_department_id=world.department["housing"],
        ),
        actor=world.actor("office"),
        now=at("2026-03-04T09:00"),
    )  # fmt: skip
    publish(world, found)
    assert found.published_at is not None


def test_an_import_names_the_rows_that_the_law_rules_out(world):
    table = (
        "序号,决策事项名称,承办单位,配合单位,专家论证,合法性审查,领域,民意调查,是否涉企,公众参与\n"
        "1,甲办法,区住建局,,否,是,其他,,否,是\n"
        "2,乙办法,区住建局,,不适用：不涉及专业性问题,不适用：内部事项,其他,,否,是\n"
        "3,丙办法,,区财政局、区教育局,是,是,其他,,否,是\n"
        "4,丁办法,区卫健局,,是,是,医疗卫生,不需要,是,是\n"
        "5,戊办法,区住建局,,是,是,其他,,是,不适用：不涉及\n"
        "6,己办法,区卫健局,,不适用：不涉及专业性问题,是,医疗卫生,是,是,是\n"
    )
    outcome = service.checked(read(table.encode(), year=2026), year=2026)
    assert [(error.row, error.field, error.basis) for error in outcome.errors] == [
        (2, "expert_reason", "国务院令第713号 第十九条"),
        (3, "legality", "国务院令第713号 第二十五条"),
        (4, "lead_department_id", "国务院令第713号 第十一条"),
        (5, "survey", SURVEY),
        (6, "participation", SURVEY),
    ]
    with pytest.raises(Refused):
        service.import_items(outcome, year=2026, actor=world.actor("office"), now=at("2026-03-02T09:00"))
    good = service.checked(
        read(table.splitlines()[0].encode() + b"\n" + table.splitlines()[6].encode(), year=2026), year=2026
    )
    assert (good.errors, [(row.field, row.survey, row.affects_business) for row in good.items]) == (
        [],
        [("health", "applicable", True)],
    )


def test_the_form_refuses_with_the_article_and_keeps_what_was_written(world, client):
    catalogue(world)
    world.sign_in(client, "office")
    form = {
        "title": "医共体建设方案", "category": "services", "field": "health", "survey": "not",
        "participation": "applicable", "expert": "unknown", "risk": "unknown", "legality": "applicable",
        "deliberation": "applicable", "hearing": "unknown", "body": "government", "affects_business": "",
        "lead_department_id": str(world.department["housing"]),
    }  # fmt: skip
    answer = client.submit("/desk/decisions/2026/items/new", form)
    assert answer.status_code == 422
    assert "这个领域必须开展民意调查" in words(answer.text)
    assert SURVEY in answer.text
    assert "医共体建设方案" in answer.text
    assert client.submit("/desk/decisions/2026/items/new", form | {"survey": "applicable"}).status_code == 303


@pytest.mark.parametrize("line", ["说明 javascript:alert(1)", "没有地址", "坏 https://a b"])
def test_a_link_leads_to_a_page_of_the_web(world, line):
    found = catalogue(world)
    label, _space, url = line.partition(" ")
    with pytest.raises(Refused) as answer:
        item(world, found, links=((label, url),))
    assert answer.value.field == "links"
