"""The page of a letter that its writer looked up, and what the writer can do with it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from flask import abort, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.accounts import contacts
from participation.accounts import queries as accounts
from participation.duties import queries as duty_queries
from participation.duties.models import Duty
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files import queries as files
from participation.files.sending import send
from participation.mailbox import drafts, lifecycle, service
from participation.mailbox.forms.tracking import RateForm, ReopenForm
from participation.mailbox.forms.writing import ConfirmForm
from participation.mailbox.models import Letter
from participation.mailbox.queries import letters, rounds, tracking
from participation.mailbox.queries.promises import promises_of
from participation.mailbox.reopening import reopen_until
from participation.mailbox.views.blueprint import blame, bp, page
from participation.mailbox.views.send import TRACKED
from participation.web.forms import Form
from participation.web.guards import current_actor, public
from participation.web.submission import new_submission_key
from participation.workdays import day_of


@bp.get("/track/letter")
@public
def tracked() -> Response | tuple[str, int]:
    letter = _tracked()
    return redirect(url_for("mailbox.track")) if letter is None else _shown(letter)


@bp.post("/track/letter/rate")
@public
def rate() -> Response | tuple[str, int]:
    letter, form = _tracked_or_404(lock=True), RateForm()

    def act() -> None:
        levels = {name: form.level(name) for name in ("attitude", "speed", "result")}
        service.rate(letter, **levels, remark=form.remark.data, actor=current_actor(), now=clock.now())

    return _do(form, act, _("Thank you. Your rating is kept."), rate_form=form)


@bp.post("/track/letter/reopen")
@public
def reopen() -> Response | tuple[str, int]:
    letter, form = _tracked_or_404(lock=True), ReopenForm()

    def act() -> None:
        service.reopen(
            letter,
            cause="writer",
            reason=form.reason.data,
            actor=current_actor(),
            now=clock.now(),
            by_writer=True,
        )

    return _do(form, act, _("The letter is handled anew. Five workdays begin today."), reopen_form=form)


@bp.post("/track/letter/supplement")
@public
def supplement() -> Response:
    """Begins a letter that adds to this one. What the writer wrote and the contact are not copied:
    whoever holds number and secret need not be shown them again."""
    letter = _tracked_or_404()
    if letter.stage == "withdrawn":
        abort(404)
    about = letter.about_department_id
    begun = {"kind": letter.kind, "topic": letter.topic, "place": letter.place, "about": str(about) if about else ""}
    key, slug = new_submission_key(), letter.mailbox.slug
    draft_id = drafts.keep(
        letter.mailbox, key=key, payload=begun, complete=False, now=clock.now(), supplements_id=letter.id
    )
    db.session.commit()
    return redirect(url_for("mailbox.write", slug=slug, draft=draft_id), 303)


@bp.post("/track/letter/withdraw")
@public
def withdraw() -> Response | tuple[str, int]:
    letter, form = _tracked_or_404(lock=True), ConfirmForm()
    if not form.validate() or not request.form.get("sure"):
        return _shown(letter, unsure=_("Tick the box to confirm that you withdraw the letter."), status=422)
    service.withdraw(letter, actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("The letter is withdrawn."))
    return redirect(url_for("mailbox.tracked"), 303)


@bp.post("/track/letter/keep-private")
@public
def keep_private() -> Response:
    """The writer takes back the consent to publication."""
    service.withdraw_consent(_tracked_or_404(lock=True), actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("The letter is no longer public."))
    return redirect(url_for("mailbox.tracked"), 303)


@bp.get("/track/letter/<any(rate, reopen, supplement, withdraw):act>")
@public
def not_done(act: str) -> Response:
    """A refused act, loaded again, or in the other language."""
    return redirect(url_for("mailbox.tracked"))


@bp.get("/track/letter/files/<int(max=2147483647):file_id>")
@public
def tracked_file(file_id: int) -> Response:
    file = files.attachment(file_id, subject_kind="letter", subject_id=_tracked_or_404().id)
    if file is None:
        abort(404)
    return send(file)


def _do(form: Form, act: Callable[[], None], done: str, **forms: Form) -> Response | tuple[str, int]:
    if not form.validate():
        return _shown(_tracked_or_404(), status=422, **forms)
    try:
        act()
    except Refused as refused:
        blame(form, refused)
        return _shown(_tracked_or_404(), status=422, **forms)
    db.session.commit()
    flash(done)
    return redirect(url_for("mailbox.tracked"), 303)


def _shown(letter: Letter, *, unsure: str = "", status: int = 200, **forms: Form) -> tuple[str, int]:
    """The page of a letter that was looked up. `unsure`: why it was not withdrawn."""
    now = clock.now()
    every = rounds.rounds_of(letter, now=now)
    current = every[-1]
    facts = service.facts_of(letter, now=now, by_writer=True)
    blank: dict[str, Any] = {"rate_form": RateForm(formdata=None), "reopen_form": ReopenForm(formdata=None)}
    return page(
        "tracked.html",
        status,
        letter=letter,
        duty=current.duty,
        strip=current.strip,
        used=sum(1 for day in current.duty.counted if day <= clock.local_date(now)),
        events=letters.events_of(letter.id),
        answer=current.answer,
        current=current,
        earlier=every[:-1],
        promises=promises_of(letter.id),
        today=clock.local_date(now),
        supplements=rounds.supplements_of(letter),
        supplemented=db.session.get(Letter, letter.supplements_id) if letter.supplements_id else None,
        refusals={act: lifecycle.refusal(act, facts, current_actor()) for act in ("rate", "reopen", "withdraw")},
        reopen_last=_last_day(letter),
        held=_held(current.duty),
        names=accounts.department_names(),
        contact=contacts.masked(letter.contact_channel, letter.contact_address) if letter.contact_address else "",
        entry=evidence.entry_for("letter", letter.id, "letter.received"),
        attachments=files.attachments_of("letter", letter.id),
        open=letter.stage in lifecycle.OPEN,
        form=ConfirmForm(formdata=None),
        unsure=unsure,
        **blank | forms,
    )


def _last_day(letter: Letter) -> date | None:
    """The last day on which the letter can be reopened."""
    if letter.answered_at is None:
        return None
    return day_of(reopen_until(letter.answered_at) - timedelta(seconds=1))


def _held(duty: Duty) -> list[tuple[int, int]]:
    """Each department that had it, in order, and how many counted days ended there."""
    ended = [row.department_id for row in duty_queries.held_by_day(duty, clock.now()) if row.day in duty.counted]
    return [(unit, ended.count(unit)) for unit in dict.fromkeys(duty_queries.holders(duty))]


def _tracked(*, lock: bool = False) -> Letter | None:
    letter_id = session.get(TRACKED)
    if not isinstance(letter_id, int):
        return None
    return db.session.get(Letter, letter_id, with_for_update=True) if lock else tracking.tracked(letter_id)


def _tracked_or_404(*, lock: bool = False) -> Letter:
    letter = _tracked(lock=lock)
    if letter is None:
        abort(404)
    return letter
