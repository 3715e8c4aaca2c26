"""A letter about a unit that goes through everything a letter can go through: joint handling, merging,
extension, supervision, reopening, sampling, an import, figures. Whoever belongs to that unit walks every
address, every export and every feed, and finds no trace; nor do the logs have one."""

import logging
from datetime import date, timedelta

import pytest

from participation import clock
from participation.access import ANYONE
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter
from participation.mailbox.queries import joints, promises
from participation.mailbox.queries import samples as sample_queries
from participation.mailbox.queries import supervision as supervisions
from participation.mailbox.service import samples, supervising
from tests.contracts.test_restricted import doubly as doubly
from tests.contracts.test_restricted import naming
from tests.mailbox import letters

CANARY = "银杏巷的回扣"
SHARED = "从九月起这里的六盏路灯全部不亮，晚上走路摔过人，请问归谁管，什么时候能修好"
NOW = "2026-12-09T09:00"


def tell(letter: Letter) -> tuple[str, ...]:
    return letter.number, CANARY, "银杏巷"


@pytest.fixture
def everything(app, world, played, doubly) -> list[Letter]:
    """Two letters of one writer about the housing bureau; the utilities centre has them, the town helps."""
    unit = {key: world.department[key] for key in world.department}
    about = {"about_department_id": unit["housing"]}
    act = world.actor
    with played("2026-11-23T09:00"):
        lead = letters.received(
            clock.now(), title=f"住建局{CANARY}", text=f"{SHARED}。{CANARY} 800 元", place="银杏巷", **about
        )
    with played("2026-11-23T10:00"):
        again = letters.received(clock.now(), title=f"再说{CANARY}", text=f"还是{CANARY}", place="银杏巷", **about)
        plain = letters.received(clock.now(), title="路灯不亮", text=SHARED, author_name="王芳")
        service.assign(plain, department_id=unit["housing"], actor=act("office"), now=clock.now())
    with played("2026-11-23T11:00"):
        service.assign(lead, department_id=unit["utilities"], actor=act("office"), now=clock.now())
        service.merge(again, lead=lead, actor=act("office"), now=clock.now())
        service.join(lead, department_id=unit["town"], task=f"查{CANARY}", actor=act("office"), now=clock.now())
        service.reclassify(lead, into="petition", basis=f"{CANARY}是申诉", actor=act("office"), now=clock.now())
        db.session.commit()
    with played("2026-11-24T09:00"):
        part = joints.own_part(lead, act("town"))
        service.contribute(lead, part, text=f"{CANARY}属实", version=part.version, actor=act("town"), now=clock.now())
        service.ask_extension(
            lead, workdays=1, reason=f"查{CANARY}", interim=f"{CANARY}在查", actor=act("utilities"), now=clock.now()
        )
        service.approve_extension(lead, actor=act("office"), now=clock.now())
        db.session.commit()
    with played("2026-12-04T09:00"):
        service.cards_due(now=clock.now())
        supervising.open_automatically(service.answer_duty(lead).id, now=clock.now())
        db.session.commit()
        for row in supervisions.listed(act("office")):
            supervising.respond(
                row.supervision, row.letter, text=f"{CANARY}难查", answer_by=date(2026, 12, 4),
                actor=act("utilities_head"), now=clock.now(),
            )  # fmt: skip
        answer(world, lead)
    with played("2026-12-05T09:00"):
        service.rate(lead, attitude=1, speed=1, result=1, remark=CANARY, actor=ANYONE, now=clock.now())
        service.reopen(lead, cause="writer", reason=f"{CANARY}没有查", actor=ANYONE, now=clock.now(), by_writer=True)
        db.session.commit()
        answer(world, lead)
        sample = samples.draw(
            first=date(2026, 11, 1), last=date(2026, 12, 31), size=9, actor=act("auditor"), now=clock.now()
        )
        db.session.commit()
        for row in sample_queries.items(act("auditor"), sample.id):
            samples.judge(
                row.item, row.letter, verdict="perfunctory", reason=CANARY, actor=act("auditor"), now=clock.now()
            )
        later = letters.received(clock.now(), title=f"补充{CANARY}", text=CANARY, supplements_id=lead.id)
        phoned = letters.received(
            clock.now(), title=f"来电{CANARY}", text=CANARY, channel="phone", actor=act("office"), contact=None,
            received_on=clock.local_date(clock.now()) - timedelta(days=4), **about,
        )  # fmt: skip
        doubted = letters.received(
            clock.now(), title=f"又来电{CANARY}", text=CANARY, channel="phone", actor=act("office"), contact=None,
            received_on=clock.local_date(clock.now()) - timedelta(days=4), **about,
        )  # fmt: skip
        doubted.gap_department_id = unit["utilities"]
        service.object_to_day(doubted, reason=f"{CANARY}早就来过", actor=act("utilities_head"), now=clock.now())
        db.session.commit()
    assert promises.waiting(act("utilities"))
    return [lead, again, later, phoned, doubted]


def answer(world, letter: Letter) -> None:
    service.submit(
        letter, text=f"经查，{CANARY}属实。我们12月25日前退清{CANARY}的钱。", contact="", version=None,
        actor=world.actor("utilities"), now=clock.now(),
    )  # fmt: skip
    service.approve(letter, actor=world.actor("utilities_head"), now=clock.now())
    db.session.commit()


@pytest.mark.long
@pytest.mark.parametrize("login", ["officer", "head", "doubly"])
def test_who_belongs_to_the_unit_finds_no_trace(app, world, played, everything, login, caplog):
    words = tuple({word for letter in everything for word in tell(letter)})
    with played(NOW), caplog.at_level(logging.DEBUG):
        assert naming(app, world, login, words) == []
    assert [
        record.getMessage() for record in caplog.records if any(word in record.getMessage() for word in words)
    ] == []


@pytest.mark.long
def test_the_walk_finds_it_for_those_who_may(app, world, played, everything):
    """Otherwise the walk above would prove nothing."""
    words = tuple({word for letter in everything for word in tell(letter)})
    with played(NOW):
        found = set(naming(app, world, "office", words))
    assert {"/dispatch", "/supervision"} & found
    with played(NOW):
        assert f"/desk/{everything[0].id}" in set(naming(app, world, "utilities", words))


def test_the_restricted_letters_raise_no_public_figure_of_a_unit(app, world, played, everything):
    with played(NOW):
        client = app.test_client()
        for path in ("/letters/figures", "/letters/figures/2026-11", "/letters", "/letters.atom", "/board"):
            page = client.get(path).text
            assert not any(word in page for letter in everything for word in tell(letter)), path
