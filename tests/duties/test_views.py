"""The public calendar page, and loading a notice through a page."""

import io
from datetime import date

import pytest
from sqlalchemy import func, select

from participation import clock
from participation.duties import service as duties
from participation.duties.calendar import load_calendar
from participation.duties.models import CalendarVersion, Duty
from participation.duties.recounting import import_calendar, preview_calendar
from participation.extensions import db
from tests.browse import words
from tests.duties.notices import FILE_2027, ROWS_2027, file_of


def test_anybody_may_count_and_is_told_how(world, client, played):
    with played("2026-09-20T09:00"):
        page = client.get("/calendar?from=2026-09-28&days=5&lang=en")
    assert page.status_code == 200
    assert "Due on Sat 10 October, 24:00" in words(page.text).replace("\u00a0", " ")
    assert "pp-days" in page.text


def test_the_chinese_page_names_coverage_festivals_and_notices(world, client, played):
    with played("2026-09-20T09:00"):
        text = words(client.get("/calendar?year=2026").text)
    assert "2026年12月31日" in text
    assert "国庆节 10月1日–10月7日" in text
    assert "2月14日（周六）、2月28日（周六）" in text
    assert "国务院办公厅2025年11月4日通知" in text


def test_a_year_without_a_notice_says_that_it_is_provisional(world, client):
    page = client.get("/calendar?year=2027&lang=en")
    assert "make-up workdays are unknown" in page.text
    assert "全国年节及纪念日放假办法" in page.text
    assert "provisional" in words(client.get("/calendar?from=2026-12-29&days=5&lang=en").text)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=yesterday&days=5", "Write the day like 2026-12-02."),
        ("from=&days=5", "Write the day on which it was received, like 2026-11-19."),
        ("from=2026-11-19&days=0", "Write a number of workdays from 1 to 366."),
        ("from=2026-11-19&days=99999999999999999999", "Write a number of workdays from 1 to 366."),
        ("from=2026-11-19&days=%00", "Write a number of workdays from 1 to 366."),
        ("from=2026-11-19", "Write how many workdays to count, like 5."),
        ("from=9999-12-31&days=5", "The calendar reaches from 2019-01-01 to 2036-12-31."),
        ("from=2036-12-30&days=300", "The calendar reaches from 2019-01-01 to 2036-12-31."),
    ],
)
def test_what_cannot_be_counted_keeps_what_was_typed(world, client, query, sentence):
    page = client.get(f"/calendar?lang=en&{query}")
    assert page.status_code == 422
    assert sentence in words(page.text)


def test_full_width_digits_are_read(world, client):
    assert client.get("/calendar?from=２０２６-１１-１９&days=５").status_code == 200


def test_a_long_count_is_told_in_numbers(world, client):
    page = client.get("/calendar?from=2026-01-04&days=60&lang=en")
    assert "60 workdays are counted" in words(page.text)


@pytest.mark.parametrize("year", ["2018", "2028", "x", "99999999999999999999", "２０２６"])
def test_a_year_beyond_the_calendar_is_not_found(world, client, year):
    assert client.get(f"/calendar?year={year}").status_code == 404


def load(client, data: bytes):
    return client.submit("/calendar/notices?lang=en", {"file": (io.BytesIO(data), "2027.csv")})


@pytest.mark.parametrize("login", ["office", "administrator"])
def test_who_keeps_the_calendar_loads_a_notice(world, client, login):
    world.sign_in(client, login)
    shown = load(client, FILE_2027)
    assert shown.status_code == 200
    assert "What this notice would change" in shown.text
    assert load_calendar().covered_until == date(2026, 12, 31)
    answer = confirm(client, FILE_2027)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/calendar?year=2027")
    assert "The notice is loaded." in client.get(answer.headers["Location"]).text
    assert load_calendar().covered_until == date(2027, 12, 31)
    assert "Nothing has changed." in client.get(load(client, FILE_2027).headers["Location"]).text


def confirm(client, data: bytes):
    return client.submit("/calendar/notices?lang=en", {"notice": data.decode(), "source": "2027.csv"})


def test_what_a_notice_would_move_is_told_before_it_is_loaded(world, client, played):
    with played("2026-12-28T09:00"):
        duty = duties.open_duty(
            "letter_answer", subject_kind="letter", subject_id=1, department_id=world.department["housing"],
            started_at=clock.now(), actor=world.actor("officer"), now=clock.now(),
        )  # fmt: skip
        db.session.commit()
        before, number = duty.due_on, duty.id
        told = preview_calendar(FILE_2027, now=clock.now())
        assert db.session.scalar(select(func.count()).select_from(CalendarVersion)) == 1
        after = import_calendar(FILE_2027, source="x", actor=world.actor("office"), now=clock.now())
        assert (told.moving, told.keeping, told.recounted) == (
            len(after.moved), len(after.kept), len(after.recounted),
        )  # fmt: skip
        assert len(told.days) == after.changed
        assert told.moving + told.recounted == 1
        moved = {move.duty.id: (move.old_due_on, move.new_due_on) for move in told.moved}
        assert moved.get(number, (before, before)) == (before, db.session.get(Duty, number).due_on)


def test_a_bad_notice_is_refused_with_every_line(world, client):
    world.sign_in(client, "office")
    answer = load(client, file_of([*ROWS_2027, "2027-03-03,holiday,春节,号", "heute,rest,春节,号"]))
    assert answer.status_code == 422
    text = words(answer.text)
    assert "Line 35: “holiday” is not a kind of day. Write rest or makeup_workday." in text
    assert "Line 36: “heute” is not a date. Write it like 2027-01-01." in text
    db.session.rollback()
    assert load_calendar().covered_until == date(2026, 12, 31)


def test_no_file_is_a_sentence_at_the_field(world, client):
    world.sign_in(client, "office")
    answer = client.submit("/calendar/notices?lang=en", {})
    assert answer.status_code == 422
    assert "Choose the file with the notice." in answer.text


@pytest.mark.parametrize("login", ["officer", "head", "auditor"])
def test_nobody_else_loads_a_notice(world, client, login):
    world.sign_in(client, login)
    assert client.get("/calendar/notices").status_code == 403


@pytest.mark.parametrize("path", ["/", "/board", "/calendar", "/letters"])
def test_before_any_calendar_is_loaded_a_page_that_counts_days_is_not_ready(app, client, path):
    answer = client.get(path)
    assert answer.status_code == 503
    assert "系统暂时用不了" in words(answer.text)
