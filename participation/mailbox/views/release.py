"""The second person: publish, return or decline a copy; and taking a publication back."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.forms.publishing import ReasonForm
from participation.mailbox.models import Letter
from participation.mailbox.service import publishing
from participation.mailbox.views.blueprint import LETTER, blame, bp, letter_or_404, page
from participation.mailbox.views.redact import redact_page
from participation.web.guards import current_actor, requires


@bp.post(f"/desk/{LETTER}/publish/second")
@requires(Capability.APPROVE)
def second_person(letter_id: int) -> Response | tuple[str, int]:
    """`do=return` sends the copy back; anything else publishes what the page showed."""
    form = ReasonForm()

    def act(letter: Letter) -> str:
        actor, now = current_actor(), clock.now()
        if request.form.get("do") == "return":
            service.return_copy(letter, reason=form.reason.data, actor=actor, now=now)
            return _("The copy is back with who prepared it.")
        service.release(letter, version=form.shown_version, actor=actor, now=now)
        return _("The letter is public.")

    return _act(letter_id, form, act)


@bp.post(f"/desk/{LETTER}/publish/decline")
@requires(Capability.APPROVE)
def decline_copy(letter_id: int) -> Response | tuple[str, int]:
    form = ReasonForm()

    def act(letter: Letter) -> str:
        service.decline(letter, reason=form.reason.data, actor=current_actor(), now=clock.now())
        return _("The letter stays private; the ground is on record.")

    return _act(letter_id, form, act)


@bp.get(f"/desk/letters/{LETTER}/take-back")
@requires(Capability.USE_DESK)
def take_back(letter_id: int) -> tuple[str, int]:
    return _take_back_page(letter_or_404(letter_id), ReasonForm(formdata=None), 200)


@bp.post(f"/desk/letters/{LETTER}/take-back")
@requires(Capability.USE_DESK)
def taken_back(letter_id: int) -> Response | tuple[str, int]:
    letter, form = letter_or_404(letter_id, lock=True), ReasonForm()
    if not form.validate():
        return _take_back_page(letter, form, 422)
    try:
        service.take_back(letter, reason=form.reason.data, actor=current_actor(), now=clock.now())
    except Refused as refused:
        blame(form, refused)
        return _take_back_page(letter_or_404(letter_id), form, 422)
    db.session.commit()
    flash(_("The letter is no longer public."))
    return redirect(url_for("mailbox.file", letter_id=letter_id), 303)


def _take_back_page(letter: Letter, form: ReasonForm, status: int) -> tuple[str, int]:
    refused = publishing.take_back_refusal(letter, actor=current_actor())
    if refused is not None:
        raise refused
    return page("take_back.html", status, letter=letter, form=form)


def _act(letter_id: int, form: ReasonForm, act: Callable[[Letter], str]) -> Response | tuple[str, int]:
    letter = letter_or_404(letter_id, lock=True)
    if not form.validate():
        return redact_page(letter, 422, reason_form=form)
    try:
        said = act(letter)
    except Refused as refused:
        blame(form, refused)
        return redact_page(letter_or_404(letter_id), 422, reason_form=form)
    db.session.commit()
    flash(said)
    return redirect(url_for("mailbox.publishing_queue"), 303)
