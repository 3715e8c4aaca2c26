"""All consultations: a page with filters, a feed of each filter, and the days on which they close."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.accounts.names import marked_names, public_names
from participation.consultations.models import Consultation
from participation.consultations.queries import kept, periods
from participation.consultations.queries.periods import Filters
from participation.consultations.rules.period import KINDS
from participation.consultations.views.blueprint import bp, number_of, page
from participation.web.feeds import ENTRIES, Entry, atom
from participation.web.guards import published

if TYPE_CHECKING:
    from icalendar import Event

SOON = timedelta(days=400)


@bp.get("/consultations")
@published
def index() -> tuple[str, int]:
    filters, now = Filters.read(request.args), clock.now()
    found = periods.listed(filters, now=now, before=number_of("before"))
    ids, names = [row.id for row in found.rows], marked_names()
    return page(
        "index.html",
        rows=found.rows,
        next_before=found.next_before,
        tallies=kept.tallies(ids),
        owed=periods.feedback_due(ids),
        figures=periods.figures(filters, now=now),
        filters=filters,
        years=periods.years(),
        units=_units(),
        kinds=KINDS,
        names=names,
        now=now,
        today=clock.local_date(now),
    )


def _units() -> dict[int, str]:
    """The departments that ever consulted the public."""
    names = public_names()
    return {key: names[key] for key in periods.departments_with_any() if key in names}


@bp.get("/consultations.atom")
@published
def feed() -> Response:
    """The newest fifty of a filter. An entry changes when its feedback is out."""
    filters, names = Filters.read(request.args), public_names()
    rows = periods.listed(filters, now=clock.now(), limit=ENTRIES).rows
    return atom(
        _("Consultations"),
        key="consultations?" + "&".join(f"{name}={value}" for name, value in sorted(filters.query().items())),
        own=url_for("consultations.feed", _external=True, **filters.query()),
        page=url_for("consultations.index", _external=True, **filters.query()),
        entries=[_entry(row, names) for row in rows],
    )


def _entry(row: Consultation, names: Any) -> Entry:
    assert row.published_at is not None
    answered = row.feedback_published_at is not None
    endpoint = "consultations.feedback" if answered else "consultations.show"
    changed = [row.published_at, row.closed_at, row.withdrawn_at, row.feedback_published_at]
    return Entry(
        key=f"consultation:{row.id}",
        title=row.title,
        url=url_for(endpoint, consultation_id=row.id, _external=True),
        updated=max(at for at in changed if at is not None),
        published=row.published_at,
        author=str(names.get(row.department_id, "")),
        summary=row.why,
        category=row.kind,
    )


@bp.get("/consultations.ics")
@published
def calendar() -> Response:
    """The last day of every period that is open, and the day each feedback is promised for."""
    from icalendar import Calendar

    now = clock.now()
    found = Calendar()
    found.add("prodid", "-//Zhoucun public participation//consultations//ZH")
    found.add("version", "2.0")
    found.add("name", _("Consultations"))
    found.add("x-wr-calname", _("Consultations"))
    filters = Filters.read(request.args)
    for row in periods.listed(filters, now=now, limit=200).rows:
        if row.stage == "withdrawn" or row.ends_on is None or row.closes_at is None:
            continue
        if row.closes_at > now - SOON:
            found.add_component(
                _event(row, "closes", row.ends_on, _("Last day to comment: %(title)s", title=row.title), now)
            )
        if row.promised_feedback_on is not None and row.feedback_published_at is None:
            title = _("Feedback promised: %(title)s", title=row.title)
            found.add_component(_event(row, "feedback", row.promised_feedback_on, title, now))
    return Response(found.to_ical(), content_type="text/calendar; charset=utf-8")


def _event(row: Consultation, what: str, day: Any, title: str, now: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"consultation-{row.id}-{what}@participation")
    event.add("dtstamp", now)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", title)
    event.add("url", url_for("consultations.show", consultation_id=row.id, _external=True))
    event.add("transp", "TRANSPARENT")
    return event
