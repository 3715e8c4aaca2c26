"""The government office: whom each letter goes to, within one workday."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability, Role
from participation.accounts import queries as accounts
from participation.duties import queries as duty_queries
from participation.duties.strip import day_strip
from participation.errors import Refused
from participation.extensions import db
from participation.files import queries as files
from participation.mailbox import service
from participation.mailbox.forms.dispatch import AssignForm, JoinForm, ReclassifyForm, RefuseForm, RestrictForm, WhyForm
from participation.mailbox.lifecycle import OPEN
from participation.mailbox.models import Letter
from participation.mailbox.queries import desk, extensions, joints, letters, repeats
from participation.mailbox.queries.suggestions import Suggestions, suggestions
from participation.mailbox.rules import GROUNDS
from participation.mailbox.views.blueprint import LETTER, blame, bp, letter_or_404, page
from participation.mailbox.views.history import history_of
from participation.web.forms import Form
from participation.web.guards import current_actor, requires
from participation.web.said import told

WAITING = ("received", "returned")
RUNNING = ("assigned", "submitted")
MOST_COUNTED = 200
SIDE = 12


def _queues(limit: int, *, after: str = "", only: str = "") -> dict[str, Any]:
    """Both parts of the queue by due date. On the list `only` and `after` turn the pages of one."""
    actor, now = current_actor(), clock.now()
    today = clock.local_date(now)
    empty = desk.QueuePage([], None)
    return {
        "waiting": empty
        if only == "pressing"
        else desk.queue_page(actor, WAITING, now=now, limit=limit, after=after if only == "waiting" else ""),
        "pressing": empty
        if only == "waiting"
        else desk.queue_page(
            actor, RUNNING, now=now, pressing=True, limit=limit, after=after if only == "pressing" else ""
        ),
        "only": only,
        "turned": bool(after),
        "many": MOST_COUNTED,
        "count_waiting": desk.count(actor, WAITING, most=MOST_COUNTED),
        "count_returned": desk.count(actor, ("returned",), most=MOST_COUNTED),
        "count_pressing": desk.count(actor, RUNNING, most=MOST_COUNTED, pressing_at=now),
        "handled": desk.count(actor, RUNNING, most=MOST_COUNTED),
        "due_today": desk.count(actor, WAITING, most=MOST_COUNTED, due_by=today),
        "restricted": desk.count(actor, WAITING, most=MOST_COUNTED, restricted=True),
        "today": today,
        "now": now,
        "names": accounts.department_names(),
        "requests": extensions.waiting(actor, now=now),
    }


@bp.get("/dispatch")
@requires(Capability.DISPATCH)
def dispatch() -> tuple[str, int]:
    only = request.args.get("show", "")
    only = only if only in ("waiting", "pressing") else ""
    after = request.args.get("after", "")[:40] if only else ""
    return page("dispatch.html", current=None, **_queues(desk.PAGE, after=after, only=only))


@bp.get(f"/dispatch/{LETTER}")
@requires(Capability.DISPATCH)
def dispatch_letter(letter_id: int) -> tuple[str, int]:
    return letter_page(letter_or_404(letter_id), 200)


@bp.post(f"/dispatch/{LETTER}/assign")
@requires(Capability.DISPATCH)
def assign(letter_id: int) -> Response | tuple[str, int]:
    """Gives the letter to a unit; for one that has a unit already, moves it to another."""
    letter = letter_or_404(letter_id, lock=True)
    form = _assign_form(letter, suggestions(letter, current_actor()), blank=False)
    onward = next_letter(letter)

    def act() -> None:
        assert form.unit_id is not None  # the form is right
        values: dict[str, Any] = {
            "department_id": form.unit_id,
            "reason": form.reason.data,
            "basis": form.basis.data,
            "actor": current_actor(),
            "now": clock.now(),
        }
        if letter.stage in RUNNING:
            service.transfer(letter, **values)
        else:
            service.assign(letter, topic=form.topic.data, **values)
            for unit, task in form.helpers:
                service.join(letter, department_id=unit, task=task, actor=current_actor(), now=clock.now())

    return do(letter, form, act, _("The letter has been given to the unit. Its due date stays."), "assign_form", onward)


@bp.post(f"/dispatch/{LETTER}/refuse")
@requires(Capability.DISPATCH)
def refuse(letter_id: int) -> Response | tuple[str, int]:
    letter, form = letter_or_404(letter_id, lock=True), RefuseForm()
    onward = next_letter(letter)

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

    return do(letter, form, act, _("The writer has been told why the letter is not taken."), "refuse_form", onward)


@bp.post(f"/dispatch/{LETTER}/restrict")
@requires(Capability.DISPATCH)
def restrict(letter_id: int) -> Response | tuple[str, int]:
    """After a letter about this office itself is restricted, nobody here sees it: back to the list."""
    letter, form = letter_or_404(letter_id, lock=True), RestrictForm()
    of_office = form.about.data == str(accounts.government_office().id)

    def act() -> None:
        service.restrict(
            letter,
            about_department_id=int(form.about.data),
            reason=form.why.data,
            actor=current_actor(),
            now=clock.now(),
        )

    back = url_for("mailbox.dispatch") if of_office else url_for("mailbox.dispatch_letter", letter_id=letter_id)
    return do(letter, form, act, _("This unit does not see the letter any more."), "restrict_form", back)


def next_letter(letter: Letter) -> str:
    """The address of the letter that waits after this one; round to the first; else the list."""
    actor, now = current_actor(), clock.now()
    here = desk.position(letter)
    for after in (here, ""):
        for row in desk.queue(actor, WAITING, now=now, limit=2, after=after):
            if row.letter.id != letter.id and row.letter.merged_into_id != letter.id:
                return url_for("mailbox.dispatch_letter", letter_id=row.letter.id)
    return url_for("mailbox.dispatch")


def do(
    letter: Letter, form: Form, act: Callable[[], object], done: str, name: str, to: str = ""
) -> Response | tuple[str, int]:
    """Validates, acts, commits and goes on; what can be mended is shown at its field (422)."""
    if not form.validate():
        return letter_page(letter, 422, **{name: form})
    letter_id = letter.id
    try:
        act()
    except Refused as refused:
        blame(form, refused)
        return letter_page(letter_or_404(letter_id), 422, **{name: form})
    db.session.commit()
    flash(done)
    return redirect(to or url_for("mailbox.dispatch_letter", letter_id=letter_id), 303)


def _assign_form(letter: Letter, hints: Suggestions, *, blank: bool) -> AssignForm:
    # Who had it already can get it only by a ruling, and that is nothing to suggest.
    had = set(duty_queries.holders(service.answer_duty(letter)))
    offered = {
        hint.department_id: " ".join(told(reason.message, reason.args) for reason in hint.reasons)
        for hint in hints.units
        if hint.department_id not in had
    }
    without = {unit for unit in (letter.about_department_id, letter.department_id) if unit is not None}
    if blank:
        return AssignForm(formdata=None, without=without, suggested=offered, data={"topic": letter.topic})
    form = AssignForm(without=without, suggested=offered)
    if letter.stage in RUNNING:
        del form.topic  # moving a letter does not ask for it
    return form


def letter_page(letter: Letter, status: int, **forms: Form) -> tuple[str, int]:
    """The whole page of a letter; `forms` are those that somebody has just sent."""
    now, actor = clock.now(), current_actor()
    refusals = service.refusals(letter, actor=actor, now=now)
    hints = suggestions(letter, actor)
    parts = joints.joint_of(letter)
    at_work = {letter.about_department_id, letter.department_id, *(part.department_id for part in parts)}
    lead = db.session.get(Letter, letter.merged_into_id) if letter.merged_into_id else None
    blank: dict[str, Form] = {
        "assign_form": _assign_form(letter, hints, blank=True),
        "refuse_form": RefuseForm(formdata=None),
        "restrict_form": RestrictForm(formdata=None),
        "join_form": JoinForm(formdata=None, without={unit for unit in at_work if unit is not None}),
        "reclassify_form": ReclassifyForm(formdata=None),
        "why_form": WhyForm(formdata=None),
    }
    duty, queues = service.answer_duty(letter), _queues(SIDE)
    others = [] if lead is not None else repeats.repeats_of(letter, actor, limit=5)
    return page(
        "dispatch_letter.html",
        status,
        letter=letter,
        duty=duty,
        handing=next((row.dispatch for row in queues["waiting"].rows if row.letter.id == letter.id), None),
        strip=day_strip(duty, now, answered_at=letter.answered_at),
        events=letters.events_of(letter.id),
        **history_of(letter, actor=actor, now=now),
        attachments=files.attachments_of("letter", letter.id),
        refusals=refusals,
        hints=hints,
        parts=parts,
        lead=lead,
        merged=repeats.merged_with(letter),
        repeats=[(other, _merging(letter, other)) for other in others],
        told=told,
        onward=next_letter(letter),
        readers=_readers(letter, [part.department_id for part in parts]) if letter.about_department_id else [],
        current=letter.id,
        **blank | forms,
        **queues,
    )


def _merging(letter: Letter, other: Letter) -> Refused | None:
    if other.stage not in OPEN:
        return None
    later, lead = service.in_order(letter, other)
    return service.merge_refusal(later, lead, actor=current_actor(), now=clock.now())


def _readers(letter: Letter, helping: list[int]) -> list[tuple[int, int]]:
    """Who can open a restricted letter: the units, each with how many people."""
    on = clock.local_date(clock.now())
    office = accounts.government_office().id
    found = [(office, len(accounts.people_in(office, Role.OFFICE, on=on)))]
    for unit in dict.fromkeys(unit for unit in (letter.department_id, *helping) if unit not in (None, office)):
        assert unit is not None
        found.append((unit, len(accounts.people_in(unit, on=on))))
    return found
