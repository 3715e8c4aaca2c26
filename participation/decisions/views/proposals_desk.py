"""The desk of proposals: the list, one proposal with what is to be done, and its papers."""

from flask import abort, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Actor, Capability
from participation.accounts import queries as accounts
from participation.decisions.models import Proposal
from participation.decisions.proposing import ORIGINS, SHOWN, STAGES
from participation.decisions.queries import proposals as queries
from participation.decisions.rules import BODIES
from participation.decisions.service import studying
from participation.decisions.views.blueprint import bp
from participation.duties import queries as duties
from participation.duties.rules import state
from participation.errors import N_
from participation.evidence import service as evidence
from participation.files import queries as files
from participation.files.sending import send
from participation.web.fields import narrow
from participation.web.guards import current_actor, requires
from participation.web.navigation import add_tab

add_tab(
    "decisions.proposals_desk",
    N_("Proposals"),
    (Capability.ANSWER, Capability.READ_ALL),
    order=41,
    under=("decisions.desk",),
    waiting=lambda actor: queries.waiting() if actor.can(Capability.MANAGE_CATALOGUE) else 0,
)


def found_proposal(proposal_id: int) -> Proposal:
    return queries.proposal(proposal_id, actor=current_actor()) or abort(404)


def may_propose(actor: Actor) -> bool:
    return actor.can(Capability.ANSWER) or actor.can(Capability.MANAGE_CATALOGUE)


@bp.get("/desk/decisions/proposals")
@requires(Capability.USE_DESK)
def proposals_desk() -> str:
    actor = current_actor()
    years = queries.years()
    text = narrow(request.args.get("year", ""))
    if text and not (text.isdecimal() and len(text) == 4 and int(text) in years):
        abort(404)
    stage, before = request.args.get("stage", ""), request.args.get("before", "")
    page = queries.on_desk(
        actor,
        year=int(text) if text else None,
        stage=stage if stage in STAGES else "",
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None,
    )
    keeps = actor.can(Capability.MANAGE_CATALOGUE)
    return render_template(
        "decisions/proposals_desk.html",
        page=page,
        years=years,
        year=int(text) if text else None,
        asked=stage if stage in STAGES else "",
        waiting=queries.waiting() if keeps else 0,
        owed=queries.outcome_due([row.id for row in page.rows]),
        stages=STAGES,
        origins=ORIGINS,
        names=accounts.department_names(),
        keeps=keeps,
        may_propose=may_propose(actor),
        now=clock.now(),
    )


@bp.get("/desk/decisions/proposals/<int:proposal_id>")
@requires(Capability.USE_DESK)
def proposal_desk(proposal_id: int) -> str:
    found, actor, now = found_proposal(proposal_id), current_actor(), clock.now()
    duty = duties.duty_for("proposal", found.id, "proposal_outcome")
    return render_template(
        "decisions/proposal_desk.html",
        proposal=found,
        refused=studying.refusals(found, actor=actor),
        knows=queries.may_know_names(actor),
        duty=duty,
        duty_state=state(duty, now) if duty else None,
        attachments=files.attachments_of("proposal", found.id),
        entry=evidence.entry_for("proposal", found.id),
        names=accounts.department_names(),
        stages=STAGES,
        origins=ORIGINS,
        shown=SHOWN,
        bodies=BODIES,
        keeps=actor.can(Capability.MANAGE_CATALOGUE),
        next_act=_next(found),
    )


def _next(found: Proposal) -> tuple[str, str] | None:
    """What the office does next: the page's act and what its button says."""
    if found.stage == "received":
        return "study", _("Hand it to study")
    if found.stage == "studying" and found.studied_on is None:
        return "result", _("Record the study")
    if found.stage == "studying":
        return "outcome", _("Record the outcome")
    if found.checked_at is None:
        return "show", _("Look through and publish")
    return None


@bp.get("/desk/decisions/proposals/<int:proposal_id>/files/<int:file_id>")
@requires(Capability.USE_DESK)
def proposal_file(proposal_id: int, file_id: int) -> Response:
    file = files.attachment(file_id, subject_kind="proposal", subject_id=found_proposal(proposal_id).id)
    return send(file) if file is not None else abort(404)
