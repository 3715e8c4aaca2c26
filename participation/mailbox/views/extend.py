"""More time for an answer: the unit's request, and the government office's decision."""

from datetime import date

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.duties import service as duties
from participation.duties.models import Duty
from participation.duties.rules import MOST_EXTENSION_WORKDAYS
from participation.duties.strip import Strip, build
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.forms.extending import DecideForm, ExtendForm
from participation.mailbox.models import Letter
from participation.mailbox.queries import extensions
from participation.mailbox.views.blueprint import LETTER, blame, bp, letter_or_404, page
from participation.mailbox.views.desk import about
from participation.web.guards import current_actor, requires


@bp.get(f"/desk/{LETTER}/extend")
@requires(Capability.ANSWER)
def extend(letter_id: int) -> tuple[str, int]:
    return _ask_page(letter_or_404(letter_id), ExtendForm(formdata=None), 200)


@bp.post(f"/desk/{LETTER}/extend")
@requires(Capability.ANSWER)
def extend_submitted(letter_id: int) -> Response | tuple[str, int]:
    letter, form = letter_or_404(letter_id, lock=True), ExtendForm()
    if not form.validate():
        return _ask_page(letter, form, 422)
    try:
        service.ask_extension(
            letter,
            workdays=form.days or 0,
            reason=form.reason.data,
            interim=form.interim.data,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refused as refused:
        blame(form, refused)
        return _ask_page(letter_or_404(letter_id), form, 422)
    db.session.commit()
    flash(_("The government office decides now. Until then the due date stays."))
    return redirect(url_for("mailbox.desk_letter", letter_id=letter_id), 303)


@bp.get(f"/dispatch/{LETTER}/extension")
@requires(Capability.DISPATCH)
def extension(letter_id: int) -> tuple[str, int]:
    return _decision_page(letter_or_404(letter_id), DecideForm(formdata=None), 200)


@bp.post(f"/dispatch/{LETTER}/extension")
@requires(Capability.DISPATCH)
def extension_decided(letter_id: int) -> Response | tuple[str, int]:
    letter, form = letter_or_404(letter_id, lock=True), DecideForm()
    if not form.validate():
        return _decision_page(letter, form, 422)
    actor, now, approve = current_actor(), clock.now(), request.form.get("do") == "approve"
    try:
        if approve:
            service.approve_extension(letter, actor=actor, now=now)
        else:
            service.decline_extension(letter, reason=form.decision.data or "", actor=actor, now=now)
    except Refused as refused:
        blame(form, refused)
        return _decision_page(letter_or_404(letter_id), form, 422)
    db.session.commit()
    if approve:
        flash(_("The date is extended. The writer has been told why, until when, and what is clear already."))
    else:
        flash(_("No more time is given. The unit has been told why."))
    return redirect(url_for("mailbox.dispatch"), 303)


def _ask_page(letter: Letter, form: ExtendForm, status: int) -> tuple[str, int]:
    refused = service.refusals(letter, actor=current_actor(), now=clock.now())["ask_extension"]
    if refused is not None:
        raise refused
    duty = service.answer_duty(letter)
    preview = _preview(duty, form.days) if form.days else None
    return page("extend.html", status, form=form, dates=_dates(duty), preview=preview, **about(letter))


def _decision_page(letter: Letter, form: DecideForm, status: int) -> tuple[str, int]:
    """The request with how the strip would look. One that is decided is shown without the buttons."""
    refused = service.refusals(letter, actor=current_actor(), now=clock.now())["decide_extension"]
    wanted = extensions.standing(letter)
    if wanted is None:
        asked = extensions.of_letter(letter.id)
        if not asked:
            assert refused is not None
            raise refused
        wanted = asked[-1]
    duty = service.answer_duty(letter)
    preview = _preview(duty, wanted.workdays) if refused is None else None
    return page("extension.html", status, form=form, asked=wanted, preview=preview, refused=refused, **about(letter))


def _dates(duty: Duty) -> list[tuple[int, date]]:
    """For each number of workdays the day it would lead to."""
    calendar = duties.load_calendar()
    assert duty.workdays is not None
    counts = (
        (days, calendar.due(duty.started_on, duty.workdays + days)) for days in range(1, MOST_EXTENSION_WORKDAYS + 1)
    )
    return [(days, count.due_on) for days, count in counts]


def _preview(duty: Duty, workdays: int) -> Strip:
    assert duty.workdays is not None
    count = duties.load_calendar().due(duty.started_on, duty.workdays + workdays)
    return build(
        duty.started_on,
        list(count.counted),
        {skip.day: skip.reason for skip in count.skipped},
        today=clock.local_date(clock.now()),
        provisional=count.provisional,
        regular_due=duty.due_on,
    )
