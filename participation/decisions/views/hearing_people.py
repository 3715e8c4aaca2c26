"""Desk pages of public participation: the comment periods, other ways, and finishing the step."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from participation.access import Capability
from participation.decisions import comment_periods
from participation.decisions.forms.before import AdoptForm, FinishForm, MeansForm
from participation.decisions.forms.counts import filled
from participation.decisions.models import Decision, DecisionHearing, DecisionMeans
from participation.decisions.queries.records import records
from participation.decisions.service import hearing_people as service
from participation.decisions.service import recording
from participation.decisions.views.acting import Card, Drawn, Page, by, checks_of, draw, inside, run, seen
from participation.decisions.views.blueprint import bp
from participation.decisions.views.cards import card
from participation.decisions.views.mending import drawn
from participation.decisions.views.starting import ONE, set_aside_link, split
from participation.web.filters import day, link
from participation.web.guards import current_actor, requires


@bp.get(f"{ONE}/participation")
@requires(Capability.USE_DESK)
def participation(decision_id: int) -> Response:
    return _participation(inside(decision_id))


def _period(period: Any) -> Card:
    figures = ngettext(
        "%(num)d comment from %(people)s people", "%(num)d comments from %(people)s people", period.comments,
        people=period.people,
    )  # fmt: skip
    return Card(
        period.title,
        [(_("Period"), f"{day(period.starts_on)} – {day(period.ends_on)}"), (_("Received"), figures)],
        ("kept", _("Answered")) if period.answered else ("open", _("Not answered yet")),
        [(_("Go to the comments"), link("consultations.file", consultation_id=period.id))],
        chinese=True,
    )


def _participation(found: Decision, form: FinishForm | None = None) -> Response:
    def links(row: Any) -> list[tuple[str, str]]:
        if row.model is DecisionHearing:
            return [(_("Go to the hearing"), url_for("decisions.hearing", decision_id=found.id))]
        given = [set_aside_link(found, "means", row)] if open_ else []
        if row.adopted_on is None and open_:
            adopt = (_("Write what was adopted"), url_for("decisions.means", decision_id=found.id, record_id=row.id))
            given.insert(0, adopt)
        return given

    refused = recording.refusal(found, "participation", current_actor())
    open_ = refused is None
    now, before = split(found, DecisionMeans, DecisionHearing, links=links)
    periods = [_period(period) for period in comment_periods.of({found.id}).get(found.id, [])]
    form = form or FinishForm(formdata=None, data=seen(found))
    url = url_for("decisions.finish_participation", decision_id=found.id)
    settled = any(row.step == "participation" and row.state != "now" for row in found.steps)
    checks = [] if settled else drawn(found, checks_of(found, "participation"))
    lacking = any(check["state"] == "no" for check in checks)
    finish = Drawn(
        form,
        url,
        _("Finish public participation"),
        _("Record that it is finished"),
        solid=not lacking,
        folded=lacking and refused is None,
        blocked=refused,
    )
    ways = [
        (_("Ask the public about it"), link("consultations.new", decision=found.id)),
        (_("Record another way"), url_for("decisions.new_means", decision_id=found.id)),
        (_("Hearing"), url_for("decisions.hearing", decision_id=found.id)),
    ]
    page = Page(
        _("Public participation"),
        [*periods, *now],
        () if settled else (finish,),
        before=before,
        sequence=checks,
        links=ways if open_ else (),
    )
    return draw(found, page)


@bp.post(f"{ONE}/participation")
@requires(Capability.USE_DESK)
def finish_participation(decision_id: int) -> Response:
    found, form = inside(decision_id), FinishForm()
    return run(
        found,
        form,
        lambda: service.finish_participation(
            found, on=form.on.data, note=form.note.data or "", seen=form.version, **by()
        ),
        done=_("Recorded. Everybody can read it in the chain."),
        again=lambda: _participation(found, form),
    )


@bp.get(f"{ONE}/means/new")
@requires(Capability.USE_DESK)
def new_means(decision_id: int) -> Response:
    return _new_means(inside(decision_id))


def _new_means(found: Decision, form: MeansForm | None = None) -> Response:
    form = form or MeansForm(formdata=None, data=seen(found))
    url = url_for("decisions.enter_means", decision_id=found.id)
    refused = recording.refusal(found, "participation", current_actor())
    forms = (Drawn(form, url, _("What took place"), _("Record it"), blocked=refused),)
    lead = _("Meetings, visits, letters and surveys beside the comment period. Groups and numbers, no names.")
    return draw(found, Page(_("How people were heard"), (), forms, lead=lead))


@bp.post(f"{ONE}/means/new")
@requires(Capability.USE_DESK)
def enter_means(decision_id: int) -> Response:
    found, form = inside(decision_id), MeansForm()
    return run(
        found,
        form,
        lambda: service.hear(
            found,
            kind=form.kind.data or "",
            held_on=form.held_on.data,
            until=form.until.data,
            place=form.place.data or "",
            took_part=filled(form.took_part, "group", "number"),
            who=form.who.data or "",
            asked=form.asked.data,
            answered=form.answered.data,
            result=form.result.data or "",
            seen=form.version,
            **by(),
        ),
        done=_("Recorded. Write what was adopted when the opinions are studied."),
        again=lambda: _new_means(found, form),
        to=url_for("decisions.participation", decision_id=decision_id),
    )


@bp.get(f"{ONE}/means/<int:record_id>")
@requires(Capability.USE_DESK)
def means(decision_id: int, record_id: int) -> Response:
    found = inside(decision_id)
    return _adopt(found, recording.find(DecisionMeans, record_id, found))


def _adopt(found: Decision, row: DecisionMeans, form: AdoptForm | None = None) -> Response:
    form = form or AdoptForm(formdata=None, data=seen(found))
    if row.kind != "open_meeting":
        del form.told_on
    url = url_for("decisions.adopt_means", decision_id=found.id, record_id=row.id)
    now = [card(one) for one in records(found.id, (DecisionMeans,))[DecisionMeans] if one.id == row.id]
    forms = () if row.adopted_on else (Drawn(form, url, _("Opinions adopted"), _("Record it")),)
    return draw(found, Page(_("What became of the opinions"), now, forms))


@bp.post(f"{ONE}/means/<int:record_id>")
@requires(Capability.USE_DESK)
def adopt_means(decision_id: int, record_id: int) -> Response:
    found, form = inside(decision_id), AdoptForm()
    row = recording.find(DecisionMeans, record_id, found)
    return run(
        found,
        form,
        lambda: service.adopt(
            found,
            row,
            on=form.on.data,
            adopted=form.adopted.data or "",
            not_adopted=form.not_adopted.data or "",
            told_on=form.told_on.data if "told_on" in form else None,
            seen=form.version,
            **by(),
        ),
        done=_("Recorded. Everybody can read it in the chain."),
        again=lambda: _adopt(found, row, form),
        to=url_for("decisions.participation", decision_id=decision_id),
    )
