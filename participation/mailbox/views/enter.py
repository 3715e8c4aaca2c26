"""Window staff enter a letter for somebody (代录) and print the receipt."""

from datetime import datetime

from flask import abort, redirect, session, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from participation import clock
from participation.access import Capability
from participation.errors import N_, Refused
from participation.extensions import db
from participation.files import queries as files
from participation.mailbox import service
from participation.mailbox.forms.writing import EnterForm
from participation.mailbox.models import Mailbox
from participation.mailbox.queries import elsewhere, mailboxes, tracking
from participation.mailbox.rules import read_contact
from participation.mailbox.views.blueprint import bp, page
from participation.mailbox.views.send import receipt_page
from participation.mailbox.views.write import checked
from participation.web.guards import current_actor, requires
from participation.web.said import sentence
from participation.web.secrets import digest_secret
from participation.web.submission import is_ours, new_submission_key, secret_for, submission_digest

ENTERED = "entered_letter"
KNOWN = N_("A letter with this number was entered already: %(number)s")
NO_SCAN = N_("Attach the scan or a photograph of the letter that came by post")


@bp.get("/desk/enter")
@requires(Capability.ENTER_FOR_OTHERS)
def enter() -> tuple[str, int]:
    form = EnterForm(formdata=None, mailboxes=_choices())
    form.submission_key.data = new_submission_key()
    form.received_on.data = clock.local_date(clock.now())
    return _form(form, 200)


@bp.post("/desk/enter")
@requires(Capability.ENTER_FOR_OTHERS)
def enter_submitted() -> Response | tuple[str, int]:
    form, now = EnterForm(mailboxes=_choices()), clock.now()
    if not is_ours(form.submission_key.data):
        form.submission_key.data = new_submission_key()
        form.validate()
        form.form_errors.append(_("The page was open for too long. Nothing is lost: please send it again."))
        return _form(form, 422)
    key = form.submission_key.data
    session[ENTERED] = key
    if tracking.by_submission(submission_digest(key)) is not None:
        return redirect(url_for("mailbox.entered"), 303)
    right = checked(form, key, now)
    for refused in _refusals(form, now) if right else ():
        form.refuse(refused.field, sentence(refused))
        right = False
    box = mailboxes.mailbox_named(form.mailbox.data or "")
    if not right or box is None:
        db.session.commit()
        return _form(form, 422)
    try:
        _receive(box, form, key, now)
        db.session.commit()
    except IntegrityError:
        # The same form at the same instant: the other request has stored the letter.
        db.session.rollback()
        if tracking.by_submission(submission_digest(key)) is None:
            raise
    return redirect(url_for("mailbox.entered"), 303)


@bp.get("/desk/enter/receipt")
@requires(Capability.ENTER_FOR_OTHERS)
def entered() -> tuple[str, int]:
    """The receipt to print for the person at the window; only in this session."""
    key = session.get(ENTERED)
    letter = tracking.by_submission(submission_digest(key)) if isinstance(key, str) and is_ours(key) else None
    if letter is None:
        abort(404)
    return receipt_page(letter, secret_for(key))


def _refusals(form: EnterForm, now: datetime) -> list[Refused]:
    """What only the rules can say: the day, the unit concerned, a number that was entered before,
    and that a letter by post comes with its scan."""
    day = form.received_on.data or clock.local_date(now)
    number = elsewhere.numbered(form.channel.data, form.external_number.data) if form.external_number.data else None
    told = [
        service.entry_refusal(form.about_id, current_actor()),
        service.day_refusal(day, now=now),
        number and Refused("invalid", KNOWN, field="external_number", args_={"number": number}),
    ]
    if form.channel.data == "post" and not files.staged(form.submission_key.data):
        told.append(Refused("invalid", NO_SCAN, field="files"))
    return [refused for refused in told if refused]


def _receive(box: Mailbox, form: EnterForm, key: str, now: datetime) -> None:
    service.receive(
        box,
        kind=form.kind.data,
        title=form.title.data,
        text=form.text.data,
        place=form.place.data,
        topic=form.topic_or_other,
        author_name=form.name.data,
        contact=read_contact(form.contact.data) if form.contact.data else None,
        consent_public=form.consent.data == "yes",
        about_department_id=form.about_id,
        about_person=form.about_person.data,
        channel=form.channel.data,
        received_on=form.received_on.data or clock.local_date(now),
        external_number=form.external_number.data,
        submission_digest=submission_digest(key),
        secret_digest=digest_secret(secret_for(key)),
        form_key=key,
        actor=current_actor(),
        now=now,
    )


def _choices() -> list[SelectChoice]:
    return [SelectChoice(box.slug, box.name) for box in mailboxes.mailboxes()]


def _form(form: EnterForm, status: int) -> tuple[str, int]:
    return page("enter.html", status, form=form, staged=files.staged(form.submission_key.data))
