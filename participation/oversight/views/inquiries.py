"""Pages of what an auditor follows up: the list, one matter, and its acts."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Capability
from participation.accounts.queries import department_names
from participation.duties import queries as duties
from participation.duties.models import Duty
from participation.duties.rules import DUTIES
from participation.errors import N_, Refused
from participation.extensions import db
from participation.oversight import inquiries, inquiring
from participation.oversight.forms import InquiryForm
from participation.oversight.models import Inquiry
from participation.oversight.queries import ledger as queries
from participation.oversight.views.blueprint import oversight
from participation.web.guards import current_actor, requires
from participation.web.navigation import add_tab
from participation.web.said import sentence

READERS = (Capability.ANSWER, Capability.READ_ALL)
add_tab(
    "oversight.inquiries_list", N_("Inquiries"), READERS, 86, waiting=inquiries.waiting,
    under=("oversight.ledger", "mailbox.desk"),
)  # fmt: skip


def _mine(inquiry_id: int) -> Inquiry:
    return inquiries.visible(inquiry_id, actor=current_actor()) or abort(404)


def _lines(rows: list[Inquiry]) -> dict[int, tuple[Duty, str]]:
    found = {duty.id: duty for duty in db.session.query(Duty).filter(Duty.id.in_([row.duty_id for row in rows]))}
    told = duties.described(list(found.values()), actor=current_actor())
    titles = {}
    for number, duty in found.items():
        line = told.get((duty.subject_kind, duty.subject_id))
        titles[number] = (duty, line.title if line else f"{duty.subject_kind} {duty.subject_id}")
    return titles


@oversight.get("/inquiries")
@requires(Capability.USE_DESK)
def inquiries_list() -> str:
    if not any(current_actor().can(one) for one in READERS):
        abort(403)
    rows = inquiries.listed(current_actor())
    return render_template(
        "oversight/inquiries.html",
        rows=rows,
        lines=_lines(rows),
        names=department_names(),
        stages=inquiring.STAGES,
        duties=DUTIES,
        waits=inquiries.waiting(current_actor()),
    )


@oversight.get("/inquiries/<int:inquiry_id>")
@requires(Capability.USE_DESK)
def inquiry(inquiry_id: int) -> str:
    return _page(_mine(inquiry_id), None)


def _page(found: Inquiry, form: InquiryForm | None) -> str:
    duty, title = _lines([found])[found.duty_id]
    actor = current_actor()
    return render_template(
        "oversight/inquiry.html",
        inquiry=found,
        duty=duty,
        title=title,
        rule=DUTIES[duty.kind],
        stages=inquiring.STAGES,
        possible=inquiring.possible(stage=found.stage, department_id=found.department_id, actor=actor),
        owed=[one for one in duties.duties_of("inquiry", found.id) if one.is_open],
        names=department_names(),
        form=form or InquiryForm(formdata=None, data={"seen": str(found.version)}),
        audits=actor.can(Capability.READ_ALL),
    )


@oversight.post("/ledger/<int:duty_id>/inquiries")
@requires(Capability.WRITE_FINDING)
def mark_duty(duty_id: int) -> Response:
    """Marks a duty for review, or asks the department at once when a question was written."""
    actor, now = current_actor(), clock.now()
    duty = queries.visible_duty(duty_id, actor=actor) or abort(404)
    made = inquiries.mark(duty, why=request.form.get("why", ""), actor=actor, now=now)
    question = request.form.get("text", "").strip()
    if question:
        inquiries.act(made, what="ask", text=question, actor=actor, now=now)
    db.session.commit()
    flash(_("The department is asked.") if question else _("Marked for review."))
    return redirect(url_for("oversight.inquiry", inquiry_id=made.id), 303)


@oversight.post("/inquiries/<int:inquiry_id>/<any(ask, reply, clear, find, correct, confirm, reject):act>")
@requires(Capability.USE_DESK)
def act_on_inquiry(inquiry_id: int, act: str) -> Response | tuple[str, int]:
    found, form = _mine(inquiry_id), InquiryForm()
    if not form.validate():
        return _page(found, form), 422
    seen = form.seen.data or ""
    try:
        inquiries.act(
            found, what=act, text=form.text.data or "", seen=int(seen) if seen.isascii() and seen.isdigit() else -1,
            actor=current_actor(), now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        if refused.code != "invalid":
            raise
        form.refuse("text", sentence(refused))
        return _page(_mine(inquiry_id), form), 422
    db.session.commit()
    flash(_("Recorded. The other side is told."))
    return redirect(url_for("oversight.inquiry", inquiry_id=inquiry_id), 303)
