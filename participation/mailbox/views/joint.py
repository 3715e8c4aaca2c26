"""The desk of a unit that helps: the letter, its part, and where it writes it."""

from typing import Any

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.duties.rules import DUTIES
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.forms.dispatch import ContributionForm
from participation.mailbox.models import Letter, LetterJoint
from participation.mailbox.queries import joints, legal, repeats
from participation.mailbox.service.reclassifying import LABELS
from participation.mailbox.views.blueprint import LETTER, blame, bp, letter_or_404, page
from participation.mailbox.views.desk import about
from participation.web.guards import current_actor, requires
from participation.web.said import sentence


@bp.context_processor
def _beside() -> dict[str, Any]:
    """For the pages of a letter: what a desk helps with, who helps with a letter, which letters are
    answered together, and the legal dates."""
    return {
        "joint_tasks": lambda: joints.tasks(current_actor()),
        "joint_of": joints.joint_of,
        "merged_with": repeats.merged_with,
        "legal_dates": legal.with_outcomes,
        "legal_labels": LABELS,
        "duty_rules": DUTIES,
    }


@bp.get(f"/desk/{LETTER}/joint")
@requires(Capability.ANSWER)
def joint(letter_id: int) -> tuple[str, int]:
    letter = letter_or_404(letter_id)
    part = _part_or_404(letter)
    form = ContributionForm(formdata=None, data={"text": part.contribution})
    form.version.data = str(part.version)
    return _page(letter, part, form, 200)


@bp.post(f"/desk/{LETTER}/joint")
@requires(Capability.ANSWER)
def contribute(letter_id: int) -> Response | tuple[str, int]:
    letter, form = letter_or_404(letter_id, lock=True), ContributionForm()
    part = _part_or_404(letter)
    if not form.validate():
        return _page(letter, part, form, 422)
    try:
        service.contribute(
            letter, part, text=form.text.data, version=form.shown_version, actor=current_actor(), now=clock.now()
        )
    except Refused as refused:
        if refused.code == "conflict":
            return _both(letter_id, form, refused)
        blame(form, refused)
        letter = letter_or_404(letter_id)
        return _page(letter, _part_or_404(letter), form, 422)
    db.session.commit()
    flash(_("The unit that leads has your part now. You can change it until the answer is written."))
    return redirect(url_for("mailbox.desk"), 303)


def _part_or_404(letter: Letter) -> LetterJoint:
    part = joints.own_part(letter, current_actor())
    if part is None:
        abort(404)
    return part


def _both(letter_id: int, form: ContributionForm, refused: Refused) -> tuple[str, int]:
    """409: the colleague's text stands above one's own; the next save builds on it."""
    db.session.rollback()
    letter = letter_or_404(letter_id)
    part = _part_or_404(letter)
    form.version.data = str(part.version)
    form.form_errors.append(sentence(refused))
    return _page(letter, part, form, 409, theirs=part.contribution)


def _page(
    letter: Letter, part: LetterJoint, form: ContributionForm, status: int, theirs: str | None = None
) -> tuple[str, int]:
    refused = service.contribution_refusal(letter, part, current_actor())
    others = [other for other in joints.joint_of(letter) if other.id != part.id]
    return page(
        "joint.html", status, form=form, part=part, others=others, refused=refused, theirs=theirs, **about(letter)
    )
