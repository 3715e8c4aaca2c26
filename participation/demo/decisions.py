"""The 2026 catalogue: begun in January, published in March, its items at every stage today."""

from datetime import date, datetime, timedelta

from participation.access import Role
from participation.decisions import queries, service
from participation.decisions.importing import dates
from participation.decisions.lifecycle import STEPS
from participation.decisions.rules import SURVEY_FIELDS
from participation.decisions.service.fields import ItemFields
from participation.demo.people import DEPARTMENTS
from participation.demo.stage import Stage, moment
from participation.demo.texts.catalogue import AFFECTS_BUSINESS, CRITERIA, FIELD_OF, ITEMS

NAMES = {code: name for code, name, *_rest in DEPARTMENTS}
ORDER = tuple(STEPS)
# Which days, counted back from today, the steps of an item happened on.
DAYS = {"started": 225, "drafting": 190, "participation": 60, "expert": 75, "risk": 50, "legality": 32,
        "deliberation": 26, "published": 24, "executing": 20, "evaluated": 6}  # fmt: skip
NOT_PUBLIC = {"legality": "过程性信息，内部审查意见不予公开（政府信息公开条例第十六条）"}
DOCUMENTS = {
    "started": "承办单位确定单", "drafting": "决策草案", "participation": "公众参与意见报告", "expert": "专家论证意见",
    "risk": "社会稳定风险评估报告", "deliberation": "区政府常务会议纪要摘要", "published": "印发文件和解读材料",
    "executing": "执行情况季度报告", "evaluated": "决策后评估报告",
}  # fmt: skip


def year_of(today: date) -> int:
    """The catalogue whose items can have come all the way by today: early in a year, last year's."""
    return (today - timedelta(days=315)).year


def published_on(today: date) -> date:
    """The day of publication: in spring, and never after 22 June of its year (due by the 30th)."""
    year = year_of(today)
    return min(max(date(year, 3, 16), today - timedelta(days=240)), date(year, 6, 22))


def begun_on(today: date) -> date:
    return published_on(today) - timedelta(days=60)


def plan(stage: Stage, *, year: int) -> None:
    """Puts the year on the plan: begin, items, approvals, publication, then the steps."""
    began = moment(begun_on(stage.today), 9, 10)
    published = moment(published_on(stage.today), 15, 30)
    office = stage.actor("ZFB", Role.OFFICE)
    stage.at(began, lambda now: _begin(stage, year, now))
    stage.at(published, lambda now: _publish(year, now, office))
    for item in ITEMS:
        _plan_steps(stage, year, item)


def _begin(stage: Stage, year: int, now: datetime) -> None:
    office = stage.actor("ZFB", Role.OFFICE)
    catalogue = service.begin_year(year=year, criteria=CRITERIA, actor=office, now=now)
    for number, title, category, lead, joint, basis, hearing, planned, _stage in ITEMS:
        when, field = dates.read(planned, year=year), FIELD_OF[number]
        applicable = {
            key: {"state": "applicable", "reason": ""}
            for key in ("participation", "expert", "risk", "legality", "deliberation")
        }
        service.add_item(
            catalogue,
            fields=ItemFields(
                title=title,
                category=category,
                lead_department_id=stage.department[lead],
                lead_unit=NAMES[lead],
                joint_units=tuple(NAMES[code] for code in joint),
                basis=basis,
                procedures=applicable,
                hearing="applicable" if hearing else "not",
                field=field,
                survey="applicable" if field in SURVEY_FIELDS else "not",
                affects_business=number in AFFECTS_BUSINESS,
                planned_text=planned,
                planned_from=when.start,
                planned_to=when.end,
                number=number,
            ),
            actor=office,
            now=now,
        )


def _publish(year: int, now: datetime, office) -> None:  # type: ignore[no-untyped-def]
    catalogue = queries.catalogue_of(year)
    assert catalogue is not None
    batch = catalogue.batches[0]
    service.record_approvals(
        batch,
        government_approved_on=now.date() - timedelta(days=12),
        party_agreed_on=now.date() - timedelta(days=5),
        government_meeting=f"区政府第 {year - 1964} 次常务会议",
        actor=office,
        now=now,
    )
    service.publish_batch(batch, actor=office, now=now)


def _plan_steps(stage: Stage, year: int, item) -> None:  # type: ignore[no-untyped-def]
    number, title, target = item[0], item[1], item[8]
    reached = "risk" if target == "suspended" else target
    office = stage.actor("ZFB", Role.OFFICE)
    for step in ORDER[1 : ORDER.index(reached) + 1]:
        state = "now" if step == reached and step not in ("executing", "evaluated") else "done"
        if reached in ("participation", "expert", "risk") and step in ("participation", "expert", "risk"):
            state = "now"
        if step == "participation" and number in (1, 2, 4):
            state = "now"  # their consultations decide when it is done
        if step in NOT_PUBLIC and state == "done":
            state = "not_public"
        day = stage.today - timedelta(days=DAYS[step] + (number % 5))
        if number == 4 and step in ("legality", "deliberation", "published", "executing"):
            continue
        stage.at(
            moment(day, 10, 5 + number),
            lambda now, step=step, state=state: record(year, title, step, state, now.date(), office, now),
        )
    if target == "suspended":
        stage.at(moment(stage.today - timedelta(days=14), 11), lambda now: _suspend(year, title, office, now))


def record(year: int, title: str, step: str, state: str, on: date, office, now: datetime) -> None:  # type: ignore[no-untyped-def]
    """Records one step of the item with this title."""
    decision = item_titled(year, title)
    service.record_step(
        decision,
        step=step,
        state=state,
        on=on,
        document_title=f"{title}：{DOCUMENTS[step]}" if step in DOCUMENTS and state == "done" else "",
        ground=NOT_PUBLIC.get(step, "") if state == "not_public" else "",
        earlier=True,
        actor=office,
        now=now,
    )


def item_titled(year: int, title: str):  # type: ignore[no-untyped-def]
    catalogue = queries.catalogue_of(year)
    assert catalogue is not None
    found = queries.item_titled(catalogue.id, title)
    decision = queries.decision(found) if found is not None else None
    assert decision is not None, title
    return decision


def _suspend(year: int, title: str, office, now: datetime) -> None:  # type: ignore[no-untyped-def]
    service.suspend(
        item_titled(year, title),
        reason="省级医疗机构设置规划正在调整，扩建规模需要重新核定，暂缓提请审议。",
        actor=office,
        now=now,
    )
