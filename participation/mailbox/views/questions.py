"""Frequent questions: the public page, and where staff make and change them."""

from itertools import groupby

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.forms.publishing import QuestionForm, ReasonForm
from participation.mailbox.models import Letter, Question
from participation.mailbox.queries import questions as found
from participation.mailbox.rules import TOPICS
from participation.mailbox.service import questions
from participation.mailbox.views.blueprint import LETTER, blame, bp, letter_or_404, page
from participation.web.guards import current_actor, published, requires

QUESTION = "<int(max=2147483647):question_id>"


@bp.get("/letters/questions", endpoint="questions")
@published
def public_questions() -> tuple[str, int]:
    topic = request.args.get("topic", "")
    rows = found.live(topic if topic in TOPICS else "")
    groups = [(name, list(group)) for name, group in groupby(rows, key=lambda row: row.topic)]
    return page("questions.html", groups=groups, topics=found.topics(), topic=topic if topic in TOPICS else "")


@bp.get(f"/desk/letters/{LETTER}/question")
@requires(Capability.APPROVE)
def new_question(letter_id: int) -> tuple[str, int]:
    letter = letter_or_404(letter_id)
    data = {"topic": letter.topic, "question": letter.public_title, "answer": letter.public_answer, "sort": 100}
    return _page(letter, None, QuestionForm(formdata=None, data=data), ReasonForm(formdata=None), 200)


@bp.post(f"/desk/letters/{LETTER}/question")
@requires(Capability.APPROVE)
def question_made(letter_id: int) -> Response | tuple[str, int]:
    letter, form = letter_or_404(letter_id, lock=True), QuestionForm()
    if not form.validate():
        return _page(letter, None, form, ReasonForm(formdata=None), 422)
    try:
        service.make_question(letter, **_said(form), actor=current_actor(), now=clock.now())
    except Refused as refused:
        blame(form, refused)
        return _page(letter_or_404(letter_id), None, form, ReasonForm(formdata=None), 422)
    db.session.commit()
    flash(_("The question is public."))
    return redirect(url_for("mailbox.questions"), 303)


@bp.get(f"/desk/questions/{QUESTION}")
@requires(Capability.APPROVE)
def edit_question(question_id: int) -> tuple[str, int]:
    made, letter = _question_or_404(question_id)
    form = QuestionForm(formdata=None, obj=made)
    form.version.data = str(made.version)
    return _page(letter, made, form, ReasonForm(formdata=None), 200)


@bp.post(f"/desk/questions/{QUESTION}")
@requires(Capability.APPROVE)
def question_changed(question_id: int) -> Response | tuple[str, int]:
    """`do=retire` takes it off; anything else saves it."""
    made, letter = _question_or_404(question_id, lock=True)
    form, reason = QuestionForm(), ReasonForm()
    retire = request.form.get("do") == "retire"
    used: QuestionForm | ReasonForm = reason if retire else form
    if retire:
        form = QuestionForm(formdata=None, obj=made)
    if not used.validate():
        return _page(letter, made, form, reason, 422)
    try:
        if retire:
            service.retire_question(made, letter, reason=reason.reason.data, actor=current_actor(), now=clock.now())
        else:
            service.change_question(
                made, letter, **_said(form), version=form.shown_version, actor=current_actor(), now=clock.now()
            )
    except Refused as refused:
        blame(used, refused)
        made, letter = _question_or_404(question_id)
        return _page(letter, made, form, reason, 422)
    db.session.commit()
    flash(_("The question is taken off.") if retire else _("The question is saved."))
    return redirect(url_for("mailbox.questions"), 303)


def _said(form: QuestionForm) -> dict[str, object]:
    return {
        "topic": form.topic.data,
        "question": form.question.data,
        "answer": form.answer.data,
        "sort": form.sort.data,
    }


def _question_or_404(question_id: int, *, lock: bool = False) -> tuple[Question, Letter]:
    made = found.question(question_id, lock=lock)
    if made is None or made.retired_at is not None:
        abort(404)
    return made, letter_or_404(made.letter_id)


def _page(
    letter: Letter, made: Question | None, form: QuestionForm, reason: ReasonForm, status: int
) -> tuple[str, int]:
    refused = questions.question_refusal(letter, actor=current_actor())
    if refused is not None:
        raise refused
    return page("question.html", status, letter=letter, made=made, form=form, reason=reason)
