"""Desk pages of the legality review, the papers of the meeting, and the meeting."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.decisions import queries
from participation.decisions.forms.counts import filled
from participation.decisions.forms.judging import ChangesForm, ConcludeForm, MeetingForm, PackageForm, SendForm
from participation.decisions.models import Decision, DecisionMeeting, DecisionPackage, DecisionReview
from participation.decisions.review import REVIEWER
from participation.decisions.service import deliberating, recording, reviewing
from participation.decisions.views.acting import Drawn, Page, by, draw, inside, is_settled, run, seen
from participation.decisions.views.blueprint import bp
from participation.decisions.views.starting import ONE, split
from participation.errors import N_, Refused
from participation.web.filters import link
from participation.web.guards import current_actor, requires


@bp.get(f"{ONE}/legality")
@requires(Capability.USE_DESK)
def legality(decision_id: int) -> Response:
    return _legality(inside(decision_id))


def _legality(found: Decision, form: Any = None) -> Response:
    refused = recording.refusal(found, "legality", current_actor())
    now, before = split(found, DecisionReview)
    row = reviewing.open_review(found)
    settled = is_settled(found, "legality")
    act = "legality" if row is not None and row.conclusion != "unlawful" else "send_to_review"
    page = Page(
        _("Legality review"),
        now,
        () if settled else (_next_of_review(found, row, form, refused),),
        "" if settled else act,
        _("The reviewer gets the draft with all its papers, and generally at least 7 workdays."),
        before,
    )
    return draw(found, page)


def _next_of_review(found: Decision, row: DecisionReview | None, form: Any, refused: Refused | None) -> Drawn:
    if row is not None and row.conclusion == "":
        given = {"custodian": row.reviewer, "opinion_title": _opinion(found)}
        form = form or ConcludeForm(formdata=None, data=seen(found) | given)
        url = url_for("decisions.conclude_review", decision_id=found.id)
        return Drawn(form, url, _("What the review came to"), _("Record the review"), blocked=refused)
    if row is not None and row.conclusion == "lawful_with_changes" and not row.changes_made:
        form = form or ChangesForm(formdata=None, data=seen(found))
        url = url_for("decisions.make_changes", decision_id=found.id)
        return Drawn(form, url, _("The reviewer's changes"), _("Record the changes"), blocked=refused)
    today = clock.local_date(clock.now())
    due = {"on": today, "due_on": reviewing.earliest_due(today), "reviewer": REVIEWER}
    form = form or SendForm(formdata=None, data=seen(found) | due)
    url = url_for("decisions.send_to_review", decision_id=found.id)
    return Drawn(form, url, _("Send the draft to the legality review"), _("Record the sending"), blocked=refused)


def _opinion(found: Decision) -> str:
    """A title as offices write it; the person can change it."""
    return f"关于《{found.title}》的合法性审查意见"


@bp.post(f"{ONE}/legality/send")
@requires(Capability.USE_DESK)
def send_to_review(decision_id: int) -> Response:
    found, form = inside(decision_id), SendForm()
    return run(
        found,
        form,
        lambda: reviewing.send_to_review(
            found,
            on=form.on.data,
            due_on=form.due_on.data,
            reviewer=form.reviewer.data or "",
            short_reason=form.short_reason.data or "",
            seen=form.version,
            **by(),
        ),
        done=_("The draft is with the reviewer."),
        again=lambda: _legality(found, form),
        to=url_for("decisions.legality", decision_id=decision_id),
    )


def _running(found: Decision) -> DecisionReview:
    row = reviewing.open_review(found)
    if row is None:
        raise Refused("wrong_time", N_("Send the draft to the legality review first."), reviewing.ART_26)
    return row


@bp.post(f"{ONE}/legality/conclude")
@requires(Capability.USE_DESK)
def conclude_review(decision_id: int) -> Response:
    found, form = inside(decision_id), ConcludeForm()
    row = _running(found)
    return run(
        found,
        form,
        lambda: reviewing.conclude_review(
            found,
            row,
            on=form.on.data,
            conclusion=form.conclusion.data or "",
            points=form.points.data or "",
            opinion_title=form.opinion_title.data or "",
            opinion_number=form.opinion_number.data or "",
            custodian=form.custodian.data or "",
            seen=form.version,
            **by(),
        ),
        done=_("The review is recorded."),
        again=lambda: _legality(found, form),
    )


@bp.post(f"{ONE}/legality/changes")
@requires(Capability.USE_DESK)
def make_changes(decision_id: int) -> Response:
    found, form = inside(decision_id), ChangesForm()
    row = _running(found)
    return run(
        found,
        form,
        lambda: reviewing.make_changes(
            found, row, on=form.on.data, changes=form.changes.data or "", seen=form.version, **by()
        ),
        done=_("The changes are recorded."),
        again=lambda: _legality(found, form),
    )


@bp.get(f"{ONE}/package")
@requires(Capability.USE_DESK)
def package(decision_id: int) -> Response:
    return _package(inside(decision_id))


def _package(found: Decision, submitted: PackageForm | None = None, decided: MeetingForm | None = None) -> Response:
    actor = current_actor()
    now, before = split(found, DecisionPackage, DecisionMeeting)
    settled = is_settled(found, "deliberation")
    refused = recording.refusal(found, "deliberation", actor)
    with_meeting = _current_package(found)
    forms = []
    if not settled and not with_meeting:
        submitted = submitted or PackageForm(formdata=None, data=seen(found))
        forms = [
            Drawn(
                submitted,
                url_for("decisions.submit_package", decision_id=found.id),
                _("Submit the papers for the meeting"),
                _("Submit the papers"),
                intro=_("The list is frozen: each paper with its version and its fingerprint."),
                blocked=deliberating.may_submit(found, actor) or refused,
            )
        ]
    elif not settled:
        given = {"minutes_title": "会议纪要", "custodian": "区政府办公室", "onward": ""}
        decided = decided or MeetingForm(formdata=None, data=seen(found) | given)
        url = url_for("decisions.enter_meeting", decision_id=found.id)
        forms = [Drawn(decided, url, _("What the meeting decided"), _("Record the meeting"), blocked=refused)]
    page = Page(
        _("The meeting") if with_meeting or settled else _("Papers for the meeting"),
        now,
        forms,
        "" if settled else "deliberation" if with_meeting else "package",
        before=before,
        links=() if settled else [(_("Enter a paper"), link("decisions.new_paper", decision_id=found.id))],
    )
    return draw(found, page)


def _current_package(found: Decision) -> bool:
    return queries.facts_of(found).package


@bp.post(f"{ONE}/package")
@requires(Capability.USE_DESK)
def submit_package(decision_id: int) -> Response:
    found, form = inside(decision_id), PackageForm()
    return run(
        found,
        form,
        lambda: deliberating.submit_package(found, on=form.on.data, seen=form.version, **by()),
        done=_("The papers are submitted and frozen."),
        again=lambda: _package(found, submitted=form),
    )


@bp.post(f"{ONE}/meeting")
@requires(Capability.USE_DESK)
def enter_meeting(decision_id: int) -> Response:
    found, form = inside(decision_id), MeetingForm()
    return run(
        found,
        form,
        lambda: deliberating.deliberate(
            found,
            kind=form.kind.data or "",
            session=form.session.data or "",
            on=form.on.data,
            outcome=form.outcome.data or "",
            changes=form.changes.data or "",
            onward=form.onward.data or "",
            onward_text=form.onward_text.data or "",
            guests=filled(form.guests, "group", "number"),
            guest_opinions=form.guest_opinions.data or "",
            minutes_title=form.minutes_title.data or "",
            minutes_number=form.minutes_number.data or "",
            custodian=form.custodian.data or "",
            against_majority=form.against_majority.data,
            explanation_kept=form.explanation_kept.data or "",
            seen=form.version,
            **by(),
        ),
        done=_("The meeting is recorded."),
        again=lambda: _package(found, decided=form),
    )
