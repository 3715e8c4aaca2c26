"""What the clock does with catalogues: the alarm before 30 June and after, forms that were never sent."""

from datetime import date, datetime, timedelta

from participation.access import Role
from participation.accounts import queries as accounts
from participation.decisions import proposal_drafts
from participation.decisions.queries.year_work import unpublished
from participation.decisions.rules import alarm_begins
from participation.extensions import db
from participation.notices import service as notices
from participation.notices.service import Department
from participation.workdays import day_of


def alarm_catalogue(*, now: datetime) -> int:
    """From 1 June the office is told that the year's catalogue is not public yet (R3), and again when
    30 June has passed: each once, also by a job that comes late. Returns how many notices that were."""
    done = 0
    for duty, year in unpublished():
        if day_of(now) < alarm_begins(year):
            continue
        verb = "catalogue_overdue" if now >= duty.due_at else "catalogue_due"
        done += _tell(verb, duty.subject_id, year, duty.due_on, now)
        db.session.commit()
    return done


def _tell(verb: str, catalogue_id: int, year: int, due_on: date, now: datetime) -> int:
    office = accounts.government_office().id
    return notices.notify(
        verb,
        to=Department(office, Role.OFFICE),
        facts={"year": year, "due_on": due_on},
        subject_kind="catalogue",
        subject_id=catalogue_id,
        now=now,
        link=f"/desk/decisions?year={year}",
        department_id=office,
        once=f"{verb}:{due_on}",
    )


def sweep_drafts(*, now: datetime) -> int:
    return proposal_drafts.sweep(now=now)


JOBS = (
    ("decisions.alarm", 30, alarm_catalogue, timedelta(hours=1)),
    ("decisions.sweep", 91, sweep_drafts, timedelta(hours=6)),
)
