"""The database counts the figures as the pure module does, and ahead of time as it does now."""

from collections import defaultdict
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from participation import clock
from participation.accounts.queries import departments
from participation.demo.scale.letters import Plan, rows
from participation.demo.scale.writing import write
from participation.duties.calendar import load_calendar
from participation.duties.models import Duty
from participation.extensions import db
from participation.mailbox.figures import LetterRow, RoundRow, tally
from participation.mailbox.models import Answer, Letter, LetterEvent, LetterMonth, Rating
from participation.mailbox.queries import figures
from participation.mailbox.queries.counting import Key, counted
from participation.mailbox.queries.mailboxes import mailboxes
from participation.workdays import day_of
from tests.mailbox import letters

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=clock.SHANGHAI)
FIRST, LAST = date(2026, 9, 1), date(2026, 11, 23)


@pytest.fixture
def many(world, played) -> None:
    """1,500 letters over three months, with everything that can become of a letter."""
    with played("2026-08-31T09:00"):
        letters.mailboxes(clock.now())
    units = [row.id for row in departments() if row.id != world.department["office"]]
    plan = Plan(
        count=1500, now=NOW, first_day=FIRST, calendar=load_calendar(), departments=units, weights=[1] * len(units),
        mailboxes=[box.id for box in mailboxes()][:2], office=world.department["office"],
        officer=world.person["officer"],
    )  # fmt: skip
    db.session.remove()
    with db.engine.begin() as connection:
        write(connection, rows(plan))


def _plain() -> dict[Key, list[LetterRow]]:
    """Every letter as the pure module takes it, read row by row."""
    calendar = load_calendar()
    rounds: dict[int, dict[int, Duty]] = defaultdict(dict)
    for duty in db.session.scalars(select(Duty).where(Duty.kind == "letter_answer")):
        rounds[duty.subject_id][duty.round] = duty
    grounds = {
        answer.letter_id: answer.ground
        for answer in db.session.scalars(select(Answer).where(Answer.round == 1, Answer.kind == "refusal"))
    }
    ratings = {
        row.letter_id: (row.attitude, row.speed, row.result)
        for row in db.session.scalars(select(Rating).order_by(Rating.round))
    }
    returned = set(db.session.scalars(select(LetterEvent.letter_id).where(LetterEvent.verb == "returned")))
    found: dict[Key, list[LetterRow]] = defaultdict(list)
    for letter in db.session.scalars(select(Letter)):
        first, *later = (rounds[letter.id][number] for number in sorted(rounds[letter.id]))
        unit = None if first.restricted_from else first.late_department_id or first.department_id
        days = calendar.workdays_between(first.started_on, day_of(first.met_at)) if first.met_at else None
        row = LetterRow(
            _round(first), days, grounds.get(letter.id, ""), letter.merged_into_id is not None,
            letter.id in returned, tuple(_round(duty) for duty in later), ratings.get(letter.id),
        )  # fmt: skip
        found[Key(first.started_on.replace(day=1), letter.mailbox_id, unit)].append(row)
    return found


def _round(duty: Duty) -> RoundRow:
    return RoundRow(duty.due_at, duty.met_at, duty.cancelled_at, duty.extended)


def test_the_database_counts_what_the_pure_module_counts(many):
    expected = {key: tally(found, NOW) for key, found in _plain().items()}
    assert counted(FIRST, LAST, now=NOW) == expected


def test_the_random_letters_hold_every_case(many):
    sums = figures.Figures(figures.together(counted(FIRST, LAST, now=NOW).values()))
    names = (
        "on_time extended late overdue within refused_in_time repeated_in_time withdrawn spam returned reopened "
        "again_on_time again_within rated"
    )
    assert [name for name in names.split() if not sums[name]] == []


def test_figures_counted_ahead_are_those_counted_now(many, monkeypatch):
    now = figures.of_months(date(2026, 9, 1), date(2026, 11, 1), now=NOW)
    figures.refresh(now=NOW)
    monkeypatch.setattr(figures, "LIVE", 10)
    ahead = figures.of_months(date(2026, 9, 1), date(2026, 11, 1), now=NOW + timedelta(hours=1))
    assert ahead.parts == now.parts
    assert ahead.as_of == NOW


def test_only_months_in_which_something_changed_are_counted_again(many):
    assert figures.refresh(now=NOW) == 3
    figures.refresh(now=NOW + timedelta(minutes=10))
    assert figures.refresh(now=NOW + timedelta(minutes=20)) == 0
    touched = db.session.scalar(select(Letter).where(Letter.number.like("QZ-2026-0915%")).limit(1))
    db.session.add(LetterEvent(letter_id=touched.id, verb="returned", at=NOW + timedelta(minutes=22)))
    assert figures.refresh(now=NOW + timedelta(minutes=30)) == 1
    assert set(db.session.scalars(select(LetterMonth.as_of))) == {NOW + timedelta(minutes=30)}


def test_a_letter_whose_day_passes_changes_its_month_without_anybody_doing_anything(many):
    figures.refresh(now=NOW)
    midnight = NOW.replace(hour=0) + timedelta(days=1)
    before = figures.of_months(date(2026, 11, 1), date(2026, 11, 1), now=NOW).figures()["overdue"]
    figures.refresh(now=midnight)
    stored = db.session.scalars(select(LetterMonth.sums).where(LetterMonth.month == date(2026, 11, 1)))
    assert sum(sums.get("overdue", 0) for sums in stored) > before
