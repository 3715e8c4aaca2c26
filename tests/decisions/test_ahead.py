"""What comes next and when: named only where a rule, a promise or a record names it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from participation.decisions.ahead import Coming, Expected, Marks, coming, expected
from participation.decisions.progress import earlier_runs, progress_of
from participation.decisions.steps import STEPS
from participation.duties.calendar.seed import seed_contents

CALENDAR = seed_contents().calendar("test")
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@dataclass
class Period:
    starts_on: date = date(2026, 11, 2)
    ends_on: date = date(2026, 12, 2)
    promised_on: date | None = date(2026, 12, 7)
    answered: bool = False
    opened: bool = True

    def is_open(self, _now: datetime) -> bool:
        return self.opened

    def is_late(self, today: date) -> bool:
        return not self.answered and self.promised_on is not None and today > self.promised_on


@dataclass
class Row:
    step: str
    on: date | None
    state: str = "done"
    began_on: date | None = None
    round: int = 1
    set_aside_at: datetime | None = None
    recorded_at: datetime = NOW


@dataclass
class Decision:
    every_step: list[Row] = field(default_factory=list)
    stage: str = "drafting"
    round: int = 1
    removed_at: datetime | None = None
    published: bool = True
    procedures: dict = field(default_factory=dict)
    planned_from: date | None = None
    planned_to: date | None = None
    planned_text: str = ""
    batch = SimpleNamespace(published_at=datetime(2026, 6, 24, 2, 0, tzinfo=UTC))

    @property
    def steps(self) -> list[Row]:
        return [row for row in self.every_step if row.round == self.round and row.set_aside_at is None]


DAYS = dict(zip(list(STEPS)[1:], (date(2026, month, day) for month, day in (
    (7, 6), (7, 20), (9, 1), (9, 2), (9, 3), (9, 20), (9, 28), (10, 8), (10, 20), (11, 20),
)), strict=True))  # fmt: skip


def gone_to(last: str, **changes: object) -> Decision:
    keys = list(DAYS)
    return Decision([Row(key, DAYS[key]) for key in keys[: keys.index(last) + 1]], stage=last, **changes)


def ahead_of(decision: Decision, *periods: Period, marks: Marks | None = None) -> dict[str, Expected]:
    found = progress_of(decision, periods, now=NOW)
    return expected(found, marks or Marks(), CALENDAR, today=TODAY)


def next_of(decision: Decision, *periods: Period, marks: Marks | None = None) -> list[Coming]:
    return coming(progress_of(decision, periods, now=NOW), marks or Marks(), CALENDAR, today=TODAY)


def test_nothing_is_known_of_what_follows_a_draft_that_is_not_written():
    found = ahead_of(gone_to("started"))
    assert {found[key].kind for key in ("drafting", "participation", "legality", "deliberation")} == {"unknown"}


def test_after_the_draft_the_law_needs_thirty_days_and_seven_workdays():
    found = ahead_of(gone_to("drafting"))
    assert found["participation"] == Expected("minimum", first=date(2026, 12, 23))
    assert found["legality"] == Expected("earliest", date(2026, 12, 24), date(2027, 1, 4), provisional=True)


def test_the_review_follows_the_promised_report_on_the_comments():
    found = ahead_of(gone_to("drafting"), Period())
    assert found["participation"] == Expected("promised", last=date(2026, 12, 7))
    assert found["legality"] == Expected("earliest", date(2026, 12, 8), date(2026, 12, 16))


def test_a_report_that_is_late_moves_the_review_to_today():
    late = Period(date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 10), opened=False)
    found = ahead_of(gone_to("drafting"), late)
    assert found["participation"] == Expected("promised", last=date(2026, 11, 10), late=True)
    assert found["legality"].first == date(2026, 11, 24)


def test_the_reviewer_s_own_day_counts_once_the_draft_is_sent():
    marks = Marks(review_sent_on=date(2026, 11, 18), review_due_on=date(2026, 11, 30))
    found = ahead_of(gone_to("risk"), marks=marks)
    assert found["legality"] == Expected("review", first=date(2026, 11, 18), last=date(2026, 11, 30))


def test_a_plan_that_the_law_leaves_no_time_for_is_called_late():
    found = ahead_of(gone_to("drafting", planned_text="2026年底", planned_to=date(2026, 12, 31)))
    assert found["deliberation"] == Expected(
        "plan", date(2027, 1, 4), date(2026, 12, 31), provisional=False, beyond_plan=True
    )


def test_publication_is_due_twenty_workdays_after_the_meeting():
    marks = Marks(approved_on=date(2026, 9, 28))
    found = ahead_of(gone_to("deliberation"), marks=marks)
    assert found["published"] == Expected("by", last=date(2026, 10, 30), late=True)
    assert next_of(gone_to("deliberation"), marks=marks)[0] == Coming("publication", date(2026, 10, 30), late=True)


def test_without_a_meeting_publication_has_no_day():
    assert ahead_of(gone_to("legality"))["published"] == Expected("within")


def test_progress_is_reported_after_the_quarter():
    decision = gone_to("published")
    decision.every_step.append(Row("executing", None, "now", date(2026, 10, 20)))
    found = ahead_of(decision, marks=Marks(executing=True))
    assert found["executing"].kind == "quarter"
    assert found["executing"].last == date(2027, 1, 15)
    assert found["evaluated"] == Expected("if_needed")


@pytest.mark.parametrize(("stage", "kind"), [("suspended", "stopped"), ("terminated", "ended")])
def test_what_stands_still_has_no_days(stage, kind):
    decision = gone_to("drafting")
    decision.stage = stage
    found = ahead_of(decision, Period())
    assert {one.kind for one in found.values()} == {kind}
    assert next_of(decision, Period()) == []


def test_a_procedure_that_the_catalogue_leaves_out_has_no_day():
    found = ahead_of(gone_to("drafting", procedures={"expert": {"state": "not", "reason": "不涉及专业问题"}}))
    assert found["expert"] == Expected("not_planned")


def test_what_is_late_stands_first_and_the_plan_last():
    decision = gone_to("drafting", planned_to=date(2026, 11, 30))
    late = Period(date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 10), opened=False)
    keys = [(one.key, one.late) for one in next_of(decision, Period(), late)]
    assert keys == [("report", True), ("closes", False), ("report", False), ("plan", False)]


def test_past_the_calendar_no_day_is_guessed():
    far = Period(date(2040, 1, 1), date(2040, 2, 1), date(2040, 3, 1))
    assert ahead_of(gone_to("drafting"), far)["legality"] == Expected("unknown")


def test_the_three_without_an_order_stand_as_they_happened():
    decision = gone_to("drafting")
    decision.every_step.append(Row("risk", date(2026, 9, 3)))
    found = progress_of(decision, [Period()], now=NOW)
    assert [link.key for link in found.links[3:6]] == ["risk", "participation", "expert"]
    assert found.current is not None
    assert (found.current.key, found.current.state, found.current.on) == ("participation", "now", date(2026, 11, 2))
    assert found.rail[3:5] == ["done", "now"]


def test_a_later_run_has_its_own_steps_and_periods():
    first = gone_to("published")
    first.every_step.append(Row("started", date(2026, 11, 16), round=2))
    first.round, first.stage = 2, "started"
    old = Period(date(2026, 8, 1), date(2026, 8, 31), answered=True, opened=False)
    now, earlier = progress_of(first, [old], now=NOW), earlier_runs(first, [old], now=NOW)
    assert [link.state for link in now.links[:3]] == ["done", "done", "now"]
    assert now.links[1].days is None
    assert now.periods == ()
    assert [(run.round, len(run.links), run.periods) for run in earlier] == [(1, 9, (old,))]


def test_an_undone_step_is_open_again():
    decision = gone_to("risk")
    decision.every_step[-1].set_aside_at = NOW
    decision.stage = "expert"
    found = progress_of(decision, [], now=NOW)
    assert found.current is not None
    assert (found.current.key, found.current.state) == ("risk", "now")


def test_nobody_waits_for_an_evaluation():
    found = progress_of(gone_to("executing"), [], now=NOW)
    assert found.current is not None
    assert (found.current.key, found.current.state, found.rail[-1]) == ("evaluated", "todo", "")
