"""What the clock does with catalogues: the alarm of 1 June, and forms that were never sent."""

from datetime import date, datetime, timedelta

from participation.access import Role
from participation.accounts import queries as accounts
from participation.decisions import proposal_drafts
from participation.decisions.models import Decision
from participation.decisions.queries.execution import under_way
from participation.decisions.queries.year_work import unpublished
from participation.decisions.rules import alarm_begins
from participation.decisions.service import executing
from participation.extensions import db
from participation.notices import service as notices
from participation.notices.service import Department
from participation.workdays import day_of


def alarm_catalogue(*, now: datetime) -> int:
    """From 1 June the office is told once that the year's catalogue is not public yet (R3), also by a
    job that comes late. The cards of the last workday and of the first day over are those of every
    duty (oversight/cards.py). Returns how many notices that were."""
    done = 0
    for duty, year in unpublished():
        if day_of(now) < alarm_begins(year):
            continue
        done += _tell(duty.subject_id, year, duty.due_on, now)
        db.session.commit()
    return done


def _tell(catalogue_id: int, year: int, due_on: date, now: datetime) -> int:
    office = accounts.government_office().id
    return notices.notify(
        "catalogue_due",
        to=Department(office, Role.OFFICE),
        facts={"year": year, "due_on": due_on},
        subject_kind="catalogue",
        subject_id=catalogue_id,
        now=now,
        link=f"/desk/decisions?year={year}",
        department_id=office,
        once=f"catalogue_due:{due_on}",
    )


def sweep_drafts(*, now: datetime) -> int:
    return proposal_drafts.sweep(now=now)


def open_quarters(*, now: datetime) -> int:
    """The reports on progress that are owed since a quarter ended; one transaction for each decision."""
    done = 0
    for decision_id in under_way():
        decision = db.session.get(Decision, decision_id)
        if decision is not None:
            done += executing.open_quarters(decision, now=now)
            db.session.commit()
    return done


JOBS = (
    ("decisions.alarm", 30, alarm_catalogue, timedelta(hours=1)),
    ("decisions.quarters", 31, open_quarters, timedelta(hours=6)),
    ("decisions.sweep", 91, sweep_drafts, timedelta(hours=6)),
)
