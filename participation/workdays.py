"""Workdays as the State Council's yearly notices set them, and periods counted in them. Pure.

The day of receipt is day zero (民法典 art. 201); the last day ends at 24:00 (art. 203). A festival
moves weekends: some Saturdays and Sundays are worked (调休), so Monday to Friday is never enough.
Past the last notice a date is provisional: weekends and the statutory festivals rest, make-up days
are unknown. Past what even that can say there is no date at all, only `OutsideCalendar`.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
WEEKEND = "weekend"
FESTIVAL = "festival:"
MOST_WORKDAYS = 366
_DAY = timedelta(days=1)


class OutsideCalendar(ValueError):
    """The question needs days that the calendar says nothing about."""


@dataclass(frozen=True)
class Skipped:
    """A day that was not counted. `reason` is "weekend" or "festival:<name>"."""

    day: date
    reason: str

    @property
    def festival(self) -> str:
        """The festival's name, or nothing on an ordinary weekend."""
        return self.reason.removeprefix(FESTIVAL) if self.reason.startswith(FESTIVAL) else ""


@dataclass(frozen=True)
class Count:
    """A period counted out: the last day, each day counted, each day skipped and why."""

    due_on: date
    counted: tuple[date, ...]
    skipped: tuple[Skipped, ...]
    provisional: bool
    calendar_version: str

    @property
    def due_at(self) -> datetime:
        return end_of(self.due_on)


def start_of(day: date) -> datetime:
    """00:00 in Zhoucun."""
    return datetime.combine(day, time(), tzinfo=ZONE)


def end_of(day: date) -> datetime:
    """24:00 of the day in Zhoucun, which is 00:00 of the next. An act is in time if before it."""
    return start_of(day + _DAY)


def day_of(instant: datetime) -> date:
    """The date a clock in Zhoucun shows at an (aware) instant, whatever the server's time zone."""
    return instant.astimezone(ZONE).date()


@dataclass(frozen=True)
class WorkCalendar:
    """What the loaded notices say. `statutory` names the festivals of the years after them, as
    far as `estimated_until`."""

    version: str
    covered_from: date
    covered_until: date
    estimated_until: date
    rest_days: Mapping[date, str] = field(repr=False)
    makeup_days: Mapping[date, str] = field(repr=False)
    statutory: Mapping[date, str] = field(repr=False)

    def covers(self, day: date) -> bool:
        """Whether a notice decides about the day."""
        return self.covered_from <= day <= self.covered_until

    def rest_reason(self, day: date) -> str | None:
        """Why the day is not worked ("weekend", "festival:<name>"); None on a workday."""
        if not self.covered_from <= day <= self.estimated_until:
            raise OutsideCalendar(
                f"{day} is outside the calendar, which knows {self.covered_from} to {self.estimated_until}"
            )
        if day in self.makeup_days:
            return None
        festivals = self.rest_days if day <= self.covered_until else self.statutory
        if day in festivals:
            return f"{FESTIVAL}{festivals[day]}"
        return WEEKEND if day.weekday() >= 5 else None

    def is_workday(self, day: date) -> bool:
        return self.rest_reason(day) is None

    def makeup(self, day: date) -> bool:
        """Whether a Saturday or Sunday is worked in exchange for a festival's day (调休上班)."""
        return day in self.makeup_days

    def festival(self, day: date) -> str:
        """The festival that makes the day a rest day, or nothing."""
        reason = self.rest_reason(day) or ""
        return reason.removeprefix(FESTIVAL) if reason.startswith(FESTIVAL) else ""

    def days_after(self, day: date) -> Iterator[tuple[date, str | None]]:
        """Each following day with why it rests (None: worked), until the calendar ends."""
        while True:
            day += _DAY
            yield day, self.rest_reason(day)

    def due(self, received_on: date, workdays: int) -> Count:
        """The day on which a period of `workdays` (1 to 366) from `received_on` ends."""
        if not 1 <= workdays <= MOST_WORKDAYS:
            raise ValueError(f"A period has 1 to {MOST_WORKDAYS} workdays, not {workdays}")
        self.rest_reason(received_on)  # a day before the calendar begins is refused, not guessed
        counted: list[date] = []
        skipped: list[Skipped] = []
        for day, reason in self.days_after(received_on):
            if reason is not None:
                skipped.append(Skipped(day, reason))
                continue
            counted.append(day)
            if len(counted) == workdays:
                break
        return Count(counted[-1], tuple(counted), tuple(skipped), counted[-1] > self.covered_until, self.version)

    def next_workday(self, day: date) -> date:
        """The first workday after the day."""
        return self.due(day, 1).due_on

    def previous_workday(self, day: date) -> date:
        """The last workday before the day."""
        day -= _DAY
        while not self.is_workday(day):
            day -= _DAY
        return day

    def workdays_between(self, after: date, until: date) -> int:
        """How many workdays lie after `after`, up to and including `until`; none if it is earlier."""
        first = after + _DAY
        if until < first:
            return 0
        for end in (first, min(until, self.estimated_until + _DAY)):
            self.rest_reason(end)  # what the calendar does not know is refused, not guessed
        return bisect_right(self._workdays, until) - bisect_right(self._workdays, after)

    @cached_property
    def _workdays(self) -> Sequence[date]:
        """Every workday that is known, in order: pages count the days of many years at a time."""
        known = (self.covered_from + n * _DAY for n in range((self.estimated_until - self.covered_from).days + 1))
        return [day for day in known if self.is_workday(day)]
