"""Which days are worked, and whether a notice says so already (全国年节及纪念日放假办法)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from participation.api.fields import Field
from participation.api.params import dated
from participation.api.params import day as read_day
from participation.api.resource import Asked, Found, Resource
from participation.clock import local_date
from participation.duties.calendar import store
from participation.duties.service import load_calendar
from participation.errors import N_
from participation.workdays import WEEKEND, WorkCalendar

KINDS: dict[str, str] = {
    "workday": N_("Workday"),
    "make_up": N_("Weekend day worked for a festival"),
    "weekend": N_("Weekend"),
    "festival": N_("Festival"),
}


@dataclass(frozen=True)
class Day:
    """One day. `provisional`: no notice says so yet."""

    day: date
    kind: str
    festival: str
    provisional: bool

    @property
    def workday(self) -> bool:
        return self.kind in ("workday", "make_up")


FIELDS = (
    Field("day", "day", N_("The day, in Zhoucun")),
    Field("workday", "boolean", N_("Whether periods in workdays count it"), article="民法典 第二百零三条"),
    Field("kind", "code", N_("Why it is worked or not"), codes=KINDS),
    Field("festival", "text", N_("The festival in Chinese, where one is the reason"), nullable=True),
    Field("provisional", "boolean", N_("Whether the State Council's notice for this day is still to come")),
)
VERSION = (
    Field("label", "text", N_("Name of the version, as dates refer to it")),
    Field("loaded_at", "instant", N_("When it was loaded"), lambda row: row.created_at),
    Field("source", "text", N_("The file it came from")),
    Field("covered_from", "day", N_("First day that a notice decides about")),
    Field("covered_until", "day", N_("Last day that a notice decides about")),
    Field("sha256", "text", N_("Fingerprint of its days"), lambda row: row.digest),
)
BESIDE = (
    Field("covered_from", "day", N_("First day that a notice decides about")),
    Field("covered_until", "day", N_("Last day that a notice decides about")),
    Field("estimated_until", "day", N_("Last day that can be told at all; what lies after the notices is provisional")),
    Field("version", "text", N_("The version that is counted with now")),
    Field("versions", "list", N_("Every version that was ever loaded, the newest first"), fields=VERSION),
)


def _told(known: WorkCalendar, day: date) -> Day:
    reason = known.rest_reason(day)
    kind = "festival" if reason else "make_up" if known.makeup(day) else "workday"
    return Day(day, WEEKEND if reason == WEEKEND else kind, known.festival(day), not known.covers(day))


def page(asked: Asked) -> Found:
    """The days of a span, in order; without one, from the first day of this year."""
    known = load_calendar()
    first = asked.filters.get("from", local_date(asked.now).replace(month=1, day=1) if not asked.filters else None)
    if asked.after:
        first = date.fromisoformat(asked.after[0]) + timedelta(days=1)
    first = max(first or known.covered_from, known.covered_from)
    last = min(asked.filters.get("until", known.estimated_until), known.estimated_until)
    count = max(0, (last - first).days + 1)
    days = [_told(known, first + timedelta(days=n)) for n in range(min(count, asked.limit))]
    beside = {
        "covered_from": known.covered_from,
        "covered_until": known.covered_until,
        "estimated_until": known.estimated_until,
        "version": known.version,
        "versions": store.versions(),
    }
    return Found(days, [days[-1].day.isoformat()] if count > asked.limit else None, beside)


def one(key: Any, _now: datetime) -> Day | None:
    """None for what is no day, or none that the calendar knows."""
    try:
        day = read_day(key)
    except ValueError:
        return None
    known = load_calendar()
    return _told(known, day) if known.covered_from <= day <= known.estimated_until else None


RESOURCE = Resource(
    "calendar",
    N_("Calendar"),
    N_("Workdays, festivals and make-up workdays, as the State Council's notices set them."),
    FIELDS,
    page,
    (
        dated("from", N_("First day of the span; without a span, 1 January of this year"), "2026-10-01"),
        dated("until", N_("Last day of the span"), "2026-10-10"),
    ),
    one=one,
    key="string",
    key_name="day",
    key_meaning=N_("The day, such as 2026-10-01"),
    key_example="2026-10-01",
    beside=BESIDE,
    filed_with={"from": date(2000, 1, 1)},
)
