"""Random acts by random people, on a real database: the stages and the clock hold whatever is tried."""

from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest

from participation import clock
from participation.access import ANYONE
from participation.duties import queries as duty_queries
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.lifecycle import OPEN, STAGES
from participation.mailbox.models import Letter
from participation.mailbox.queries.letters import answer_of
from tests.mailbox import letters

LOGINS = ("office", "officer", "head", "utilities", "utilities_head", "auditor", "administrator")
ACTS = (
    "assign",
    "transfer",
    "give_back",
    "save_draft",
    "submit",
    "send_back",
    "approve",
    "refuse",
    "restrict",
    "withdraw",
)


def act(name, letter, who, department, now):
    """One act as a page would ask for it; its refusal passes."""
    answer = answer_of(letter)
    draft = {"text": "答复", "contact": "", "version": answer.version if answer else None}
    acts = {
        "assign": lambda: service.assign(
            letter, department_id=department, reason="理由", basis="依据", actor=who, now=now
        ),
        "transfer": lambda: service.transfer(letter, department_id=department, reason="理由", actor=who, now=now),
        "give_back": lambda: service.give_back(letter, reason="理由", basis="依据", actor=who, now=now),
        "save_draft": lambda: service.save_draft(letter, **draft, actor=who, now=now),
        "submit": lambda: service.submit(letter, **draft, actor=who, now=now),
        "send_back": lambda: service.send_back(letter, reason="理由", actor=who, now=now),
        "approve": lambda: service.approve(letter, actor=who, now=now),
        "refuse": lambda: service.refuse(
            letter, ground="repeat", text="理由", proper_channel="去处", actor=who, now=now
        ),
        "restrict": lambda: service.restrict(letter, about_department_id=department, actor=who, now=now),
        "withdraw": lambda: service.withdraw(letter, actor=ANYONE, now=now),
    }
    acts[name]()


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_tried_the_stage_is_legal_and_the_date_stays(world, played, seed):
    chance = Random(seed)
    with played("2026-09-28T09:00"):
        now = clock.now()
        letter_id = letters.received(now).id
    first = service.answer_duty(db.session.get(Letter, letter_id))
    start, due = first.started_at, first.due_at
    actors = [world.actor(login) for login in LOGINS]
    for _ in range(40):
        now += timedelta(hours=chance.randrange(1, 9))
        letter = db.session.get(Letter, letter_id)
        before = letter.stage
        # Withdrawal and refusal end it: rarely, so that long histories are tried as well.
        name = chance.choice(ACTS[:7] * 4 + ACTS)
        with clock.played(now), suppress(Refused):
            act(name, letter, chance.choice(actors), chance.choice(list(world.department.values())), now)
            db.session.commit()
        db.session.rollback()
        letter = db.session.get(Letter, letter_id)
        duty = service.answer_duty(letter)
        assert letter.stage in STAGES
        assert before in OPEN or letter.stage == before
        assert (duty.started_at, duty.due_at) == (start, due)
        assert duty.is_open == (letter.stage in OPEN)
        assert letter.department_id != letter.about_department_id or letter.department_id is None
    held = duty_queries.duty_for("letter", letter_id, "letter_answer").holdings
    assert all(one.until_at == two.from_at for one, two in pairwise(held))
