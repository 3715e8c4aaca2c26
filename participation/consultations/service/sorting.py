"""Putting comments into opinion points, and answering the points."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from participation.access import Actor
from participation.consultations.lifecycle import ART_18
from participation.consultations.models import Assignment, Consultation, OpinionPoint
from participation.consultations.queries import comments, points
from participation.consultations.rules.comments import REASON_LIMIT
from participation.consultations.rules.outcomes import CHANGES_THE_TEXT, NEEDS_REASON, OUTCOMES
from participation.consultations.service.facts import step
from participation.documents import queries as documents
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db

TITLE_LIMIT = 120
NAMED = 100


def create_point(consultation: Consultation, *, title: str, actor: Actor, now: datetime) -> OpinionPoint:
    """A new opinion, in one sentence as the people who hold it would say it."""
    begin(consultation, actor=actor, now=now)
    point = OpinionPoint(
        consultation_id=consultation.id, number=points.next_number(consultation.id), title=_title(title), created_at=now
    )
    db.session.add(point)
    db.session.flush()
    evidence.record("opinion.created", subject=point, actor=actor, now=now, facts={"number": point.number})
    return point


def rename_point(
    consultation: Consultation, point: OpinionPoint, *, title: str, actor: Actor, now: datetime
) -> OpinionPoint:
    begin(consultation, actor=actor, now=now)
    point.title = _title(title)
    db.session.flush()
    evidence.record("opinion.renamed", subject=point, actor=actor, now=now)
    return point


def assign(
    consultation: Consultation, point: OpinionPoint, comment_ids: list[int], *, actor: Actor, now: datetime
) -> int:
    """These comments hold this point; each takes its outcome. Returns how many are new in it.
    Withdrawn ones are left out, and one that has the point already stays as it is."""
    begin(consultation, actor=actor, now=now)
    if not comment_ids:
        raise Refused("invalid", N_("Tick at least one comment, then press the point"), field="c")
    held = {pair.comment_id for pair in points.pairs_of_point(point.id)}
    added = [
        comment
        for comment in comments.chosen(consultation.id, comment_ids)
        if comment.id not in held and comment.withdrawn_at is None
    ]
    db.session.add_all(
        Assignment(
            comment_id=comment.id, point_id=point.id, outcome=point.outcome, assigned_at=now,
            consultation_id=consultation.id, holder=comment.holder,
        )
        for comment in added
    )  # fmt: skip
    db.session.flush()
    if added:
        facts = named([comment.number for comment in added])
        evidence.record("opinion.assigned", subject=point, actor=actor, now=now, facts=facts)
    return len(added)


def take_out(
    consultation: Consultation, point: OpinionPoint, comment_ids: list[int], *, actor: Actor, now: datetime
) -> int:
    """These comments do not hold this point after all. Returns how many were taken out."""
    begin(consultation, actor=actor, now=now)
    chosen = set(comment_ids)
    gone = [pair for pair in points.pairs_of_point(point.id) if pair.comment_id in chosen]
    for pair in gone:
        db.session.delete(pair)
    db.session.flush()
    if gone:
        facts = named([pair.comment_id for pair in gone])
        evidence.record("opinion.taken_out", subject=point, actor=actor, now=now, facts=facts)
    return len(gone)


def answer_point(
    consultation: Consultation,
    point: OpinionPoint,
    *,
    outcome: str,
    reason: str,
    clause_id: int | None,
    change: str,
    actor: Actor,
    now: datetime,
    special: str = "",
) -> OpinionPoint:
    """What becomes of an opinion (713号 art. 18): a reason in substance unless it is adopted; where
    the text changes, the clause, or where else the change is found. `special` is said to the many
    who hold it, where many do and it is not adopted; the feedback waits for it."""
    begin(consultation, actor=actor, now=now)
    reason, change, special = reason.strip(), change.strip(), special.strip()
    _check_answer(consultation, outcome, reason, clause_id, change, special)
    changes = outcome in CHANGES_THE_TEXT
    point.outcome, point.reason, point.answered_at, point.answered_by = outcome, reason, now, actor.person_id
    point.clause_id = clause_id if changes else None
    point.change = change if changes else ""
    point.special = special if outcome == "not_adopted" else ""
    pairs = points.pairs_of_point(point.id)
    for pair in pairs:
        pair.outcome = outcome
    db.session.flush()
    facts = {"outcome": outcome, "comments": len(pairs)}
    evidence.record("opinion.answered", subject=point, actor=actor, now=now, facts=facts)
    return point


def named(numbers: Sequence[str | int]) -> dict[str, object]:
    """Facts about comments, bounded: up to a hundred by number, more as a count and a digest of the list."""
    if len(numbers) <= NAMED:
        return {"comments": list(numbers)}
    digest = hashlib.sha256("\n".join(map(str, numbers)).encode()).hexdigest()
    return {"count": len(numbers), "sha256": digest}


def _check_answer(
    consultation: Consultation, outcome: str, reason: str, clause_id: int | None, change: str, special: str
) -> None:
    if outcome not in OUTCOMES:
        raise Refused("invalid", N_("Choose what becomes of this opinion"), ART_18, field="outcome")
    if max(len(reason), len(change), len(special)) > REASON_LIMIT:
        message = N_("At most %(most)s characters, please")
        raise Refused("invalid", message, field="reason", args_={"most": REASON_LIMIT})
    if outcome in NEEDS_REASON and len(reason) < 5:
        message = N_(
            "Give the reason, with facts and basis. It is published as it stands and told to everybody concerned"
        )
        raise Refused("invalid", message, ART_18, field="reason")
    if clause_id is not None and clause_id not in _clauses(consultation):
        message = N_("This clause does not belong to the draft. Choose one from the list")
        raise Refused("invalid", message, field="clause")
    if outcome in CHANGES_THE_TEXT and clause_id is None and not change:
        message = N_("Name the clause that changed, or say where the change is")
        raise Refused("invalid", message, ART_18, field="clause")


def begin(consultation: Consultation, *, actor: Actor, now: datetime) -> None:
    """Whoever changes an answer takes a submitted feedback back: the head approves what is there."""
    db.session.refresh(consultation, with_for_update=True)
    step("sort", consultation, actor=actor, now=now)
    if consultation.feedback_submitted_at is not None:
        consultation.feedback_submitted_at = consultation.feedback_submitted_by = None
        db.session.flush()
        evidence.record("feedback.taken_back", subject=consultation, actor=actor, now=now)


def _title(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Refused("invalid", N_("Say the opinion in one sentence"), field="title")
    if len(title) > TITLE_LIMIT:
        message = N_("At most %(most)s characters, please")
        raise Refused("invalid", message, field="title", args_={"most": TITLE_LIMIT})
    return title


def _clauses(consultation: Consultation) -> set[int]:
    return {
        clause.id
        for document in documents.versions("consultation", consultation.id)
        for clause in documents.clauses_of(document)
    }
