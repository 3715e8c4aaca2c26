"""The day strip: what a count looks like, day by day. Pure, except that `day_strip` fetches the
calendar when days after the due date have to be told apart.

Only outcomes are laid down here; the component `days.html` chooses the words and the language.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Literal

from participation.duties.calendar import load_calendar
from participation.duties.models import Duty
from participation.workdays import FESTIVAL, Count, WorkCalendar, day_of

_DAY = timedelta(days=1)
MOST_LATE_CELLS = 5
LONG = 8


@dataclass(frozen=True)
class Cell:
    """A day, or a run of days as one cell (`days` > 1).

    kind      zero: the day of receipt, not counted; counted; rest; late: a workday past the due day;
              extended: a workday of an approved extension
    ordinal   the 3 of "day 3", of "+3", of "延3"; the last of a run; 0 where nothing is counted
    strokes   how many strokes of the 正 are drawn: 0 while the day lies ahead
    when      past, today, ahead; unused: after the answer
    flag      due, provisional (a due day that may still move), old_due, new_due
    festival  names a rest run; empty for a weekend
    """

    kind: Literal["zero", "counted", "rest", "late", "extended"]
    first: date
    last: date
    when: Literal["past", "today", "ahead", "unused"]
    ordinal: int = 0
    strokes: int = 0
    festival: str = ""
    flag: Literal["", "due", "provisional", "old_due", "new_due"] = ""
    makeup: bool = False
    answered: bool = False
    provisional: bool = False

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Strip:
    """`state`: kept, late (open or answered), soon, or nothing special; an extended date is never
    "kept". `remaining` workdays are
    left after today, `late_by` have passed since the due day."""

    cells: tuple[Cell, ...]
    state: Literal["", "soon", "late", "kept"]
    received_on: date
    due_on: date
    answered_on: date | None
    remaining: int
    late_by: int
    provisional: bool
    extended: bool
    again: bool = False
    """The count of a matter that was opened again: day zero is no receipt."""

    @property
    def rests(self) -> tuple[Cell, ...]:
        """The rest runs up to the due day, for the sentence under the strip."""
        return tuple(cell for cell in self.cells if cell.kind == "rest" and cell.last < self.due_on)

    @property
    def makeups(self) -> tuple[Cell, ...]:
        """The make-up workdays among the days counted."""
        return tuple(cell for cell in self.cells if cell.makeup)

    @property
    def first_due_on(self) -> date | None:
        """The due day before the extension; it stays readable."""
        return next((cell.first for cell in self.cells if cell.flag == "old_due"), None)

    @property
    def added(self) -> int:
        """The workdays of the extension."""
        return sum(1 for cell in self.cells if cell.kind == "extended")

    @property
    def long(self) -> bool:
        return len(self.cells) > LONG


def day_strip(
    counted: Duty | Count, now: datetime, answered_at: datetime | None = None, *, preview: bool = False
) -> Strip:
    """The strip of a duty counted in workdays, or of a bare count. `answered_at` is the duty's own
    unless another is given. In a `preview` (what if I wrote today?) every stroke is drawn."""
    if isinstance(counted, Duty):
        answered_at = answered_at or counted.met_at
        counted_days, skipped = counted.counted, counted.skipped
        received_on = counted.started_on
        regular = counted.counted[-1 - counted.extended_by] if counted.extended else None
    else:
        counted_days, skipped = list(counted.counted), [(skip.day, skip.reason) for skip in counted.skipped]
        received_on = min([*counted_days[:1], *(day for day, _ in skipped[:1])]) - _DAY
        regular = None
    answered_on = day_of(answered_at) if answered_at else None
    until = answered_on or day_of(now)
    calendar = load_calendar() if until > counted.due_on else None
    strip = build(
        received_on,
        counted_days,
        dict(skipped),
        today=day_of(now),
        answered_on=answered_on,
        provisional=counted.provisional,
        regular_due=regular,
        preview=preview,
        calendar=calendar,
    )
    return replace(strip, again=True) if isinstance(counted, Duty) and counted.round > 1 else strip


def build(
    received_on: date,
    counted: list[date],
    skipped: dict[date, str],
    *,
    today: date,
    answered_on: date | None = None,
    provisional: bool = False,
    regular_due: date | None = None,
    preview: bool = False,
    calendar: WorkCalendar | None = None,
) -> Strip:
    """The strip of these days. `regular_due` is the due day before an extension; `calendar` is
    needed once the due day has passed unanswered or the answer came after it."""
    due_on = counted[-1]
    reached = answered_on or today
    when = _teller(today, answered_on)
    cells = [Cell("zero", received_on, received_on, when(received_on))]
    for number, day in enumerate(counted, start=1):
        extension = number - counted.index(regular_due) - 1 if regular_due in counted and day > regular_due else 0
        strokes = (number - 1) % 5 + 1 if not extension and (preview or day <= reached) else 0
        cells.append(
            Cell(
                "extended" if extension else "counted",
                day,
                day,
                when(day),
                ordinal=extension or number,
                strokes=strokes,
                makeup=day.weekday() >= 5,
                flag=_flag(day, due_on, regular_due, provisional),
            )
        )
    cells += [Cell("rest", day, day, when(day), festival=_festival(reason)) for day, reason in skipped.items()]
    late = list(_late_cells(due_on, reached, calendar, when)) if reached > due_on and calendar else []
    cells += late
    marked = [
        replace(
            cell,
            answered=cell.first == answered_on,
            provisional=provisional and cell.kind != "rest" and cell.first.year == due_on.year,
        )
        for cell in cells
    ]
    late_by = max((cell.ordinal for cell in late), default=0)
    remaining = 0 if answered_on else sum(1 for day in counted if day > today)
    how = _state(received_on, counted, today, answered_on)
    return Strip(
        cells=tuple(_shortened(_merged(sorted(marked, key=lambda cell: cell.first)))),
        state="" if how == "kept" and regular_due is not None else how,
        received_on=received_on,
        due_on=due_on,
        answered_on=answered_on,
        remaining=remaining,
        late_by=late_by,
        provisional=provisional,
        extended=regular_due is not None,
    )


When = Callable[[date], Literal["past", "today", "ahead", "unused"]]


def _teller(today: date, answered_on: date | None) -> When:
    def when(day: date) -> Literal["past", "today", "ahead", "unused"]:
        if answered_on is not None:
            return "past" if day <= answered_on else "unused"
        return "today" if day == today else "past" if day < today else "ahead"

    return when


def _flag(
    day: date, due_on: date, regular_due: date | None, provisional: bool
) -> Literal["", "due", "provisional", "old_due", "new_due"]:
    if day == regular_due and day != due_on:
        return "old_due"
    if day != due_on:
        return ""
    if provisional:
        return "provisional"
    return "new_due" if regular_due is not None else "due"


def _festival(reason: str) -> str:
    return reason.removeprefix(FESTIVAL) if reason.startswith(FESTIVAL) else ""


def _state(
    received_on: date, counted: list[date], today: date, answered_on: date | None
) -> Literal["", "soon", "late", "kept"]:
    due_on = counted[-1]
    if (answered_on or today) > due_on:
        return "late"
    if answered_on is not None:
        return "kept"
    return "soon" if today >= (counted[-2] if len(counted) > 1 else received_on) else ""


def _late_cells(due_on: date, until: date, calendar: WorkCalendar, when: When) -> Iterator[Cell]:
    number = 0
    for day, reason in calendar.days_after(due_on):
        if day > until:
            return
        if reason is None:
            number += 1
            yield Cell("late", day, day, when(day), ordinal=number, makeup=calendar.makeup(day))
        else:
            yield Cell("rest", day, day, when(day), festival=_festival(reason))


def _merged(cells: list[Cell]) -> Iterator[Cell]:
    """Neighbouring rest days as one cell; the day of an answer stays by itself."""
    place = 0

    def key(cell: Cell) -> tuple[object, ...]:
        nonlocal place
        place += 0 if cell.kind == "rest" and not cell.answered else 1
        return (cell.kind == "rest" and not cell.answered, place)

    for (resting, _), group in groupby(cells, key):
        run = list(group)
        if not resting:
            yield from run
            continue
        names = "、".join(dict.fromkeys(cell.festival for cell in run if cell.festival))
        today = next((cell.when for cell in run if cell.when == "today"), run[-1].when)
        yield replace(run[0], last=run[-1].last, festival=names, when=today)


def _shortened(cells: Iterator[Cell]) -> list[Cell]:
    """Long lateness keeps +1, +2 and the last day; what lies between is one cell."""
    whole = list(cells)
    late = [place for place, cell in enumerate(whole) if cell.kind == "late"]
    if len(late) <= MOST_LATE_CELLS:
        return whole
    first, last = late[2], late[-1]
    middle = replace(whole[first], last=whole[last - 1].last, ordinal=whole[late[-2]].ordinal, makeup=False)
    return [*whole[:first], middle, *whole[last:]]
