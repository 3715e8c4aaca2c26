"""The law's dates beside the five workdays: the list of what is open, and recording an outcome."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.duties.rules import DUTIES
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.forms.dispatch import SettleForm
from participation.mailbox.queries import legal as queries
from participation.mailbox.queries.legal import PAGE, LegalRow
from participation.mailbox.service.reclassifying import LABELS
from participation.mailbox.views.blueprint import blame, bp, letter_or_404, page
from participation.web.guards import current_actor, requires

DUTY = "<int(max=2147483647):duty_id>"


@bp.get("/legal")
@requires(Capability.USE_DESK)
def legal() -> tuple[str, int]:
    asked = request.args.get("after", "")
    after = min(int(asked), 10**6) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 0
    now = clock.now()
    rows = queries.open_legal(current_actor(), now=now, after=after)
    return page(
        "legal.html",
        rows=rows[:PAGE],
        more=after + PAGE if len(rows) > PAGE else None,
        labels=LABELS,
        duty_rules=DUTIES,
        names=accounts.department_names(),
        today=clock.local_date(now),
    )


@bp.get(f"/legal/{DUTY}")
@requires(Capability.USE_DESK)
def settle(duty_id: int) -> tuple[str, int]:
    row = _row_or_404(duty_id)
    refused = service.settle_refusal(row.letter, row.duty, current_actor())
    if refused is not None:
        raise refused
    return _page(row, SettleForm(formdata=None), 200)


@bp.post(f"/legal/{DUTY}")
@requires(Capability.USE_DESK)
def settled(duty_id: int) -> Response | tuple[str, int]:
    row, form = _row_or_404(duty_id), SettleForm()
    letter = letter_or_404(row.letter.id, lock=True)
    if not form.validate():
        return _page(row, form, 422)
    try:
        service.settle(
            letter,
            row.duty,
            outcome=form.outcome.data,
            document_number=form.document_number.data,
            actor=current_actor(),
            now=clock.now(),
        )
    except Refused as refused:
        blame(form, refused)
        return _page(_row_or_404(duty_id), form, 422)
    db.session.commit()
    flash(_("The outcome is recorded. The answer to the letter is a matter of its own."))
    return redirect(url_for("mailbox.legal"), 303)


def _row_or_404(duty_id: int) -> LegalRow:
    row = queries.legal_duty(duty_id, current_actor())
    if row is None:
        abort(404)
    return row


def _page(row: LegalRow, form: SettleForm, status: int) -> tuple[str, int]:
    return page("settle.html", status, row=row, form=form, labels=LABELS, duty_rules=DUTIES)
