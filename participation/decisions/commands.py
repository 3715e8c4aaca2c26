"""`flask --app run decisions import FILE --year Y`: an office's own table becomes catalogue items."""

import json
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale, gettext

from participation import clock
from participation.access import SYSTEM
from participation.decisions import rulebook, service
from participation.decisions.importing.catalogue import Outcome, Remark, read
from participation.errors import Refused
from participation.extensions import db

decisions = AppGroup("decisions", help="The catalogue of major decisions.")


@decisions.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--year", required=True, type=click.IntRange(2000, 2100), help="The catalogue's year.")
@click.option("--dry-run", is_flag=True, help="Read and report; store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def import_(file: Path, year: int, dry_run: bool, as_json: bool) -> None:
    """Read a catalogue from CSV or XLSX, as its office wrote it. All of it or nothing: with any error
    nothing is stored and the exit status is 1."""
    outcome = service.checked(read(file.read_bytes(), year=year, filename=file.name), year=year)
    if not outcome.errors and not dry_run:
        try:
            service.import_items(outcome, year=year, actor=SYSTEM, now=clock.now())
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            outcome.errors.append(Remark(0, refused.field, str(refused).replace("%", "%%")))
    click.echo(json.dumps(outcome.as_dict(), ensure_ascii=False, indent=2) if as_json else _told(outcome, dry_run))
    if outcome.errors:
        sys.exit(1)


def gates_document() -> str:
    """docs/decisions-gates.md: the tables that the platform enforces, in both languages."""
    lines = [
        "# What a major decision must pass",
        "",
        "Generated: `flask --app run decisions gates-table > docs/decisions-gates.md`. The tables are those that the",
        "platform enforces; the same page is public at `/decisions/gates`. Nothing else decides who may do what.",
        "",
    ]
    with current_app.test_request_context():
        for locale, title in (("zh_Hans_CN", "重大行政决策：法律要求和平台把关"), ("en", "In English")):
            with force_locale(locale):
                lines += rulebook.markdown(gettext, title=title)
    return "\n".join(lines)


@decisions.command("gates-table")
def gates_table() -> None:
    """Print the gates and the lifecycle as a document."""
    click.echo(gates_document(), nl=False)


def _told(outcome: Outcome, dry_run: bool) -> str:
    lines = [f"{item.number or '-':>4}  {item.title}  [{item.lead_unit or 'no unit'}]" for item in outcome.items]
    lines += [f"note, row {note['row']}: {note['message']}" for note in (note.as_dict() for note in outcome.notes)]
    lines += [
        f"error, row {error['row']}: {error['message']}" for error in (error.as_dict() for error in outcome.errors)
    ]
    done = (
        "nothing stored" if outcome.errors else "nothing stored (dry run)" if dry_run else "stored, not yet published"
    )
    return "\n".join(
        [*lines, f"{len(outcome.items)} items, {len(outcome.notes)} notes, {len(outcome.errors)} errors: {done}"]
    )
