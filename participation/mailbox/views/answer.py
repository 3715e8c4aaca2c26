"""Answering: the editor, drafts, submission, and giving a letter back."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.forms.desk import AnswerForm, ReturnForm
from participation.mailbox.models import Letter
from participation.mailbox.queries import joints, letters
from participation.mailbox.views.blueprint import LETTER, blame, bp, letter_or_404, page
from participation.mailbox.views.desk import about, own_queue
from participation.mailbox.views.remarks import beside, marks_in, shown_promises
from participation.web.guards import current_actor, requires
from participation.web.said import sentence


@bp.get(f"/desk/{LETTER}")
@requires(Capability.ANSWER)
def desk_letter(letter_id: int) -> Response | tuple[str, int]:
    letter = letter_or_404(letter_id)
    if joints.own_part(letter, current_actor()) is not None:
        return redirect(url_for("mailbox.joint", letter_id=letter_id))
    answer = letters.answer_of(letter)
    form = AnswerForm(formdata=None, data={"text": answer.text, "contact": answer.contact} if answer else {})
    form.version.data = str(answer.version) if answer else ""
    return _editor(letter, form, 200)


@bp.post(f"/desk/{LETTER}")
@requires(Capability.ANSWER)
def write_answer(letter_id: int) -> Response | tuple[str, int]:
    letter, form = letter_or_404(letter_id, lock=True), AnswerForm()
    if not form.validate():
        return _editor(letter, form, 422)
    marks, wrong = marks_in(request.form)
    if wrong:
        form.form_errors.append(wrong)
        return _editor(letter, form, 422, marks=marks)
    if request.form.get("do") == "check":
        return _editor(letter, form, 200, marks=marks)
    act = service.save_draft if request.form.get("do") == "draft" else service.submit
    try:
        act(
            letter,
            text=form.text.data,
            contact=form.contact.data,
            version=form.shown_version,
            promises=marks,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refused as refused:
        if refused.code == "conflict":
            return _both_texts(letter_id, form, refused)
        blame(form, refused)
        return _editor(letter_or_404(letter_id), form, 422)
    db.session.commit()
    if act is service.save_draft:
        flash(_("Saved as a draft. It has not been sent."))
        return redirect(url_for("mailbox.desk_letter", letter_id=letter_id), 303)
    flash(_("The answer is waiting for approval."))
    return redirect(url_for("mailbox.desk"), 303)


@bp.get(f"/desk/{LETTER}/return")
@requires(Capability.ANSWER)
def give_back(letter_id: int) -> tuple[str, int]:
    letter = letter_or_404(letter_id)
    return _return_page(letter, ReturnForm(formdata=None, without=_not_meant(letter)), 200)


@bp.post(f"/desk/{LETTER}/return")
@requires(Capability.ANSWER)
def give_back_submitted(letter_id: int) -> Response | tuple[str, int]:
    letter = letter_or_404(letter_id, lock=True)
    form = ReturnForm(without=_not_meant(letter))
    if not form.validate():
        return _return_page(letter, form, 422)
    try:
        service.give_back(letter, reason=form.said, basis=form.basis.data, actor=current_actor(), now=clock.now())
    except Refused as refused:
        blame(form, refused)
        return _return_page(letter_or_404(letter_id), form, 422)
    db.session.commit()
    flash(_("The letter is back with the government office. Its due date stays."))
    return redirect(url_for("mailbox.desk"), 303)


def _not_meant(letter: Letter) -> set[int]:
    """Units that cannot be named as those who should have it: one's own, and the one it is about."""
    return {unit for unit in (letter.department_id, letter.about_department_id) if unit is not None}


def _both_texts(letter_id: int, form: AnswerForm, refused: Refused) -> tuple[str, int]:
    """409: the colleague's text stands beside one's own; the next save builds on the colleague's."""
    db.session.rollback()
    letter = letter_or_404(letter_id)
    theirs = letters.answer_of(letter)
    form.version.data = str(theirs.version) if theirs else ""
    form.form_errors.append(sentence(refused))
    return _editor(letter, form, 409, theirs=theirs.text if theirs else "")


def _editor(
    letter: Letter,
    form: AnswerForm,
    status: int,
    theirs: str | None = None,
    marks: list[dict[str, Any]] | None = None,
) -> tuple[str, int]:
    now, shown = clock.now(), about(letter)
    text, answer = form.text.data or "", shown["answer"]
    if marks is None:
        marks = list(answer.promises or ()) if answer else []
    return page(
        "desk_letter.html",
        status,
        form=form,
        theirs=theirs,
        refusals=service.refusals(letter, actor=current_actor(), now=now),
        queue=own_queue("assigned", "submitted"),
        promised=shown_promises(text, marks, now=now),
        **beside(letter, text=text, contact=form.contact.data or ""),
        **shown,
    )


def _return_page(letter: Letter, form: ReturnForm, status: int) -> tuple[str, int]:
    facts = service.facts_of(letter, now=clock.now())
    refused = service.refusals(letter, actor=current_actor(), now=clock.now())["give_back"]
    if refused is not None and status == 200:
        raise refused
    return page("return.html", status, form=form, until=facts.return_until, **about(letter))
