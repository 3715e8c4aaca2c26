"""The day strip, cell by cell."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from participation.access import SYSTEM
from participation.duties import service
from participation.duties.calendar.seed import seed_contents
from participation.duties.strip import Cell, Strip, build, day_strip
from participation.extensions import db
from tests.duties.notices import at

CALENDAR = seed_contents().calendar("test")


def d(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def strip(received: date, today: date, answered: date | None = None, **more) -> Strip:
    count = CALENDAR.due(received, 5)
    skipped = {skip.day: skip.reason for skip in count.skipped}
    values = {"today": today, "answered_on": answered, "provisional": count.provisional, "calendar": CALENDAR}
    return build(received, list(count.counted), skipped, **(values | more))


def day(kind: str, on: str, when: str, ordinal: int = 0, strokes: int = 0, **more) -> Cell:
    return Cell(kind, d(on), d(on), when, ordinal, strokes, **more)


def run(first: str, last: str, when: str, festival: str = "") -> Cell:
    return Cell("rest", d(first), d(last), when, festival=festival)


def test_a_letter_of_19_november_seen_on_the_23rd():
    seen = strip(d("11-19"), d("11-23"))
    assert seen.cells == (
        day("zero", "11-19", "past"),
        day("counted", "11-20", "past", 1, 1),
        run("11-21", "11-22", "past"),
        day("counted", "11-23", "today", 2, 2),
        day("counted", "11-24", "ahead", 3),
        day("counted", "11-25", "ahead", 4),
        day("counted", "11-26", "ahead", 5, flag="due"),
    )
    assert (seen.state, seen.remaining, seen.late_by, seen.due_on, seen.long) == ("", 3, 0, d("11-26"), False)


def test_a_letter_over_national_day_answered_a_day_early():
    seen = strip(d("09-28"), d("11-23"), d("10-09"))
    assert seen.cells == (
        day("zero", "09-28", "past"),
        day("counted", "09-29", "past", 1, 1),
        day("counted", "09-30", "past", 2, 2),
        run("10-01", "10-07", "past", "国庆节"),
        day("counted", "10-08", "past", 3, 3),
        day("counted", "10-09", "past", 4, 4, answered=True),
        day("counted", "10-10", "unused", 5, makeup=True, flag="due"),
    )
    assert (seen.state, seen.answered_on) == ("kept", d("10-09"))
    assert seen.cells[3].days == 7
    assert seen.makeups == (seen.cells[-1],)


def test_a_letter_before_a_make_up_saturday_and_spring_festival():
    assert strip(d("02-13"), d("02-13")).cells == (
        day("zero", "02-13", "today"),
        day("counted", "02-14", "ahead", 1, makeup=True),
        run("02-15", "02-23", "ahead", "春节"),
        day("counted", "02-24", "ahead", 2),
        day("counted", "02-25", "ahead", 3),
        day("counted", "02-26", "ahead", 4),
        day("counted", "02-27", "ahead", 5, flag="due"),
    )


def test_one_workday_late_after_a_weekend():
    seen = strip(d("11-13"), d("11-23"))
    assert seen.cells[-3:] == (
        day("counted", "11-20", "past", 5, 5, flag="due"),
        run("11-21", "11-22", "past"),
        day("late", "11-23", "today", 1),
    )
    assert (seen.state, seen.late_by, seen.long) == ("late", 1, True)


def test_on_the_weekend_after_the_due_day_it_is_late_by_no_workday_yet():
    seen = strip(d("11-13"), d("11-21"))
    assert seen.cells[-1] == run("11-21", "11-21", "today")
    assert (seen.state, seen.late_by) == ("late", 0)


def test_a_long_lateness_shows_its_first_days_and_its_last():
    seen = strip(d("10-13"), d("11-23"))
    assert seen.cells[-4:] == (
        day("late", "10-21", "past", 1),
        day("late", "10-22", "past", 2),
        Cell("late", d("10-23"), d("11-22"), "past", 23),
        day("late", "11-23", "today", 24),
    )
    assert len(seen.cells) == 11


def test_answered_late_ends_at_the_answer():
    seen = strip(d("11-13"), d("11-30"), d("11-24"))
    assert seen.cells[-1] == day("late", "11-24", "past", 2, answered=True)
    assert (seen.state, seen.late_by, seen.remaining) == ("late", 2, 0)


def test_an_answer_on_a_rest_day_stands_by_itself():
    seen = strip(d("11-13"), d("11-23"), d("11-15"))
    assert seen.cells[1:3] == (
        run("11-14", "11-14", "past"),
        Cell("rest", d("11-15"), d("11-15"), "past", answered=True),
    )
    assert seen.state == "kept"


def test_due_soon_is_the_due_day_and_the_workday_before_it():
    states = [strip(d("11-17"), d(today)).state for today in ("11-20", "11-22", "11-23", "11-24", "11-25")]
    assert states == ["", "", "soon", "soon", "late"]
    assert strip(d("11-17"), d("11-23")).remaining == 1


def test_days_without_a_notice_are_provisional():
    seen = strip(d("12-28"), d("12-29"))
    assert [cell.provisional for cell in seen.cells] == [False, False, False, False, False, True, True]
    assert seen.cells[4] == Cell("rest", date(2027, 1, 1), date(2027, 1, 3), "ahead", festival="元旦")
    assert (seen.cells[-1].flag, seen.provisional) == ("provisional", True)


def test_a_preview_draws_the_strokes_of_the_days_ahead():
    seen = strip(d("11-23"), d("11-23"), preview=True)
    assert [cell.strokes for cell in seen.cells] == [0, 1, 2, 3, 4, 0, 5]


def test_an_extension_is_counted_apart_and_keeps_the_first_flag():
    count = CALENDAR.due(d("11-13"), 7)
    seen = build(
        d("11-13"),
        list(count.counted),
        {skip.day: skip.reason for skip in count.skipped},
        today=d("11-23"),
        regular_due=d("11-20"),
    )
    assert seen.cells[-4:] == (
        day("counted", "11-20", "past", 5, 5, flag="old_due"),
        run("11-21", "11-22", "past"),
        day("extended", "11-23", "today", 1),
        day("extended", "11-24", "ahead", 2, flag="new_due"),
    )
    assert seen.extended


def test_the_strip_of_a_duty_is_the_strip_of_its_count(opened):
    duty = opened("2026-11-13T10:00")
    now = at("2026-11-23T09:00")
    assert day_strip(duty, now) == strip(d("11-13"), d("11-23"))
    assert day_strip(CALENDAR.due(d("11-13"), 5), now) == strip(d("11-13"), d("11-23"))
    service.meet(duty, actor=SYSTEM, now=at("2026-11-24T09:00"))
    db.session.commit()
    assert day_strip(duty, now) == strip(d("11-13"), d("11-23"), d("11-24"))


@given(
    st.dates(date(2019, 1, 1), date(2026, 12, 20)),
    st.integers(0, 60),
    st.none() | st.integers(0, 60),
)
def test_the_cells_are_every_day_once_and_in_order(received, until, answered_after):
    today = date.fromordinal(received.toordinal() + until)
    answered = None if answered_after is None else date.fromordinal(received.toordinal() + answered_after)
    seen = strip(received, today, answered)
    days = [number for cell in seen.cells for number in range(cell.first.toordinal(), cell.last.toordinal() + 1)]
    last = max(seen.due_on, answered or today)
    assert days == list(range(received.toordinal(), last.toordinal() + 1))
    assert [cell.first for cell in seen.cells if cell.answered] == ([] if answered is None else [answered])
    assert sum(cell.when == "today" for cell in seen.cells) == (answered is None)
    assert sum(cell.kind == "counted" for cell in seen.cells) == 5
