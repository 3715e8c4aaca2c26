"""Desk pages of publication and interpretation."""

from typing import Any

from flask import abort, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.decisions import queries
from participation.decisions.forms.afterwards import MaterialForm, PlanForm, PolicyForm, PublishForm, SignForm
from participation.decisions.forms.counts import filled
from participation.decisions.forms.parts import VersionedForm
from participation.decisions.models import (
    Decision,
    DecisionInterpretation,
    DecisionPolicyMark,
    DecisionPublication,
    DecisionSigning,
)
from participation.decisions.queries.after import Explained, explained
from participation.decisions.service import interpreting, recording
from participation.decisions.service import publishing as publications
from participation.decisions.views.acting import Drawn, Page, by, draw, inside, is_settled, run, seen
from participation.decisions.views.blueprint import bp
from participation.decisions.views.starting import ONE, split
from participation.web.filters import link
from participation.web.guards import current_actor, requires


@bp.get(f"{ONE}/publication")
@requires(Capability.USE_DESK)
def publication(decision_id: int) -> Response:
    return _publication(inside(decision_id))


def _publication(found: Decision, form: PublishForm | None = None) -> Response:
    actor, told = current_actor(), explained(found)
    facts = queries.facts_of(found)

    def links(row: Any) -> list[tuple[str, str]]:
        if row.model is not DecisionInterpretation or interpreting.confirm_refusal(found, row, actor) is not None:
            return []
        return [(_("Confirm it"), url_for("decisions.confirmation", decision_id=found.id, record_id=row.id))]

    now, before = split(
        found, DecisionPublication, DecisionSigning, DecisionInterpretation, DecisionPolicyMark, links=links
    )
    settled = is_settled(found, "published")
    page = Page(
        _("Publication and explanation"),
        now,
        () if settled else (_publish_form(found, told, form, ready=_nothing_missing(facts)),),
        "" if settled else "published",
        _("Text and interpretation are prepared, signed and published together."),
        before,
        () if settled else _ways(found, told, facts.is_policy),
    )
    return draw(found, page)


def _nothing_missing(facts: Any) -> bool:
    from participation.decisions import gates

    return not gates.missing("published", facts)


def _ways(found: Decision, told: Explained, is_policy: bool) -> list[tuple[str, str]]:
    """What is prepared on pages of its own, in its order."""
    ways = []
    if told.text is None:
        ways.append((_("Enter the text"), link("decisions.new_paper", decision_id=found.id, role="decision_text")))
    else:
        ways.append((_("The text"), link("decisions.desk_paper", decision_id=found.id, paper_id=told.text.paper.id)))
    ways.append((_("Is it a policy document?"), url_for("decisions.policy", decision_id=found.id)))
    if is_policy:
        ways += [
            (_("Plan the interpretation"), url_for("decisions.plan", decision_id=found.id)),
            (_("Enter an interpretation"), url_for("decisions.interpretation", decision_id=found.id)),
        ]
    return [*ways, (_("Sign them together"), url_for("decisions.signing", decision_id=found.id))]


def _publish_form(found: Decision, told: Explained, form: PublishForm | None, *, ready: bool) -> Drawn:
    given: dict[str, Any] = {"on": clock.local_date(clock.now()), "issuer": "周村区人民政府"}
    if told.text is not None:
        given["doc_number"] = told.text.paper.doc_number
    given["channels"] = [{"kind": "portal", "where": "区政府网站"}, {"kind": "gazette", "where": "区政府公报"}, {}]
    form = form or PublishForm(formdata=None, data=seen(found) | given)
    blocked = recording.refusal(found, "published", current_actor())
    return Drawn(
        form,
        url_for("decisions.publish_decision", decision_id=found.id),
        _("Publish the decision"),
        _("Publish text and interpretation now"),
        solid=ready,
        folded=not ready and blocked is None,
        intro=_("The text and what was signed with it become public at the same instant."),
        blocked=blocked,
    )


