"""The difference between two moments of the ledger, from the sealed record."""

from dataclasses import replace
from datetime import datetime

from flask import render_template, request
from flask_babel import gettext as _

from participation import clock
from participation.access import Capability
from participation.accounts.queries import department_names, departments
from participation.duties import queries as duties
from participation.duties.history import moment
from participation.duties.rules import DUTIES, STATE_LABELS
from participation.oversight.filtering import filter_of, moment_of, near, written
from participation.oversight.views.blueprint import oversight
from participation.web.guards import current_actor, requires


@oversight.get("/ledger/changes")
@requires(Capability.READ_LEDGER)
def ledger_changes() -> tuple[str, int] | str:
    """Which duties came, moved, were met, changed hands or became late from `earlier` to `later` (now, if it is
    not given)."""
    now, actor, asked = clock.now(), current_actor(), request.args
    wanted = {name: asked.get(name, "").strip()[:40] for name in ("earlier", "later")}
    earlier = moment_of(wanted["earlier"])
    later = moment_of(wanted["later"]) if wanted["later"] else now
    wrong = _wrong(wanted["earlier"], earlier, later, now)
    after = asked.get("after", "")
    found: list[moment.Change] = []
    more = None
    # A duty that was met in between is what a difference is about: states are not filtered.
    filters = replace(filter_of(asked), states=())
    if not wrong and earlier is not None and later is not None:
        place = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else 0
        found, more = moment.changes(earlier, later, actor=actor, filters=filters, after=place)
    return render_template(
        "oversight/changes.html",
        wanted=wanted,
        wrong=wrong,
        earlier=written(earlier) if earlier else "",
        later=written(later) if later and wanted["later"] else "",
        rows=[(row, moment.what_changed(row)) for row in found],
        lines=duties.described([row.after for row in found], actor=actor),
        names=department_names(),
        filters=filters,
        departments=departments(),
        moments=near(now),
        query={key: asked.getlist(key) for key in ("kind", "department", "basis", "due_from", "due_until")},
        duties=DUTIES,
        state_labels=STATE_LABELS,
        more=more,
        complete=moment.is_complete(),
    ), (422 if wrong and wanted["earlier"] else 200)


def _wrong(text: str, earlier: datetime | None, later: datetime | None, now: datetime) -> str:
    if earlier is None or later is None:
        return _("Write the moment like 2026-11-16 24:00 or 2026-11-16 9:30.") if text else ""
    if later > now:
        return _("The later moment is still to come.")
    if earlier >= later:
        return _("The earlier moment must lie before the later one.")
    return ""
