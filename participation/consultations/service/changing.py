"""The final text, and why it differs from the draft that people commented on."""

from collections.abc import Sequence
from datetime import datetime

from participation.access import Actor
from participation.consultations.lifecycle import ART_18
from participation.consultations.models import ChangePoint, Consultation, TextChange
from participation.consultations.queries import changes, points
from participation.consultations.rules.comments import REASON_LIMIT
from participation.consultations.rules.outcomes import CHANGES_THE_TEXT
from participation.consultations.service.sorting import begin
from participation.documents import queries as document_queries
from participation.documents import service as documents
from participation.documents.models import Document
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db


def write_final(
    consultation: Consultation, *, title: str, text: str, actor: Actor, now: datetime, form_key: str = ""
) -> Document:
    """The text as it was decided, compared at once with the newest version people commented on. What
    was explained already keeps its explanation where the same clause differs again."""
    begin(consultation, actor=actor, now=now)
    explained = _take_down(consultation)
    document = documents.write(
        subject_kind="consultation", subject_id=consultation.id, role="final", title=title, text=text,
        form_key=form_key, actor=actor, now=now,
    )  # fmt: skip
    _compare(consultation, document, explained)
    evidence.record("final.written", subject=consultation, actor=actor, now=now, facts={"text": document.id})
    return document


def explain_change(
    consultation: Consultation,
    change: TextChange,
    *,
    point_ids: Sequence[int],
    reason: str,
    actor: Actor,
    now: datetime,
) -> TextChange:
    """Because of which opinions a clause differs; where none caused it, `reason` says what did."""
    begin(consultation, actor=actor, now=now)
    reason = reason.strip()
    known = {line.point.id for line in points.points_of(consultation.id)}
    if not set(point_ids) <= known:
        raise Refused("invalid", N_("Choose opinions from the list"), field="points")
    if len(reason) > REASON_LIMIT:
        message = N_("At most %(most)s characters, please")
        raise Refused("invalid", message, field="reason", args_={"most": REASON_LIMIT})
    if not point_ids and len(reason) < 4:
        message = N_("Choose the opinions that caused this change, or write what else did")
        raise Refused("invalid", message, ART_18, field="reason")
    change.reason = reason
    change.causes = [cause for cause in change.causes if cause.point_id in set(point_ids)]
    have = change.point_ids
    change.causes += [ChangePoint(point_id=point_id) for point_id in sorted(set(point_ids) - have)]
    db.session.flush()
    facts = {"change": change.id, "opinions": sorted(change.point_ids)}
    evidence.record("change.explained", subject=consultation, actor=actor, now=now, facts=facts)
    return change


def check_changes(consultation: Consultation) -> None:
    """Refuses while a change of the text has neither an opinion nor a reason."""
    if changes.final_of(consultation.id) is None:
        return
    missing = sum(1 for change in changes.changes_of(consultation.id) if not change.explained)
    if missing:
        message = N_("%(count)s changes of the text do not say yet why they were made")
        raise Refused("wrong_time", message, ART_18, args_={"count": missing})


def freeze_final(consultation: Consultation, *, actor: Actor, now: datetime) -> None:
    """With the feedback the final text becomes public as it stands."""
    document = changes.final_of(consultation.id)
    if document is not None:
        documents.freeze(document, actor=actor, now=now)


_Explained = dict[tuple[str, str], tuple[str, set[int]]]


def _take_down(consultation: Consultation) -> _Explained:
    """Forgets the comparison with the former text, whose clauses go; what was explained is returned
    by the labels of the clauses."""
    found = changes.changes_of(consultation.id)
    labels = document_queries.labels_of(
        {row for change in found for row in (change.old_clause_id, change.new_clause_id) if row is not None}
    )
    kept = {
        (labels.get(change.old_clause_id or 0, ""), labels.get(change.new_clause_id or 0, "")): (
            change.reason,
            change.point_ids,
        )
        for change in found
    }
    for change in found:
        db.session.delete(change)
    db.session.flush()
    return kept


def _compare(consultation: Consultation, final: Document, explained: _Explained) -> None:
    draft = document_queries.current("consultation", consultation.id)
    assert draft is not None
    lines = points.points_of(consultation.id)
    found = [pair for pair in changes.pairs(draft, final) if pair.kind != "same"]
    for place, pair in enumerate(found, start=1):
        old_id, new_id = changes.ids(pair)
        if old_id is None and new_id is None:  # the preamble is no clause: shown, not explained
            continue
        labels = (pair.old.label if pair.old else "", pair.new.label if pair.new else "")
        # Where an answer named the clause already, that opinion is the cause until someone says otherwise.
        named = {
            line.point.id
            for line in lines
            if line.point.outcome in CHANGES_THE_TEXT and line.clause and line.clause in labels
        }
        reason, causes = explained.get(labels, ("", named))
        change = TextChange(
            consultation_id=consultation.id, place=place, kind=pair.kind, old_clause_id=old_id, new_clause_id=new_id,
            reason=reason, causes=[ChangePoint(point_id=point_id) for point_id in sorted(causes)],
        )  # fmt: skip
        db.session.add(change)
    db.session.flush()
