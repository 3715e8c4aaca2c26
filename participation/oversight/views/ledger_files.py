"""The ledger as files: the filter of the page, also at a past moment."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from flask import Response, request
from flask_babel import gettext as _

from participation import clock
from participation.access import Capability
from participation.duties.rules import DUTIES, STATE_LABELS, State
from participation.oversight.filtering import filter_of, moment_of, written
from participation.oversight.queries.export import EXPORT_HEADER, Export, export
from participation.oversight.views.blueprint import oversight
from participation.web.guards import current_actor, requires
from participation.web.spreadsheet import csv_in_parts, in_parts
from participation.web.workbook import Sheet, xlsx_response

MOST = 20_000
"""A file of more rows helps nobody at a desk; the nightly open data have all."""


def _export() -> tuple[Export, datetime | None]:
    now = clock.now()
    at = moment_of(request.args.get("at", "")[:40])
    at = at if at is not None and at <= now else None
    return export(filter_of(request.args), actor=current_actor(), now=now, at=at, most=MOST), at


@oversight.get("/ledger.csv")
@requires(Capability.READ_LEDGER)
def ledger_csv() -> Response:
    found, _at = _export()
    return csv_in_parts("ledger.csv", EXPORT_HEADER, found.parts)


@oversight.get("/ledger.json")
@requires(Capability.READ_LEDGER)
def ledger_json() -> Response:
    found, at = _export()
    return in_parts(_told(found, at, at or clock.now()), mimetype="application/json")


def _told(found: Export, at: datetime | None, as_of: datetime) -> Iterator[str]:
    head = {"as_of": as_of.isoformat(), "from_the_sealed_record": at is not None, "number": found.total}
    yield json.dumps(head)[:-1] + ', "duties": ['
    comma = "\n"
    for part in found.parts:
        told = (json.dumps(dict(zip(EXPORT_HEADER, row, strict=True)), ensure_ascii=False) for row in part)
        yield comma + ",\n".join(told)
        comma = ",\n"
    yield "\n]}\n"


@oversight.get("/ledger.xlsx")
@requires(Capability.READ_LEDGER)
def ledger_xlsx() -> Response:
    found, at = _export()
    rows = [row for part in found.parts for row in part]
    return xlsx_response("ledger.xlsx", [sheet_of(rows, at, clock.now())])


def sheet_of(rows: Sequence[Sequence[object]], at: datetime | None, now: datetime) -> Sheet:
    """The rows in the words of the page."""
    notes = [
        _("Ledger of dates") + " · " + _("as of %(moment)s", moment=written(at or now)),
        _("This is the ledger as it stood then, rebuilt from the sealed record.") if at else "",
    ]
    header = [
        _("Number of the duty"), _("What is owed"), _("Matter"), _("Department"), _("State"), _("Began"), _("Due"),
        _("Done"),
        _("Workdays late"), _("Basis"), _("Article"), _("Days counted"), _("Days not counted"), _("Provisional"),
        _("Calendar"),
    ]  # fmt: skip
    return Sheet(_("Ledger of dates"), header, [_worded(row) for row in rows], [note for note in notes if note])


def _worded(row: Sequence[object]) -> list[object]:
    """The words of the page instead of the codes of the data."""
    found = list(row)
    found[1], found[4] = _(DUTIES[str(row[1])].label), _(STATE_LABELS[State(str(row[4]))])
    return found
