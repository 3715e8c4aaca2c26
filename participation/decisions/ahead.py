"""What comes next in a decision, and when: from the law's minimums, from what was promised and from the plan. Pure.

Nothing here is a forecast. A day is named only where a rule, a promise or a record gives it; "not before" is the
sum of the periods that the law still asks for; everything else says that no day is set.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from participation.decisions.aftermath import PROGRESS_WORKDAYS, PUBLICATION_WORKDAYS
from participation.decisions.lifecycle import SETTLED
from participation.decisions.progress import ORDER, Progress
from participation.decisions.quarters import quarter_of
from participation.decisions.review import WORKDAYS as REVIEW_WORKDAYS
from participation.workdays import OutsideCalendar, WorkCalendar

COMMENT_DAYS = 30
"""713号 art. 15: natural days, the first not counted."""


@dataclass(frozen=True)
class Marks:
    """The dated facts of the present run. `publish_by` and `file_by` are duties that are still open."""

    hearing_on: date | None = None
    review_sent_on: date | None = None
    review_due_on: date | None = None
    approved_on: date | None = None
    publish_by: date | None = None
    file_by: date | None = None
    executing: bool = False
    evaluation_begun: bool = False


@dataclass(frozen=True)
class Expected:
    """When a step to come takes place. `kind` chooses the sentence: promised, minimum, review, earliest, plan,
    within, by, quarter, if_needed, not_planned, begun, stopped, ended or unknown. `beyond_plan`: by the law's periods
    alone it cannot be in the planned time any more."""

    kind: str
    first: date | None = None
    last: date | None = None
    provisional: bool = False
    late: bool = False
    beyond_plan: bool = False


@dataclass(frozen=True)
class Coming:
    """One dated thing that is still to come: closes, report, hearing, review, publication, dossier, progress or
    plan. `late` is what should have happened already; `not_before` the first day that the law's periods leave,
    where that is later than planned."""

    key: str
    on: date
    late: bool = False
    period: Any = None
    not_before: date | None = None


class _Days:
    """Counting that stops where the calendar ends, instead of guessing."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar

    def after(self, day: date | None, workdays: int) -> date | None:
        if day is None:
            return None
        try:
            return self.calendar.due(day, workdays).due_on
        except OutsideCalendar:
            return None

    def provisional(self, day: date | None) -> bool:
        return day is not None and not self.calendar.covers(day)


def expected(progress: Progress, marks: Marks, calendar: WorkCalendar, *, today: date) -> dict[str, Expected]:
    """For every step of the present run that is not settled. `floor` is the first day on which a step can be
    finished by the law's periods; None once it depends on something that has no day."""
    states = {link.key: link.state for link in progress.links}
    found: dict[str, Expected] = {}
    ended = progress.decision.removed_at is not None or progress.decision.stage == "terminated"
    stopped = "ended" if ended else "stopped" if progress.decision.stage == "suspended" else ""
    floor: date | None = today
    days = _Days(calendar)
    for key in ORDER:
        if states[key] in SETTLED:
            continue
        if stopped:
            found[key] = Expected(stopped)
            continue
        found[key], floor = _WAYS.get(key, _unknown)(key, progress, marks, days, floor, today)
    return found


def _unknown(*_facts: Any) -> tuple[Expected, date | None]:
    return Expected("unknown"), None


def _participation(
    _key: str, progress: Progress, marks: Marks, _days: _Days, floor: date | None, today: date
) -> tuple[Expected, date | None]:
    if _left_out("participation", progress):
        return Expected("not_planned"), floor
    waiting = [period for period in progress.periods if not period.answered]
    if waiting:
        last = max(period.promised_on or period.ends_on for period in waiting)
        kind = "promised" if any(period.promised_on for period in waiting) else "closes"
        return Expected(kind, last=last, late=last < today), max(last, today)
    if progress.periods or floor is None:
        later = max(floor, marks.hearing_on) if floor and marks.hearing_on else floor
        return Expected("unknown"), later
    ends = floor + timedelta(days=COMMENT_DAYS)
    return Expected("minimum", first=ends), ends


def _free(
    key: str, progress: Progress, _marks: Marks, _days: _Days, floor: date | None, _today: date
) -> tuple[Expected, date | None]:
    """Experts and risk: the law names no period, so they move nothing."""
    return Expected("not_planned" if _left_out(key, progress) else "unknown"), floor


