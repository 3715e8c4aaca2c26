"""Desk pages of the expert argument and the risk assessment."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation.access import Capability
from participation.decisions.forms.before import NotPublicForm
from participation.decisions.forms.counts import filled
from participation.decisions.forms.judging import ArgumentForm, ExpertForm, OpinionForm, RiskForm
from participation.decisions.models import Decision, DecisionArgument, DecisionExpert, DecisionRisk
from participation.decisions.queries.records import records
from participation.decisions.service import arguing, assessing, recording
from participation.decisions.views.acting import Drawn, Page, by, draw, inside, is_settled, run, seen
from participation.decisions.views.blueprint import bp
from participation.decisions.views.cards import card
from participation.decisions.views.starting import ONE, set_aside_link, split
from participation.web.filters import link
from participation.web.guards import current_actor, requires


@bp.get(f"{ONE}/experts")
@requires(Capability.USE_DESK)
def experts(decision_id: int) -> Response:
    return _experts(inside(decision_id))


def _experts(found: Decision, asked: ExpertForm | None = None, argued: ArgumentForm | None = None) -> Response:
    refused = recording.refusal(found, "expert", current_actor())

    def links(row: Any) -> list[tuple[str, str]]:
        if refused is not None or row.model is not DecisionExpert:
            return []
        given = [set_aside_link(found, "expert", row)]
        if not row.conclusion:
            url = url_for("decisions.expert", decision_id=found.id, record_id=row.id)
            given.insert(0, (_("Record the opinion"), url))
        return given

    now, before = split(found, DecisionExpert, DecisionArgument, links=links)
    argued = argued or ArgumentForm(formdata=None, data=seen(found))
    asked = asked or ExpertForm(formdata=None, data=seen(found))
    ready = bool(now) and all(one.tag[0] != "open" for one in now)
    forms = [
        Drawn(
            asked,
            url_for("decisions.enter_expert", decision_id=found.id),
            _("An expert takes part"),
            _("Record the expert"),
            solid=not ready,
            folded=ready,
            blocked=refused,
        ),
    ]
    if refused is None and now:
        url = url_for("decisions.finish_experts", decision_id=found.id)
        heading = _("What became of the opinions")
        forms.append(Drawn(argued, url, heading, _("Finish the expert argument"), solid=ready))
    settled = is_settled(found, "expert")
    page = Page(
        _("Expert argument"),
        now,
        () if settled else forms,
        "" if settled else "expert",
        _("Experts are independent, sign what they wrote, and those who are against are heard as well."),
        before,
        [(_("Enter the report"), link("decisions.new_paper", decision_id=found.id, role="expert_report"))],
    )
    return draw(found, page)


@bp.post(f"{ONE}/experts")
@requires(Capability.USE_DESK)
def enter_expert(decision_id: int) -> Response:
    found, form = inside(decision_id), ExpertForm()
    return run(
        found,
        form,
        lambda: arguing.ask_expert(
            found,
            name=form.name.data or "",
            field=form.field.data or "",
            organisation=form.organisation.data or "",
            declared_on=form.declared_on.data,
            interested=form.interested.data,
            seen=form.version,
            **by(),
        ),
        done=_("The expert and the declaration are recorded."),
        again=lambda: _experts(found, asked=form),
        to=url_for("decisions.experts", decision_id=decision_id),
    )


@bp.get(f"{ONE}/experts/<int:record_id>")
@requires(Capability.USE_DESK)
def expert(decision_id: int, record_id: int) -> Response:
    found = inside(decision_id)
    return _expert(found, recording.find(DecisionExpert, record_id, found))


def _expert(found: Decision, row: DecisionExpert, form: OpinionForm | None = None) -> Response:
    form = form or OpinionForm(formdata=None, data=seen(found))
    url = url_for("decisions.enter_opinion", decision_id=found.id, record_id=row.id)
    now = [card(one) for one in records(found.id, (DecisionExpert,))[DecisionExpert] if one.id == row.id]
    forms = () if row.conclusion else (Drawn(form, url, _("The signed opinion"), _("Record the opinion")),)
    return draw(found, Page(_("An expert's opinion"), now, forms))


@bp.post(f"{ONE}/experts/<int:record_id>")
@requires(Capability.USE_DESK)
def enter_opinion(decision_id: int, record_id: int) -> Response:
    found, form = inside(decision_id), OpinionForm()
    row = recording.find(DecisionExpert, record_id, found)
    return run(
        found,
        form,
        lambda: arguing.give_opinion(
            found,
            row,
            conclusion=form.conclusion.data or "",
            opinion=form.opinion.data or "",
            signed_on=form.signed_on.data,
            seen=form.version,
            **by(),
        ),
        done=_("The opinion is recorded as it was written."),
        again=lambda: _expert(found, row, form),
        to=url_for("decisions.experts", decision_id=decision_id),
    )


@bp.post(f"{ONE}/experts/finish")
@requires(Capability.USE_DESK)
def finish_experts(decision_id: int) -> Response:
    found, form = inside(decision_id), ArgumentForm()
    return run(
        found,
        form,
        lambda: arguing.finish_argument(
            found,
            on=form.on.data,
            way=form.way.data or "",
            adopted=form.adopted.data or "",
            not_adopted=form.not_adopted.data or "",
            seen=form.version,
            **by(),
        ),
        done=_("Recorded. Everybody can read it in the chain."),
        again=lambda: _experts(found, argued=form),
    )


@bp.get(f"{ONE}/risk")
@requires(Capability.USE_DESK)
def risk(decision_id: int) -> Response:
    return _risk(inside(decision_id))


def _risk(found: Decision, assessed: RiskForm | None = None, finished: NotPublicForm | None = None) -> Response:
    refused = recording.refusal(found, "risk", current_actor())
    now, before = split(found, DecisionRisk)
    held = bool(now) and now[-1].tag[0] == "kept"
    assessed = assessed or RiskForm(formdata=None, data=seen(found) | {"assessor": found.lead_unit})
    finished = finished or NotPublicForm(formdata=None, data=seen(found))
    url = url_for("decisions.finish_risk", decision_id=found.id)
    finish = Drawn(finished, url, _("Finish the risk assessment"), _("Record that it is finished"))
    heading = _("Assess again") if now else _("The assessment")
    url = url_for("decisions.enter_risk", decision_id=found.id)
    assess = Drawn(assessed, url, heading, _("Record the assessment"), not held, folded=held, blocked=refused)
    settled = is_settled(found, "risk")
    page = Page(
        _("Risk assessment"),
        now,
        () if settled else (finish, assess) if held and refused is None else (assess,),
        "" if settled else "risk",
        _("Each risk has its measure. A risk that cannot be controlled stops the decision until the draft is changed."),
        before,
        [(_("Enter the report"), link("decisions.new_paper", decision_id=found.id, role="risk_report"))],
    )
    return draw(found, page)


@bp.post(f"{ONE}/risk")
@requires(Capability.USE_DESK)
def enter_risk(decision_id: int) -> Response:
    found, form = inside(decision_id), RiskForm()
    return run(
        found,
        form,
        lambda: assessing.assess(
            found,
            on=form.on.data,
            assessor=form.assessor.data or "",
            way=form.way.data or "",
            points=filled(form.points, "text", "kind", "level", "measure"),
            level=form.level.data or "",
            plan=form.plan.data or "",
            existing_title=form.existing_title.data or "",
            existing_on=form.existing_on.data,
            existing_by=form.existing_by.data or "",
            seen=form.version,
            **by(),
        ),
        done=_("The assessment is recorded."),
        again=lambda: _risk(found, assessed=form),
        to=url_for("decisions.risk", decision_id=decision_id),
    )


@bp.post(f"{ONE}/risk/finish")
@requires(Capability.USE_DESK)
def finish_risk(decision_id: int) -> Response:
    found, form = inside(decision_id), NotPublicForm()
    return run(
        found,
        form,
        lambda: assessing.finish_risk(
            found,
            on=form.on.data,
            state=form.state.data,
            ground=form.ground.data or "",
            seen=form.version,
            **by(),
        ),
        done=_("Recorded. Everybody can read it in the chain."),
        again=lambda: _risk(found, finished=form),
    )
