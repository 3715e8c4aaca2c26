"""Letters as rows, with their duties, holdings, answers, events and ratings.

Written straight to the tables: no service, no evidence of their own. Where a letter stands follows from the day
it came in and from a fixed random sequence, so that every run measures the same district.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from participation.duties.dating import Dating, counted_out
from participation.mailbox.rules import GROUNDS, KINDS, TOPICS
from participation.workdays import WorkCalendar, day_of, start_of

PLACES = "永安街 新建中路 丝绸路 青年路 正阳路 机场路 东门路 站北路 南郊大街 凤鸣小区 和平新村 大街街道".split()
THINGS = "路灯 雨水井 停车位 暖气 垃圾桶 电梯 人行道 公交站 自来水 广场舞 噪声 树枝 监控 充电桩 油烟 消防通道".split()
TROUBLES = "坏了没人修 夜里不亮 一直堵着 被占用 漏水 太吵 排队太长 收费不明 没有标志 已经报了三次".split()
Row = tuple[str, dict[str, Any]]
NUMBERED_FROM = 9_000_000
"""The numbers of a day begin here, far above those that are given out."""


@dataclass
class Plan:
    """`departments` with how many letters each gets in a hundred; `mailboxes` ids, `prefixes` of their numbers;
    `office` id. The letters' ids follow on `letters`, their duties' on `duties`, their answers' on `answers`."""

    count: int
    now: datetime
    first_day: date
    calendar: WorkCalendar
    departments: list[int]
    weights: list[int]
    mailboxes: list[int]
    office: int
    officer: int
    letters: int = 0
    duties: int = 0
    answers: int = 0
    prefixes: tuple[str, str] = ("QZ", "QZ")
    dice: random.Random = field(default_factory=lambda: random.Random(20261123))
    datings: dict[tuple[date, int], Dating] = field(default_factory=dict)

    def dating(self, day: date, workdays: int) -> Dating:
        if (day, workdays) not in self.datings:
            self.datings[(day, workdays)] = counted_out(self.calendar, day, workdays)
        return self.datings[(day, workdays)]


