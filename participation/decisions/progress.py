"""How a decision stands, as view data: its rail, its group in the catalogue, its chain. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from participation.decisions.lifecycle import SETTLED
from participation.decisions.steps import STEPS, Step
from participation.workdays import day_of


class PeriodFacts(Protocol):
    """What is asked of a comment period."""

    @property
    def ends_on(self) -> date: ...
    @property
    def answered(self) -> bool: ...
    @property
    def promised_on(self) -> date | None: ...
    def is_open(self, now: datetime) -> bool: ...
    def is_late(self, today: date) -> bool: ...


ORDER = tuple(STEPS)
GROUPS = ("open", "late", "review", "preparing", "stopped", "done")
"""The order of the catalogue: what one can do something about first, what is finished last."""


@dataclass(frozen=True)
class Link:
    """One step as drawn: `state` is done, now, todo, not_public or not_applicable; `days` how long it
    took (or, now, has taken) since the step before."""

    key: str
    number: int
    step: Step
    state: str
    row: Any
    on: date | None
    days: int | None


@dataclass(frozen=True)
class Progress:
    """`current` is the first step that is not settled, None when the chain is at its end or the decision
    has stopped."""

    decision: Any
    links: tuple[Link, ...]
    current: Link | None
    group: str
    periods: tuple[Any, ...]
    open_period: Any
    late_period: Any
    days_left: int | None

    @property
    def rail(self) -> list[str]:
        """The classes of the rail: done, now, skip or nothing."""
        words = {"done": "done", "not_public": "done", "now": "now", "not_applicable": "skip"}
        return [words.get(link.state, "") for link in self.links]


def progress_of(decision: Any, periods: Sequence[PeriodFacts], *, now: datetime) -> Progress:
    """Reads the recorded steps and the comment periods; asks nothing of the database."""
    today = day_of(now)
    rows = {row.step: row for row in decision.steps}
    running = decision.stage in STEPS and decision.removed_at is None
    states = {key: _state(key, rows, decision) for key in ORDER}
    first = next((key for key in ORDER if states[key] not in SETTLED), None) if running else None
    if first and states[first] == "todo":
        states[first] = "now"
    links, before = [], None
    for number, key in enumerate(ORDER, start=1):
        row = rows.get(key)
        on = _day(key, row, decision)
        until = on if on is not None else today if states[key] == "now" and before else None
        days = (until - before).days if until and before and key != "listed" and until >= before else None
        links.append(Link(key, number, STEPS[key], states[key], row, on, days))
        before = on if on is not None and states[key] in ("done", "not_public") else before
    current = next((link for link in links if link.key == first), None)
    opened = next((period for period in periods if period.is_open(now)), None)
    late = next((period for period in periods if period.is_late(today)), None)
    left = (opened.ends_on - today).days if opened else None
    return Progress(
        decision, tuple(links), current, _group(decision, states, opened, late), tuple(periods), opened, late, left
    )


def _state(key: str, rows: dict[str, Any], decision: Any) -> str:
    if key == "listed":
        return "done" if decision.published else "now"
    return str(rows[key].state) if key in rows else "todo"


def _day(key: str, row: Any, decision: Any) -> date | None:
    if key == "listed":
        return day_of(decision.batch.published_at) if decision.published else None
    if row is None or row.state == "not_applicable":
        return None
    found: date | None = row.on or row.began_on
    return found


def _group(decision: Any, states: dict[str, str], opened: Any, late: Any) -> str:
    if decision.removed_at is not None or decision.stage in ("suspended", "terminated"):
        return "stopped"
    if opened is not None:
        return "open"
    if late is not None:
        return "late"
    if states["published"] in SETTLED:
        return "done"
    begun = any(states[key] in ("done", "not_public", "now") for key in ("legality", "deliberation"))
    return "review" if begun or states["participation"] in SETTLED else "preparing"


def grouped(lines: Sequence[Progress]) -> list[tuple[str, list[Progress]]]:
    """The groups that have something in them, in their order."""
    return [(group, found) for group in GROUPS if (found := [line for line in lines if line.group == group])]
