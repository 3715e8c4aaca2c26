"""Writing a letter: the form, kept in the database until its contact is verified."""

from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.accounts import contacts
from participation.accounts import queries as accounts
from participation.accounts.draft_code import DraftCode
from participation.duties import service as duties
from participation.errors import Refused
from participation.extensions import csrf, db
from participation.files import queries as files
from participation.files import service as file_service
from participation.mailbox import drafts
from participation.mailbox.doors import accuses_an_official
from participation.mailbox.forms.writing import WriteForm, Written
from participation.mailbox.models import Letter, LetterDraft, Mailbox
from participation.mailbox.queries import mailboxes, tracking
from participation.mailbox.queries.similar import answered_like
from participation.mailbox.rules import read_contact
from participation.mailbox.views.about import asked_matter
from participation.mailbox.views.blueprint import blame, bp, page
from participation.mailbox.views.doors import asked_draft
from participation.web.guards import current_actor, public
from participation.web.said import sentence
from participation.web.submission import is_ours, new_submission_key

CODE = DraftCode("letter_code")


def mailbox_or_404(slug: str) -> Mailbox:
    box = mailboxes.mailbox_named(slug)
    if box is None:
        abort(404)
    return box


@bp.get("/mailbox/<slug>/write")
@public
def write(slug: str) -> tuple[str, int]:
    box = mailbox_or_404(slug)
    kept = _kept(box)
    asked_matter(box, kept)
    form = WriteForm(formdata=None, data=kept.payload if kept else None)
    form.submission_key.data = kept.key if kept else new_submission_key()
    contact = contacts.verified_contact()
    if not form.contact.data and contact is not None:
        form.contact.data = contact.address
    return _form(box, form, 200, fresh=kept is None)


# The form checks its own token, so that an expired one shows the text again instead of an error page.
@csrf.exempt
@bp.post("/mailbox/<slug>/write")
@public
def write_submitted(slug: str) -> Response | tuple[str, int]:
    box, now = mailbox_or_404(slug), clock.now()
    form = WriteForm()
    if not is_ours(form.submission_key.data):
        form.submission_key.data = new_submission_key()
    if not form.csrf_token.validate(form):
        form.validate()
        form.form_errors.append(_("The page was open for too long. Nothing is lost: please send it again."))
        return _form(box, form, 400)
    key = form.submission_key.data
    about = asked_matter(box, tracking.draft_with(key or ""))
    right = checked(form, key, now)
    if request.form.get("draft"):
        draft_id = drafts.keep(box, key=key, payload=_payload(form), complete=False, now=now, about=about)
        db.session.commit()
        flash(_("Your letter is kept in this browser for 7 days. It has not been sent yet."))
        return redirect(url_for("mailbox.write", slug=slug, draft=draft_id), 303)
    if not right:
        db.session.commit()
        return _form(box, form, 422)
    draft_id = drafts.keep(box, key=key, payload=_payload(form), complete=True, now=now, about=about)
    try:
        wanted = read_contact(form.contact.data)
        wait = CODE.send(draft_id, wanted.channel, wanted.address, now=now)
    except Refused as refused:
        blame(form, Refused("invalid", refused.message, field="contact", args_=refused.args_))
        return _form(box, form, 422)
    db.session.commit()
    if wait:
        form.contact.errors = [
            _("Too many codes were asked for. Please wait %(minutes)d minutes", minutes=wait // 60 + 1)
        ]
        return _form(box, form, 429)
    return redirect(url_for("mailbox.confirm", draft_id=draft_id), 303)


def checked(form: Written, key: str, now: datetime) -> bool:
    """Whether the form can be accepted. Its uploads are kept even when it cannot; what was wrong
    with one stands at the field."""
    right = form.validate()
    try:
        file_service.stage(form.files.data or [], form_key=key, actor=current_actor(), now=now)
    except Refused as refused:
        form.refuse("files", sentence(refused))
        right = False
    for name in request.form.getlist("drop")[:10]:
        if name.isascii() and name.isdigit() and len(name) < 10:
            file_service.unstage(key, int(name))
    return right


def _payload(form: WriteForm) -> dict[str, Any]:
    names = ("text", "title", "place", "kind", "topic", "about", "about_person", "consent", "name", "contact")
    return {name: form[name].data or "" for name in names}


def _kept(box: Mailbox) -> LetterDraft | None:
    """The draft that this session asks to go on with."""
    draft = asked_draft()
    return draft if draft is not None and draft.mailbox_id == box.id else None


def _form(box: Mailbox, form: WriteForm, status: int, *, fresh: bool = False) -> tuple[str, int]:
    """`fresh`: the key was made for this page, so nothing lies under it."""
    count = duties.load_calendar().due(clock.local_date(clock.now()), box.limit_workdays)
    kept, said = _kept(box), (form.title.data or "", form.text.data or "")
    key = form.submission_key.data or ""
    draft = None if fresh else tracking.draft_with(key)
    return page(
        "write.html",
        status,
        box=box,
        form=form,
        count=count,
        staged=[] if fresh else files.staged(key),
        accuses=accuses_an_official(*said, kind=form.kind.data or "", person=form.about_person.data or ""),
        similar=answered_like(*said) if kept else [],
        kept=kept.id if kept else None,
        names=accounts.department_names(),
        adds_to=_adds_to(draft),
        matter=asked_matter(box, draft),
    )


def _adds_to(draft: LetterDraft | None) -> Letter | None:
    """The letter that this one was begun from, to tell more about it."""
    return db.session.get(Letter, draft.supplements_id) if draft is not None and draft.supplements_id else None
