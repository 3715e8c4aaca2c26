"""督办: the list for office, unit and auditor, one supervision, and what each writes in it."""

from collections.abc import Callable
from datetime import datetime

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.duties import queries as duty_queries
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox.forms.supervision import ConclusionForm, DemandForm, ResponseForm
from participation.mailbox.models import Letter
from participation.mailbox.queries import supervision as queries
from participation.mailbox.queries.supervision import SupervisionRow
from participation.mailbox.service import supervising
from participation.mailbox.views.blueprint import LETTER, blame, bp, letter_or_404, page
from participation.web.forms import Form
from participation.web.guards import current_actor, requires

ONE = "<int(max=2147483647):supervision_id>"


@bp.get("/supervision")
@requires(Capability.USE_DESK)
def supervision() -> tuple[str, int]:
    actor, now = current_actor(), clock.now()
    closed = request.args.get("closed") == "1"
    return page(
        "supervision.html",
        rows=queries.listed(actor, closed=closed),
        counts=queries.counts(actor),
        closed=closed,
        names=accounts.department_names(),
        now=now,
        today=clock.local_date(now),
    )


@bp.get(f"/supervision/{ONE}")
@requires(Capability.USE_DESK)
def supervised(supervision_id: int) -> tuple[str, int]:
    return _page(_found(supervision_id), 200)


@bp.get(f"/dispatch/{LETTER}/supervise")
@requires(Capability.DISPATCH)
def supervise(letter_id: int) -> tuple[str, int]:
    letter = letter_or_404(letter_id)
    refused = supervising.open_refusal(letter, actor=current_actor(), now=clock.now())
    if refused is not None:
        raise refused
    return _demand(letter, DemandForm(formdata=None), 200)


@bp.post(f"/dispatch/{LETTER}/supervise")
@requires(Capability.DISPATCH)
def supervise_submitted(letter_id: int) -> Response | tuple[str, int]:
    letter, form = letter_or_404(letter_id, lock=True), DemandForm()
    if not form.validate():
        return _demand(letter, form, 422)
    opened = supervising.open_supervision(letter, demand=form.demand.data, actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("The supervision is open. The head of the unit has been told."))
    return redirect(url_for("mailbox.supervised", supervision_id=opened.id), 303)


@bp.post(f"/supervision/{ONE}/respond")
@requires(Capability.USE_DESK)
def respond(supervision_id: int) -> Response | tuple[str, int]:
    form = ResponseForm()

    def act(row: SupervisionRow, now: datetime) -> None:
        supervising.respond(
            row.supervision,
            row.letter,
            text=form.text.data,
            answer_by=form.answer_by.data,
            actor=current_actor(),
            now=now,
        )

    return _do(supervision_id, form, act, _("Your explanation is kept. The due date of the letter stays."), "response")


@bp.post(f"/supervision/{ONE}/close")
@requires(Capability.USE_DESK)
def close_supervision(supervision_id: int) -> Response | tuple[str, int]:
    form = ConclusionForm()

    def act(row: SupervisionRow, now: datetime) -> None:
        supervising.close(row.supervision, row.letter, conclusion=form.conclusion.data, actor=current_actor(), now=now)

    return _do(supervision_id, form, act, _("The supervision is closed. The unit has been told."), "conclusion")


def _do(
    supervision_id: int, form: Form, act: Callable[[SupervisionRow, datetime], None], done: str, name: str
) -> Response | tuple[str, int]:
    row = _found(supervision_id, lock=True)
    if not form.validate():
        return _page(row, 422, **{f"{name}_form": form})
    try:
        act(row, clock.now())
    except Refused as refused:
        blame(form, refused)
        return _page(_found(supervision_id), 422, **{f"{name}_form": form})
    db.session.commit()
    flash(done)
    return redirect(url_for("mailbox.supervised", supervision_id=supervision_id), 303)


def _found(supervision_id: int, *, lock: bool = False) -> SupervisionRow:
    row = queries.seen_by(supervision_id, current_actor(), lock=lock)
    if row is None:
        abort(404)
    return row


def _page(row: SupervisionRow, status: int, **forms: Form) -> tuple[str, int]:
    actor, one = current_actor(), row.supervision
    refusals = {
        "respond": supervising.respond_refusal(one, row.letter, actor=actor),
        "close": supervising.close_refusal(one, row.letter, actor=actor),
    }
    blank: dict[str, Form] = {
        "response_form": ResponseForm(formdata=None),
        "conclusion_form": ConclusionForm(formdata=None),
    }
    people = {one.opened_by, one.responded_by, one.closed_by} - {None}
    return page(
        "supervised.html",
        status,
        one=one,
        letter=row.letter,
        duty=duty_queries.duty_for("letter", row.letter.id, "letter_answer"),
        refusals=refusals,
        names=accounts.department_names(),
        people=accounts.person_names({person for person in people if person is not None}),
        now=clock.now(),
        today=clock.local_date(clock.now()),
        **blank | forms,
    )


def _demand(letter: Letter, form: DemandForm, status: int) -> tuple[str, int]:
    return page(
        "supervise.html",
        status,
        letter=letter,
        form=form,
        duty=duty_queries.duty_for("letter", letter.id, "letter_answer"),
        names=accounts.department_names(),
    )
