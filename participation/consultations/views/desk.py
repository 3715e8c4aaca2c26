"""The desk: a department's consultations, and one of them with what is missing or to do."""

from participation import clock
from participation.access import Capability
from participation.accounts import queries as accounts
from participation.consultations import service
from participation.consultations.forms.announcing import ReasonForm
from participation.consultations.queries import changes, counts, late_entries, periods, points, reviewing
from participation.consultations.rules.checklist import missing
from participation.consultations.rules.period import length
from participation.consultations.views.blueprint import ONE, bp, number_of, own_or_404, page
from participation.documents import queries as documents
from participation.duties import queries as duties
from participation.web.guards import current_actor, requires
from participation.web.month import month_strip


@bp.get("/desk/consultations")
@requires(Capability.USE_DESK)
def desk() -> tuple[str, int]:
    actor, now = current_actor(), clock.now()
    found = periods.on_desk(actor, before=number_of("before"))
    ids = [row.id for row in found.rows]
    return page(
        "desk.html",
        rows=found.rows,
        next_before=found.next_before,
        tallies=counts.tallies(ids),
        owed=periods.feedback_due(ids),
        names=accounts.department_names(),
        waiting=periods.waiting_for(actor),
        behind=reviewing.behind(ids, now=now),
        late=late_entries.counted_of(ids),
        may_draft=actor.can(Capability.DRAFT_CONSULTATION),
        now=now,
    )


@bp.get(f"/desk/consultations/{ONE}")
@requires(Capability.USE_DESK)
def file(consultation_id: int) -> tuple[str, int]:
    """Before publication the checklist, afterwards what is to be done."""
    return overview(consultation_id)


def overview(consultation_id: int, status: int = 200, form: ReasonForm | None = None) -> tuple[str, int]:
    consultation, now, actor = own_or_404(consultation_id), clock.now(), current_actor()
    before = consultation.stage in ("draft", "submitted")
    checks = service.checks_of(consultation, now=now) if before else []
    today = clock.local_date(now)
    starts_on, ends_on = consultation.starts_on or today, consultation.ends_on
    strip = month_strip(starts_on, ends_on, today=today) if ends_on and 0 < length(starts_on, ends_on) <= 92 else None
    people = {consultation.created_by, consultation.submitted_by, consultation.withdrawal_asked_by} - {None}
    return page(
        "file.html",
        status,
        consultation=consultation,
        document=documents.current("consultation", consultation.id),
        unread=reviewing.unread(consultation.id) if not before else 0,
        behind=reviewing.behind([consultation.id], now=now).get(consultation.id) if not before else None,
        late=late_entries.counted(consultation.id),
        final=changes.final_of(consultation.id),
        checks=checks,
        missing=missing(checks),
        refusals=service.refusals(consultation, actor=actor, now=now),
        tally=counts.tally(consultation.id),
        points=len(points.points_of(consultation.id)) if not before else 0,
        duties=duties.duties_of("consultation", consultation.id),
        strip=strip,
        days=length(starts_on, ends_on) if ends_on else 0,
        people=accounts.person_names({person for person in people if person is not None}),
        department=accounts.department_names().get(consultation.department_id, ""),
        form=form or ReasonForm(formdata=None),
        now=now,
    )
