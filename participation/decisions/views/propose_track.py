"""Following a proposal: number and secret open it in this session; never through an address."""

from flask import abort, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.accounts import identity, throttle
from participation.decisions.forms.proposal import TrackForm
from participation.decisions.models import Proposal
from participation.decisions.proposing import ORIGINS, SHOWN, read_number
from participation.decisions.queries import proposals as queries
from participation.decisions.views.blueprint import bp
from participation.decisions.views.propose_send import TRACKED
from participation.duties import queries as duties
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files import queries as files
from participation.files.sending import send
from participation.web.guards import current_actor, public
from participation.web.secrets import keyed_digest


def _asked(form: TrackForm, status: int) -> tuple[str, int]:
    return render_template("decisions/proposal_track.html", form=form), status


@bp.get("/decisions/proposals/track")
@public
def track_proposal() -> tuple[str, int]:
    return _asked(TrackForm(formdata=None), 200)


@bp.post("/decisions/proposals/track")
@public
def look_up_proposal() -> Response | tuple[str, int]:
    """Unknown numbers and wrong secrets get the same answer."""
    form, now = TrackForm(), clock.now()
    if not form.validate():
        return _asked(form, 422)
    number = read_number(form.number.data or "")
    reserved = throttle.reserve(
        # For this network only: numbers are public, and wrong codes typed elsewhere must not keep the
        # proposer out. Nobody guesses 80 bits.
        (throttle.TRACKING_NUMBER, keyed_digest(f"{number} {identity.network()}", purpose="tracking-number")),
        (throttle.TRACKING_NETWORK, identity.network()),
        now=now,
    )
    db.session.commit()
    if reserved.wait:
        minutes = reserved.wait // 60 + 1
        form.refuse("secret", _("Too many attempts. Please wait %(minutes)d minutes and try again.", minutes=minutes))
        body, status = _asked(form, 429)
        return Response(body, status, {"Retry-After": str(reserved.wait)}, mimetype="text/html")
    proposal = queries.by_secret(number, form.secret.data or "")
    if proposal is None:
        form.refuse("secret", _("Number and query code do not fit together. Check both: they are on your receipt."))
        return _asked(form, 422)
    throttle.release(reserved)
    db.session.commit()
    session[TRACKED] = proposal.id
    return redirect(url_for("decisions.my_proposal"), 303)


@bp.get("/decisions/proposals/mine")
@public
def my_proposal() -> Response | str:
    proposal = _tracked()
    if proposal is None:
        return redirect(url_for("decisions.track_proposal"))
    outcome = proposal.outcome
    item = outcome.decision if outcome is not None else None
    return render_template(
        "decisions/my_proposal.html",
        proposal=proposal,
        outcome=outcome,
        item=item if item is not None and item.published else None,
        duty=duties.duty_for("proposal", proposal.id, "proposal_outcome"),
        entry=evidence.entry_for("proposal", proposal.id, "proposal.received"),
        attachments=files.attachments_of("proposal", proposal.id),
        origins=ORIGINS,
        shown=SHOWN,
        now=clock.now(),
    )


@bp.get("/decisions/proposals/mine/files/<int:file_id>")
@public
def my_proposal_file(file_id: int) -> Response:
    proposal = _tracked() or abort(404)
    file = files.attachment(file_id, subject_kind="proposal", subject_id=proposal.id)
    return send(file) if file is not None else abort(404)


@bp.get("/mine/proposals/<int:proposal_id>")
@public
def mine_proposal(proposal_id: int) -> Response:
    """Opens a proposal of the signed-in citizen, as number and secret would."""
    proposal, actor = queries.tracked(proposal_id), current_actor()
    if proposal is None or proposal.person_id is None or proposal.person_id != actor.person_id:
        abort(404)
    session[TRACKED] = proposal.id
    return redirect(url_for("decisions.my_proposal"))


def _tracked() -> Proposal | None:
    proposal_id = session.get(TRACKED)
    return queries.tracked(proposal_id) if isinstance(proposal_id, int) else None
