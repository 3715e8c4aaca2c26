"""The last step of writing: read it once more, enter the code, send; then the receipt."""

from datetime import datetime
from typing import Any

from flask import abort, redirect, session, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from participation import clock
from participation.accounts import contacts, crowding
from participation.accounts import queries as accounts
from participation.accounts.draft_code import is_verified
from participation.duties.strip import day_strip
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files import queries as files
from participation.mailbox import drafts, service
from participation.mailbox.doors import accuses_an_official
from participation.mailbox.forms.writing import CodeForm
from participation.mailbox.models import Letter, LetterDraft, Mailbox
from participation.mailbox.queries import tracking
from participation.mailbox.queries.similar import answered_like, questions_like
from participation.mailbox.rules import OTHER_TOPIC, ContactAddress, read_contact
from participation.mailbox.views.blueprint import bp, page
from participation.mailbox.views.write import CODE
from participation.web.guards import current_actor, public
from participation.web.secrets import digest_secret
from participation.web.submission import is_ours, secret_for, submission_digest

DRAFT = "<int(max=2147483647):draft_id>"
TRACKED = "tracked_letter"


@bp.get(f"/mailbox/confirm/{DRAFT}")
@public
def confirm(draft_id: int) -> Response | tuple[str, int]:
    draft = _draft_or_404(draft_id)
    if draft.letter_id is not None:
        return redirect(url_for("mailbox.receipt", draft_id=draft.id))
    form = CodeForm(formdata=None)
    return _confirm(draft, form, 200)


@bp.post(f"/mailbox/confirm/{DRAFT}")
@public
def send(draft_id: int) -> Response | tuple[str, int]:
    draft, now = _draft_or_404(draft_id, lock=True), clock.now()
    if draft.letter_id is not None:
        return redirect(url_for("mailbox.receipt", draft_id=draft.id), 303)
    form = CodeForm()
    if not form.validate():
        return _confirm(draft, form, 422)
    if not _verified(draft, now):
        problem = CODE.judge(draft.id, form.code.data, now=now)
        if problem:
            db.session.commit()
            if draft.letter_id is not None:  # sent twice at the same instant: the code served the first
                return redirect(url_for("mailbox.receipt", draft_id=draft_id), 303)
            form.refuse("code", problem)
            return _confirm(draft, form, 422)
    wanted = _wanted(draft)
    try:
        _receive(draft, now)
        wait = crowding.spend(wanted.channel, wanted.address, now=now)
        if wait:
            return _too_many(draft_id, form, wait)
        db.session.commit()
    except IntegrityError:
        # The same form at the same instant: the other request has stored the letter.
        db.session.rollback()
        if tracking.by_submission(submission_digest(_draft_or_404(draft_id).key)) is None:
            raise
    CODE.forget()
    return redirect(url_for("mailbox.receipt", draft_id=draft_id), 303)


def _too_many(draft_id: int, form: CodeForm, wait: int) -> Response:
    """Nothing was stored: the form waits as it was."""
    db.session.rollback()
    form.form_errors.append(crowding.said(wait))
    return crowding.answer(_confirm(_draft_or_404(draft_id), form, 429), wait)


@bp.get(f"/mailbox/receipt/{DRAFT}")
@public
def receipt(draft_id: int) -> Response | tuple[str, int]:
    """Only the session that sent the letter sees it; a reload shows the same secret."""
    draft = _draft_or_404(draft_id)
    letter = tracking.by_submission(submission_digest(draft.key))
    if letter is None:
        abort(404)
    session[TRACKED] = letter.id
    return receipt_page(letter, secret_for(draft.key))


def receipt_page(letter: Letter, secret: str) -> tuple[str, int]:
    duty = service.answer_duty(letter)
    return page(
        "receipt.html",
        letter=letter,
        secret=secret,
        duty=duty,
        strip=day_strip(duty, clock.now()),
        entry=evidence.entry_for("letter", letter.id, "letter.received"),
        attachments=files.attachments_of("letter", letter.id),
    )


def _draft_or_404(draft_id: int, *, lock: bool = False) -> LetterDraft:
    draft = tracking.draft(draft_id, lock=lock)
    if draft is None or not is_ours(draft.key) or not (draft.complete or draft.letter_id):
        abort(404)
    return draft


def _wanted(draft: LetterDraft) -> ContactAddress:
    return read_contact(str(draft.payload["contact"]))


def _verified(draft: LetterDraft, now: datetime | None = None) -> bool:
    wanted = _wanted(draft)
    return is_verified(wanted.channel, wanted.address, now=now)


def _receive(draft: LetterDraft, now: Any) -> Letter:
    box, kept, actor = db.session.get(Mailbox, draft.mailbox_id), draft.payload, current_actor()
    if box is None or not box.active:
        abort(404)
    letter = service.receive(
        box,
        kind=kept["kind"],
        title=kept["title"],
        text=kept["text"],
        place=kept["place"],
        topic=kept["topic"] or OTHER_TOPIC,
        author_name=kept["name"],
        contact=_wanted(draft),
        consent_public=kept["consent"] == "yes",
        about_department_id=int(kept["about"]) if kept["about"] else None,
        about_person=kept.get("about_person", ""),  # a draft kept before the question was asked has none
        person_id=actor.person_id if actor.is_citizen else None,
        submission_digest=submission_digest(draft.key),
        secret_digest=digest_secret(secret_for(draft.key)),
        form_key=draft.key,
        supplements_id=draft.supplements_id,
        about_kind=draft.about_kind,
        about_id=draft.about_id,
        actor=actor,
        now=now,
    )
    drafts.sent(draft, letter)
    return letter


def _slug(draft: LetterDraft) -> str:
    box = db.session.get(Mailbox, draft.mailbox_id)
    return box.slug if box else ""


def _confirm(draft: LetterDraft, form: CodeForm, status: int) -> tuple[str, int]:
    wanted, sent = _wanted(draft), CODE.sent(draft.id)
    kept, names = draft.payload, accounts.department_names()
    about = kept["about"]
    return page(
        "confirm.html",
        status,
        draft=draft,
        form=form,
        slug=_slug(draft),
        verified=_verified(draft),
        channel=wanted.channel,
        masked=contacts.masked(wanted.channel, wanted.address),
        demo_code=sent["code"] if sent else "",
        about=names.get(int(about), "") if about else "",
        names=names,
        accuses=accuses_an_official(
            kept["title"], kept["text"], kind=kept["kind"], person=kept.get("about_person", "")
        ),
        similar=answered_like(kept["title"], kept["text"]),
        questions=questions_like(kept["title"], kept["text"]),
        staged=files.staged(draft.key),
    )
