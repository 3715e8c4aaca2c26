"""One act a step: the records that a unit makes on the way to the meeting."""

from datetime import date, datetime

from participation import clock
from participation.decisions import rules
from participation.decisions.models import Decision, DecisionPaper
from participation.decisions.service import (
    arguing,
    assessing,
    deliberating,
    hearing_people,
    hearings,
    papers,
    reviewing,
    starting,
)
from tests.world import World

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=clock.SHANGHAI)
POINT = {"kind": "stability", "text": "沿线商户担心停业", "measure": "分段施工，保留通道", "level": "low"}


def day(text: str) -> date:
    return date.fromisoformat(text)


def _by(world: World, login: str = "officer", now: datetime = NOW) -> dict[str, object]:
    return {"actor": world.actor(login), "now": now}


TITLES = {"draft": "草案", "explanation": "起草说明", "decision_text": "正式文本", "interpretation": "解读"}


def paper(
    world: World, decision: Decision, role: str = "draft", text: str = "第一条 车位按需设置。", now: datetime = NOW
) -> DecisionPaper:
    return papers.enter(
        decision, role=role, form="text", title=f"{decision.title}（{TITLES.get(role, '材料')}）", attribute="public",
        text=text,
        **_by(world, now=now),
    )  # fmt: skip


def reference(world: World, decision: Decision, role: str, title: str, now: datetime = NOW) -> DecisionPaper:
    return papers.enter(
        decision, role=role, form="reference", title=title, attribute="not_public", ground_kind="process",
        signed_on=day("2026-09-03"), custodian="区住建局", **_by(world, now=now),
    )  # fmt: skip


def started(world: World, decision: Decision, now: datetime = NOW) -> None:
    starting.start(decision, on=day("2026-07-06"), decided_by="区政府", **_by(world, now=now))


def drafting(world: World, decision: Decision, now: datetime = NOW) -> None:
    paper(world, decision, now=now)
    paper(world, decision, "explanation", "说明为什么要办。", now=now)
    starting.finish_draft(
        decision, on=day("2026-07-20"), study="走访 6 个小区。", asked="区财政局", **_by(world, now=now)
    )


def participation(world: World, decision: Decision, now: datetime = NOW) -> None:
    ways = ["forum"]
    ways += ["survey"] if rules.survey_required(decision) else []
    ways += ["associations"] if rules.business_must_be_heard(decision) else []
    for kind in ways:
        met = hearing_people.hear(
            decision, kind=kind, held_on=day("2026-08-20"), place="北郊镇会议室",
            took_part=[{"group": "firms" if kind == "associations" else "residents", "number": 12}],
            asked=200 if kind == "survey" else 0, answered=180 if kind == "survey" else 0, result="希望车位多些。",
            **_by(world, now=now),
        )  # fmt: skip
        hearing_people.adopt(decision, met, adopted="写进第一条。", on=day("2026-08-25"), **_by(world, now=now))
    if decision.hearing == "applicable":
        hearing(world, decision, now)
    hearing_people.finish_participation(decision, on=day("2026-09-01"), **_by(world, now=now))


PEOPLE = [
    {"name": "张三", "side": "concerned", "stakeholder": True},
    {"name": "李四", "side": "concerned", "stakeholder": True},
    {"name": "王五", "side": "expert", "stakeholder": False},
]


def hearing(world: World, decision: Decision, now: datetime = NOW) -> None:
    who = _by(world, now=now)
    found = hearings.announce(
        decision, on=day("2026-08-03"), planned_on=day("2026-08-24"), place="区政府二楼会议室", **who
    )
    hearings.publish_method(decision, found, on=day("2026-08-04"), method="公开报名，抽签产生。", **who)
    hearings.publish_list(decision, found, on=day("2026-08-12"), participants=PEOPLE, **who)
    hearings.deliver_materials(decision, found, on=day("2026-08-14"), **who)
    hearings.hold(decision, found, on=day("2026-08-24"), attended=3, result="两方赞成，一方要求降价。", **who)
    hearings.sign(decision, found, on=day("2026-08-24"), signed=3, **who)
    hearings.adopt_hearing(decision, found, on=day("2026-08-28"), adopted="降低首小时收费。", **who)


def expert(world: World, decision: Decision, now: datetime = NOW) -> None:
    for name, conclusion in (("赵一", "for"), ("钱二", "against")):
        asked = arguing.ask_expert(
            decision, name=name, field="交通规划", organisation="山东某大学", declared_on=day("2026-08-10"),
            **_by(world, now=now),
        )  # fmt: skip
        arguing.give_opinion(
            decision,
            asked,
            conclusion=conclusion,
            opinion="意见如下。",
            signed_on=day("2026-08-30"),
            **_by(world, now=now),
        )
    arguing.finish_argument(
        decision, on=day("2026-09-02"), way="meeting", adopted="采纳分区收费。",
        not_adopted="暂不立体停车：地质不允许。",
        **_by(world, now=now),
    )  # fmt: skip


def risk(world: World, decision: Decision, now: datetime = NOW) -> None:
    assessing.assess(
        decision, on=day("2026-09-03"), assessor="山东某咨询公司", level="low", points=[POINT], plan="设专线电话。",
        **_by(world, now=now),
    )  # fmt: skip
    reference(world, decision, "risk_report", "风险评估报告", now)
    assessing.finish_risk(decision, on=day("2026-09-03"), **_by(world, now=now))


def legality(world: World, decision: Decision, now: datetime = NOW) -> None:
    sent = reviewing.send_to_review(decision, on=day("2026-09-08"), due_on=day("2026-09-18"), **_by(world, now=now))
    reviewing.conclude_review(
        decision, sent, on=day("2026-09-20"), conclusion="lawful", opinion_title="合法性审查意见书",
        custodian="区司法局", **_by(world, now=now),
    )  # fmt: skip


def package(world: World, decision: Decision, now: datetime = NOW) -> None:
    if rules.business_must_be_heard(decision):
        reference(world, decision, "fair_competition", "公平竞争审查意见", now)
    deliberating.submit_package(decision, on=day("2026-09-22"), **_by(world, "head", now))


def meeting(world: World, decision: Decision, now: datetime = NOW, **other: object) -> None:
    values: dict[str, object] = {
        "kind": "executive",
        "session": "第 23 次",
        "outcome": "approved",
        "on": day("2026-09-28"),
    }
    deliberating.deliberate(
        decision, minutes_title="第 23 次常务会议纪要", custodian="区政府办公室",
        **(values | other), **_by(world, now=now),
    )  # fmt: skip


def deliberation(world: World, decision: Decision, now: datetime = NOW) -> None:
    package(world, decision, now)
    meeting(world, decision, now)


ACTS = {
    "started": started, "drafting": drafting, "participation": participation, "expert": expert, "risk": risk,
    "legality": legality, "deliberation": deliberation,
}  # fmt: skip
