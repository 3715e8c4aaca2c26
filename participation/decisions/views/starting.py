"""Desk pages of the start, the draft, and disputes between units."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation.access import Capability
from participation.decisions.forms.before import DisputeForm, DraftForm, ReportDisputeForm, StartForm
from participation.decisions.models import Decision, DecisionDispute, DecisionDrafting, DecisionStart
from participation.decisions.queries.records import current, records
from participation.decisions.service import preparing, recording, starting
from participation.decisions.views.acting import Card, Drawn, Page, by, draw, inside, run, seen
from participation.decisions.views.blueprint import bp
from participation.decisions.views.cards import card
from participation.web.filters import link
from participation.web.guards import current_actor, requires

ONE = "/desk/decisions/items/<int:decision_id>"


def split(decision: Decision, *models: Any, links: Any = None) -> tuple[list[Card], list[Card]]:
    """The records of the present run, and those set aside or of earlier runs, as cards."""
    found = records(decision.id, models)
    rows = [row for model in models for row in found[model]]
    now = current(rows, decision.round)
    return (
        [card(row, links=links(row) if links else ()) for row in now],
        [card(row) for row in rows if row not in now],
    )


def set_aside_link(decision: Decision, noun: str, row: Any) -> tuple[str, str]:
    return _("Set it aside"), link("decisions.set_aside", decision_id=decision.id, noun=noun, record_id=row.id)


@bp.get(f"{ONE}/start")
@requires(Capability.USE_DESK)
def start(decision_id: int) -> Response:
    return _start(inside(decision_id))


def _start(found: Decision, form: StartForm | None = None) -> Response:
    now, before = split(found, DecisionStart)
    form = form or StartForm(formdata=None, data=seen(found) | {"decided_by": "区政府"})
    url = url_for("decisions.enter_start", decision_id=found.id)
    refused = recording.refusal(found, "started", current_actor())
    forms = () if now else (Drawn(form, url, _("The start"), _("Record the start"), blocked=refused),)
    lead = _("%(unit)s leads, as the catalogue says.", unit=found.lead_unit or _("no unit named yet"))
    return draw(found, Page(_("Start the decision"), now, forms, "" if now else "started", lead, before))


@bp.post(f"{ONE}/start")
@requires(Capability.USE_DESK)
def enter_start(decision_id: int) -> Response:
    found, form = inside(decision_id), StartForm()
    return run(
        found,
        form,
        lambda: starting.start(
            found,
            on=form.on.data,
            decided_by=form.decided_by.data or "",
            special_groups=form.special_groups.data or [],
            contact=form.contact.data or "",
            seen=form.version,
            **by(),
        ),
        done=_("The decision is started."),
        again=lambda: _start(found, form),
    )


@bp.get(f"{ONE}/draft")
@requires(Capability.USE_DESK)
def drafting(decision_id: int) -> Response:
    return _draft(inside(decision_id))


def _draft(found: Decision, form: DraftForm | None = None) -> Response:
    now, before = split(found, DecisionDrafting)
    form = form or DraftForm(formdata=None, data=seen(found))
    url = url_for("decisions.enter_draft", decision_id=found.id)
    refused = recording.refusal(found, "drafting", current_actor())
    forms = () if now else (Drawn(form, url, _("The draft is finished"), _("Record the draft"), blocked=refused),)
    links = [
        (_("Enter the draft"), link("decisions.new_paper", decision_id=found.id, role="draft")),
        (_("Enter the explanation"), link("decisions.new_paper", decision_id=found.id, role="explanation")),
        (_("Enter background"), link("decisions.new_paper", decision_id=found.id, role="background")),
        (_("Disputes between units"), url_for("decisions.disputes", decision_id=found.id)),
    ]
    page = Page(_("The draft"), now, forms, "" if now else "drafting", before=before, links=links)
    return draw(found, page)


@bp.post(f"{ONE}/draft")
@requires(Capability.USE_DESK)
def enter_draft(decision_id: int) -> Response:
    found, form = inside(decision_id), DraftForm()
    return run(
        found,
        form,
        lambda: starting.finish_draft(
            found,
            on=form.on.data,
            study=form.study.data or "",
            asked=form.asked.data or "",
            seen=form.version,
            **by(),
        ),
        done=_("The draft is recorded. A comment period can be opened now."),
        again=lambda: _draft(found, form),
    )


@bp.get(f"{ONE}/disputes")
@requires(Capability.USE_DESK)
def disputes(decision_id: int) -> Response:
    return _disputes(inside(decision_id))


def _disputes(found: Decision, form: DisputeForm | None = None) -> Response:
    def links(row: Any) -> list[tuple[str, str]]:
        if row.reported_on is not None:
            return []
        return [(_("Record the report"), url_for("decisions.dispute", decision_id=found.id, record_id=row.id))]

    now, before = split(found, DecisionDispute, links=links)
    form = form or DisputeForm(formdata=None, data=seen(found))
    url = url_for("decisions.enter_dispute", decision_id=found.id)
    refused = preparing.refusal(found, current_actor(), after="started")
    forms = (Drawn(form, url, _("Units do not agree"), _("Record the dispute"), blocked=refused),)
    lead = _("Whoever decides is told the question and both views. Nothing of it is public.")
    return draw(found, Page(_("Disputes between units"), now, forms, lead=lead, before=before))


@bp.post(f"{ONE}/disputes")
@requires(Capability.USE_DESK)
def enter_dispute(decision_id: int) -> Response:
    found, form = inside(decision_id), DisputeForm()
    return run(
        found,
        form,
        lambda: starting.dispute(
            found,
            question=form.question.data or "",
            other_unit=form.other_unit.data or "",
            lead_view=form.lead_view.data or "",
            other_view=form.other_view.data or "",
            seen=form.version,
            **by(),
        ),
        done=_("The dispute is recorded. Report it to whoever decides."),
        again=lambda: _disputes(found, form),
        to=url_for("decisions.disputes", decision_id=decision_id),
    )


@bp.get(f"{ONE}/disputes/<int:record_id>")
@requires(Capability.USE_DESK)
def dispute(decision_id: int, record_id: int) -> Response:
    found = inside(decision_id)
    return _dispute(found, recording.find(DecisionDispute, record_id, found))


def _dispute(found: Decision, row: DecisionDispute, form: ReportDisputeForm | None = None) -> Response:
    form = form or ReportDisputeForm(formdata=None, data=seen(found))
    url = url_for("decisions.report_dispute", decision_id=found.id, record_id=row.id)
    now = [one for one in records(found.id, (DecisionDispute,))[DecisionDispute] if one.id == row.id]
    forms = (Drawn(form, url, _("The report"), _("Record the report")),) if row.reported_on is None else ()
    return draw(found, Page(_("Report the dispute"), [card(one) for one in now], forms))


@bp.post(f"{ONE}/disputes/<int:record_id>")
@requires(Capability.USE_DESK)
def report_dispute(decision_id: int, record_id: int) -> Response:
    found, form = inside(decision_id), ReportDisputeForm()
    row = recording.find(DecisionDispute, record_id, found)
    return run(
        found,
        form,
        lambda: starting.report_dispute(
            found,
            row,
            on=form.on.data,
            to=form.to.data or "",
            ruling=form.ruling.data or "",
            seen=form.version,
            **by(),
        ),
        done=_("The report is recorded."),
        again=lambda: _dispute(found, row, form),
        to=url_for("decisions.disputes", decision_id=decision_id),
    )
