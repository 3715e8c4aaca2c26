"""Every act that a page can ask for, with anybody and anything in it, for tests that try them at random."""

from random import Random

from participation.access import ANYONE
from participation.mailbox import service
from participation.mailbox.lifecycle import TRANSITIONS
from participation.mailbox.queries import joints
from participation.mailbox.queries.letters import answer_of

OFTEN = ("assign", "transfer", "give_back", "save_draft", "submit", "send_back", "approve", "join", "merge")
SELDOM = (
    "unjoin", "contribute", "unmerge", "reclassify", "settle", "ask_extension", "approve_extension",
    "decline_extension", "restrict", "reopen", "redo", "rate",
)  # fmt: skip
ENDING = ("refuse", "withdraw")
BY_UNIT = frozenset(
    {"give_back", "save_draft", "submit", "send_back", "approve", "ask_extension", "settle", "contribute"}
)


def something(letter, chance: Random) -> str:
    """Mostly an act of the stage that the letter is in. What ends a letter comes seldom, so that
    long histories are tried as well."""
    names = OFTEN * 12 + SELDOM * 4 + ENDING
    if chance.random() < 0.2:
        return chance.choice(names)
    return chance.choice(
        [name for name in names if name not in TRANSITIONS or letter.stage in TRANSITIONS[name].sources]
    )


def somebody(name, letter, actors, chance: Random):
    """Mostly one who might, sometimes anybody."""
    if chance.random() < 0.25:
        return chance.choice(actors)
    if name not in BY_UNIT:
        return actors[0]
    units = {letter.department_id, *(part.department_id for part in joints.joint_of(letter))}
    return chance.choice([actor for actor in actors if units & actor.department_ids] or actors)


def act(name, letter, *, other, who, department, now, chance: Random):
    """One act; what it raises is for the caller."""
    by = {"actor": who, "now": now}
    why = {"reason": chance.choice(("", "理由", "理由")), "basis": chance.choice(("", "依据", "依据"))}
    if name in ("save_draft", "submit"):
        answer = answer_of(letter)
        version = answer.version if answer else None
        return getattr(service, name)(letter, text="答复", contact="", version=version, **by)
    if name in ("assign", "transfer"):
        return getattr(service, name)(letter, department_id=department, **why, **by)
    if name == "merge":
        later, lead = service.in_order(letter, other)
        return service.merge(later, lead=lead, **by)
    if name == "contribute":
        part = joints.own_part(letter, who)
        return service.contribute(letter, part, text="查到了", version=part.version if part else 0, **by)
    if name == "settle":
        legal = service.legal_duties(letter)
        duty = chance.choice(legal) if legal else None
        return service.settle(letter, duty, outcome="告知", document_number="", **by)
    if name in ("reopen", "redo"):
        cause = "writer" if name == "reopen" else "review"
        return service.reopen(letter, cause=cause, reason="没有答", by_writer=cause == "writer", **by)
    values = {
        "give_back": why,
        "send_back": {"reason": "理由"},
        "approve": {},
        "join": {"department_id": department, "task": "查"},
        "unjoin": {"department_id": department, "reason": "理由"},
        "unmerge": {"reason": "理由"},
        "reclassify": {"into": chance.choice(("petition", "disclosure")), "basis": "依据"},
        "ask_extension": {"workdays": chance.randrange(1, 11), "reason": "理由", "interim": "先答一部分"},
        "approve_extension": {},
        "decline_extension": {"reason": "理由"},
        "refuse": {"ground": "repeat", "text": "理由", "proper_channel": "去处"},
        "restrict": {"about_department_id": department},
        "rate": {"attitude": 3, "speed": None, "result": 5, "remark": ""},
        "withdraw": {},
    }[name]
    if name in ("withdraw", "rate"):
        by["actor"] = ANYONE
    return getattr(service, name)(letter, **values, **by)
