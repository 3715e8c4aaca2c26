"""The desk: the year's catalogue for its keepers, their own items for the units in the lead."""

from flask import abort, render_template, request
from flask_babel import gettext as _

from participation import clock
from participation.access import Capability
from participation.decisions import comment_periods, completeness, gates, queries, rules
from participation.decisions.forms import ApprovalForm, CriteriaForm, PublishForm, YearForm
from participation.decisions.models import Catalogue, CatalogueBatch, Decision
from participation.decisions.progress import progress_of
from participation.decisions.queries import year_work
from participation.decisions.queries.items import led_by
from participation.decisions.views.blueprint import bp
from participation.decisions.views.carrying import left_over
from participation.decisions.views.lines import lines_of
from participation.decisions.year_work import YearFacts, next_step
from participation.decisions.year_work import steps as year_steps
from participation.duties import queries as duties
from participation.duties.rules import state
from participation.errors import N_
from participation.web.fields import narrow
from participation.web.forms import Form
from participation.web.guards import current_actor, requires
from participation.web.navigation import add_tab
from participation.web.said import told

add_tab("decisions.desk", N_("Major decisions"), (Capability.ANSWER, Capability.READ_ALL), order=40)


@bp.get("/desk/decisions")
@requires(Capability.USE_DESK)
def desk() -> str:
    actor = current_actor()
    if not (actor.can(Capability.MANAGE_CATALOGUE) or actor.can(Capability.READ_ALL)):
        return _own()
    years = queries.years(published=False)
    text = narrow(request.args.get("year", ""))
    if text and (not text.isdecimal() or len(text) != 4 or int(text) not in years):
        abort(404)
    year = int(text) if text else years[0] if years else None
    if year is None:
        return render_template("decisions/desk_begin.html", form=_year_form())
    found = queries.catalogue_of(year) or abort(404)
    return year_page(found)


def _year_form() -> YearForm:
    return YearForm(formdata=None, data={"year": str(clock.local_date(clock.now()).year)})


def _own() -> str:
    actor, now = current_actor(), clock.now()
    rows = led_by(actor.department_ids, actor=actor)
    periods = comment_periods.of({row.id for row in rows})
    lines = [progress_of(row, periods.get(row.id, []), now=now) for row in rows]
    public = queries.years()
    preparing = next((year for year in queries.years(published=False) if year not in public), None)
    may_consult = preparing is not None and actor.can(Capability.DRAFT_CONSULTATION)
    return render_template("decisions/desk_own.html", consult_on=preparing if may_consult else None, lines=lines)


def year_page(catalogue: Catalogue, **forms: Form) -> str:
    """The page of one year; a form that was refused comes back with what was written."""
    actor, now = current_actor(), clock.now()
    lines, draft = lines_of(catalogue, now=now, actor=actor), catalogue.draft
    mine = [line.entry for line in lines if draft is not None and line.entry.batch.id == draft.id]
    waiting = [entry.decision for entry in mine if entry.came is None]
    carries = [entry.came for entry in mine if entry.came is not None]
    coming = [entry.decision for entry in mine]
    duty = duties.duty_for("catalogue", catalogue.id, "catalogue")
    facts = _facts(catalogue, coming)
    steps = year_steps(facts)
    seen = {"seen": str(catalogue.version)}
    given: dict[str, Form] = {
        "approvals": ApprovalForm(formdata=None, data=_approvals(draft) | seen),
        "publish": PublishForm(formdata=None, data=seen),
        "criteria": CriteriaForm(formdata=None, data={"criteria": catalogue.criteria, "note": catalogue.note} | seen),
        "begin": YearForm(formdata=None, data={"year": str(catalogue.year + 1)}),
    }
    return render_template(
        "decisions/desk_year.html",
        catalogue=catalogue,
        years=queries.years(published=False),
        lines=[line for line in lines if line.entry not in mine],
        waiting=waiting,
        carries=carries,
        lacking=completeness.missing(coming),
        left=left_over(catalogue, actor=actor),
        draft=draft,
        checks=_checks(draft, coming),
        duty=duty,
        duty_state=state(duty, now) if duty else None,
        forms=given | forms,
        wrong=next((form for form in forms.values() if form.wrong or form.form_errors), None),
        keeps=actor.can(Capability.MANAGE_CATALOGUE),
        steps=steps,
        next_step=next_step(steps),
        held=facts.consultations,
        told=told,
    )


def _facts(catalogue: Catalogue, waiting: list[Decision]) -> YearFacts:
    incomplete = sum(1 for row in waiting if any(check.state == "no" for check in completeness.checks(row)))
    return year_work.facts_of(catalogue, waiting, incomplete=incomplete, now=clock.now())


def _approvals(batch: CatalogueBatch | None) -> dict[str, object]:
    names = ("government_approved_on", "government_meeting", "party_agreed_on", "party_document_no")
    return {name: getattr(batch, name) for name in names} if batch else {}


def _checks(draft: CatalogueBatch | None, waiting: list[Decision]) -> list[dict[str, str]]:
    """The list of the publication gate, what is missing first."""
    if draft is None:
        return []
    return [
        {
            "state": check.state,
            "title": _(check.gate.title),
            "text": "" if check.state == "ok" else _(check.gate.message),
            "law": check.gate.article,
        }
        for check in gates.checks("publish_catalogue", rules.publication_facts(draft, waiting))
    ]
