"""Quarterly reports: owed by themselves, once, also when the clock was away; public; evaluation by a stranger."""

from datetime import date, datetime

import pytest

from participation.decisions import jobs, service
from participation.decisions.models import Decision
from participation.decisions.models.expert import DecisionExpert
from participation.decisions.models.progress_report import DecisionQuarter
from participation.decisions.models.risk import DecisionRisk
from participation.decisions.quarters import Quarter, ended, quarter_of
from participation.decisions.service.recording import enter
from participation.duties import queries as duties
from participation.errors import Refused
from participation.extensions import db
from tests.decisions import aftermath
from tests.decisions.district import at, go_to, published_item
from tests.world import World


def begun(world: World) -> int:
    decision = published_item(world)
    go_to(world, decision, "deliberation")
    aftermath.publish_all(world, decision)
    aftermath.begin(world, decision)
    return decision.id


@pytest.fixture
def executing(kept) -> Decision:
    return db.session.get_one(Decision, kept(begun))


def quarters() -> list[DecisionQuarter]:
    return db.session.query(DecisionQuarter).order_by(DecisionQuarter.id).all()


def test_quarters_of_the_calendar():
    assert quarter_of(date(2026, 12, 31)) == Quarter(2026, 4)
    assert (Quarter(2026, 4).first, Quarter(2026, 4).last) == (date(2026, 10, 1), date(2026, 12, 31))
    assert Quarter(2024, 1).last == date(2024, 3, 31)
    assert list(ended(date(2026, 10, 20), date(2026, 12, 31))) == []
    assert list(ended(date(2026, 10, 20), date(2027, 4, 1))) == [Quarter(2026, 4), Quarter(2027, 1)]


def test_the_duty_opens_when_the_quarter_has_ended_and_only_once(world, executing):
    assert jobs.open_quarters(now=at("2026-12-31T23:00")) == 0
    assert jobs.open_quarters(now=at("2027-01-01T00:10")) == 1
    assert jobs.open_quarters(now=at("2027-01-02T00:10")) == 0
    [row] = quarters()
    duty = duties.duty_for("decision_quarter", row.id, "progress_report")
    assert (row.year, row.quarter, duty.basis) == (2026, 4, "promise")
    assert duty.department_id == world.department["utilities"]
    assert duty.started_on == date(2026, 12, 31)
    assert duty.workdays == 10


def test_a_clock_that_was_away_catches_up(world, executing):
    assert jobs.open_quarters(now=at("2027-07-02T00:10")) == 3
    assert [(row.year, row.quarter) for row in quarters()] == [(2026, 4), (2027, 1), (2027, 2)]


def test_a_report_meets_its_duty_and_a_quarter_is_reported_once(world, executing):
    jobs.open_quarters(now=at("2027-01-01T00:10"))
    made = aftermath.report(world, executing, year=2026, quarter=4, now="2027-01-08T09:00")
    assert (made.from_on, made.to_on) == (date(2026, 10, 20), date(2026, 12, 31))
    duty = duties.duty_for("decision_quarter", made.quarter_id, "progress_report")
    assert (duty.met_at, duty.met_late) == (at("2027-01-08T09:00"), False)
    with pytest.raises(Refused) as found:
        aftermath.report(world, executing, year=2026, quarter=4, now="2027-01-09T09:00")
    assert found.value.code == "wrong_time"


def test_a_report_before_the_clock_came_has_its_duty_too(world, executing):
    made = aftermath.report(world, executing, year=2026, quarter=4, now="2027-01-08T09:00")
    assert duties.duty_for("decision_quarter", made.quarter_id, "progress_report").met_at is not None
    assert jobs.open_quarters(now=at("2027-01-09T00:10")) == 0


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"quarter": 1, "year": 2027}, "quarter"),
        ({"quarter": 3}, "quarter"),
        ({"text": "好"}, "text"),
        ({"figures": [{"name": "车位", "value": ""}]}, "figures"),
        ({"paper_id": 99}, "paper_id"),
    ],
)
def test_what_a_report_must_say(world, executing, values, field):
    with pytest.raises(Refused) as found:
        aftermath.report(world, executing, **({"year": 2026, "quarter": 4} | values), now="2027-01-08T09:00")
    assert found.value.field == field


