"""Proposals that come in at the desk: a department's own, and papers that the office enters."""

from typing import Any

from flask import abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.consultations.rules.comments import read_contact
from participation.decisions import proposal_drafts as drafts
from participation.decisions.forms.parts import blame
from participation.decisions.forms.proposal import Written
from participation.decisions.forms.proposal_desk import DepartmentForm, PaperForm
from participation.decisions.models import Proposal
from participation.decisions.queries import proposals as queries
from participation.decisions.service import proposing
from participation.decisions.views.blueprint import bp
from participation.decisions.views.propose import staged_with
from participation.decisions.views.propose_send import keys_of
from participation.errors import Refused
from participation.extensions import db
from participation.files import queries as files
from participation.web.guards import current_actor, requires
from participation.web.submission import is_ours, new_submission_key, submission_digest


@bp.get("/desk/decisions/proposals/new")
@requires(Capability.USE_DESK)
def new_proposal() -> Response:
    """The department's own proposal."""
    return _form("own", _own_form(formdata=None), 200)


@bp.post("/desk/decisions/proposals/new")
@requires(Capability.USE_DESK)
def add_proposal() -> Response:
    form = _own_form()

    def store(key: str) -> Proposal:
        return proposing.propose(
            form.saying,
            department_id=int(form.department.data),
            keys=keys_of(key),
            actor=current_actor(),
            now=clock.now(),
        )

    return _stored("own", form, store)


def _own_form(**given: Any) -> DepartmentForm:
    actor, names = current_actor(), accounts.department_names()
    may = (Capability.ANSWER, Capability.MANAGE_CATALOGUE)
    own = sorted(one for one in actor.department_ids if any(actor.can(each, one) for each in may))
    if not own:
        abort(403)
    choices = [SelectChoice(str(one), names[one], render_kw={"lang": "zh-CN"}) for one in own]
    return DepartmentForm(departments=choices, **given)


@bp.get("/desk/decisions/proposals/paper")
@requires(Capability.MANAGE_CATALOGUE)
def new_paper_proposal() -> Response:
    """A paper of a deputy, a leader, a citizen or an organisation."""
    today = clock.local_date(clock.now())
    return _form("paper", PaperForm(formdata=None, data={"received_on": today}), 200)


@bp.post("/desk/decisions/proposals/paper")
@requires(Capability.MANAGE_CATALOGUE)
def add_paper_proposal() -> Response:
    form = PaperForm()

    def store(key: str) -> Proposal:
        return proposing.enter(
            form.saying,
            origin=form.origin.data,
            author_name=form.name.data or "",
            contact=read_contact(form.contact.data) if form.contact.data else None,
            shown=form.shown.data,
            paper_on=form.paper_on.data,
            received_on=form.received_on.data,
            keys=keys_of(key),
            actor=current_actor(),
            now=clock.now(),
        )

    return _stored("paper", form, store)


def _stored(what: str, form: Written, store: Any) -> Response:
    """Stores what a valid form says, once however often it is sent, and goes to the receipt."""
    now = clock.now()
    if not is_ours(form.submission_key.data):
        form.submission_key.data = new_submission_key()
    key = form.submission_key.data or ""
    done = queries.by_submission(submission_digest(key))
    valid = form.validate()
    staged = done is not None or staged_with(form, key, now)
    db.session.commit()  # what was attached stays, whatever is wrong with the rest
    if done is None:
        if not (valid and staged):
            return _form(what, form, 422)
        try:
            draft = drafts.keep(key=key, payload={}, complete=True, now=now)
            drafts.sent(draft, store(key))
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            if refused.code != "invalid":
                raise
            blame(form, refused)
            return _form(what, form, 422)
        except IntegrityError:
            db.session.rollback()
            if queries.by_submission(submission_digest(key)) is None:
                raise
        flash(_("The proposal is entered."))
    draft_row = queries.draft_with(key) or abort(404)
    return redirect(url_for("decisions.proposal_receipt", draft_id=draft_row.id), 303)


def _form(what: str, form: Written, status: int) -> Response:
    if not form.submission_key.data:
        form.submission_key.data = new_submission_key()
    return make_response(
        render_template(
            "decisions/proposal_new.html",
            form=form,
            what=what,
            staged=files.staged(form.submission_key.data or ""),
            keeps=current_actor().can(Capability.MANAGE_CATALOGUE),
        ),
        status,
    )
