"""The stage on which the demonstration's history is played: its people, its clock, its plan."""

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count

from participation import clock
from participation.access import Actor, Role
from participation.duties.service import load_calendar
from participation.extensions import db
from participation.workdays import WorkCalendar

Act = Callable[[datetime], object]


@dataclass
class Stage:
    """Acts are played in the order of their instants; what lies after `until` has not happened.

    Actors are kept by department code and role; chance is fixed, so that every load is the same
    district seen from another day."""

    until: datetime
    department: dict[str, int] = field(default_factory=dict)
    actors: dict[tuple[str, Role], Actor] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(255300))
    _plan: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _order: count = field(default_factory=count)  # type: ignore[type-arg]
    _calendar: WorkCalendar | None = None

    @property
    def today(self) -> date:
        return clock.local_date(self.until)

    @property
    def calendar(self) -> WorkCalendar:
        if self._calendar is None:
            self._calendar = load_calendar()
        return self._calendar

    def actor(self, code: str, role: Role) -> Actor:
        return self.actors[(code, role)]

    def at(self, instant: datetime, act: Act) -> None:
        """Plans an act. It gets its instant as `now`."""
        heapq.heappush(self._plan, (instant, next(self._order), act))

    def play(self, until: datetime | None = None) -> int:
        """Plays every act up to `until`, each in a transaction of its own. Returns how many."""
        played, until = 0, until or self.until
        while self._plan and self._plan[0][0] <= until:
            instant, _, act = heapq.heappop(self._plan)
            with clock.played(instant):
                act(instant)
                db.session.commit()
            played += 1
        return played

    def workday(self, day: date, after: int) -> date:
        """The n-th workday after a day; the day itself for 0, or the next workday."""
        if after <= 0:
            return day if self.calendar.is_workday(day) else self.calendar.next_workday(day)
        return self.calendar.due(day, after).due_on

    def office_hour(self, day: date) -> datetime:
        """Some minute of that day's office hours."""
        return moment(day, 8, 40) + timedelta(minutes=self.chance.randrange(0, 490))

    def any_hour(self, day: date) -> datetime:
        """Some minute of the day at which people write letters."""
        return moment(day, 6, 20) + timedelta(minutes=self.chance.randrange(0, 1000), seconds=self.chance.randrange(60))


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=clock.SHANGHAI)
