"""Following a comment: number and secret open it in this session; never through an address."""

from flask import abort, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.accounts import identity, throttle
from participation.accounts.names import marked_names
from participation.consultations import service
from participation.consultations.forms.commenting import ConfirmForm, TrackForm
from participation.consultations.models import Comment, Consultation
from participation.consultations.queries import changes, points, tracking
from participation.consultations.rules.comments import read_number
from participation.consultations.rules.outcomes import derived
from participation.consultations.views.blueprint import bp, page, published_or_404
from participation.consultations.views.send import TRACKED
from participation.documents import queries as documents
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files import queries as files
from participation.files.sending import send
from participation.web.guards import current_actor, public
from participation.web.secrets import keyed_digest


@bp.get("/comments/track")
@public
def ask() -> tuple[str, int]:
    return page("track.html", form=TrackForm(formdata=None))


@bp.post("/comments/track")
@public
def track() -> Response | tuple[str, int]:
    """Unknown numbers and wrong secrets get the same answer (T8)."""
    form, now = TrackForm(), clock.now()
    if not form.validate():
        return page("track.html", 422, form=form)
    number = read_number(form.number.data or "")
    reserved = throttle.reserve(
        # For this network only: numbers are public, and wrong codes typed elsewhere must not keep the
        # writer out. Nobody guesses 80 bits.
        (throttle.TRACKING_NUMBER, keyed_digest(f"{number} {identity.network()}", purpose="tracking-number")),
        (throttle.TRACKING_NETWORK, identity.network()),
        now=now,
    )
    db.session.commit()
    if reserved.wait:
        minutes = reserved.wait // 60 + 1
        form.refuse("secret", _("Too many attempts. Please wait %(minutes)d minutes and try again.", minutes=minutes))
        body, status = page("track.html", 429, form=form)
        return Response(body, status, {"Retry-After": str(reserved.wait)}, mimetype="text/html")
    comment = tracking.by_secret(number, form.secret.data or "")
    if comment is None:
        form.refuse("secret", _("Number and query code do not fit together. Check both: they are on your receipt."))
        return page("track.html", 422, form=form)
    throttle.release(reserved)
    db.session.commit()
    session[TRACKED] = comment.id
    return redirect(url_for("consultations.tracked"), 303)


@bp.get("/comments/mine")
@public
def tracked() -> Response | tuple[str, int]:
    comment = _tracked()
    return redirect(url_for("consultations.ask")) if comment is None else _shown(comment)


def _shown(comment: Comment, *, unsure: str = "", status: int = 200) -> tuple[str, int]:
    """The page of a comment that was looked up. `unsure`: why it was not withdrawn."""
    consultation = published_or_404(comment.consultation_id)
    held = points.points_of_comment(comment.id)
    published = consultation.feedback_published_at is not None
    labels = documents.labels_of({point.clause_id for point in held if point.clause_id} | {comment.clause_id or 0})
    lines = {line.point.id: line for line in points.points_of(consultation.id)} if published else {}
    return page(
        "my_comment.html",
        status,
        comment=comment,
        consultation=consultation,
        clause=labels.get(comment.clause_id or 0, ""),
        labels=labels,
        originals={clause.label: clause.text for clause in _clauses(consultation.id)},
        points=held if published else [],
        lines=lines,
        outcome=derived(point.outcome for point in held) if published else None,
        department=marked_names().get(consultation.department_id, ""),
        entry=evidence.entry_for("comment", comment.id, "comment.received"),
        attachments=files.attachments_of("comment", comment.id),
        compared=_compared(consultation, set(lines)) if published else {},
        form=ConfirmForm(formdata=None),
        unsure=unsure,
    )


@bp.get("/comments/mine/withdraw")
@public
def not_withdrawn() -> Response:
    """The refused withdrawal, loaded again, or in the other language."""
    return redirect(url_for("consultations.tracked"))


@bp.post("/comments/mine/withdraw")
@public
def withdraw_own() -> Response | tuple[str, int]:
    comment, form = _tracked_or_404(), ConfirmForm()
    if not form.validate() or not request.form.get("sure"):
        return _shown(comment, unsure=_("Tick the box to confirm that you withdraw the comment."), status=422)
    consultation = published_or_404(comment.consultation_id)
    service.withdraw_comment(comment, consultation, actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("The comment is withdrawn."))
    return redirect(url_for("consultations.tracked"), 303)


@bp.post("/comments/mine/messages")
@public
def messages() -> Response | tuple[str, int]:
    """No more messages about this comment, or again."""
    comment, form = _tracked_or_404(), ConfirmForm()
    if not form.validate():
        return _shown(comment, status=422)
    wanted = request.form.get("wanted") == "yes"
    service.set_messages(comment, wanted=wanted, actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("You will be told again.") if wanted else _("You get no more messages about this comment."))
    return redirect(url_for("consultations.tracked"), 303)


@bp.get("/comments/mine/files/<int(max=2147483647):file_id>")
@public
def own_file(file_id: int) -> Response:
    file = files.attachment(file_id, subject_kind="comment", subject_id=_tracked_or_404().id)
    if file is None:
        abort(404)
    return send(file)


@bp.get("/mine/comments/<int(max=2147483647):comment_id>")
@public
def mine(comment_id: int) -> Response:
    """Opens a comment of the signed-in citizen, as number and secret would."""
    comment, actor = tracking.tracked(comment_id), current_actor()
    if comment is None or comment.person_id is None or comment.person_id != actor.person_id:
        abort(404)
    session[TRACKED] = comment.id
    return redirect(url_for("consultations.tracked"))


def _clauses(consultation_id: int):  # type: ignore[no-untyped-def]
    document = documents.current("consultation", consultation_id)
    return documents.clauses_of(document) if document is not None else []


def _compared(consultation: Consultation, point_ids: set[int]) -> dict[int, list[changes.Row]]:
    """For each opinion the clauses it changed, as the comparison shows them."""
    final, draft = changes.final_of(consultation.id), documents.current("consultation", consultation.id)
    found: dict[int, list[changes.Row]] = {}
    if final is None or draft is None:
        return found
    for row in changes.rows(changes.pairs(draft, final), changes.changes_of(consultation.id), []):
        for point_id in (row.change.point_ids & point_ids) if row.change is not None else ():
            found.setdefault(point_id, []).append(row)
    return found


def _tracked() -> Comment | None:
    comment_id = session.get(TRACKED)
    return tracking.tracked(comment_id) if isinstance(comment_id, int) else None


def _tracked_or_404() -> Comment:
    comment = _tracked()
    if comment is None:
        abort(404)
    return comment
