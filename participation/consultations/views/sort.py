"""Sorting: tick comments, press the point; answer the point. Works without script."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.consultations import lifecycle, service
from participation.consultations.forms.answering import AnswerForm, PointForm
from participation.consultations.forms.commenting import ConfirmForm
from participation.consultations.models import Consultation, OpinionPoint
from participation.consultations.queries import comments, counts, likeness, periods, points
from participation.consultations.views.blueprint import ONE, blame, bp, number_of, own_or_404, page
from participation.consultations.views.comment import clauses_of
from participation.documents.comparison import pieces
from participation.errors import Refused
from participation.extensions import db
from participation.files import queries as files
from participation.files.sending import send
from participation.web.guards import current_actor, requires
from participation.web.said import sentence

POINT = "<int(max=2147483647):point_id>"
Answer = Response | tuple[str, int]


@bp.get(f"/desk/consultations/{ONE}/sort")
@requires(Capability.USE_DESK)
def sort(consultation_id: int) -> tuple[str, int]:
    return sheet(own_or_404(consultation_id))


def sheet(
    consultation: Consultation,
    status: int = 200,
    *,
    point_form: PointForm | None = None,
    answer_form: AnswerForm | None = None,
    split_form: PointForm | None = None,
    problem: str = "",
) -> tuple[str, int]:
    """The whole page: comments, points, and the answer to the point that is open."""
    show = request.values.get("show", "unsorted")
    chosen = number_of("point") or (request.view_args or {}).get("point_id")
    point = points.point_in(consultation.id, chosen) if chosen is not None else None
    label, words = request.args.get("clause", "")[:30], request.args.get("q", "").replace("\x00", "")[:60]
    found = comments.sheet(
        consultation.id,
        show if show in comments.FILTERS else "all",
        label=label,
        words=words,
        point_id=point.id if point is not None and show == "point" else None,
        after=number_of("after"),
    )
    stacked = likeness.page_of_stacks(consultation.id, after=number_of("after") or 0) if show == "alike" else ([], None)
    clauses, now, lines = clauses_of(consultation), clock.now(), points.points_of(consultation.id)
    ids, tally = [comment.id for comment, _clause, _numbers in found.rows], counts.in_short(consultation.id)
    facts = service.facts_of(consultation, now=now, action="sort")
    return page(
        "sort.html",
        status,
        consultation=consultation,
        found=found,
        stacks=stacked[0],
        more_stacks=stacked[1],
        stack_count=likeness.stack_count(consultation.id),
        sizes=likeness.sizes(ids),
        run=likeness.run_of(consultation.id),
        show=show,
        point=point,
        lines=lines,
        line=next((row for row in lines if point is not None and row.point.id == point.id), None),
        tally=tally,
        due=periods.feedback_due([consultation.id]).get(consultation.id),
        refusals={"sort": lifecycle.refusal("sort", facts, current_actor())},
        clauses=clauses,
        label=label,
        words=words,
        ticked=set(request.form.getlist("c")),
        packed=set(request.form.getlist("pack")),
        differs=pieces,
        attachments=files.attachments_of_many("comment", ids),
        into=next((row.point for row in lines if row.point.id == number_of("into")), None),
        both=_both(point, lines),
        split_form=split_form or PointForm(formdata=None),
        point_form=point_form or PointForm(formdata=None),
        answer_form=answer_form or _answer_form(point, clauses),
        problem=problem,
        department=accounts.department_names().get(consultation.department_id, ""),
        now=now,
    )


def _both(point: OpinionPoint | None, lines: list[points.PointLine]) -> tuple[points.PointLine, int] | None:
    """The opinion that somebody thinks of merging into, and how many people hold both."""
    asked = number_of("with")
    other = next((row for row in lines if row.point.id == asked), None)
    return (other, points.people_in_both(point.id, other.point.id)) if point is not None and other is not None else None


def _answer_form(point: OpinionPoint | None, clauses: list[Any]) -> AnswerForm:
    data: dict[str, Any] = {}
    if point is not None:
        data = {"outcome": point.outcome, "reason": point.reason, "change": point.change, "special": point.special}
        data |= {"clause": str(point.clause_id or ""), "version": str(point.version)}
    return AnswerForm(formdata=None, data=data, clauses=clauses)


def _ticked(consultation: Consultation) -> list[int]:
    """The ticked comments, those of the ticked stacks, and all that the filter finds if that was ticked."""
    chosen = _numbers("c") + likeness.members(consultation.id, _numbers("pack"))
    if request.form.get("everything") == "1":
        chosen += comments.ids_of(
            consultation.id,
            request.form.get("show", "unsorted"),
            label=request.form.get("clause", "")[:30],
            words=request.form.get("q", "").replace("\x00", "")[:60],
        )
    return list(dict.fromkeys(chosen))


def _numbers(name: str) -> list[int]:
    return [
        int(text) for text in request.form.getlist(name)[:500] if text.isascii() and text.isdigit() and len(text) < 10
    ]


def _back(consultation: Consultation, **values: Any) -> Response:
    shown = request.form.get("show", "unsorted")
    return redirect(url_for("consultations.sort", consultation_id=consultation.id, show=shown, **values), 303)


@bp.post(f"/desk/consultations/{ONE}/sort")
@requires(Capability.ANSWER)
def sorted_into(consultation_id: int) -> Answer:
    """Ticked comments go into the pressed point, or are taken out of it."""
    consultation = own_or_404(consultation_id)
    if not ConfirmForm().validate():
        abort(400)
    actor, now, ticked = current_actor(), clock.now(), _ticked(consultation)
    try:
        if "out" in request.form and request.form.get("move"):
            point = _point_or_404(consultation, request.form["out"])
            to = _point_or_404(consultation, request.form["move"])
            done = service.move(consultation, point, ticked, to=to, actor=actor, now=now)
            said = ngettext("%(num)d comment moved.", "%(num)d comments moved.", done)
        elif "out" in request.form:
            point = _point_or_404(consultation, request.form["out"])
            done = service.take_out(consultation, point, ticked, actor=actor, now=now)
            said = ngettext("%(num)d comment taken out.", "%(num)d comments taken out.", done)
        else:
            point = _point_or_404(consultation, request.form.get("to") or request.form.get("point", ""))
            done = service.assign(consultation, point, ticked, actor=actor, now=now)
            said = ngettext("%(num)d comment sorted.", "%(num)d comments sorted.", done)
    except Refused as refused:
        if refused.code != "invalid":
            raise
        db.session.rollback()
        return sheet(own_or_404(consultation_id), 422, problem=sentence(refused))
    db.session.commit()
    flash(said)
    return _back(consultation)


@bp.post(f"/desk/consultations/{ONE}/points")
@requires(Capability.ANSWER)
def add_point(consultation_id: int) -> Answer:
    consultation, form = own_or_404(consultation_id), PointForm()
    if not form.validate():
        return sheet(consultation, 422, point_form=form)
    try:
        point = service.create_point(consultation, title=form.title.data or "", actor=current_actor(), now=clock.now())
        if ticked := _ticked(consultation):
            service.assign(consultation, point, ticked, actor=current_actor(), now=clock.now())
    except Refused as refused:
        blame(form, refused)
        return sheet(own_or_404(consultation_id), 422, point_form=form)
    db.session.commit()
    return _back(consultation)


@bp.post(f"/desk/consultations/{ONE}/points/{POINT}/split")
@requires(Capability.ANSWER)
def split(consultation_id: int, point_id: int) -> Answer:
    """One opinion turns out to be two: the new one is named, then its comments are ticked."""
    consultation, form = own_or_404(consultation_id), PointForm()
    _point_or_404(consultation, str(point_id))
    if not form.validate():
        return sheet(consultation, 422, split_form=form)
    try:
        point = service.create_point(consultation, title=form.title.data or "", actor=current_actor(), now=clock.now())
    except Refused as refused:
        blame(form, refused)
        return sheet(own_or_404(consultation_id), 422, split_form=form)
    db.session.commit()
    flash(_("Now tick the comments that belong to the new opinion, then press “Move”."))
    where = {"consultation_id": consultation_id, "show": "point", "point": point_id, "into": point.id}
    return redirect(url_for("consultations.sort", **where), 303)


@bp.post(f"/desk/consultations/{ONE}/points/{POINT}/merge")
@requires(Capability.ANSWER)
def merge(consultation_id: int, point_id: int) -> Answer:
    consultation = own_or_404(consultation_id)
    if not ConfirmForm().validate():
        abort(400)
    point = _point_or_404(consultation, str(point_id))
    asked = request.form.get("into", "")
    if not asked:
        return sheet(consultation, 422, problem=_("Choose another opinion to put it into"))
    into = _point_or_404(consultation, asked)
    try:
        service.merge_points(consultation, point, into=into, actor=current_actor(), now=clock.now())
    except Refused as refused:
        if refused.code != "invalid":
            raise
        db.session.rollback()
        return sheet(own_or_404(consultation_id), 422, problem=sentence(refused))
    db.session.commit()
    flash(_("Both opinions are one now."))
    return redirect(
        url_for("consultations.sort", consultation_id=consultation_id, point=into.id, _anchor="answer"), 303
    )


@bp.post(f"/desk/consultations/{ONE}/points/{POINT}")
@requires(Capability.ANSWER)
def answer(consultation_id: int, point_id: int) -> Answer:
    consultation = own_or_404(consultation_id)
    point = _point_or_404(consultation, str(point_id))
    form = AnswerForm(clauses=clauses_of(consultation))
    if not form.validate():
        return sheet(consultation, 422, answer_form=form)
    if form.version.data != str(point.version):
        form.form_errors.append(_("A colleague has answered this meanwhile. Compare both before you save again."))
        form.version.data = str(point.version)
        return sheet(
            consultation, 409, answer_form=form, problem=_("Saved by a colleague: %(text)s", text=point.reason)
        )
    try:
        service.answer_point(
            consultation,
            point,
            outcome=form.outcome.data or "",
            reason=form.reason.data or "",
            clause_id=form.clause_id,
            change=form.change.data or "",
            special=form.special.data or "",
            actor=current_actor(),
            now=clock.now(),
        )
    except Refused as refused:
        blame(form, refused)
        return sheet(own_or_404(consultation_id), 422, answer_form=form)
    db.session.commit()
    flash(_("The answer is saved."))
    return _back(consultation, point=point_id, _anchor="points")


@bp.get(f"/desk/consultations/{ONE}/comments/<int(max=2147483647):comment_id>/files/<int(max=2147483647):file_id>")
@requires(Capability.USE_DESK)
def comment_file(consultation_id: int, comment_id: int, file_id: int) -> Response:
    comment = comments.comment_in(own_or_404(consultation_id), comment_id)
    found = files.attachment(file_id, subject_kind="comment", subject_id=comment_id)
    if comment is None or comment.withdrawn_at is not None or found is None:
        abort(404)
    return send(found)


def _point_or_404(consultation: Consultation, asked: str) -> OpinionPoint:
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        abort(404)
    point = points.point_in(consultation.id, int(asked), lock=True)
    if point is None:
        abort(404)
    return point
