"""Decisions of the small test district, made by the services."""

from datetime import date, datetime

from participation import clock
from participation.decisions import queries, service
from participation.decisions.models import Catalogue, Decision
from participation.decisions.service.fields import ItemFields
from participation.extensions import db
from tests.decisions import chained
from tests.world import World


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=clock.SHANGHAI)


def catalogue(world: World, *, year: int = 2026, now: str = "2026-03-02T09:00") -> Catalogue:
    found = service.begin_year(year=year, criteria="下列事项列入目录。", actor=world.actor("office"), now=at(now))
    db.session.commit()
    return found


def item(world: World, found: Catalogue, title: str = "机动车停车管理办法", **fields: object) -> Decision:
    values: dict[str, object] = {"category": "regulation", "lead_department_id": world.department["housing"]}
    made = service.add_item(
        found,
        fields=ItemFields(title=title, **(values | fields)),
        actor=world.actor("office"),
        now=at("2026-03-03T09:00"),
    )
    db.session.commit()
    return made


def publish(world: World, found: Catalogue, *, now: str = "2026-06-24T10:00", reason: str = "") -> None:
    batch = found.draft
    assert batch is not None
    service.record_approvals(
        batch,
        government_approved_on=date(2026, 6, 18),
        government_meeting="第 12 次常务会议",
        party_agreed_on=date(2026, 6, 22),
        actor=world.actor("office"),
        now=at(now),
    )
    service.publish_batch(batch, reason=reason, actor=world.actor("office"), now=at(now))
    db.session.commit()


def published_item(world: World, title: str = "机动车停车管理办法", **fields: object) -> Decision:
    found = queries.catalogue_of(2026) or catalogue(world)
    made = item(world, found, title, **fields)
    publish(world, found)
    return made


STEPS = {
    "started": "2026-07-06",
    "drafting": "2026-07-20",
    "participation": "2026-09-01",
    "expert": "2026-09-02",
    "risk": "2026-09-03",
    "legality": "2026-09-20",
    "deliberation": "2026-09-28",
    "published": "2026-10-08",
    "executing": "2026-10-20",
    "evaluated": "2026-11-20",
}
PLAYED = ("started", "drafting", "participation", "expert", "risk", "legality", "deliberation")


def go_to(world: World, decision: Decision, last: str) -> None:
    """Every step up to and with `last`, with real records: on the days of STEPS."""
    play(world, decision, until=last if last in PLAYED else PLAYED[-1])
    if last in PLAYED:
        return
    from tests.decisions import aftermath

    aftermath.publish_all(world, decision)
    if last == "published":
        return
    aftermath.begin(world, decision, unit="housing")
    aftermath.finish(world, decision, now=f"{STEPS['executing']}T17:00")
    if last == "evaluated":
        aftermath.begin_evaluation(world, decision, now="2026-11-02T09:00")
        aftermath.finish_evaluation(world, decision, now=f"{STEPS['evaluated']}T09:00")


def play(world: World, decision: Decision, *, until: str = "deliberation", now: datetime = chained.NOW) -> None:
    """The chain with real records, as a unit would make them, up to and with the step `until`; what is
    recorded already stays. Days are those of STEPS."""
    recorded = {row.step for row in decision.steps}
    for step in PLAYED:
        if step not in recorded:
            chained.ACTS[step](world, decision, now)
            db.session.commit()
        if step == until:
            return
