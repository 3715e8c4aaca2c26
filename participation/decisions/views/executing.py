"""Desk pages of the execution: the unit, its quarterly reports, difficulties, the end."""

from typing import Any

from flask import abort, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.decisions import service
from participation.decisions.forms.afterwards import CompletionForm, ExecutionForm, ProblemForm, ReportForm
from participation.decisions.forms.counts import filled
from participation.decisions.models import Decision, DecisionCompletion, DecisionExecution, DecisionProgressReport
from participation.decisions.quarters import ended
from participation.decisions.queries import papers
from participation.decisions.queries.execution import execution_of, reported_quarters
from participation.decisions.service import executing, recording
from participation.decisions.views.acting import Drawn, Page, by, draw, is_settled, run, seen
from participation.decisions.views.blueprint import bp, found_decision
from participation.decisions.views.publishing import number
from participation.decisions.views.starting import ONE, split
from participation.web.filters import link
from participation.web.guards import current_actor, requires
from participation.workdays import day_of


def beside(decision_id: int) -> Decision:
    """The decision for those inside, and for the unit that carries it out."""
    actor = current_actor()
    found = found_decision(decision_id, actor)
    if papers.sees_inside(actor, found):
        return found
    unit = execution_of(found)
    if unit is None or unit.department_id not in actor.department_ids:
        abort(404)
    return found


@bp.get(f"{ONE}/execution")
@requires(Capability.USE_DESK)
def execution(decision_id: int) -> Response:
    return _execution(beside(decision_id))


def _execution(
    found: Decision,
    begun: ExecutionForm | None = None,
    report: ReportForm | None = None,
    problem: ProblemForm | None = None,
    done: CompletionForm | None = None,
) -> Response:
    unit = execution_of(found)
    now, before = split(found, DecisionExecution, DecisionCompletion, DecisionProgressReport)
    if unit is None:
        forms = [_begin_form(found, begun)]
    else:
        forms = [_report_form(found, unit, report), _problem_form(found, unit, problem)]
        if not is_settled(found, "executing") and unit.round == found.round:
            forms.append(_done_form(found, done))
    page = Page(
        _("Execution"),
        now,
        forms,
        "" if is_settled(found, "executing") or unit is None else "executing",
        _("The unit in charge reports each quarter, within ten workdays of its end. Everybody can read it."),
        before,
        [(_("Enter a report as a paper"), link("decisions.new_paper", decision_id=found.id, role="progress_report"))]
        if unit is not None and papers.sees_inside(current_actor(), found)
        else (),
    )
    return draw(found, page)


def _begin_form(found: Decision, form: ExecutionForm | None) -> Drawn:
    given: dict[str, Any] = {"on": clock.local_date(clock.now())}
    if found.lead_department_id is not None:
        given["department_id"] = str(found.lead_department_id)
    form = form or ExecutionForm(formdata=None, data=seen(found) | given, units=_units())
    url = url_for("decisions.begin_execution", decision_id=found.id)
    blocked = recording.refusal(found, "executing", current_actor())
    return Drawn(form, url, _("The unit that carries it out"), _("Record the beginning"), blocked=blocked)


def _units() -> list[tuple[int, str]]:
    return [(row.id, row.name) for row in accounts.departments()]


def _due(found: Decision, unit: DecisionExecution) -> list[tuple[str, str]]:
    """The quarters whose report is still to come, the oldest first."""
    known = reported_quarters(unit)
    wanted = [one for one in ended(unit.begun_on, day_of(clock.now())) if one not in known]
    return [
        (f"{one.year}-{one.number}", _("Quarter %(quarter)s of %(year)s", quarter=one.number, year=str(one.year)))
        for one in wanted
    ]


def _papers(found: Decision) -> list[tuple[int, str]]:
    rows = papers.of(found.id, actor=current_actor())
    return [(row.id, row.title) for row in rows if row.role == "progress_report" and row.taken_back_at is None]


