"""Letters that were entered more than a workday after they came in: a second person confirms the day."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.forms.writing import ConfirmForm, ObjectForm
from participation.mailbox.queries import elsewhere
from participation.mailbox.views.blueprint import LETTER, bp, page
from participation.web.forms import Form
from participation.web.guards import current_actor, requires


@bp.get("/desk/late-entries")
@requires(Capability.USE_DESK)
def gaps() -> tuple[str, int]:
    return _page(200)


@bp.post(f"/desk/late-entries/{LETTER}")
@requires(Capability.USE_DESK)
def gap_confirmed(letter_id: int) -> Response | tuple[str, int]:
    """`do=object` keeps an objection with its reason; anything else confirms the day."""
    actor, now = current_actor(), clock.now()
    letter = elsewhere.one_to_confirm(letter_id, actor)
    if letter is None:
        abort(404)
    objecting = request.form.get("do") == "object"
    form = ObjectForm() if objecting else ConfirmForm()
    if not form.validate():
        return _page(422, form, letter_id) if objecting else abort(400)
    if objecting:
        service.object_to_day(letter, reason=form.reason.data, actor=actor, now=now)
    else:
        service.confirm_day(letter, actor=actor, now=now)
    db.session.commit()
    flash(_("The objection is kept, and the government office is told.") if objecting else _("The day is confirmed."))
    return redirect(url_for("mailbox.gaps"), 303)


def _page(status: int, wrong: Form | None = None, wrong_id: int | None = None) -> tuple[str, int]:
    actor = current_actor()
    rows = [(letter, service.confirm_refusal(letter, actor)) for letter in elsewhere.waiting(actor)]
    objected = elsewhere.objected(actor)
    every = [letter for letter, _refused in rows] + objected
    people = {person for one in every for person in (one.entered_by, one.gap_objected_by) if person is not None}
    # One form a letter on the page, so each field has an id of its own.
    objections = {one.id: wrong if wrong and one.id == wrong_id else ObjectForm(formdata=None) for one, _no in rows}
    for letter_id, form in objections.items():
        form["reason"].id = f"reason-{letter_id}"
    return page(
        "gaps.html",
        status,
        rows=rows,
        objected=objected,
        names=accounts.department_names(),
        people=accounts.person_names(people),
        form=ConfirmForm(formdata=None),
        objections=objections,
        wrong=wrong,
        wrong_id=wrong_id,
    )
