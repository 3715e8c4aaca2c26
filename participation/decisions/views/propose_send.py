"""The last step of proposing: read it once more, enter the code, send; then the receipt."""

from flask import abort, redirect, render_template, session, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from participation import clock
from participation.accounts import contacts
from participation.accounts.draft_code import is_verified
from participation.consultations.forms.commenting import CodeForm
from participation.consultations.rules.comments import ContactAddress, read_contact
from participation.decisions import proposal_drafts as drafts
from participation.decisions.models import Proposal, ProposalDraft
from participation.decisions.proposing import ORIGINS, SHOWN
from participation.decisions.queries import proposals as queries
from participation.decisions.service import proposing
from participation.decisions.service.proposing import Keys, Said
from participation.decisions.views.blueprint import bp
from participation.decisions.views.propose import CODE
from participation.duties import queries as duties
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files import queries as files
from participation.web.guards import current_actor, public
from participation.web.secrets import digest_secret
from participation.web.submission import is_ours, secret_for, submission_digest

TRACKED = "tracked_proposal"


@bp.get("/decisions/propose/confirm/<int:draft_id>")
@public
def confirm_proposal(draft_id: int) -> Response | tuple[str, int]:
    draft = _draft_or_404(draft_id)
    if draft.proposal_id is not None:
        return redirect(url_for("decisions.proposal_receipt", draft_id=draft.id))
    return _confirm(draft, CodeForm(formdata=None), 200)


@bp.post("/decisions/propose/confirm/<int:draft_id>")
@public
def send_proposal(draft_id: int) -> Response | tuple[str, int]:
    draft, now = _draft_or_404(draft_id), clock.now()
    done = url_for("decisions.proposal_receipt", draft_id=draft_id)
    if draft.proposal_id is not None:
        return redirect(done, 303)
    form = CodeForm()
    if not form.validate():
        return _confirm(draft, form, 422)
    if not _verified(draft):
        problem = CODE.judge(draft.id, form.code.data or "", now=now)
        if problem:
            db.session.commit()
            if draft.proposal_id is not None:  # sent twice at the same instant: the code served the first
                return redirect(done, 303)
            form.refuse("code", problem)
            return _confirm(draft, form, 422)
    try:
        _receive(draft)
        db.session.commit()
    except IntegrityError:
        # The same form at the same instant: the other request has stored the proposal.
        db.session.rollback()
        if queries.by_submission(submission_digest(_draft_or_404(draft_id).key)) is None:
            raise
    CODE.forget()
    return redirect(done, 303)


@bp.get("/decisions/propose/receipt/<int:draft_id>")
@public
def proposal_receipt(draft_id: int) -> str:
    """Only the session that sent or entered the proposal sees it; a reload shows the same secret."""
    draft = _draft_or_404(draft_id)
    proposal = queries.by_submission(submission_digest(draft.key))
    if proposal is None:
        abort(404)
    if proposal.entered_by is None:
        session[TRACKED] = proposal.id
    return render_template(
        "decisions/proposal_receipt.html",
        proposal=proposal,
        secret=secret_for(draft.key),
        duty=duties.duty_for("proposal", proposal.id, "proposal_outcome"),
        entry=evidence.entry_for("proposal", proposal.id, "proposal.received"),
        attachments=files.attachments_of("proposal", proposal.id),
        origins=ORIGINS,
    )


def _draft_or_404(draft_id: int) -> ProposalDraft:
    draft = queries.draft(draft_id)
    if draft is None or not is_ours(draft.key) or not (draft.complete or draft.proposal_id):
        abort(404)
    return draft


def _wanted(draft: ProposalDraft) -> ContactAddress:
    return read_contact(str(draft.payload["contact"]))


def _verified(draft: ProposalDraft) -> bool:
    wanted = _wanted(draft)
    return is_verified(wanted.channel, wanted.address)


def _receive(draft: ProposalDraft) -> Proposal:
    kept, actor = draft.payload, current_actor()
    proposal = proposing.receive(
        Said(kept["title"], kept["text"], kept["reason"], kept["basis"]),
        origin=kept["origin"],
        author_name=kept["name"],
        contact=_wanted(draft),
        shown=kept["shown"],
        keys=keys_of(draft.key),
        person_id=actor.person_id if actor.is_citizen else None,
        actor=actor,
        now=clock.now(),
    )
    drafts.sent(draft, proposal)
    return proposal


def keys_of(key: str) -> Keys:
    return Keys(submission_digest(key), digest_secret(secret_for(key)), key)


def _confirm(draft: ProposalDraft, form: CodeForm, status: int) -> tuple[str, int]:
    wanted, sent = _wanted(draft), CODE.sent(draft.id)
    return render_template(
        "decisions/proposal_confirm.html",
        draft=draft,
        form=form,
        origins=ORIGINS,
        shown=SHOWN,
        verified=_verified(draft),
        masked=contacts.masked(wanted.channel, wanted.address),
        demo_code=sent["code"] if sent else "",
        staged=files.staged(draft.key),
    ), status