@bp.post(f"{ONE}/publication")
@requires(Capability.USE_DESK)
def publish_decision(decision_id: int) -> Response:
    found, form = inside(decision_id), PublishForm()
    return run(
        found,
        form,
        lambda: publications.publish_decision(
            found,
            on=form.on.data,
            issuer=form.issuer.data or "",
            doc_number=form.doc_number.data or "",
            channels=filled(form.channels, "kind"),
            adoption=form.adoption.data or "",
            ground=form.ground.data or "",
            seen=form.version,
            **by(),
        ),
        done=_("The decision is published."),
        again=lambda: _publication(found, form),
        to=url_for("decisions.publication", decision_id=decision_id),
    )


def _one(found: Decision, heading: str, drawn: Drawn, lead: str = "", models: tuple[Any, ...] = ()) -> Response:
    now = split(found, *models)[0] if models else []
    back = [(_("To the publication"), url_for("decisions.publication", decision_id=found.id))]
    return draw(found, Page(heading, now, (drawn,), lead=lead, links=back))


@bp.get(f"{ONE}/policy")
@requires(Capability.USE_DESK)
def policy(decision_id: int) -> Response:
    return _policy(inside(decision_id))


def _policy(found: Decision, form: PolicyForm | None = None) -> Response:
    form = form or PolicyForm(formdata=None, data=seen(found))
    url = url_for("decisions.mark_policy", decision_id=found.id)
    blocked = interpreting.prepare_refusal(found, current_actor())
    lead = _("The text counts as a policy document until it is said why it is not one.")
    drawn = Drawn(form, url, _("The text"), _("Record it"), blocked=blocked)
    return _one(found, _("Is it a policy document?"), drawn, lead, (DecisionPolicyMark,))


@bp.post(f"{ONE}/policy")
@requires(Capability.USE_DESK)
def mark_policy(decision_id: int) -> Response:
    found, form = inside(decision_id), PolicyForm()
    return run(
        found,
        form,
        lambda: interpreting.mark_policy(
            found, is_policy=form.policy.data != "no", reason=form.reason.data or "", seen=form.version, **by()
        ),
        done=_("Recorded."),
        again=lambda: _policy(found, form),
        to=url_for("decisions.publication", decision_id=decision_id),
    )


@bp.get(f"{ONE}/interpretation/plan")
@requires(Capability.USE_DESK)
def plan(decision_id: int) -> Response:
    return _plan(inside(decision_id))


def _plan(found: Decision, form: PlanForm | None = None) -> Response:
    form = form or PlanForm(formdata=None, data=seen(found))
    url = url_for("decisions.enter_plan", decision_id=found.id)
    blocked = interpreting.prepare_refusal(found, current_actor())
    drawn = Drawn(form, url, _("The plan"), _("Record the plan"), blocked=blocked)
    return _one(found, _("Plan the interpretation"), drawn)


@bp.post(f"{ONE}/interpretation/plan")
@requires(Capability.USE_DESK)
def enter_plan(decision_id: int) -> Response:
    found, form = inside(decision_id), PlanForm()
    return run(
        found,
        form,
        lambda: interpreting.plan_interpretation(
            found, words=form.words.data or "", form=form.form.data or "", seen=form.version, **by()
        ),
        done=_("The plan is recorded."),
        again=lambda: _plan(found, form),
        to=url_for("decisions.publication", decision_id=decision_id),
    )


def _materials(told: Explained) -> list[tuple[int, str]]:
    return [(key, one.paper.title) for key, one in told.papers.items() if one.paper.role == "interpretation"]


