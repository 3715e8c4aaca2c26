"""How dates are counted, for everybody; and loading a holiday notice, for those who keep the calendar."""

from datetime import date, timedelta

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.duties import queries
from participation.duties.calendar import CalendarMissing, load_calendar, overview, store
from participation.duties.calendar.notice_file import Unusable, decoded
from participation.duties.forms import CountForm, NoticeForm
from participation.duties.recounting import Outcome, import_calendar, preview_calendar
from participation.duties.rules import DUTIES
from participation.duties.strip import Strip, build
from participation.errors import N_
from participation.extensions import db
from participation.web.forms import Form
from participation.web.guards import current_actor, published, requires
from participation.web.navigation import add_tab
from participation.workdays import Count, OutsideCalendar, WorkCalendar

bp = Blueprint("duties", __name__)
blueprints = (bp,)
LONGEST_STRIP = 15
add_tab(
    "duties.import_notice",
    N_("Holiday notices"),
    Capability.MANAGE_CALENDAR,
    80,
    under=["accounts.people", "oversight.ledger"],
)


@bp.get("/calendar")
@published
def calendar() -> str | tuple[str, int]:
    now = clock.now()
    known = load_calendar()
    years = range(known.covered_until.year + 1, known.covered_from.year - 1, -1)
    asked = request.args.get("year", str(clock.local_date(now).year))
    if asked not in {str(year) for year in years}:
        abort(404)
    wanted = "from" in request.args or "days" in request.args
    form = CountForm(request.args if wanted else None)
    count = _counted(form, known) if wanted and form.validate() else None
    versions = store.versions()
    page = render_template(
        "duties/calendar.html",
        form=form,
        count=count,
        strip=_strip(count, form.start.data) if count and len(count.counted) <= LONGEST_STRIP else None,
        calendar=known,
        years=years,
        year=int(asked),
        covered=known.covers(date(int(asked), 12, 31)),
        festivals=overview.year_of(store.contents_of(versions[0]), int(asked)),
        versions=versions,
    )
    return (page, 422) if wanted and count is None else page


def _counted(form: CountForm, known: WorkCalendar) -> Count | None:
    try:
        return known.due(form.start.data, int(form.days.data))
    except OutsideCalendar:
        first, last = known.covered_from.isoformat(), known.estimated_until.isoformat()
        form.refuse("start", _("The calendar reaches from %(first)s to %(last)s.", first=first, last=last))
        return None


def _strip(count: Count, received_on: date) -> Strip:
    """The bare count: as it looks before its first day, so that nothing in it is early or late."""
    skipped = {skip.day: skip.reason for skip in count.skipped}
    the_day_before = received_on - timedelta(days=1)
    return build(
        received_on, list(count.counted), skipped, today=the_day_before, provisional=count.provisional, preview=True
    )


@bp.get("/calendar/notices")
@requires(Capability.MANAGE_CALENDAR)
def import_notice() -> str:
    return _import_page(NoticeForm())


@bp.post("/calendar/notices")
@requires(Capability.MANAGE_CALENDAR)
def load_notice() -> Response | tuple[str, int] | str:
    """A file is first read and what it would change is shown; the same text sent back with its confirmation is
    loaded."""
    confirmed = request.form.get("notice")
    if confirmed is not None:
        return _load(confirmed.encode(), request.form.get("source", "")[:200])
    form = NoticeForm()
    if not form.validate():
        return _import_page(form), 422
    file = form.file.data
    data = file.read()
    try:
        preview = preview_calendar(data, now=clock.now())
    except Unusable as refusal:
        return _import_page(form, refusal), 422
    if not preview.new:
        flash(_("Everything in this file was known already. Nothing has changed."))
        return redirect(url_for("duties.import_notice"), 303)
    rows = [move.duty for move in (*preview.moved, *preview.kept)]
    return render_template(
        "duties/preview.html",
        form=Form(),
        preview=preview,
        notice=decoded(data),
        source=file.filename or "",
        lines=queries.described(rows, actor=current_actor()),
        duties=DUTIES,
    )


def _load(data: bytes, source: str) -> Response | tuple[str, int]:
    try:
        outcome = import_calendar(data, source=source, actor=current_actor(), now=clock.now())
    except Unusable as refusal:
        return _import_page(NoticeForm(formdata=None), refusal), 422
    db.session.commit()
    flash(_told(outcome))
    return redirect(url_for("duties.calendar", year=outcome.version.covered_until.year), 303)


def _import_page(form: NoticeForm, refusal: Unusable | None = None) -> str:
    return render_template(
        "duties/import.html",
        form=form,
        problems=refusal.problems if refusal else [],
        calendar=load_calendar(),
        versions=store.versions(),
    )


def _told(outcome: Outcome) -> str:
    if not outcome.loaded:
        return _("Everything in this file was known already. Nothing has changed.")
    return _(
        "The notice is loaded. %(moved)d open dates have moved, %(kept)d stand though an earlier one was"
        " counted, %(recounted)d were counted anew and stayed.",
        moved=len(outcome.moved),
        kept=len(outcome.kept),
        recounted=len(outcome.recounted),
    )


@bp.app_errorhandler(CalendarMissing)
def no_calendar(_error: CalendarMissing) -> ResponseReturnValue:
    """A database that was migrated and not prepared: pages that count days are not ready yet."""
    return current_app.handle_user_exception(ServiceUnavailable(retry_after=300))
