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
from participation.mailbox.queries import desk as queues
from participation.mailbox.queries import letters
from participation.mailbox.views.blueprint import LETTER, blame, bp, letter_or_404, page
from participation.mailbox.views.desk import about, own_departments, own_page, own_queue
from participation.mailbox.views.remarks import beside, shown_promises
from participation.web.guards import current_actor, requires
from participation.web.matching import MANY
from participation.web.said import sentence


@bp.get("/approvals")
@requires(Capability.APPROVE)
def approvals() -> tuple[str, int]:
    found, number = own_page("submitted"), 0
    if found.after or "after" in request.args:
        number = queues.count(current_actor(), ("submitted",), department_ids=own_departments(), most=MANY)
    return page(
        "approvals.html",
        rows=found.rows,
        onward=found.after,
        turned="after" in request.args,
        number=number or len(found.rows),
        many=MANY,
        today=clock.local_date(clock.now()),
    )


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
        if refused.code == "conflict":
            return _both_texts(letter_id, form, refused)
        blame(form, refused)
        return _approval(letter_or_404(letter_id), form, back, 422)
    db.session.commit()
    flash(_("The answer is with the writer."))
    return redirect(url_for("mailbox.approvals"), 303)


def _both_texts(letter_id: int, form: ApproveForm, refused: Refused) -> tuple[str, int]:
    """409: the answer was written anew since the page was opened. What was read stands beside it;
    the next click approves the new text."""
    db.session.rollback()
    letter = letter_or_404(letter_id)
    answer = letters.answer_of(letter)
    read = form.seen.data or ""
    form.version.data = str(answer.version) if answer else ""
    form.seen.data = answer.text if answer else ""
    form.form_errors.append(sentence(refused))
    return _approval(letter, form, SendBackForm(formdata=None), 409, read=read)


def _approval(
    letter: Letter, form: ApproveForm | None, back: SendBackForm, status: int, read: str = ""
) -> tuple[str, int]:
    shown = about(letter)
    answer = shown["answer"]
    if form is None:
        form = ApproveForm(formdata=None)
        form.version.data = str(answer.version) if answer else ""
        form.seen.data = answer.text if answer else ""
    now = shown["now"]
    checked = beside(
        letter, text=answer.text if answer else "", contact=answer.contact if answer else "", numbered=True
    )
    promised = shown_promises(answer.text, list(answer.promises or ()), now=now) if answer else []
    refusals = service.refusals(letter, actor=current_actor(), now=shown["now"], answer=letters.answer_of(letter))
    return page(
        "approve.html",
        status,
        form=form,
        back=back,
        refusals=refusals,
        queue=own_queue("submitted"),
        read=read,
        promised=promised,
        **checked,
        **shown,
    )
