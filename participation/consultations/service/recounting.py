"""Published counts are counted again every night: a difference is an alarm, never silently mended."""

from datetime import datetime

from participation.access import SYSTEM, Role
from participation.consultations.models import Consultation, CountCheck
from participation.consultations.queries import counts, points
from participation.consultations.rules.outcomes import Tally
from participation.consultations.service import telling
from participation.evidence import service as evidence
from participation.extensions import db


def as_counts(tally: Tally) -> dict[str, int]:
    return {"received": tally.received, "people": tally.people, **dict(tally.terms)}


def recount(consultation: Consultation, *, now: datetime) -> str:
    """Counts once more, each comment by itself, and compares with what SQL adds up and with what was
    published. Returns what differs, empty when nothing does. The first time a difference is found,
    the department's heads are told; it stays on the page until it is gone."""
    published = consultation.feedback_counts or {}
    by_sql = as_counts(counts.tally(consultation.id))
    one_by_one = _one_by_one(consultation.id)
    found = [
        f"{name} {published.get(name)}/{by_sql[name]}/{one_by_one[name]}"
        for name in by_sql
        if not published.get(name) == by_sql[name] == one_by_one[name]
    ]
    drift = ", ".join(found)[:200]
    check = db.session.get(CountCheck, consultation.id)
    if check is None:
        check = CountCheck(consultation_id=consultation.id, drift="")
        db.session.add(check)
    check.checked_at = now
    if drift != check.drift:
        check.drift = drift
        verb = "counts.drifted" if drift else "counts.agree"
        evidence.record(verb, subject=consultation, actor=SYSTEM, now=now, facts={"counts": drift})
        if drift:
            telling.department(consultation, "counts_drifted", now=now, role=Role.HEAD, once=drift[:40])
    db.session.flush()
    return drift


def _one_by_one(consultation_id: int) -> dict[str, int]:
    outcomes = points.outcomes_of(consultation_id)
    people: set[str] = set()
    terms = dict.fromkeys(dict(Tally().terms), 0)
    received = 0
    for comment in counts.every(consultation_id):
        received += 1
        people.add(comment.author_digest or comment.number)
        term = "withdrawn" if comment.withdrawn_at is not None else outcomes.get(comment.id) or ""
        if term in terms:
            terms[term] += 1
    return {"received": received, "people": len(people), **terms}
