"""How long a consultation must be open: 713号 art. 15, the first day not counted."""

from datetime import date

import pytest

from participation.consultations.rules.checklist import Announcement, checklist, missing
from participation.consultations.rules.period import MINIMA, earliest_end
from participation.duties import service as duties
from tests.consultations.periods import plan


@pytest.fixture
def calendar(world):
    return duties.load_calendar()


@pytest.mark.parametrize(
    ("kind", "business", "starts_on", "earliest"),
    [
        ("major_decision", False, date(2023, 3, 6), date(2023, 4, 5)),
        ("major_decision", True, date(2026, 11, 2), date(2026, 12, 2)),
        ("major_decision", False, date(2024, 1, 30), date(2024, 2, 29)),
        ("major_decision", False, date(2026, 12, 15), date(2027, 1, 14)),
        ("normative_document", False, date(2026, 11, 23), date(2026, 12, 2)),
        ("normative_document", False, date(2026, 9, 28), date(2026, 10, 13)),
        ("normative_document", True, date(2026, 11, 23), date(2026, 12, 23)),
    ],
)
def test_the_first_day_that_may_be_the_last(calendar, kind, business, starts_on, earliest):
    assert earliest_end(kind, business, starts_on, calendar) == earliest


def facts(starts_on: date, ends_on: date | None, **changes: object) -> Announcement:
    one = plan()
    values: dict[str, object] = {
        "kind": "major_decision",
        "concerns_business": False,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "short_reason": "",
        "promised_feedback_on": date(2027, 3, 1),
        "draft_clauses": 3,
        "explanation": one.explanation,
        "why": one.why,
        "contact_person": "李明",
        "contact_phone": "0533-0000001",
        "contact_address": "新建中路 1 号",
        "contact_email": "a@example.cn",
        "ways": 4,
    }
    return Announcement(**(values | changes))


def gaps(announcement: Announcement, calendar) -> list[str]:
    return [check.key for check in missing(checklist(announcement, calendar))]


def test_ningjin_2023_had_its_thirty_days(calendar):
    real = facts(date(2023, 3, 6), date(2023, 4, 5), promised_feedback_on=date(2023, 5, 1))
    assert gaps(real, calendar) == []


def test_zichuan_2022_had_twenty_nine_and_is_refused(calendar):
    real = facts(date(2022, 9, 26), date(2022, 10, 25), promised_feedback_on=date(2022, 12, 1))
    assert gaps(real, calendar) == ["period"]


def test_a_shorter_period_needs_a_printed_reason(calendar):
    short = facts(date(2026, 11, 27), date(2026, 12, 7), short_reason="汛期前必须完成。")
    period = next(check for check in checklist(short, calendar) if check.key == "period")
    assert (period.state, period.title_args["days"]) == ("warn", 10)
    assert gaps(short, calendar) == []


def test_a_last_day_that_is_no_workday_is_warned_about_and_the_next_one_offered(calendar):
    sunday = facts(date(2026, 11, 27), date(2026, 12, 27))
    warned = next(check for check in checklist(sunday, calendar) if check.key == "last_day")
    assert (warned.state, warned.text_args["day"]) == ("warn", date(2026, 12, 28))
    assert "last_day" not in {check.key for check in checklist(facts(date(2026, 11, 27), date(2026, 12, 28)), calendar)}


@pytest.mark.parametrize(
    ("changes", "gap"),
    [
        ({"draft_clauses": None}, "draft"),
        ({"explanation": " "}, "explanation"),
        ({"why": ""}, "why"),
        ({"contact_phone": ""}, "contact"),
        ({"ends_on": None}, "period"),
        ({"ends_on": date(2026, 11, 2)}, "period"),
        ({"ends_on": date(2027, 12, 2), "promised_feedback_on": date(2027, 12, 24)}, "period"),
        ({"promised_feedback_on": None}, "feedback"),
        ({"promised_feedback_on": date(2026, 12, 2)}, "feedback"),
    ],
)
def test_each_missing_part_is_named(calendar, changes, gap):
    assert gaps(facts(**({"starts_on": date(2026, 11, 2), "ends_on": date(2026, 12, 2)} | changes)), calendar) == [gap]


def test_missing_lines_stand_first(calendar):
    states = [check.state for check in checklist(facts(date(2026, 11, 27), date(2026, 12, 27), why=""), calendar)]
    assert states == sorted(states, key=["no", "warn", "ok"].index)
    assert states[0] == "no"


def test_the_table_has_every_kind():
    assert {(rule.days, rule.unit) for rule in MINIMA.values()} == {(30, "natural_days"), (7, "workdays")}
