"""Letters that are answered, for tests of what comes after."""

from datetime import datetime

from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter
from tests.duties.notices import at
from tests.mailbox import letters
from tests.world import World

ANSWER = "六盏路灯已经修好，责任科室电话 0533-6180000。"


def assigned(world: World, now: str = "2026-11-16T10:00", unit: str = "housing", **changes: object) -> Letter:
    letter = letters.received(at(now), **changes)
    if letter.stage == "received":
        service.assign(letter, department_id=world.department[unit], actor=world.actor("office"), now=at(now))
        db.session.commit()
    return letter


def answer(world: World, letter: Letter, now: str | datetime, text: str = ANSWER) -> None:
    moment = at(now) if isinstance(now, str) else now
    officer, head = (
        ("officer", "head")
        if letter.department_id == world.department["housing"]
        else (
            "utilities",
            "utilities_head",
        )
    )
    service.submit(letter, text=text, contact="", version=None, actor=world.actor(officer), now=moment)
    service.approve(letter, actor=world.actor(head), now=moment)
    db.session.commit()


def answered(world: World, now: str = "2026-11-18T15:00", **changes: object) -> Letter:
    """Received on Monday 16 November 2026, answered by the housing bureau on Wednesday."""
    letter = assigned(world, **changes)
    answer(world, letter, now)
    return letter


def refused(world: World, now: str = "2026-11-16T15:00") -> Letter:
    letter = letters.received(at("2026-11-16T10:00"))
    service.refuse(
        letter,
        ground="repeat",
        text="同一件事上个月已经答复。",
        proper_channel="以前的答复",
        actor=world.actor("office"),
        now=at(now),
    )
    db.session.commit()
    return letter


def reopen(letter: Letter, now: str | datetime, reason: str = "第二个问题没有回答：国庆节前能不能修好？") -> None:
    from participation.access import ANYONE

    moment = at(now) if isinstance(now, str) else now
    service.reopen(letter, cause="writer", reason=reason, actor=ANYONE, now=moment, by_writer=True)
    db.session.commit()
