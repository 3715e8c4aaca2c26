"""The ledger as files: the filter of the page, also at a past moment."""

from collections.abc import Sequence
from datetime import datetime

from flask import Response, jsonify, request
from flask_babel import gettext as _

from participation import clock
from participation.access import Capability
from participation.duties.rules import DUTIES, STATE_LABELS, State
from participation.oversight.filtering import filter_of, moment_of, written
from participation.oversight.queries import ledger as queries
from participation.oversight.views.blueprint import oversight
from participation.web.guards import current_actor, requires
from participation.web.spreadsheet import csv_response
from participation.web.workbook import Sheet, xlsx_response

MOST = 20_000
"""A file of more rows helps nobody at a desk; the nightly open data have all."""


def _rows() -> tuple[list[list[object]], datetime | None]:
    now = clock.now()
    at = moment_of(request.args.get("at", "")[:40])
    at = at if at is not None and at <= now else None
    rows = queries.export_rows(filter_of(request.args), actor=current_actor(), now=now, at=at, most=MOST)
    return rows, at


@oversight.get("/ledger.csv")
@requires(Capability.READ_LEDGER)
def ledger_csv() -> Response:
    rows, _at = _rows()
    return csv_response("ledger.csv", queries.EXPORT_HEADER, rows)


@oversight.get("/ledger.json")
@requires(Capability.READ_LEDGER)
def ledger_json() -> Response:
    rows, at = _rows()
    return jsonify(
        {
            "as_of": (at or clock.now()).isoformat(),
            "from_the_sealed_record": at is not None,
            "duties": [dict(zip(queries.EXPORT_HEADER, row, strict=True)) for row in rows],
        }
    )


@oversight.get("/ledger.xlsx")
@requires(Capability.READ_LEDGER)
def ledger_xlsx() -> Response:
    rows, at = _rows()
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
