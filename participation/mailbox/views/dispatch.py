"""The government office: whom each letter goes to, within one workday."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.duties.rules import State
from participation.duties.strip import day_strip
from participation.errors import Refused
from participation.extensions import db
from participation.files import queries as files
from participation.mailbox import service
from participation.mailbox.forms.desk import AssignForm, RefuseForm, RestrictForm
from participation.mailbox.models import Letter
from participation.mailbox.queries import desk, letters
from participation.mailbox.rules import GROUNDS
from participation.mailbox.views.blueprint import LETTER, blame, bp, letter_or_404, page
from participation.web.forms import Form
from participation.web.guards import current_actor, requires


def _queues() -> dict[str, Any]:
    actor, now = current_actor(), clock.now()
    waiting = desk.queue(actor, ("received", "returned"), now=now)
    running = desk.queue(actor, ("assigned", "submitted"), now=now)
    pressing = [row for row in running if row.state in (State.OVERDUE, State.DUE_SOON)]
    today = clock.local_date(now)
    return {
        "waiting": waiting,
        "pressing": pressing,
        "handled": len(running),
        "today": today,
        "now": now,
        "due_today": sum(1 for row in waiting if row.dispatch is not None and row.dispatch.due_on <= today),
        "names": accounts.department_names(),
        "restricted": sum(1 for row in waiting if row.letter.about_department_id is not None),
    }


@bp.get("/dispatch")
@requires(Capability.DISPATCH)
def dispatch() -> tuple[str, int]:
    return page("dispatch.html", current=None, **_queues())


@bp.get(f"/dispatch/{LETTER}")
@requires(Capability.DISPATCH)
def dispatch_letter(letter_id: int) -> tuple[str, int]:
    return _letter_page(letter_or_404(letter_id), 200)


@bp.post(f"/dispatch/{LETTER}/assign")
@requires(Capability.DISPATCH)
def assign(letter_id: int) -> Response | tuple[str, int]:
    """Gives the letter to a unit; for one that has a unit already, moves it to another."""
    letter = letter_or_404(letter_id, lock=True)
    form = AssignForm(without=_without(letter))

    def act() -> None:
        unit, actor, now = int(form.department.data), current_actor(), clock.now()
        if letter.stage in ("assigned", "submitted"):
            service.transfer(letter, department_id=unit, reason=form.reason.data, actor=actor, now=now)
        else:
            service.assign(
                letter, department_id=unit, reason=form.reason.data, topic=form.topic.data, actor=actor, now=now
            )

    return _do(letter, form, act, _("The letter has been given to the unit. Its due date stays."), "assign_form")


@bp.post(f"/dispatch/{LETTER}/refuse")
@requires(Capability.DISPATCH)
def refuse(letter_id: int) -> Response | tuple[str, int]:
    letter, form = letter_or_404(letter_id, lock=True), RefuseForm()

    def act() -> None:
        channel = form.proper_channel.data or _(GROUNDS[form.ground.data].channel)
        service.refuse(
            letter,
            ground=form.ground.data,
            text=form.text.data,
            proper_channel=channel,
            actor=current_actor(),
            now=clock.now(),
        )

    return _do(letter, form, act, _("The writer has been told why the letter is not taken."), "refuse_form")


@bp.post(f"/dispatch/{LETTER}/restrict")
@requires(Capability.DISPATCH)
def restrict(letter_id: int) -> Response | tuple[str, int]:
    letter = letter_or_404(letter_id, lock=True)
    form = RestrictForm(without={accounts.government_office().id})

    def act() -> None:
        service.restrict(letter, about_department_id=int(form.about.data), actor=current_actor(), now=clock.now())

    back = url_for("mailbox.dispatch_letter", letter_id=letter_id)
    return _do(letter, form, act, _("This unit does not see the letter any more."), "restrict_form", back)


def _do(
    letter: Letter, form: Form, act: Callable[[], None], done: str, name: str, to: str = ""
) -> Response | tuple[str, int]:
    if not form.validate():
        return _letter_page(letter, 422, **{name: form})
    letter_id = letter.id
    try:
        act()
    except Refused as refused:
        blame(form, refused)
        return _letter_page(letter_or_404(letter_id), 422, **{name: form})
    db.session.commit()
    flash(done)
    return redirect(to or url_for("mailbox.dispatch"), 303)


def _without(letter: Letter) -> set[int]:
    return {letter.about_department_id} if letter.about_department_id else set()


def _letter_page(letter: Letter, status: int, **forms: Form) -> tuple[str, int]:
    now, actor = clock.now(), current_actor()
    blank: dict[str, Form] = {
        "assign_form": AssignForm(formdata=None, without=_without(letter), data={"topic": letter.topic}),
        "refuse_form": RefuseForm(formdata=None),
        "restrict_form": RestrictForm(formdata=None, without={accounts.government_office().id}),
    }
    duty, queues = service.answer_duty(letter), _queues()
    return page(
        "dispatch_letter.html",
        status,
        letter=letter,
        duty=duty,
        handing=next((row.dispatch for row in queues["waiting"] if row.letter.id == letter.id), None),
        strip=day_strip(duty, now, answered_at=letter.answered_at),
        events=letters.events_of(letter.id),
        attachments=files.attachments_of("letter", letter.id),
        refusals=service.refusals(letter, actor=actor, now=now),
        current=letter.id,
        **blank | forms,
        **queues,
    )
