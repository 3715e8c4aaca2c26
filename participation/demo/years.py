"""The years around the year: what the last one left, what was added in October, what the next prepares."""

from datetime import date, datetime, timedelta

from participation.access import Role
from participation.decisions import service
from participation.decisions.service.fields import ItemFields
from participation.demo import decisions, lives
from participation.demo.decisions import Item, catalogue_of
from participation.demo.stage import Stage, moment
from participation.demo.texts import stories_more as texts
from participation.demo.texts.catalogue import CRITERIA

FIRST_STEPS = ((10, "start"), (25, "draft"), (40, "meet"), (42, "participate"), (50, "argue"), (55, "assess"),
               (60, "send"), (75, "review"), (77, "submit"), (80, "discuss"), (83, "prepare"), (85, "publish"),
               (90, "begin"), (93, "file"))  # fmt: skip
"""Days after the publication of last year's catalogue."""
CARRIED_STEPS = ((230, "start"), (220, "draft"), (150, "meet"), (148, "participate"), (140, "argue"),
                 (135, "assess"), (60, "send"), (45, "review"), (40, "submit"), (9, "discuss"))  # fmt: skip


def last_published_on(year: int) -> date:
    return date(year - 1, 5, 20)


def begun_on(year: int) -> date:
    """The first day of everything that is played here."""
    return last_published_on(year) - timedelta(days=50)


def plan(stage: Stage, *, year: int) -> None:
    """Puts the catalogues of three years, but the middle one's own items, on the plan."""
    office = stage.actor("ZFB", Role.OFFICE)
    _plan_last(stage, year)
    published = decisions.published_on(stage.today)
    stage.at(moment(published - timedelta(days=13), 14), lambda now: _carry(year, now, office))
    _plan_carried(stage, year)
    october = date(year, 10, 12)
    stage.at(moment(october, 9), lambda now: _add(stage, year, now))
    stage.at(moment(october, 16), lambda now: decisions.publish(year, now, office, reason=texts.OCTOBER_REASON))
    stage.at(moment(stage.today - timedelta(days=40), 15), lambda now: _adjust(stage, year, now))
    stage.at(moment(stage.today - timedelta(days=20), 15), lambda now: _remove(year, now, office))
    if stage.today < date(year + 1, 6, 1):
        stage.at(moment(stage.today - timedelta(days=5), 9), lambda now: _begin_next(stage, year, now))


def _plan_last(stage: Stage, year: int) -> None:
    office = stage.actor("ZFB", Role.OFFICE)
    published = last_published_on(year)
    stage.at(moment(begun_on(year), 9), lambda now: _begin_last(stage, year, now))
    stage.at(moment(published, 15), lambda now: decisions.publish(year - 1, now, office))
    ended = Item(year - 1, 3)
    stage.at(
        moment(date(year - 1, 10, 20), 11),
        lambda now: service.terminate(ended(), reason=texts.LAST_ENDED, actor=office, now=now),
    )
    waste = lives.life(stage, texts.WASTE, year - 1, 1)
    for after, name in FIRST_STEPS:
        lives.at(stage, published + timedelta(days=after), 1, waste.act(name))
    today = stage.today
    lives.reports(stage, waste, published + timedelta(days=90), today)
    assert waste.story.outcome is not None
    advice = texts.WASTE_ADVICE
    lives.at(stage, today - timedelta(days=75), 1, waste.evaluate)
    lives.at(
        stage,
        today - timedelta(days=50),
        1,
        lambda now: waste.evaluated(now, conclusion="amend", advice=advice),
    )
    lives.at(
        stage,
        today - timedelta(days=40),
        1,
        lambda now: service.rerun(
            waste.decision, reason=texts.WASTE_REASON, decided_by="区政府常务会议", actor=office, now=now
        ),
    )
    lives.at(stage, today - timedelta(days=18), 1, waste.draft_again)


def _begin_last(stage: Stage, year: int, now: datetime) -> None:
    office = stage.actor("ZFB", Role.OFFICE)
    catalogue = service.begin_year(year=year - 1, criteria=CRITERIA, actor=office, now=now)
    for number, title, category, lead, joint, basis, field, firms, planned in texts.LAST_YEAR:
        said = decisions.fields(
            stage, title, category, lead, joint, basis, field=field, firms=firms, planned=f"{year - 1}年{planned}",
            year=year - 1, number=number,
        )  # fmt: skip
        service.add_item(catalogue, fields=said, actor=office, now=now)


def _carry(year: int, now: datetime, office) -> None:  # type: ignore[no-untyped-def]
    service.carry_over(
        Item(year - 1, 2)(), into=catalogue_of(year), reason=texts.LAST_CARRIED, planned_text=f"{year}年12月",
        actor=office, now=now,
    )  # fmt: skip


def _plan_carried(stage: Stage, year: int) -> None:
    sewer = lives.life(stage, texts.SEWER, year - 1, 2)
    for back, name in CARRIED_STEPS:
        lives.at(stage, stage.today - timedelta(days=back), 14, sewer.act(name))


def _add(stage: Stage, year: int, now: datetime) -> None:
    office = stage.actor("ZFB", Role.OFFICE)
    for title, category, lead, joint, basis in texts.OCTOBER:
        said = decisions.fields(stage, title, category, lead, joint, basis, planned=f"{year + 1}年第一季度", year=year)
        service.add_item(catalogue_of(year), fields=said, actor=office, now=now)


def _adjust(stage: Stage, year: int, now: datetime) -> None:
    """Two procedures in one decision: another title, one unit more, a later time."""
    decision = Item(year, 8)()
    said = decisions.fields(
        stage, "公共租赁住房保障范围、租金标准和退出管理办法", decision.category, "ZJJ", ("CZJ", "MZJ", "SPJ"),
        decision.basis, hearing=True, planned=f"{year + 1}年3月", year=year, number=8,
    )  # fmt: skip
    service.adjust_item(
        decision, fields=said, reason=texts.ADJUSTED, approved_on=now.date() - timedelta(days=2),
        actor=stage.actor("ZFB", Role.OFFICE), now=now,
    )  # fmt: skip


def _remove(year: int, now: datetime, office) -> None:  # type: ignore[no-untyped-def]
    service.remove_item(
        Item(year, 10)(), reason=texts.REMOVED, approved_on=now.date() - timedelta(days=1), actor=office, now=now
    )


def _begin_next(stage: Stage, year: int, now: datetime) -> None:
    """The next year's draft: an item that is taken over, and one that is not complete yet."""
    office = stage.actor("ZFB", Role.OFFICE)
    catalogue = service.begin_year(year=year + 1, criteria=CRITERIA, actor=office, now=now)
    service.carry_over(
        Item(year, 7)(), into=catalogue, reason=texts.CARRIED, planned_text=f"{year + 1}年5月", actor=office, now=now
    )
    title, category, lead, joint = texts.NEXT
    unfinished = ItemFields(
        title=title, category=category, field="health", lead_department_id=stage.department[lead],
        joint_units=tuple(decisions.NAMES[code] for code in joint),
    )  # fmt: skip
    service.add_item(catalogue, fields=unfinished, actor=office, now=now)
