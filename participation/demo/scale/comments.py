"""Many comments on one consultation, as rows: three in ten belong to one of forty campaigns.

Written straight to the tables: no service, no evidence of their own. A fixed random sequence, so that every run
measures the same consultation. Texts have about 200 characters.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from participation.demo.scale.letters import NUMBERED_FROM, PLACES, THINGS, TROUBLES, Row

POINTS = 40
CAMPAIGNS = 40
SORTED = 0.7
"""So many of a hundred hold an opinion already; one in twenty of them holds two."""
_WISHES = "增加 减少 取消 保留 公开 延长 缩短 重新测算 单独规定 分期实行 由区里补助 先在一个街道试行".split()
_WHO = "一楼住户 老人 带孩子的家庭 上夜班的人 沿街商户 出租车司机 残疾人 租房的年轻人 物业公司 快递员".split()


@dataclass
class Plan:
    """`clauses` are ids; comments' ids follow on `comments`. They came in from `began` on within `days`. With
    `sorted_` most are put into opinions; the opinions' ids begin at 1."""

    count: int
    consultation_id: int
    clauses: list[int]
    began: datetime
    officer: int
    comments: int = 0
    days: float = 20.0
    sorted_: bool = True
    dice: random.Random = field(default_factory=lambda: random.Random(20261123))


def _sentence(dice: random.Random) -> str:
    place, thing = dice.choice(PLACES), dice.choice(THINGS)
    return f"{place}{dice.randrange(1, 99)}号的{thing}{dice.choice(TROUBLES)}，对{dice.choice(_WHO)}不公平，建议{dice.choice(_WISHES)}。"


def text_of(dice: random.Random) -> str:
    """Some two hundred characters."""
    text = ""
    while len(text) < 195:
        text += _sentence(dice)
    return text


def rows(plan: Plan) -> Iterator[Row]:
    """(table, values) of every row: the points, then each comment before what belongs to it."""
    dice = plan.dice
    for number in range(1, POINTS + 1) if plan.sorted_ else ():
        answered = number % 2 == 0
        yield "opinion_point", {
            "id": number, "consultation_id": plan.consultation_id, "number": number, "title": f"第 {number} 种意见",
            "outcome": "not_adopted" if answered else None, "reason": "经过测算，依据有关规定作出这个决定。" if answered else "",
            "special": "这件事很多人提到，逐项说明如下。" if answered else "", "clause_id": None, "created_at": plan.began,
            "answered_at": plan.began if answered else None, "answered_by": plan.officer if answered else None, "version": 1,
        }  # fmt: skip
    templates = [text_of(dice) for _ in range(CAMPAIGNS)]
    for number in range(1, plan.count + 1):
        yield from _comment(plan, number, templates)


def _comment(plan: Plan, number: int, templates: list[str]) -> Iterator[Row]:
    dice = plan.dice
    at = plan.began + timedelta(seconds=int(number * plan.days * 86400 / (plan.count + 1)))
    campaign = dice.choice(templates) if dice.random() < 0.3 else ""
    withdrawn, public = dice.random() < 0.01, dice.random() < 0.6
    read = public and dice.random() < 0.9
    hidden = public and not read and dice.random() < 0.05
    yield "comment", {
        "id": plan.comments + number, "consultation_id": plan.consultation_id, "clause_id": dice.choice([*plan.clauses, None]),
        "number": f"YJ-{at:%Y-%m%d}-{NUMBERED_FROM + number}", "secret_digest": f"{number:064x}", "submission_key": f"{number:064x}",
        "author_name": "李秀英", "contact_channel": "sms", "contact_address": f"138{number % 90_000:08d}",
        "author_digest": f"{number % 90_000:064x}", "text": f"{campaign}{dice.randrange(1, 99)}号楼" if campaign else text_of(dice),
        "consent_public": public, "channel": "online", "received_on": at.date(), "received_at": at,
        "reviewed_at": at + timedelta(hours=3) if read else None, "reviewed_by": plan.officer if read else None,
        "hidden_at": at + timedelta(hours=3) if hidden else None, "hidden_ground": "insult" if hidden else "",
        "withdrawn_at": at + timedelta(hours=5) if withdrawn else None, "version": 1,
    }  # fmt: skip
    if not plan.sorted_ or number % 100 >= SORTED * 100:
        return
    for point in {dice.randrange(1, POINTS + 1) for _ in range(1 if dice.random() < 0.95 else 2)}:
        outcome = "not_adopted" if point % 2 == 0 else None
        yield "assignment", {
            "comment_id": plan.comments + number, "point_id": point, "outcome": outcome, "assigned_at": at,
            "consultation_id": plan.consultation_id, "holder": None if withdrawn else f"{number % 90_000:064x}",
        }  # fmt: skip
