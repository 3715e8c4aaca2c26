"""What an address asks of the ledger: filter and, for a past moment, its instant."""

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

from werkzeug.datastructures import MultiDict

from participation.clock import SHANGHAI
from participation.duties.ledger import LedgerFilter
from participation.duties.rules import BASIS_LABELS, DUTIES, State
from participation.errors import N_

STANDING = (State.OVERDUE, State.DUE_SOON, State.OPEN, State.MET_LATE)
"""What the ledger shows when nothing is chosen: whatever is not done, and what was done late."""
_MOMENT = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]*(\d{1,2})[:：](\d{2}))?")


def filter_of(asked: MultiDict[str, str]) -> LedgerFilter:
    """What the address asks for; a value that is none of ours is left out, as if not given."""
    states = tuple(state for state in State if state.value in asked.getlist("state"))
    if not states and asked.get("state", "standing") == "standing":
        states = STANDING
    days: dict[str, Any] = {}
    for name in ("due_from", "due_until", "started_from", "started_until"):
        with suppress(ValueError):
            days[name] = date.fromisoformat(asked.get(name, ""))
    department = asked.get("department", "")
    number = int(department) if department.isascii() and department.isdigit() and len(department) < 10 else None
    return LedgerFilter(
        kinds=tuple(kind for kind in DUTIES if kind in asked.getlist("kind")),
        bases=tuple(basis for basis in BASIS_LABELS if basis in asked.getlist("basis")),
        department_id=number,
        states=states,
        **days,
    )


def moment_of(text: str) -> datetime | None:
    """An instant in Shanghai's time as a person writes it: 2026-11-16 24:00, 2026-11-16 9:30, 2026年11月16日, or a
    day, which means its end. None for anything else."""
    found = _MOMENT.fullmatch(text.strip())
    if not found:
        return None
    year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
    with suppress(ValueError):
        on = date(year or 0, month or 0, day or 0)
        if hour is None or (hour == 24 and minute == 0):
            return datetime.combine(on + timedelta(days=1), time(), SHANGHAI)
        return datetime.combine(on, time(hour, minute or 0), SHANGHAI)
    return None


def written(at: datetime) -> str:
    """The instant as `moment_of` takes it: midnight is 24:00 of the day before."""
    local = at.astimezone(SHANGHAI)
    if local.time() == time():
        return f"{(local - timedelta(days=1)).date().isoformat()} 24:00"
    return f"{local:%Y-%m-%d %H:%M}"


def near(now: datetime) -> list[tuple[str, str]]:
    """Past moments that are asked for most, each with its label: the end of yesterday, of the day a week ago, and
    of last month."""
    today = now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    return [
        (N_("End of yesterday"), written(today)),
        (N_("A week ago"), written(today - timedelta(days=6))),
        (N_("End of last month"), written(today.replace(day=1))),
    ]
