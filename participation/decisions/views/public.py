"""One decision's whole way, for everybody: the page, and the same as a feed, a calendar and data."""

from datetime import timedelta
from typing import Any

from flask import Response, abort, current_app, jsonify, render_template, url_for
from flask_babel import gettext as _

from participation import clock
from participation.decisions import (
    aftermath,
    experts,
    hearing,
    matters,
    means,
    meeting,
    papers,
    review,
    risks,
    runs,
)
from participation.decisions.models import Decision, DecisionPaper
from participation.decisions.queries.whole import Whole, whole
from participation.decisions.queries.whole import read as find
from participation.decisions.rules import BODIES, CATEGORIES, FIELDS, PROCEDURES, survey_required
from participation.decisions.views import chain_data, chain_words
from participation.decisions.views.blueprint import bp
from participation.evidence import service as evidence
from participation.web.feeds import atom
from participation.web.guards import current_actor, published
from participation.web.month import month_strip

WORDS: dict[str, Any] = {
    "roles": papers.PAPER_ROLES,
    "grounds": papers.GROUNDS,
    "means": means.MEANS,
    "groups": means.GROUPS,
    "sides": hearing.SIDES,
    "hearing_acts": hearing.ACTS,
    "ways": experts.WAYS,
    "expert_conclusions": experts.CONCLUSIONS,
    "risk_levels": risks.LEVELS,
    "risk_kinds": risks.KINDS,
    "review_conclusions": review.CONCLUSIONS,
    "meeting_kinds": meeting.KINDS,
    "outcomes": meeting.OUTCOMES,
    "onward": meeting.NEXT,
    "channels": aftermath.CHANNELS,
    "forms": aftermath.INTERPRETATION_FORMS,
    "causes": aftermath.CAUSES,
    "evaluations": aftermath.CONCLUSIONS,
    "turns": aftermath.TURNS,
}
"""The words of the records, by what they describe."""


@bp.get("/decisions/<int:decision_id>")
@published
def item(decision_id: int) -> str:
    now = clock.now()
    found, read = _whole(decision_id)
    return render_template(
        "decisions/item.html",
        decision=found,
        whole=read,
        progress=read.progress,
        months={period.id: month_strip(period.starts_on, period.ends_on, today=read.today) for period in read.periods},
        today=read.today,
        now=now,
        words=WORDS,
        when=chain_words.when,
        why=chain_words.why,
        thing=chain_words.thing,
        paper_url=paper_url,
        in_force=runs.in_force(found),
        comment_url=_comment_url(found),
        proposals_url=_page("decisions.proposals", year=read.origin[0].year) if read.origin else "",
        categories=CATEGORIES,
        procedures=PROCEDURES,
        bodies=BODIES,
        fields=FIELDS,
        survey_required=survey_required(found),
        entry=evidence.entry_for("decision", found.id),
    )


def paper_url(paper: DecisionPaper) -> str:
    """Where everybody reads a public paper."""
    return _page("decisions.paper", decision_id=paper.decision_id, paper_id=paper.id)


def _comment_url(found: Decision) -> str:
    """Where anybody comments on the decision in force (713号 art. 35)."""
    if not matters.takes_letters(found):
        return ""
    return url_for("mailbox.write", slug="decisions", about=f"{matters.KIND}-{found.id}")


def _page(endpoint: str, **values: Any) -> str:
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


def _whole(decision_id: int) -> tuple[Decision, Whole]:
    found = find(decision_id, actor=current_actor()) or abort(404)
    return found, whole(found, now=clock.now())


@bp.get("/decisions/<int:decision_id>.json")
@published
def item_data(decision_id: int) -> Response:
    """The chain for programs: the same steps, dates and records as the page."""
    _found, read = _whole(decision_id)
    return jsonify(chain_data.data(read))


@bp.get("/decisions/<int:decision_id>.atom")
@published
def item_feed(decision_id: int) -> Any:
    """What happened to this decision, the newest first."""
    found, read = _whole(decision_id)
    return atom(
        found.title,
        key=f"decision:{found.id}",
        own=url_for("decisions.item_feed", decision_id=found.id, _external=True),
        page=url_for("decisions.item", decision_id=found.id, _external=True),
        entries=chain_data.happened(read),
    )


@bp.get("/decisions/<int:decision_id>.ics")
@published
def item_calendar(decision_id: int) -> Response:
    """The days of this decision that are still to come."""
    from icalendar import Calendar, Event

    found, read = _whole(decision_id)
    calendar = Calendar()
    calendar.add("prodid", "-//Zhoucun public participation//decision//ZH")
    calendar.add("version", "2.0")
    calendar.add("name", found.title)
    calendar.add("x-wr-calname", found.title)
    for coming in read.coming:
        event = Event()
        subject = coming.period.id if coming.period is not None else found.round
        event.add("uid", f"decision-{found.id}-{coming.key}-{subject}@participation")
        event.add("dtstamp", clock.now())
        event.add("dtstart", coming.on)
        event.add("dtend", coming.on + timedelta(days=1))
        event.add("summary", _("%(what)s: %(title)s", what=chain_words.short(coming), title=found.title))
        event.add("description", chain_words.thing(coming))
        event.add("url", url_for("decisions.item", decision_id=found.id, _external=True))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return Response(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
