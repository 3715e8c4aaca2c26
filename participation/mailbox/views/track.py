"""Following a letter: number and secret open it in this session; never through an address."""

from flask import abort, current_app, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.accounts import contacts, identity, throttle
from participation.accounts import queries as accounts
from participation.duties.strip import day_strip
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files import queries as files
from participation.files.sending import send
from participation.mailbox import lifecycle, service
from participation.mailbox.forms.writing import ConfirmForm, TrackForm
from participation.mailbox.models import Letter
from participation.mailbox.queries import letters, tracking
from participation.mailbox.rules import read_number
from participation.mailbox.views.blueprint import LETTER, bp, page
from participation.mailbox.views.send import TRACKED
from participation.web.guards import current_actor, public
from participation.web.secrets import keyed_digest

COMMENT_PREFIX = "YJ-"


@bp.get("/track")
@public
def track() -> tuple[str, int]:
    return page("track.html", form=TrackForm(formdata=None))


@bp.post("/track")
@public
def look_up() -> Response | tuple[str, int]:
    """Unknown numbers and wrong secrets get the same answer. Comments are looked up by their own
    feature, with the same form."""
    form, now = TrackForm(), clock.now()
    if not form.validate():
        return page("track.html", 422, form=form)
    number = read_number(form.number.data)
    if number.startswith(COMMENT_PREFIX) and "consultations.track" in current_app.view_functions:
        return redirect(url_for("consultations.track"), 307)
    reserved = throttle.reserve(
        (throttle.TRACKING_NUMBER, keyed_digest(number or "none", purpose="tracking-number")),
        (throttle.TRACKING_NETWORK, identity.network()),
        now=now,
    )
    db.session.commit()
    if reserved.wait:
        form.secret.errors = [
            _("Too many attempts. Please wait %(minutes)d minutes and try again.", minutes=reserved.wait // 60 + 1)
        ]
        body, status = page("track.html", 429, form=form)
        return Response(body, status, {"Retry-After": str(reserved.wait)}, mimetype="text/html")
    letter = tracking.by_secret(number, form.secret.data)
    if letter is None:
        form.secret.errors = [_("Number and query code do not fit together. Check both: they are on your receipt.")]
        return page("track.html", 422, form=form)
    throttle.release(reserved)
    db.session.commit()
    session[TRACKED] = letter.id
    return redirect(url_for("mailbox.tracked"), 303)


@bp.get("/track/letter")
@public
def tracked() -> Response | tuple[str, int]:
    letter = _tracked()
    return redirect(url_for("mailbox.track")) if letter is None else _shown(letter)


def _shown(letter: Letter, *, unsure: str = "", status: int = 200) -> tuple[str, int]:
    """The page of a letter that was looked up. `unsure`: why it was not withdrawn."""
    now = clock.now()
    duty = service.answer_duty(letter)
    answer = letters.answer_of(letter)
    return page(
        "tracked.html",
        status,
        letter=letter,
        duty=duty,
        strip=day_strip(duty, now, answered_at=letter.answered_at),
        used=sum(1 for day in duty.counted if day <= clock.local_date(now)),
        events=letters.events_of(letter.id),
        answer=answer if answer is not None and answer.approved_at is not None else None,
        names=accounts.department_names(),
        contact=contacts.masked(letter.contact_channel, letter.contact_address) if letter.contact_address else "",
        entry=evidence.entry_for("letter", letter.id, "letter.received"),
        attachments=files.attachments_of("letter", letter.id),
        open=letter.stage in lifecycle.OPEN,
        form=ConfirmForm(formdata=None),
        unsure=unsure,
    )


@bp.get("/track/letter/withdraw")
@public
def not_withdrawn() -> Response:
    """The refused withdrawal, loaded again, or in the other language."""
    return redirect(url_for("mailbox.tracked"))


@bp.post("/track/letter/withdraw")
@public
def withdraw() -> Response | tuple[str, int]:
    letter, form = _tracked_or_404(), ConfirmForm()
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
    letter = _tracked_or_404()
    service.withdraw_consent(letter, actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("The letter is no longer public."))
    return redirect(url_for("mailbox.tracked"), 303)


@bp.get("/track/letter/files/<int(max=2147483647):file_id>")
@public
def tracked_file(file_id: int) -> Response:
    file = files.attachment(file_id, subject_kind="letter", subject_id=_tracked_or_404().id)
    if file is None:
        abort(404)
    return send(file)


@bp.get(f"/mine/letters/{LETTER}")
@public
def mine(letter_id: int) -> Response:
    """Opens a letter of the signed-in citizen, as number and secret would."""
    letter = tracking.tracked(letter_id)
    actor = current_actor()
    if letter is None or letter.person_id is None or letter.person_id != actor.person_id:
        abort(404)
    session[TRACKED] = letter.id
    return redirect(url_for("mailbox.tracked"))


def _tracked() -> Letter | None:
    letter_id = session.get(TRACKED)
    return tracking.tracked(letter_id) if isinstance(letter_id, int) else None


def _tracked_or_404() -> Letter:
    letter = _tracked()
    if letter is None:
        abort(404)
    return letter
