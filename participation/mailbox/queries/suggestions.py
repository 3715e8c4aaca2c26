"""What earlier letters say about a new one: similar ones, and who answered its topic."""

from dataclasses import dataclass

from sqlalchemy import func, select

from participation.access import Actor
from participation.accounts import queries as accounts
from participation.extensions import db
from participation.mailbox import suggesting
from participation.mailbox.models import Letter
from participation.mailbox.queries.letters import visible_to
from participation.mailbox.rules import OTHER_TOPIC
from participation.mailbox.suggesting import Earlier, TopicHint, Unit, UnitHint
from participation.textindex.likeness import similar as alike

SIMILAR = 12
HISTORY = 200
"""Letters of a topic that are looked at, the newest first: a million do not make the page slower."""
ALIKE = 0.15
"""Below this a text shares words with the letter, not its matter."""
_TOO_COMMON = ("大街",)  # a street's office is called so, and half the addresses of the town are
_ENDINGS = ("人民政府", "街道办事处", "办事处", "街道", "镇", "区")


@dataclass(frozen=True)
class Suggestions:
    """What the dispatch page offers. `similar` are only letters that this reader may see."""

    units: list[UnitHint]
    topic: TopicHint | None
    similar: list[Letter]


def suggestions(letter: Letter, actor: Actor) -> Suggestions:
    """For a letter that is to be handed over. Nothing here chooses anything."""
    scores = {
        one.subject_id: one.score
        for one in alike("letter_desk", f"{letter.title}\n{letter.text}", limit=SIMILAR, without=[letter.id])
        if one.score >= ALIKE
    }
    found = db.session.scalars(visible_to(actor).where(Letter.id.in_(scores))) if scores else ()
    rows: list[Letter] = [row for row in found if isinstance(row, Letter)]
    rows.sort(key=lambda row: (-scores[row.id], row.id))
    earlier = [Earlier(row.id, row.department_id, row.topic, scores[row.id]) for row in rows]
    return Suggestions(
        suggesting.units(
            similar=earlier,
            topic_history=_history(letter),
            place=letter.place,
            known=_units(),
            without=frozenset({letter.about_department_id} - {None}),  # type: ignore[arg-type]
        ),
        suggesting.topic(similar=earlier, chosen=letter.topic, other=OTHER_TOPIC),
        rows[:6],
    )


def _history(letter: Letter) -> dict[int, int]:
    """Who answered the last letters of the topic. A letter about a unit is counted for no unit."""
    if letter.topic == OTHER_TOPIC:
        return {}
    newest = (
        select(Letter.department_id)
        .where(Letter.topic == letter.topic, Letter.stage == "answered", Letter.about_department_id.is_(None))
        .order_by(Letter.id.desc())
        .limit(HISTORY)
        .subquery()
    )
    query = select(newest.c.department_id, func.count()).group_by(newest.c.department_id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def _units() -> list[Unit]:
    """Active units; towns and streets with what people call their territory."""
    found = []
    for row in accounts.departments():
        territorial = row.kind in ("town", "street")
        found.append(Unit(row.id, _names(row.short_name, row.name) if territorial else (), territorial))
    return found


def _names(*names: str) -> tuple[str, ...]:
    """北郊镇人民政府 -> 北郊镇 and 北郊; 丝绸路街道办事处 -> 丝绸路街道 and 丝绸路."""
    found: dict[str, None] = {}
    for name in names:
        rest = name
        for ending in _ENDINGS:
            found.setdefault(rest, None)
            rest = rest.removesuffix(ending)
        found.setdefault(rest, None)
    return tuple(name for name in found if len(name) > 1 and name not in _TOO_COMMON)
