"""Opinions that were entered more than a workday after they came in: the head confirms the days."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.consultations import service
from participation.consultations.forms.commenting import ConfirmForm
from participation.consultations.queries import late_entries as queries
from participation.consultations.views.blueprint import ONE, bp, own_or_404, page
from participation.extensions import db
from participation.web.guards import current_actor, requires


@bp.get(f"/desk/consultations/{ONE}/late-entries")
@requires(Capability.USE_DESK)
def late_entries(consultation_id: int) -> tuple[str, int]:
    consultation, actor = own_or_404(consultation_id), current_actor()
    rows = queries.waiting(consultation.id)
    refused = service.refusals(consultation, actor=actor, now=clock.now())["confirm_day"]
    return page(
        "late_entries.html",
        consultation=consultation,
        rows=rows,
        late=queries.counted(consultation.id),
        refused=refused,
        mine={row.id for row in rows if row.entered_by == actor.person_id},
        people=accounts.person_names({row.entered_by for row in rows if row.entered_by is not None}),
    )


@bp.post(f"/desk/consultations/{ONE}/late-entries")
@requires(Capability.APPROVE)
def days_confirmed(consultation_id: int) -> Response:
    """One of them, or all that the page showed."""
    consultation = own_or_404(consultation_id)
    if not ConfirmForm().validate():
        abort(400)
    one = request.form.get("one", "")
    written = [one] if one else request.form.getlist("shown")[: queries.SHOWN]
    ids = [int(number) for number in written if number.isascii() and number.isdigit() and len(number) < 10]
    done = service.confirm_days(consultation, ids, actor=current_actor(), now=clock.now())
    db.session.commit()
    flash(ngettext("%(num)d day is confirmed.", "%(num)d days are confirmed.", done))
    return redirect(url_for("consultations.late_entries", consultation_id=consultation_id), 303)
