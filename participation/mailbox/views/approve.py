"""The head: letter and answer facing each other; approve, or return with a reason."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.forms.desk import ApproveForm, SendBackForm
from participation.mailbox.models import Letter
from participation.mailbox.queries import letters
from participation.mailbox.views.blueprint import LETTER, blame, bp, letter_or_404, page
from participation.mailbox.views.desk import about, own_queue
from participation.web.guards import current_actor, requires


@bp.get("/approvals")
@requires(Capability.APPROVE)
def approvals() -> tuple[str, int]:
    return page("approvals.html", rows=own_queue("submitted"), today=clock.local_date(clock.now()))


@bp.get(f"/approvals/{LETTER}")
@requires(Capability.APPROVE)
def approval(letter_id: int) -> Response | tuple[str, int]:
    letter = letter_or_404(letter_id)
    if letter.stage != "submitted":
        return redirect(url_for("mailbox.file", letter_id=letter_id))
    return _approval(letter, None, SendBackForm(formdata=None), 200)


@bp.post(f"/approvals/{LETTER}")
@requires(Capability.APPROVE)
def decide(letter_id: int) -> Response | tuple[str, int]:
    """`do=back` returns the answer; anything else approves it."""
    letter = letter_or_404(letter_id, lock=True)
    return _back(letter) if request.form.get("do") == "back" else _approve(letter)


def _back(letter: Letter) -> Response | tuple[str, int]:
    form, letter_id = SendBackForm(), letter.id
    if not form.validate():
        return _approval(letter, None, form, 422)
    try:
        service.send_back(letter, reason=form.reason.data, actor=current_actor(), now=clock.now())
    except Refused as refused:
        blame(form, refused)
        return _approval(letter_or_404(letter_id), None, form, 422)
    db.session.commit()
    flash(_("Returned to the officer. The due date stays."))
    return redirect(url_for("mailbox.approvals"), 303)


def _approve(letter: Letter) -> Response | tuple[str, int]:
    form, letter_id = ApproveForm(), letter.id
    back = SendBackForm(formdata=None)
    if not form.validate():
        return _approval(letter, form, back, 422)
    try:
        service.approve(
            letter,
            version=form.shown_version,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refused as refused:
        blame(form, refused)
        return _approval(letter_or_404(letter_id), form, back, 422)
    db.session.commit()
    flash(_("The answer is with the writer."))
    return redirect(url_for("mailbox.approvals"), 303)


def _approval(letter: Letter, form: ApproveForm | None, back: SendBackForm, status: int) -> tuple[str, int]:
    shown = about(letter)
    answer = shown["answer"]
    if form is None:
        form = ApproveForm(formdata=None)
        form.version.data = str(answer.version) if answer else ""
    refusals = service.refusals(letter, actor=current_actor(), now=shown["now"], answer=letters.answer_of(letter))
    return page("approve.html", status, form=form, back=back, refusals=refusals, queue=own_queue("submitted"), **shown)
