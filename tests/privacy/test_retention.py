"""Each row of the public table is done by the jobs that it names: not before its time, and at its time."""

import re
from datetime import datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from participation.access import ANYONE
from participation.extensions import db
from participation.jobs import all_jobs
from participation.privacy import corrections, jobs, service
from participation.privacy.models import Reading
from participation.privacy.rules import RETENTION, Kept
from tests.duties.notices import at
from tests.mailbox import answered
from tests.privacy import aged

NOW = at("2026-11-18T16:00")
ANSWER = "经核对，情况属实，予以更正。"
DONE_BY_JOBS = [row for row in RETENTION if row.jobs]


def end_of(row: Kept, since: datetime) -> datetime:
    """What the table says in words, as an instant."""
    number = re.fullmatch(r"(\d+) (years|days?)", row.time)
    if number is None:
        assert row.key == "limited"
        return since + timedelta(days=15)  # the answer can be read for so long
    unit = {"years": "years", "day": "days", "days": "days"}[number[2]]
    return since + relativedelta(**{unit: int(number[1])})


def run(row: Kept, *, now: datetime) -> None:
    for job in all_jobs():
        if job.name in row.jobs:
            job.run(now=now)


@pytest.mark.parametrize("row", DONE_BY_JOBS, ids=lambda row: row.key)
def test_a_row_of_the_table_is_done_by_its_jobs_and_at_its_time(world, row):
    since, there = getattr(aged, row.key)(world)
    end = end_of(row, since)
    if row.key != "limited":
        run(row, now=end - aged.JUST)
        assert there(), "before its time"
    run(row, now=end + aged.JUST)
    assert not there(), "at its time"


@pytest.mark.parametrize("row", DONE_BY_JOBS, ids=lambda row: row.key)
def test_the_years_in_words_are_the_years_that_count(row):
    assert row.time == (f"{row.years} years" if row.years else row.time)
    assert bool(row.years) == ("years" in row.time)


def test_every_job_of_the_table_runs_at_least_once_a_day():
    named = {name for row in RETENTION for name in row.jobs}
    every = {job.name: job.every for job in all_jobs() if job.name in named}
    assert set(every) == named
    assert [name for name, time in every.items() if time is not None and time > timedelta(days=1)] == []


def test_what_no_job_does_is_said_so():
    assert {row.key for row in RETENTION if not row.jobs} == {"account", "reading"}


def test_a_granted_correction_goes_with_what_it_corrects_and_no_earlier(world):
    letter = answered.answered(world)
    request = service.ask("correct", letter, text="六盏不是五盏，请更正。", person_id=None, actor=ANYONE, now=NOW)
    db.session.commit()
    service.decide(request, granted=True, answer=ANSWER, version=None, actor=world.actor("office"), now=NOW)
    db.session.commit()
    jobs.retire(now=at("2036-11-15T09:00"))
    assert corrections.granted(letter) == [request]
    jobs.retire(now=at("2036-11-19T09:00"))
    db.session.refresh(request)
    assert (request.emptied_at is not None, corrections.granted(letter)) == (True, [])


def test_who_read_what_stays(app, world, played):
    with played("2026-11-23T09:00"):
        letter = answered.answered(world)
        auditor = world.sign_in(app.test_client(), "auditor")
        assert auditor.get(f"/desk/letters/{letter.id}").status_code == 200
    for row in DONE_BY_JOBS:
        run(row, now=at("2070-01-05T09:00"))
    assert Reading.query.count() == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_is_public_in_both_languages(client, language):
    page = client.get(f"/about/privacy?lang={language}").text
    assert page.count('<tr role="row">') == len(RETENTION) + 1
    for row in RETENTION:
        assert (row.what in page) == (language == "en")