def _report_form(found: Decision, unit: DecisionExecution, form: ReportForm | None) -> Drawn:
    due = _due(found, unit)
    first = {"quarter": due[0][0]} if due else {}
    form = form or ReportForm(formdata=None, data=seen(found) | first, quarters=due, papers=_papers(found))
    url = url_for("decisions.report_progress", decision_id=found.id)
    intro = "" if due else _("Every quarter that has ended is reported.")
    return Drawn(
        form,
        url,
        _("Report on a quarter"),
        _("Publish the report"),
        solid=bool(due),
        intro=intro,
        folded=not due,
        blocked=executing.report_refusal(found, current_actor(), unit),
    )


def _problem_form(found: Decision, unit: DecisionExecution, form: ProblemForm | None) -> Drawn:
    form = form or ProblemForm(formdata=None, data=seen(found) | {"on": clock.local_date(clock.now())})
    url = url_for("decisions.report_problem", decision_id=found.id)
    return Drawn(form, url, _("Report a difficulty"), _("Report it"), solid=False, folded=True)


def _done_form(found: Decision, form: CompletionForm | None) -> Drawn:
    form = form or CompletionForm(formdata=None, data=seen(found) | {"on": clock.local_date(clock.now())})
    url = url_for("decisions.finish_execution", decision_id=found.id)
    return Drawn(form, url, _("It is carried out"), _("Record the end"), solid=False, folded=True)


def _to(decision_id: int) -> str:
    return url_for("decisions.execution", decision_id=decision_id)


@bp.post(f"{ONE}/execution")
@requires(Capability.USE_DESK)
def begin_execution(decision_id: int) -> Response:
    found, form = beside(decision_id), ExecutionForm(units=_units())
    return run(
        found,
        form,
        lambda: service.begin_execution(
            found,
            department_id=number(form.department_id.data) or 0,
            on=form.on.data,
            plan=form.plan.data or "",
            seen=form.version,
            **by(),
        ),
        done=_("The execution has begun."),
        again=lambda: _execution(found, begun=form),
        to=_to(decision_id),
    )


@bp.post(f"{ONE}/execution/report")
@requires(Capability.USE_DESK)
def report_progress(decision_id: int) -> Response:
    found = beside(decision_id)
    unit = execution_of(found) or abort(404)
    form = ReportForm(quarters=_due(found, unit), papers=_papers(found))
    year, _dash, quarter = (form.quarter.data or "").partition("-")
    return run(
        found,
        form,
        lambda: service.report_progress(
            found,
            year=number(year) or 0,
            quarter=number(quarter) or 0,
            text=form.text.data or "",
            figures=filled(form.figures, "name", "value"),
            problems=form.problems.data or "",
            paper_id=number(form.paper_id.data),
            seen=form.version,
            **by(),
        ),
        done=_("The report is public."),
        again=lambda: _execution(found, report=form),
        to=_to(decision_id),
    )


@bp.post(f"{ONE}/execution/problem")
@requires(Capability.USE_DESK)
def report_problem(decision_id: int) -> Response:
    found, form = beside(decision_id), ProblemForm()
    return run(
        found,
        form,
        lambda: service.report_problem(
            found,
            on=form.on.data,
            problems=form.problems.data or "",
            text=form.text.data or "",
            seen=form.version,
            **by(),
        ),
        done=_("The difficulty is reported."),
        again=lambda: _execution(found, problem=form),
        to=_to(decision_id),
    )


@bp.post(f"{ONE}/execution/end")
@requires(Capability.USE_DESK)
def finish_execution(decision_id: int) -> Response:
    found, form = beside(decision_id), CompletionForm()
    return run(
        found,
        form,
        lambda: service.finish_execution(
            found, on=form.on.data, outcome=form.outcome.data or "", seen=form.version, **by()
        ),
        done=_("The decision is carried out."),
        again=lambda: _execution(found, done=form),
        to=_to(decision_id),
    )
