"""`flask --app run workdays import FILE.csv` and `flask --app run workdays due INSTANT N`."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from participation import clock
from participation.access import SYSTEM
from participation.duties.calendar import CalendarMissing, load_calendar
from participation.duties.calendar.notice_file import Unusable
from participation.duties.dating import counting_of
from participation.duties.history.reading import rebuild
from participation.duties.recounting import Outcome, import_calendar
from participation.extensions import db
from participation.workdays import MOST_WORKDAYS, ZONE, Count, OutsideCalendar, day_of

workdays = AppGroup("workdays", help="The calendar of rest days and make-up workdays.")
ledger = AppGroup("ledger", help="The ledger of dates and its history.")


@ledger.command("rebuild")
def rebuild_command() -> None:
    """Read the whole sealed log again into the history that past moments are shown from."""
    click.echo(f"{rebuild(now=clock.now())} versions of duties, from the log.")


class InstantType(click.ParamType):
    """An instant in ISO 8601. Without an offset it is Shanghai's time."""

    name = "INSTANT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            instant = datetime.fromisoformat(value)
            instant = instant if instant.tzinfo else instant.replace(tzinfo=ZONE)
            instant.astimezone(ZONE)
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is not an instant. Write it like 2026-11-19T23:59:59+08:00.", param, ctx)
        return instant


@workdays.command("due")
@click.argument("instant", type=InstantType())
@click.argument("days", metavar="N", type=click.IntRange(1, MOST_WORKDAYS))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def due(instant: datetime, days: int, as_json: bool) -> None:
    """When a period of N workdays from INSTANT ends. The day of receipt is day zero; `due_at` is
    24:00 of the due day, written as 00:00 of the next."""
    try:
        count = load_calendar().due(day_of(instant), days)
    except OutsideCalendar as error:
        raise click.UsageError(str(error)) from error
    except CalendarMissing as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps(as_dict(count), ensure_ascii=False) if as_json else _told(count))


def as_dict(count: Count) -> dict[str, Any]:
    """A count as the command and the interfaces print it."""
    return {
        "due_on": count.due_on.isoformat(),
        "due_at": count.due_at.isoformat(),
        **counting_of(count),
        "provisional": count.provisional,
        "calendar_version": count.calendar_version,
    }


def _told(count: Count) -> str:
    lines = [f"due on {count.due_on} at 24:00, Asia/Shanghai" + (" (provisional)" if count.provisional else "")]
    lines += [f"  counted {number}: {day}" for number, day in enumerate(count.counted, start=1)]
    lines += [f"  skipped: {skip.day} ({skip.reason})" for skip in count.skipped]
    return "\n".join([*lines, f"calendar version {count.calendar_version}"])


@workdays.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def import_(file: Path, as_json: bool) -> None:
    """Load a holiday notice: CSV with the headings date,kind,festival,notice, where kind is rest or
    makeup_workday. All of it or nothing; open duties are counted anew."""
    try:
        outcome = import_calendar(file.read_bytes(), source=file.name, actor=SYSTEM, now=clock.now())
    except Unusable as refusal:
        for problem in refusal.problems:
            click.echo(str(problem), err=True)
        raise click.ClickException("Nothing was loaded.") from refusal
    db.session.commit()
    if as_json:
        click.echo(json.dumps(_outcome(outcome), ensure_ascii=False))
    elif outcome.loaded:
        version = outcome.version
        click.echo(f"Loaded as version {version.label}, covered until {version.covered_until}.")
        click.echo(
            f"{len(outcome.moved)} open duties have a new date, {len(outcome.kept)} keep theirs though an"
            f" earlier one was counted, {len(outcome.recounted)} were counted anew without moving."
        )
    else:
        click.echo(f"Nothing new: version {outcome.version.label} says the same.")


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "calendar_version": outcome.version.label,
        "covered_until": outcome.version.covered_until.isoformat(),
        "loaded": outcome.loaded,
        "changed_days": outcome.changed,
        "redated": [duty.id for duty in outcome.moved],
        "kept": [duty.id for duty in outcome.kept],
        "recounted": [duty.id for duty in outcome.recounted],
    }
