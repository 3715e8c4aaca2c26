"""What everybody reads of the year's work: criteria, call and draft, and what became of proposals."""

from flask import abort, render_template, request

from participation import clock
from participation.consultations import queries as consultations
from participation.decisions import queries
from participation.decisions.proposing import ORIGINS, OUTCOMES, STAGES, masked
from participation.decisions.queries import proposals as found
from participation.decisions.rules import deadline
from participation.decisions.views.blueprint import bp
from participation.evidence import service as evidence
from participation.web.fields import narrow
from participation.web.guards import published


@bp.app_context_processor
def _call() -> dict[str, object]:
    """For the pages that name the running call; asked only where one of them does."""
    return {
        "open_proposal_call": lambda: found.open_call(now=clock.now()),
        "draft_consultations": lambda year: consultations.on_catalogue(year, published=True),
    }


@bp.get("/decisions/proposals")
@published
def proposals() -> str:
    """The proposals of a year that were looked through, with what became of each."""
    years = found.years()
    text = narrow(request.args.get("year", ""))
    if text and not (text.isdecimal() and len(text) == 4 and int(text) in years):
        abort(404)
    year = int(text) if text else (years[0] if years else clock.local_date(clock.now()).year)
    asked = request.args.get("outcome", "")
    asked = asked if asked in STAGES else ""
    before = request.args.get("before", "")
    page = found.public(
        year, outcome=asked, before=int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    )
    call = found.call_of(year)
    return render_template(
        "decisions/proposals.html",
        year=year,
        years=years,
        page=page,
        counts=found.counts(year),
        asked=asked,
        call=call,
        call_state=call.state(clock.now()) if call is not None else "",
        stages=STAGES,
        outcomes=OUTCOMES,
        origins=ORIGINS,
        masked=masked,
    )


@bp.get("/decisions/years/<int:year>")
@published
def year(year: int) -> str:
    """How the catalogue of a year is made: what belongs in it, the call, the draft and its comments."""
    catalogue = queries.catalogue_of(year) if year <= 2100 else None
    if catalogue is None:
        abort(404)
    call, held = found.call_of(year), consultations.on_catalogue(year, published=True)
    if not catalogue.criteria_public and call is None and not held and catalogue.published_at is None:
        abort(404)
    now = clock.now()
    written = evidence.entry_for("catalogue", catalogue.id, "catalogue.criteria_written")
    public_at = catalogue.criteria_published_at or catalogue.published_at
    return render_template(
        "decisions/year.html",
        # Whoever reads the criteria sees that they are not those that were published first.
        changed=written if written is not None and public_at is not None and written.recorded_at > public_at else None,
        catalogue=catalogue,
        call=call,
        call_state=call.state(now) if call is not None else "",
        held=held,
        counts=found.counts(year),
        due_on=deadline(year),
        today=clock.local_date(now),
    )
