"""Reading comments before everybody may: ten at a time, and a second person where one is not shown."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.consultations import service
from participation.consultations.forms.commenting import ConfirmForm
from participation.consultations.models import Consultation
from participation.consultations.queries import comments
from participation.consultations.queries import reviewing as queries
from participation.consultations.views.blueprint import ONE, bp, own_or_404, page
from participation.errors import Refused
from participation.extensions import db
from participation.files import queries as files
from participation.web.guards import current_actor, requires
from participation.web.said import sentence

Answer = Response | tuple[str, int]


@bp.get(f"/desk/consultations/{ONE}/review")
@requires(Capability.USE_DESK)
def review(consultation_id: int) -> tuple[str, int]:
    return _page(own_or_404(consultation_id), 200)


@bp.post(f"/desk/consultations/{ONE}/review/take")
@requires(Capability.ANSWER)
def take(consultation_id: int) -> Answer:
    consultation = own_or_404(consultation_id)
    _confirmed()
    if not service.take(consultation, actor=current_actor(), now=clock.now()):
        flash(_("Colleagues are reading all that are left."))
    db.session.commit()
    return _back(consultation_id)


@bp.post(f"/desk/consultations/{ONE}/review")
@requires(Capability.ANSWER)
def reviewed(consultation_id: int) -> Answer:
    """The ticked comments may be public, or all of the batch; then the next ten."""
    consultation, actor, now = own_or_404(consultation_id), current_actor(), clock.now()
    _confirmed()
    ids = _numbers("all" if request.form.get("do") == "all" else "c")
    if not ids:
        return _page(consultation, 422, problem=_("Tick the comments that may be public"))
    try:
        done = service.show(consultation, ids, actor=actor, now=now)
    except Refused as refused:
        return _told(consultation_id, refused)
    service.take(consultation, actor=actor, now=now)
    db.session.commit()
    flash(ngettext("%(num)d comment is public now.", "%(num)d comments are public now.", done))
    return _back(consultation_id)


@bp.post(f"/desk/consultations/{ONE}/review/<int(max=2147483647):comment_id>")
@requires(Capability.ANSWER)
def propose_hiding(consultation_id: int, comment_id: int) -> Answer:
    consultation = own_or_404(consultation_id)
    comment = comments.comment_in(consultation, comment_id)
    if comment is None or comment.withdrawn_at is not None:
        abort(404)
    _confirmed()
    try:
        ground = request.form.get("ground", "")
        service.propose_hiding(consultation, comment, ground=ground, actor=current_actor(), now=clock.now())
    except Refused as refused:
        return _told(consultation_id, refused)
    db.session.commit()
    flash(_("A second person decides. The comment is answered all the same."))
    return _back(consultation_id)


@bp.post(f"/desk/consultations/{ONE}/hidings/<int(max=2147483647):hiding_id>")
@requires(Capability.ANSWER)
def decide_hiding(consultation_id: int, hiding_id: int) -> Answer:
    consultation = own_or_404(consultation_id)
    hiding = queries.hiding_in(consultation, hiding_id, lock=True)
    if hiding is None:
        abort(404)
    _confirmed()
    confirmed = request.form.get("do") == "confirm"
    service.decide_hiding(consultation, hiding, confirmed=confirmed, actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("It is not shown in public.") if confirmed else _("The proposal is refused; it is to be read again."))
    return _back(consultation_id)


def _page(consultation: Consultation, status: int, problem: str = "") -> tuple[str, int]:
    actor, now = current_actor(), clock.now()
    person = actor.person_id or 0
    mine = queries.held_by(consultation.id, person, now=now)
    others = queries.read_by_others(consultation.id, person, now=now)
    proposed = queries.proposed(consultation.id, now=now)
    oldest = queries.waiting(queries.free_for(consultation.id, 0, now=now, limit=1), now=now)
    return page(
        "review.html",
        status,
        consultation=consultation,
        rows=queries.waiting(mine, now=now),
        unread=queries.unread(consultation.id),
        oldest=oldest[0] if oldest else None,
        others=[(accounts.person_names({key}).get(key, ""), count) for key, count in others.items()],
        proposed=proposed,
        proposers=accounts.person_names({row.hiding.proposed_by for row in proposed}),
        attachments=files.attachments_of_many("comment", mine),
        refusals=service.refusals(consultation, actor=actor, now=now),
        problem=problem,
        me=person,
    )


def _told(consultation_id: int, refused: Refused) -> tuple[str, int]:
    if refused.code not in ("invalid", "conflict"):
        raise refused
    db.session.rollback()
    return _page(own_or_404(consultation_id), refused.status, problem=sentence(refused))


def _confirmed() -> None:
    if not ConfirmForm().validate():
        abort(400)


def _back(consultation_id: int) -> Response:
    return redirect(url_for("consultations.review", consultation_id=consultation_id), 303)


def _numbers(name: str) -> list[int]:
    found = request.form.getlist(name)[:50]
    return [int(one) for one in found if one.isascii() and one.isdigit() and len(one) < 10]
