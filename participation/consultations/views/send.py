"""The last step of commenting: read it once more, enter the code, send; then the receipt."""

from flask import abort, redirect, session, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from participation import clock
from participation.accounts import contacts, crowding
from participation.accounts.draft_code import is_verified
from participation.consultations import drafts, service
from participation.consultations.forms.commenting import CodeForm
from participation.consultations.models import Comment, CommentDraft
from participation.consultations.queries import tracking
from participation.consultations.rules.comments import ContactAddress, read_contact
from participation.consultations.views.blueprint import bp, page, published_or_404
from participation.consultations.views.comment import CODE, too_late
from participation.documents import queries as documents
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files import queries as files
from participation.web.guards import current_actor, public
from participation.web.secrets import digest_secret
from participation.web.submission import is_ours, secret_for, submission_digest

DRAFT = "<int(max=2147483647):draft_id>"
TRACKED = "tracked_comment"


@bp.get(f"/comments/confirm/{DRAFT}")
@public
def confirm(draft_id: int) -> Response | tuple[str, int]:
    draft = _draft_or_404(draft_id)
    if draft.comment_id is not None:
        return redirect(url_for("consultations.receipt", draft_id=draft.id))
    return _confirm(draft, CodeForm(formdata=None), 200)


@bp.post(f"/comments/confirm/{DRAFT}")
@public
def send(draft_id: int) -> Response | tuple[str, int]:
    draft = _draft_or_404(draft_id, lock=True)
    if draft.comment_id is not None:
        return redirect(url_for("consultations.receipt", draft_id=draft.id), 303)
    form = CodeForm()
    if not form.validate():
        return _confirm(draft, form, 422)
    if not _verified(draft):
        problem = CODE.judge(draft.id, form.code.data or "", now=clock.now())
        if problem:
            db.session.commit()
            if draft.comment_id is not None:  # sent twice at the same instant: the code served the first
                return redirect(url_for("consultations.receipt", draft_id=draft_id), 303)
            form.refuse("code", problem)
            return _confirm(draft, form, 422)
    wanted = _wanted(draft)
    try:
        _receive(_draft_or_404(draft_id))
        wait = crowding.spend(wanted.channel, wanted.address, now=clock.about())
        if wait:
            return _too_many(draft_id, form, wait)
        db.session.commit()
    except Refused as refused:
        if refused.code != "wrong_time":
            raise
        db.session.rollback()
        draft = _draft_or_404(draft_id)
        return too_late(published_or_404(draft.consultation_id), draft.key, refused)
    except IntegrityError:
        # The same form at the same instant: the other request has stored the comment.
        db.session.rollback()
        if tracking.by_submission(submission_digest(_draft_or_404(draft_id).key)) is None:
            raise
    CODE.forget()
    return redirect(url_for("consultations.receipt", draft_id=draft_id), 303)


def _too_many(draft_id: int, form: CodeForm, wait: int) -> Response:
    """Nothing was stored: the form waits as it was."""
    db.session.rollback()
    form.form_errors.append(crowding.said(wait))
    return crowding.answer(_confirm(_draft_or_404(draft_id), form, 429), wait)


@bp.get(f"/comments/receipt/{DRAFT}")
@public
def receipt(draft_id: int) -> Response | tuple[str, int]:
    """Only the session that sent the comment sees it; a reload shows the same secret."""
    draft = _draft_or_404(draft_id)
    comment = tracking.by_submission(submission_digest(draft.key))
    if comment is None:
        abort(404)
    session[TRACKED] = comment.id
    return receipt_page(comment, secret_for(draft.key))


def receipt_page(comment: Comment, secret: str) -> tuple[str, int]:
    return page(
        "receipt.html",
        comment=comment,
        consultation=published_or_404(comment.consultation_id),
        secret=secret,
        clause=documents.labels_of({comment.clause_id}).get(comment.clause_id, "") if comment.clause_id else "",
        entry=evidence.entry_for("comment", comment.id, "comment.received"),
        attachments=files.attachments_of("comment", comment.id),
    )


def _draft_or_404(draft_id: int, *, lock: bool = False) -> CommentDraft:
    draft = tracking.draft(draft_id, lock=lock)
    if draft is None or not is_ours(draft.key) or not (draft.complete or draft.comment_id):
        abort(404)
    return draft


def _wanted(draft: CommentDraft) -> ContactAddress:
    return read_contact(str(draft.payload["contact"]))


def _verified(draft: CommentDraft) -> bool:
    wanted = _wanted(draft)
    return is_verified(wanted.channel, wanted.address)


def _receive(draft: CommentDraft) -> Comment:
    kept, actor = draft.payload, current_actor()
    try:
        comment = service.receive(
            draft.consultation_id,
            text=kept["text"],
            author_name=kept["name"],
            contact=_wanted(draft),
            clause_id=int(kept["clause"]) if kept["clause"] else None,
            consent_public=kept["consent"] == "yes",
            person_id=actor.person_id if actor.is_citizen else None,
            submission_digest=submission_digest(draft.key),
            secret_digest=digest_secret(secret_for(draft.key)),
            form_key=draft.key,
            actor=actor,
        )
    except Refused as refused:
        refused.kept = refused.kept or kept["text"]
        raise
    drafts.sent(draft, comment)
    return comment


def _confirm(draft: CommentDraft, form: CodeForm, status: int) -> tuple[str, int]:
    wanted, sent = _wanted(draft), CODE.sent(draft.id)
    clause = draft.payload["clause"]
    return page(
        "confirm.html",
        status,
        draft=draft,
        consultation=published_or_404(draft.consultation_id),
        form=form,
        clause=documents.labels_of({int(clause)}).get(int(clause), "") if clause else "",
        verified=_verified(draft),
        channel=wanted.channel,
        masked=contacts.masked(wanted.channel, wanted.address),
        demo_code=sent["code"] if sent else "",
        staged=files.staged(draft.key),
    )
