"""The evidence desk of administrator and auditor: holders of heads, and the clock in doubt."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.accounts.normal import email
from participation.assurance.forms import ConfirmForm, CorrectionForm, DeclineForm, HolderForm
from participation.errors import N_, Refused
from participation.evidence import corrections, doubt, holding, queries
from participation.evidence.models import ClockCorrection
from participation.extensions import db
from participation.web.forms import Form
from participation.web.guards import current_actor, requires
from participation.web.navigation import add_tab
from participation.web.said import sentence

bp = Blueprint("assurance", __name__)
blueprints = (bp,)

ID = "<int(max=2147483647):{}>"


def _waiting(actor: object) -> int:
    waiting = corrections.proposed()
    return int(waiting is not None and waiting.proposed_by != getattr(actor, "person_id", None))


add_tab(
    "assurance.desk",
    N_("Evidence"),
    Capability.WATCH_EVIDENCE,
    order=38,
    waiting=_waiting,
    under=["oversight.ledger", "accounts.people"],
)


@bp.app_context_processor
def _alarm() -> dict[str, object]:
    return {"clock_health": doubt.health}


@bp.get("/desk/evidence")
@requires(Capability.WATCH_EVIDENCE)
def desk() -> tuple[str, int]:
    return _page()


@bp.get("/desk/evidence/<any(holders, clock):part>")
@bp.get(f"/desk/evidence/<any(clock):part>/{ID.format('number')}/decline")
@requires(Capability.WATCH_EVIDENCE)
def not_done(part: str, number: int = 0) -> Response:
    """A form that was refused, loaded again."""
    return redirect(url_for("assurance.desk"))


@bp.post("/desk/evidence/holders")
@requires(Capability.MANAGE_PEOPLE)
def add_holder() -> Response | tuple[str, int]:
    form = HolderForm()
    if not form.validate():
        return _page(422, holder=form)
    try:
        holding.add(
            name=form.name.data.strip(),
            name_en=(form.name_en.data or "").strip(),
            address=email(form.address.data),
            actor=current_actor(),
            now=clock.now(),
        )
        db.session.commit()
    except Refused as refused:
        return _page(422, holder=_blamed(form, refused))
    except IntegrityError:
        db.session.rollback()
        form.refuse("address", _("This address already gets the signed numbers"))
        return _page(422, holder=form)
    flash(_("The office is on the list. It gets the first signed number within a minute."))
    return redirect(url_for("assurance.desk"), 303)


@bp.post(f"/desk/evidence/holders/{ID.format('holder_id')}/retire")
@requires(Capability.MANAGE_PEOPLE)
def retire_holder(holder_id: int) -> Response:
    holder = db.session.get(holding.HeadHolder, holder_id) or abort(404)
    holding.retire(holder, actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("The office gets no more signed numbers."))
    return redirect(url_for("assurance.desk"), 303)


@bp.post("/desk/evidence/clock")
@requires(Capability.WATCH_EVIDENCE)
def propose_correction() -> Response | tuple[str, int]:
    form = CorrectionForm()
    if not form.validate():
        return _page(422, correction=form)
    try:
        corrections.propose(
            cause=form.cause.data,
            wrong_by_seconds=form.wrong_by_seconds.data,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refused as refused:
        return _page(422, correction=_blamed(form, refused))
    db.session.commit()
    flash(_("The correction is written. Another person has to confirm it."))
    return redirect(url_for("assurance.desk"), 303)


@bp.post(f"/desk/evidence/clock/{ID.format('correction_id')}/confirm")
@requires(Capability.WATCH_EVIDENCE)
def confirm_correction(correction_id: int) -> Response:
    corrections.confirm(_correction(correction_id), actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("The correction is confirmed and published."))
    return redirect(url_for("assurance.desk"), 303)


@bp.post(f"/desk/evidence/clock/{ID.format('correction_id')}/decline")
@requires(Capability.WATCH_EVIDENCE)
def decline_correction(correction_id: int) -> Response | tuple[str, int]:
    form = DeclineForm()
    if not form.validate():
        return _page(422, decline=form)
    try:
        corrections.decline(_correction(correction_id), reason=form.reason.data, actor=current_actor(), now=clock.now())
    except Refused as refused:
        return _page(422, decline=_blamed(form, refused))
    db.session.commit()
    flash(_("The correction is declined. Somebody may write another one."))
    return redirect(url_for("assurance.desk"), 303)


def _correction(correction_id: int) -> ClockCorrection:
    return db.session.get(ClockCorrection, correction_id) or abort(404)


def _blamed(form: Form, refused: Refused) -> Form:
    """A refusal that the form can mend stands at its field; any other goes to the error page."""
    if refused.code != "invalid":
        raise refused
    db.session.rollback()
    form.refuse(refused.field, sentence(refused))
    return form


def _page(status: int = 200, **forms: Form) -> tuple[str, int]:
    actor, waiting, health = current_actor(), corrections.proposed(), doubt.health()
    found = holding.mailings()
    page = render_template(
        "assurance/desk.html",
        newest=queries.newest_head(),
        held=holding.held(),
        mailings=found,
        health=health,
        waiting=waiting,
        may_propose=corrections.propose_refusal(health=health, waiting=waiting) is None,
        refused=corrections.decide_refusal(waiting, actor) if waiting else None,
        people=accounts.person_names({waiting.proposed_by}) if waiting else {},
        decided=corrections.decided(),
        sentence=sentence,
        wrong=next((form for form in forms.values() if form.wrong or form.form_errors), None),
        form=ConfirmForm(formdata=None),
        **{
            "holder": HolderForm(formdata=None),
            "correction": CorrectionForm(formdata=None),
            "decline": DeclineForm(formdata=None),
        }
        | forms,
    )
    return page, status
