"""Which run of the chain made what is in force, and what belongs to the present run. Pure.

713号 art. 37: a change of substance runs the procedure again. Until the new text is published, the one
that an earlier run made is in force.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from participation.decisions.lifecycle import SETTLED


def in_force(decision: Any) -> int:
    """The run whose publication stands, the newest; 0 while nothing is published."""
    return max(_published(decision), default=0)


def before(decision: Any) -> int:
    """The run that is in force while a later one is under way; 0 where there is none."""
    return max((number for number in _published(decision) if number < decision.round), default=0)


def _published(decision: Any) -> Iterable[int]:
    for row in decision.every_step:
        if row.step == "published" and row.set_aside_at is None and row.state in SETTLED:
            yield row.round


def begun_on(decision: Any) -> date | None:
    """When the present run began; None in the first, to which everything earlier belongs."""
    if decision.round == 1:
        return None
    days = [row.on for row in decision.steps if row.step == "started" and row.on is not None]
    return min(days, default=None)


def periods_of(decision: Any, periods: Sequence[Any]) -> list[Any]:
    """The comment periods of the present run: what people said of an earlier text is no comment on this one."""
    since = begun_on(decision)
    return [period for period in periods if since is None or period.starts_on >= since]
