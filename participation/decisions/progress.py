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
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...
    @property
    def answered(self) -> bool: ...
    @property
    def promised_on(self) -> date | None: ...
    def is_open(self, now: datetime) -> bool: ...
    def is_late(self, today: date) -> bool: ...


ORDER = tuple(STEPS)
_FREE = ("participation", "expert", "risk")
"""The three for which the law sets no order: they stand as they happened."""
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


@dataclass(frozen=True)
class Run:
    """An earlier run of the chain, from its first step to the change of substance that ended it."""

    round: int
    links: tuple[Link, ...]
    periods: tuple[Any, ...]


def progress_of(decision: Any, periods: Sequence[PeriodFacts], *, now: datetime) -> Progress:
    """Reads the recorded steps and the comment periods; asks nothing of the database."""
    today = day_of(now)
    periods = _of_run(decision, periods, decision.round)
    rows = {row.step: row for row in decision.steps}
    running = decision.stage in STEPS and decision.removed_at is None
    states = {key: _state(key, rows, decision) for key in ORDER}
    if states["participation"] == "todo" and periods:
        states["participation"] = "now"
    order = _in_order(states, rows)
    first = next((key for key in order if states[key] not in SETTLED), None) if running else None
    # An evaluation takes place where it is needed (713号 art. 36): nobody waits for it.
    if first and states[first] == "todo" and first != "evaluated":
        states[first] = "now"
    links = _links(order, states, rows, decision, periods, today)
    current = next((link for link in links if link.key == first), None)
    opened = next((period for period in periods if period.is_open(now)), None)
    late = next((period for period in periods if period.is_late(today)), None)
    left = (opened.ends_on - today).days if opened else None
    group = _group(decision, states, opened, late, periods)
    return Progress(decision, tuple(links), current, group, tuple(periods), opened, late, left)


def earlier_runs(decision: Any, periods: Sequence[PeriodFacts], *, now: datetime) -> list[Run]:
    """The runs besides the present one, the newest first, each with the steps that it reached. A change that
    was given up is such a run, too."""
    numbers = {row.round for row in decision.every_step if row.set_aside_at is None} - {decision.round}
    return [_run(number, decision, periods, now) for number in sorted(numbers, reverse=True)]


def _run(number: int, decision: Any, periods: Sequence[PeriodFacts], now: datetime) -> Run:
    rows = {row.step: row for row in decision.every_step if row.round == number and row.set_aside_at is None}
    states = {key: _state(key, rows, decision) for key in ORDER}
    held = _of_run(decision, periods, number)
    reached = [key for key in _in_order(states, rows) if key == "listed" or key in rows]
    return Run(number, tuple(_links(reached, states, rows, decision, held, day_of(now))), tuple(held))


def _of_run(decision: Any, periods: Sequence[PeriodFacts], number: int) -> Sequence[PeriodFacts]:
    """The comment periods of a run: those that began while it was under way."""
    begun = {row.round: row.on for row in decision.every_step if row.step == "started" and row.set_aside_at is None}
    first = (begun.get(number) or date.min) if number > 1 else date.min
    last = min((on for later, on in begun.items() if later > number and on is not None), default=date.max)
    return [period for period in periods if first <= period.starts_on < last]


def _in_order(states: dict[str, str], rows: dict[str, Any]) -> list[str]:
    """The steps as they are drawn: of the three without an order those that are done by their days."""

    def place(key: str) -> tuple[int, date]:
        on = rows[key].on if key in rows and rows[key].on is not None else date.max
        return {"done": 0, "not_public": 0, "not_applicable": 1, "now": 2}.get(states[key], 3), on

    free = sorted(_FREE, key=place)
    return [*ORDER[: ORDER.index("participation")], *free, *ORDER[ORDER.index("legality") :]]


def _links(
    order: Sequence[str],
    states: dict[str, str],
    rows: dict[str, Any],
    decision: Any,
    periods: Sequence[PeriodFacts],
    today: date,
) -> list[Link]:
    links: list[Link] = []
    before: date | None = None
    opened = min((period.starts_on for period in periods), default=None)
    for number, key in enumerate(order, start=1):
        row = rows.get(key)
        on = _day(key, row, decision)
        if key == "participation" and row is None:
            on = opened
        until = on if on is not None and states[key] != "now" else today if states[key] == "now" and before else None
        # A later run does not begin where the catalogue was published.
        counted = key != "listed" and not (key == "started" and row is not None and row.round > 1)
        days = (until - before).days if counted and until and before and until >= before else None
        links.append(Link(key, number, STEPS[key], states[key], row, on, days))
        before = on if on is not None and states[key] in ("done", "not_public") else before
    return links


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


def _group(decision: Any, states: dict[str, str], opened: Any, late: Any, periods: Sequence[PeriodFacts]) -> str:
    if decision.removed_at is not None or decision.stage in ("suspended", "terminated"):
        return "stopped"
    if opened is not None:
        return "open"
    if late is not None:
        return "late"
    if states["published"] in SETTLED:
        return "done"
    begun = any(states[key] in ("done", "not_public", "now") for key in ("legality", "deliberation"))
    answering = any(not period.answered for period in periods)  # none is open: the comments are being sorted
    return "review" if begun or answering or states["participation"] in SETTLED else "preparing"


def grouped(lines: Sequence[Progress]) -> list[tuple[str, list[Progress]]]:
    """The groups that have something in them, in their order."""
    return [(group, found) for group in GROUPS if (found := [line for line in lines if line.group == group])]
