"""A notice as a file is taken whole or refused whole, each reason with its line."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.duties.calendar.notice_file import Unusable, merged_or_refused, read_notices
from participation.duties.calendar.seed import seed_contents
from tests.duties.notices import FILE_2027, MADE_UP, ROWS_2027, RUNS, file_of, rows_of

SEED = seed_contents()


def refused(data: bytes) -> list[str]:
    with pytest.raises(Unusable) as refusal:
        merged_or_refused(SEED, read_notices(data))
    return [str(problem) for problem in refusal.value.problems]


def test_a_whole_notice_extends_the_coverage_by_its_year():
    merged = merged_or_refused(SEED, read_notices(FILE_2027))
    assert merged.covered_until == date(2027, 12, 31)
    assert merged.covered_from == date(2019, 1, 1)
    calendar = merged.calendar("next")
    assert calendar.due(date(2027, 2, 4), 2).due_on == date(2027, 2, 13)
    assert not calendar.due(date(2027, 2, 4), 2).provisional


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_as_offices_save_them(encoding):
    assert read_notices(file_of(ROWS_2027, encoding)).digest == read_notices(FILE_2027).digest


def test_dates_as_a_spreadsheet_rewrites_them():
    rewritten = FILE_2027.replace(b"2027-01-01", b"2027/1/1").replace(b"\n", b"\r\n")
    assert read_notices(rewritten).digest == read_notices(FILE_2027).digest


def test_the_columns_may_stand_in_another_order():
    data = "notice,festival,kind,date\n号,元旦,rest,2027-01-01\n".encode()
    assert list(read_notices(data).days) == [date(2027, 1, 1)]


def test_a_day_twice_is_refused():
    assert refused(file_of([*ROWS_2027, ROWS_2027[0]])) == ["line 35: 2027-01-01 stands on line 2 already."]


def test_a_day_that_rests_and_is_worked_is_refused():
    rows = [*ROWS_2027, "2027-02-06,makeup_workday,春节,号", "2027-02-13,rest,春节,号"]
    assert refused(file_of(rows)) == [
        "line 35: 2027-02-06 is the statutory festival 春节; it cannot be a workday.",
        "line 36: 2027-02-13 contradicts line 29: a day rests or is worked.",
    ]


def test_a_make_up_day_on_a_weekday_is_refused():
    assert refused(file_of([*ROWS_2027, "2027-03-03,makeup_workday,春节,号"])) == [
        "line 35: 2027-03-03 is no Saturday or Sunday, so there is nothing to make up on it."
    ]


def test_a_notice_without_one_of_its_festivals_is_refused():
    runs = {festival: run for festival, run in RUNS.items() if festival != "端午节"}
    rows = rows_of(runs, MADE_UP)
    assert refused(file_of(rows)) == ["line 33: The notice of 2027 is incomplete: 2027-06-09 (端午节) does not rest."]


def test_a_festival_with_a_hole_is_refused():
    rows = [row for row in ROWS_2027 if not row.startswith("2027-10-06")]
    assert refused(file_of(rows)) == ["line 33: 2027-10-06 is missing: 国庆节 rests from 2027-10-01 to 2027-10-07."]


def test_a_year_left_out_between_two_notices_is_refused():
    later = [row.replace("2027-", "2028-") for row in ROWS_2027]
    problems = refused(file_of([row for row in later if "rest" in row]))
    assert "2027 has no notice, though years before and after it have." in problems


def test_a_single_amended_day_is_taken_into_a_known_year():
    merged = merged_or_refused(SEED, read_notices(file_of(["2026-11-28,makeup_workday,国庆节,临时通知"])))
    assert merged.calendar("x").makeup(date(2026, 11, 28))
    assert len(merged.days) == len(SEED.days) + 1


def test_a_new_notice_of_a_known_year_replaces_the_old_one():
    calendar = merged_or_refused(
        SEED,
        read_notices(
            file_of(
                rows_of(
                    {
                        "元旦": ("2026-01-01", "2026-01-01"),
                        "春节": ("2026-02-16", "2026-02-19"),
                        "清明节": ("2026-04-05", "2026-04-05"),
                        "劳动节": ("2026-05-01", "2026-05-02"),
                        "端午节": ("2026-06-19", "2026-06-19"),
                        "中秋节": ("2026-09-25", "2026-09-25"),
                        "国庆节": ("2026-10-01", "2026-10-03"),
                    },
                    {},
                )
            )
        ),
    ).calendar("x")
    assert not calendar.is_workday(date(2026, 10, 10))
    assert calendar.is_workday(date(2026, 10, 5))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "line 1: The first line must read: date,kind,festival,notice"),
        (b"date,kind\n", "line 1: The first line must read: date,kind,festival,notice"),
        (b"date,kind,festival,notice\n", "The file has headings and no days."),
        (b"\xff\xfe\x00", "The file is not text in UTF-8 or GB18030. Save it as CSV."),
        (b"date,kind,festival,notice\n\x00\n", "The file is not text in UTF-8 or GB18030. Save it as CSV."),
        (b"a" * 1048577, "The file is larger than 1 MB: a year's notice has some forty lines."),
        (b'date,kind,festival,notice\n"2027-01-01', "line 2: The quotation marks on this line do not close."),
    ],
)
def test_a_file_that_is_no_notice(data, problem):
    assert refused(data) == [problem]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("2027-02-30,rest,春节,号", "“2027-02-30” is not a date. Write it like 2027-01-01."),
        ("２０２７-01-01,rest,元旦,号", "“２０２７-01-01” is not a date. Write it like 2027-01-01."),
        ("1027-01-01,rest,元旦,号", "“1027-01-01” is not a date. Write it like 2027-01-01."),
        ("2027-01-01,holiday,元旦,号", "“holiday” is not a kind of day. Write rest or makeup_workday."),
        ("2027-01-01,rest,,号", "Name the festival of this rest day."),
        ("2027-01-01,rest,元旦,", "Name the notice that says so."),
        ("2027-01-01,rest,元旦", "This line must have four cells: date, kind, festival, notice."),
        ("2027-01-01,rest," + "元" * 41 + ",号", "The festival has at most 40 characters and the notice at most 120."),
    ],
)
def test_a_line_that_cannot_be_read(row, problem):
    assert refused(file_of([*ROWS_2027[1:], row])) == [f"line 34: {problem}"]


@given(st.binary(max_size=200))
def test_no_bytes_do_anything_but_load_or_be_refused(data):
    for content in (data, b"date,kind,festival,notice\n" + data):
        with suppress(Unusable):
            assert read_notices(content).days


@given(st.permutations(ROWS_2027))
def test_the_order_of_lines_and_a_second_import_change_nothing(rows):
    once = merged_or_refused(SEED, read_notices(file_of(rows)))
    assert once.digest == merged_or_refused(SEED, read_notices(FILE_2027)).digest
    assert merged_or_refused(once, read_notices(file_of(rows))).digest == once.digest