def number(text: str | None) -> int | None:
    """A choice from a list of rows; None where nothing was chosen."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


@bp.get(f"{ONE}/interpretation")
@requires(Capability.USE_DESK)
def interpretation(decision_id: int) -> Response:
    return _interpretation(inside(decision_id))


def _interpretation(found: Decision, form: MaterialForm | None = None) -> Response:
    form = form or MaterialForm(formdata=None, data=seen(found), papers=_materials(explained(found)))
    url = url_for("decisions.enter_interpretation", decision_id=found.id)
    drawn = Drawn(
        form,
        url,
        _("What is explained"),
        _("Check and record it"),
        intro=_("Headings and clauses of the text alone are not taken."),
        blocked=interpreting.prepare_refusal(found, current_actor()),
    )
    back = [
        (_("To the publication"), url_for("decisions.publication", decision_id=found.id)),
        (
            _("Enter the interpretation as a paper"),
            link("decisions.new_paper", decision_id=found.id, role="interpretation"),
        ),
    ]
    lead = _("An interpretation says in other words what changes, for whom, and from when on.")
    return draw(found, Page(_("Enter an interpretation"), (), (drawn,), lead=lead, links=back))


@bp.post(f"{ONE}/interpretation")
@requires(Capability.USE_DESK)
def enter_interpretation(decision_id: int) -> Response:
    found = inside(decision_id)
    form = MaterialForm(papers=_materials(explained(found)))
    return run(
        found,
        form,
        lambda: interpreting.enter_interpretation(
            found,
            paper_id=number(form.paper_id.data) or 0,
            form=form.form.data or "",
            changes=form.changes.data or "",
            for_whom=form.for_whom.data or "",
            from_when=form.from_when.data or "",
            url=form.url.data or "",
            seen=form.version,
            **by(),
        ),
        done=_("The interpretation is recorded. A colleague confirms it next."),
        again=lambda: _interpretation(found, form),
        to=url_for("decisions.publication", decision_id=decision_id),
    )


@bp.get(f"{ONE}/interpretation/<int:record_id>")
@requires(Capability.USE_DESK)
def confirmation(decision_id: int, record_id: int) -> Response:
    found = inside(decision_id)
    return _confirmation(found, _row(found, record_id))


def _row(found: Decision, record_id: int) -> DecisionInterpretation:
    row: DecisionInterpretation = recording.find(DecisionInterpretation, record_id, found)
    return row if row.kind == "material" else abort(404)


def _confirmation(found: Decision, row: DecisionInterpretation) -> Response:
    form = VersionedForm(formdata=None, data=seen(found))
    url = url_for("decisions.confirm_interpretation", decision_id=found.id, record_id=row.id)
    now = [one for one in split(found, DecisionInterpretation)[0] if row.changes in {text for _l, text in one.lines}]
    drawn = Drawn(
        form,
        url,
        _("Does it explain the matter?"),
        _("Confirm: it explains the matter"),
        intro=_("I have read it. It says what changes, for whom and from when on, and is no list of headings."),
        blocked=interpreting.confirm_refusal(found, row, current_actor()),
    )
    paper = link("decisions.desk_paper", decision_id=found.id, paper_id=row.paper_id)
    links = [
        (_("Read the paper"), paper),
        (_("To the publication"), url_for("decisions.publication", decision_id=found.id)),
    ]
    return draw(found, Page(_("Confirm the interpretation"), now, (drawn,), links=links))


@bp.post(f"{ONE}/interpretation/<int:record_id>")
@requires(Capability.USE_DESK)
def confirm_interpretation(decision_id: int, record_id: int) -> Response:
    found, form = inside(decision_id), VersionedForm()
    row = _row(found, record_id)
    return run(
        found,
        form,
        lambda: interpreting.confirm_interpretation(found, row, seen=form.version, **by()),
        done=_("The interpretation is confirmed."),
        again=lambda: _confirmation(found, row),
        to=url_for("decisions.publication", decision_id=decision_id),
    )


@bp.get(f"{ONE}/signing")
@requires(Capability.USE_DESK)
def signing(decision_id: int) -> Response:
    return _signing(inside(decision_id))


def _signing(found: Decision, form: SignForm | None = None) -> Response:
    given = {"on": clock.local_date(clock.now()), "signer": "区长"}
    form = form or SignForm(formdata=None, data=seen(found) | given)
    url = url_for("decisions.sign_text", decision_id=found.id)
    blocked = interpreting.sign_refusal(found, current_actor())
    drawn = Drawn(form, url, _("The signature"), _("Record the signature"), blocked=blocked)
    lead = _("One person signs text and interpretation in one act. What is changed afterwards is signed again.")
    return _one(found, _("Sign them together"), drawn, lead, (DecisionSigning, DecisionInterpretation))


@bp.post(f"{ONE}/signing")
@requires(Capability.USE_DESK)
def sign_text(decision_id: int) -> Response:
    found, form = inside(decision_id), SignForm()
    return run(
        found,
        form,
        lambda: interpreting.sign_text(
            found, signer=form.signer.data or "", on=form.on.data, seen=form.version, **by()
        ),
        done=_("Text and interpretation are signed."),
        again=lambda: _signing(found, form),
        to=url_for("decisions.publication", decision_id=decision_id),
    )