def test_others_do_not_report(world, executing):
    with pytest.raises(Refused) as found:
        service.report_progress(
            executing,
            year=2026,
            quarter=4,
            text="我们来报告一下进展情况。",
            actor=world.actor("town"),
            now=at("2027-01-08T09:00"),
        )
    assert (found.value.code, found.value.basis) == ("forbidden", "国务院令第713号 第三十四条")


def test_a_difficulty_is_reported_at_any_time(world, executing):
    made = service.report_problem(
        executing, on=date(2026, 11, 10), text="泊位划线已经暂停三天。", problems="两条路段正在修管网，无法划线。",
        actor=world.actor("utilities"), now=at("2026-11-10T09:00"),
    )  # fmt: skip
    assert (made.quarter_id, made.to_on) == (None, date(2026, 11, 10))


def test_nothing_is_owed_after_the_decision_is_carried_out(world, executing):
    aftermath.finish(world, executing)
    assert jobs.open_quarters(now=at("2027-07-02T00:10")) == 0


def before(world: World, decision: Decision, now: datetime) -> None:
    expert = DecisionExpert(
        name="王建国", field="交通", organisation="山东理工大学", declared_on=date(2026, 8, 1), conclusion="for",
        opinion="同意", signed_on=date(2026, 8, 20),
    )  # fmt: skip
    risk = DecisionRisk(on=date(2026, 9, 1), assessor="淄博齐信工程咨询有限公司", points=[], level="low")
    for record in (expert, risk):
        enter(record, decision=decision, verb="decision.experts_heard", actor=world.actor("officer"), now=now)
    db.session.commit()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"assessor": "山东理工大学"}, "assessor"),
        ({"assessor": "齐信工程咨询公司（淄博）"}, "assessor"),
        ({"people": "李明、王 建国教授"}, "people"),
    ],
)
def test_whoever_assessed_before_is_barred_also_under_another_spelling(world, executing, values, field):
    before(world, executing, at("2026-11-01T09:00"))
    with pytest.raises(Refused) as found:
        aftermath.begin_evaluation(world, executing, **values)
    assert (found.value.field, found.value.basis) == (field, "国务院令第713号 第三十六条")


def test_an_evaluation_keeps_what_it_says_and_its_report(world, executing):
    before(world, executing, at("2026-11-01T09:00"))
    aftermath.begin_evaluation(world, executing)
    for values, field in (
        ({"conclusion": "maybe"}, "conclusion"),
        ({"conclusion": "amend"}, "advice"),
        ({"paper_id": None}, "paper_id"),
        ({"heard": ""}, "heard"),
    ):
        with pytest.raises(Refused) as found:
            aftermath.finish_evaluation(world, executing, **values)
        assert found.value.field == field
    made = aftermath.finish_evaluation(world, executing, conclusion="amend", advice="夜间时段再缩短一小时。")
    assert (made.conclusion, executing.stage) == ("amend", "evaluated")
    service.rerun(executing, reason="按评估意见作重大调整", actor=world.actor("office"), now=at("2027-04-01T09:00"))
    assert executing.round == 2


def test_whoever_evaluated_once_does_not_do_it_again(world, executing):
    aftermath.begin_evaluation(world, executing)
    aftermath.finish_evaluation(world, executing)
    service.reverse(
        executing, step="evaluated", reason="报告有误", actor=world.actor("head"), now=at("2027-03-25T09:00")
    )
    db.session.commit()
    aftermath.begin_evaluation(world, executing, now="2027-03-26T09:00")
