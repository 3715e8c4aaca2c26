"""Proposals of the small test district, made by the services."""

from datetime import date

from participation.access import ANYONE
from participation.consultations.rules.comments import ContactAddress
from participation.decisions.models import Catalogue, Proposal, ProposalCall
from participation.decisions.service import calls, proposing, studying
from participation.decisions.service.fields import ItemFields
from participation.decisions.service.proposing import Keys, Said
from participation.extensions import db
from tests.decisions.district import at, catalogue
from tests.world import World

SAID = Said(
    "学校周边停车怎么管",
    "放学时接送车辆把路堵死，救护车进不来。建议区政府定一个学校周边停车的办法。",
    "关系到全区两万名学生。",
)
_made = iter(range(1, 10_000))


def called(world: World, *, year: int = 2026, now: str = "2026-03-02T09:00", until: str = "2026-04-10") -> ProposalCall:
    found = catalogue(world, year=year, now=now)
    office = world.actor("office")
    calls.publish_criteria(found, actor=office, now=at(now))
    call = calls.open_call(
        found,
        text="请提出今年应当由区政府决定的重大事项。",
        ways="来信请寄区政府办公室；电话 0533-0000000。",
        opens_on=at(now).date(),
        closes_on=date.fromisoformat(until),
        answer_by=date(year, 6, 15),
        actor=office,
        now=at(now),
    )
    db.session.commit()
    return call


def keys() -> Keys:
    number = next(_made)
    return Keys(f"submission-{number}", f"secret-{number}")


def received(world: World, *, now: str = "2026-03-20T20:14", said: Said = SAID, **changes: object) -> Proposal:
    values: dict[str, object] = {
        "origin": "citizen",
        "author_name": "张建国",
        "contact": ContactAddress("sms", "13800001234"),
        "shown": "named",
        "keys": keys(),
    }
    made = proposing.receive(said, **(values | changes), actor=ANYONE, now=at(now))
    db.session.commit()
    return made


def studied(world: World, proposal: Proposal, *, on: str = "2026-04-20") -> Proposal:
    office, now = world.actor("office"), at(f"{on}T10:00")
    studying.begin_study(proposal, department_id=world.department["housing"], actor=office, now=now)
    studying.record_study(
        proposal, by="区住建局会同区教体局", on=now.date(), result="问题属实，建议列入目录。", actor=office, now=now
    )
    db.session.commit()
    return proposal


def taken(world: World, proposal: Proposal, found: Catalogue, *, title: str = "学校周边停车管理办法"):
    item = studying.take(
        proposal,
        catalogue=found,
        fields=ItemFields(title=title, category="regulation", lead_department_id=world.department["housing"]),
        decided_on=date(2026, 5, 8),
        actor=world.actor("office"),
        now=at("2026-05-09T09:00"),
    )
    db.session.commit()
    return item
