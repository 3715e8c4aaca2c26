"""`workdays due` and `workdays import`, as an officer types them."""

import json
from datetime import date

import pytest

from participation.duties.calendar import load_calendar
from participation.extensions import db
from tests.duties.notices import FILE_2027, ROWS_2027, file_of


@pytest.fixture
def run(world, app):
    runner = app.test_cli_runner()
    return lambda *args: runner.invoke(args=["workdays", *args])


def test_due_as_json(run):
    answer = run("due", "2026-09-28T10:00:00+08:00", "5", "--json")
    assert answer.exit_code == 0
    assert json.loads(answer.stdout) == {
        "due_on": "2026-10-10",
        "due_at": "2026-10-11T00:00:00+08:00",
        "counted": ["2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10"],
        "skipped": [{"day": f"2026-10-0{day}", "reason": "festival:国庆节"} for day in range(1, 8)],
        "provisional": False,
        "calendar_version": "2026-1",
    }


@pytest.mark.parametrize(
    ("instant", "due_on"),
    [
        ("2026-11-19T23:59:59+08:00", "2026-11-26"),
        ("2026-11-20T00:00:00+08:00", "2026-11-27"),
        ("2026-11-19T15:59:59Z", "2026-11-26"),
        ("2026-11-19T16:00:00Z", "2026-11-27"),
        ("2026-11-19T07:59:59-08:00", "2026-11-26"),
        ("2026-11-19T23:59:59", "2026-11-26"),
        ("2026-11-19", "2026-11-26"),
    ],
)
def test_the_day_of_receipt_is_shanghais(run, instant, due_on):
    assert json.loads(run("due", instant, "5", "--json").stdout)["due_on"] == due_on


def test_due_in_words(run):
    assert run("due", "2026-11-19T10:00", "2").stdout.splitlines() == [
        "due on 2026-11-23 at 24:00, Asia/Shanghai",
        "  counted 1: 2026-11-20",
        "  counted 2: 2026-11-23",
        "  skipped: 2026-11-21 (weekend)",
        "  skipped: 2026-11-22 (weekend)",
        "calendar version 2026-1",
    ]


@pytest.mark.parametrize(
    "args",
    [
        ("yesterday", "5"),
        ("2026-13-01T00:00:00", "5"),
        ("２０２６-11-19", "5"),
        ("0001-01-01T00:00:00+14:00", "5"),
        ("9999-12-31T23:59:59-12:00", "5"),
        ("2018-12-31T12:00:00", "5"),
        ("2026-11-19", "0"),
        ("2026-11-19", "367"),
        ("2026-11-19", "five"),
    ],
)
def test_what_cannot_be_counted_is_an_error_in_one_sentence(run, args):
    answer = run("due", *args, "--json")
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert "Error: " in answer.stderr


def test_import_loads_a_notice(run, tmp_path):
    file = tmp_path / "2027.csv"
    file.write_bytes(FILE_2027)
    assert run("import", str(file)).stdout.splitlines() == [
        "Loaded as version 2027-1, covered until 2027-12-31.",
        "0 open duties have a new date, 0 keep theirs though an earlier one was counted,"
        " 0 were counted anew without moving.",
    ]
    assert run("import", str(file)).stdout == "Nothing new: version 2027-1 says the same.\n"
    answer = json.loads(run("import", str(file), "--json").stdout)
    assert answer["loaded"] is False
    assert json.loads(run("due", "2026-12-31", "5", "--json").stdout)["provisional"] is False


def test_import_refuses_with_every_reason(run, tmp_path):
    file = tmp_path / "bad.csv"
    file.write_bytes(file_of([*ROWS_2027, "2027-03-03,holiday,春节,号", "heute,rest,春节,号"]))
    answer = run("import", str(file))
    assert answer.exit_code == 1
    assert answer.stderr.splitlines() == [
        "line 35: “holiday” is not a kind of day. Write rest or makeup_workday.",
        "line 36: “heute” is not a date. Write it like 2027-01-01.",
        "Error: Nothing was loaded.",
    ]
    db.session.rollback()
    assert load_calendar().covered_until == date(2026, 12, 31)
