"""Letters that were entered more than a workday after they came in: a second person confirms the day."""

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.forms.writing import ConfirmForm
from participation.mailbox.queries import elsewhere
from participation.mailbox.views.blueprint import LETTER, bp, page
from participation.web.guards import current_actor, requires


@bp.get("/desk/late-entries")
@requires(Capability.USE_DESK)
def gaps() -> tuple[str, int]:
    actor = current_actor()
    rows = [(letter, service.confirm_refusal(letter, actor)) for letter in elsewhere.waiting(actor)]
    people = {letter.entered_by for letter, _refused in rows if letter.entered_by is not None}
    return page(
        "gaps.html",
        rows=rows,
        mine=sum(1 for _letter, refused in rows if refused is None),
        names=accounts.department_names(),
        people=accounts.person_names(people),
        form=ConfirmForm(formdata=None),
    )


@bp.post(f"/desk/late-entries/{LETTER}")
@requires(Capability.USE_DESK)
def gap_confirmed(letter_id: int) -> Response:
    letter = elsewhere.one_to_confirm(letter_id, current_actor())
    if letter is None:
        abort(404)
    form = ConfirmForm()
    if not form.validate():
        abort(400)
    service.confirm_day(letter, actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(_("The day is confirmed."))
    return redirect(url_for("mailbox.gaps"), 303)