def rows(plan: Plan) -> Iterator[Row]:
    """(table, values) of every row, a letter before what belongs to it."""
    days = (plan.now.date() - plan.first_day).days
    for number in range(1, plan.count + 1):
        day = plan.first_day + timedelta(days=number * days // (plan.count + 1))
        yield from _letter(plan, number, day)


def _letter(plan: Plan, number: int, day: date) -> Iterator[Row]:
    dice = plan.dice
    received = start_of(day) + timedelta(seconds=dice.randrange(6 * 3600, 23 * 3600))
    received = min(received, plan.now - timedelta(minutes=5))
    unit = dice.choices(plan.departments, plan.weights)[0]
    luck, extended = dice.random(), dice.random() < 0.02
    dating = plan.dating(day, 5)
    until = plan.dating(day, 10) if extended else dating
    used = min(dice.choice((1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5)) if luck > 0.06 else dice.randrange(6, 16), 15)
    met = start_of(plan.dating(day, used).due_on) + timedelta(seconds=dice.randrange(8 * 3600, 18 * 3600))
    open_ = met >= plan.now or dice.random() < 0.0005
    state = "open" if open_ else "refused" if luck > 0.98 else "withdrawn" if luck > 0.97 else "answered"
    about = dice.choice([None] * 299 + [dep for dep in plan.departments if dep != unit][:1])
    place, thing, trouble = dice.choice(PLACES), dice.choice(THINGS), dice.choice(TROUBLES)
    title = f"{place}{number % 97 + 1}号{thing}{trouble}"
    text = f"{place}的{thing}{trouble}，第{number}次来信。请问归谁管，什么时候能解决？附近{dice.choice(THINGS)}也{trouble}。"
    answer = f"您反映的{thing}问题已经派人到{place}查看，{thing}已于当天修好。今后每周巡查一次，如再有问题请拨打电话。"
    public = state == "answered" and about is None and dice.random() < 0.45
    again = state == "answered" and dice.random() < 0.02
    merged = plan.letters + number - 1 if number > 100 and dice.random() < 0.015 and about is None else None
    waiting = state == "open" and (plan.now - received) < timedelta(hours=30)
    stage = state if state != "open" else "received" if waiting else "submitted" if luck > 0.8 else "assigned"
    person, letter, other = plan.officer, plan.letters + number, number % 7 == 0
    yield "letter", {
        "id": letter, "mailbox_id": plan.mailboxes[other],
        "number": f"{plan.prefixes[other]}-{day:%Y-%m%d}-{NUMBERED_FROM + number}",
        "secret_digest": f"{number:064x}", "submission_key": f"{number:064x}", "kind": dice.choice(list(KINDS)),
        "topic": dice.choice(TOPICS), "place": place, "title": title, "text": text, "author_name": "李秀英",
        "contact_channel": "sms", "contact_address": f"138{dice.randrange(10**8):08d}", "consent_public": public or luck > 0.4,
        "about_department_id": about, "channel": "web", "received_at": received, "recorded_at": received, "stage": stage,
        "department_id": None if stage in ("received", "refused") else unit,
        "assigned_at": None if stage == "received" else received + timedelta(hours=2), "returns": int(luck < 0.03),
        "round": 2 if again else 1, "merged_into_id": merged,
        "answered_at": met if state in ("answered", "refused") else None, "withdrawn_at": met if state == "withdrawn" else None,
        "published_at": met + timedelta(days=1) if public else None, "public_title": title if public else "",
        "public_text": text if public else "", "public_answer": answer if public else "", "version": 1,
    }  # fmt: skip
    shut = "met_at" if state in ("answered", "refused") else "cancelled_at"
    closed = {} if state == "open" else {shut: met}
    if state in ("answered", "refused"):
        closed["met_late"] = met >= until.due_at
    holder = plan.office if stage in ("received", "refused") else unit
    first = _duty(plan, number, "letter_answer", 1, holder, about, received, until, closed, 10 if extended else 5)
    first["original_due_at"], first["extended"], first["extended_by"] = dating.due_at, extended, 5 * extended
    if state == "withdrawn":
        first["cancelled_reason"] = "来信人撤回"
    yield "duty", first
    end = None if state == "open" else met
    yield "duty_holding", {"duty_id": first["id"], "department_id": holder, "from_at": received, "until_at": end}
    handed = {} if waiting else {"met_at": received + timedelta(hours=2), "met_late": False}
    hand = _duty(plan, number, "letter_dispatch", 1, plan.office, about, received, plan.dating(day, 1), handed, 1)
    hand["id"] += 1
    yield "duty", hand
    if again:
        begun = min(met + timedelta(days=3), plan.now - timedelta(minutes=1))
        done = begun + timedelta(days=2)
        closed = {"met_at": done, "met_late": False} if done < plan.now else {}
        second = _duty(plan, number, "letter_answer", 2, unit, about, begun, plan.dating(day_of(begun), 5), closed, 5)
        second["id"] += 2
        yield "duty", second
        yield "letter_reopening", {
            "letter_id": letter, "round": 2, "cause": "writer", "reason": "没有说清什么时候修", "at": begun,
        }  # fmt: skip
    yield from _events(letter, received, unit, state, met, luck, person)
    if state in ("answered", "refused"):
        refused = state == "refused"
        yield "letter_answer", {
            "id": plan.answers + number, "letter_id": letter, "round": 1, "department_id": plan.office if refused else unit,
            "kind": "refusal" if refused else "answer", "text": answer, "contact": "市政科 0533-0000000",
            "ground": dice.choice(list(GROUNDS)) if refused else "", "proper_channel": "信访局" if refused else "",
            "drafts": 1, "drafted_at": met, "submitted_at": met, "approved_at": met, "approved_by": person, "version": 1,
        }  # fmt: skip
        if dice.random() < 0.2:
            yield "letter_rating", {
                "letter_id": letter, "round": 1, "attitude": dice.randrange(1, 6), "speed": dice.randrange(1, 6),
                "result": dice.randrange(1, 6), "rated_at": met + timedelta(hours=5),
            }  # fmt: skip


def _events(
    letter: int, received: datetime, unit: int, state: str, met: datetime, luck: float, person: int
) -> Iterator[Row]:
    verbs = [("received", received), ("assigned", received + timedelta(hours=2))]
    if luck < 0.03:
        verbs.append(("returned", received + timedelta(hours=5)))
    if state != "open":
        verbs.append((state, met))
    for verb, at in verbs:
        yield (
            "letter_event",
            {"letter_id": letter, "verb": verb, "at": at, "by_person_id": person, "to_department_id": unit},
        )


def _duty(
    plan: Plan, number: int, kind: str, round_: int, department: int, about: int | None, started: datetime,
    dating: Dating, closed: dict[str, Any], workdays: int,
) -> dict[str, Any]:  # fmt: skip
    return {
        "id": plan.duties + number * 3, "kind": kind, "subject_kind": "letter", "subject_id": plan.letters + number, "round": round_,
        "department_id": department, "restricted_from": about, "basis": "plan", "article": "第四部分（四）",
        "measure": "by", "started_at": started, "started_on": day_of(started), "due_on": dating.due_on,
        "due_at": dating.due_at, "soon_at": dating.soon_at, "workdays": workdays, "counting": json.dumps(dating.counting),
        "provisional": dating.provisional, "calendar_version": dating.calendar_version,
        "original_due_at": dating.due_at, "version": 1, **closed,
    }  # fmt: skip