def _legality(
    _key: str, _progress: Progress, marks: Marks, days: _Days, floor: date | None, today: date
) -> tuple[Expected, date | None]:
    if marks.review_sent_on is not None and marks.review_due_on is not None:
        due = marks.review_due_on
        return Expected("review", first=marks.review_sent_on, last=due, late=due < today), max(due, today)
    ends = days.after(floor, REVIEW_WORKDAYS)
    if ends is None:
        return Expected("unknown"), None
    return Expected("earliest", days.after(floor, 1), ends, days.provisional(ends)), ends


def _deliberation(
    _key: str, progress: Progress, _marks: Marks, days: _Days, floor: date | None, today: date
) -> tuple[Expected, date | None]:
    decision = progress.decision
    planned = decision.planned_to or decision.planned_from
    first = floor if floor is not None and floor > today else None
    beyond = planned is not None and max(first or today, today) > planned
    kind = "plan" if decision.planned_text or planned else "earliest" if first else "unknown"
    return Expected(kind, first, planned, kind == "earliest" and days.provisional(first), beyond_plan=beyond), None


def _published(
    _key: str, _progress: Progress, marks: Marks, days: _Days, _floor: date | None, today: date
) -> tuple[Expected, date | None]:
    due = marks.publish_by or days.after(marks.approved_on, PUBLICATION_WORKDAYS)
    if due is None:
        return Expected("within"), None
    return Expected("by", last=due, provisional=days.provisional(due), late=due < today), None


def _executing(
    _key: str, _progress: Progress, marks: Marks, days: _Days, _floor: date | None, today: date
) -> tuple[Expected, date | None]:
    if not marks.executing:
        return Expected("after_publication"), None
    due = days.after(quarter_of(today).last, PROGRESS_WORKDAYS)
    return Expected("quarter" if due else "unknown", last=due, provisional=days.provisional(due)), None


def _evaluated(
    _key: str, _progress: Progress, marks: Marks, _days: _Days, _floor: date | None, _today: date
) -> tuple[Expected, date | None]:
    return Expected("begun" if marks.evaluation_begun else "if_needed"), None


_WAYS: Mapping[str, Any] = {
    "participation": _participation, "expert": _free, "risk": _free, "legality": _legality,
    "deliberation": _deliberation, "published": _published, "executing": _executing, "evaluated": _evaluated,
}  # fmt: skip


def _left_out(key: str, progress: Progress) -> bool:
    """Whether the catalogue says that the procedure does not apply; its reason stands there."""
    found = (progress.decision.procedures or {}).get(key, {})
    return str(found.get("state", "unknown")) == "not"


def coming(progress: Progress, marks: Marks, calendar: WorkCalendar, *, today: date) -> list[Coming]:
    """Everything that has a day: what is late first, then by the day. Nothing for a decision that has stopped."""
    decision, days = progress.decision, _Days(calendar)
    if decision.removed_at is not None or decision.stage in ("terminated", "suspended", "closed"):
        return []
    found: list[Coming] = []
    for period in progress.periods:
        if not period.answered and period.ends_on >= today:
            found.append(Coming("closes", period.ends_on, period=period))
        if not period.answered and period.promised_on is not None:
            found.append(Coming("report", period.promised_on, period.promised_on < today, period))
    states = {link.key: link.state for link in progress.links}
    if marks.hearing_on is not None and marks.hearing_on >= today:
        found.append(Coming("hearing", marks.hearing_on))
    if states["legality"] not in SETTLED and marks.review_due_on is not None:
        found.append(Coming("review", marks.review_due_on, marks.review_due_on < today))
    due = marks.publish_by or days.after(marks.approved_on, PUBLICATION_WORKDAYS)
    if states["published"] not in SETTLED and due is not None:
        found.append(Coming("publication", due, due < today))
    if marks.file_by is not None:
        found.append(Coming("dossier", marks.file_by, marks.file_by < today))
    report = days.after(quarter_of(today).last, PROGRESS_WORKDAYS)
    if marks.executing and states["executing"] not in SETTLED and report is not None:
        found.append(Coming("progress", report))
    if states["deliberation"] not in SETTLED and decision.planned_to is not None:
        meets = expected(progress, marks, calendar, today=today).get("deliberation")
        first = meets.first if meets is not None and meets.beyond_plan else None
        found.append(Coming("plan", decision.planned_to, decision.planned_to < today, not_before=first))
    return sorted(found, key=lambda each: (not each.late, each.key == "plan", each.on))
