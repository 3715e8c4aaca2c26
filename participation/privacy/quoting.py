"""Where a matter may be named beside itself: what auditors and officers wrote about a duty, an opinion, a proposal,
and the messages about all of these."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import String, inspect, select

from participation.accounts.held import MARK
from participation.consultations.models import (
    Assignment,
    ChangePoint,
    Comment,
    Consultation,
    OpinionPoint,
    TextChange,
)
from participation.decisions.models.proposal import Proposal, ProposalOutcome
from participation.duties.models import Duty
from participation.evidence import registry
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox.models import Letter, LetterImport
from participation.oversight.models import Finding, Inquiry
from participation.privacy import masking
from participation.privacy.grounds import Matter

_WHOLE = 4
"""A title or a place of so many signs is recognised as a whole."""
INQUIRED = ("why", "question", "reply", "conclusion", "correction")


def names_of(row: Matter) -> list[str]:
    """What names the person: name, contact, and the place the letter is about."""
    long = [getattr(row, name, "") or "" for name in ("place", "about_person")]
    return [row.author_name, row.contact_address, *(text for text in long if len(text) >= _WHOLE)]


def words_of(row: Matter) -> list[str]:
    """What recognises the matter in a file: names, titles, whole sentences."""
    titles = [getattr(row, name, "") or "" for name in ("title", "public_title")]
    texts = [row.text, getattr(row, "public_text", "") or ""]
    long = [one for text in texts for one in masking.sentences(text, least=12)]
    return [word for word in (*names_of(row), *(title for title in titles if len(title) >= _WHOLE), *long) if word]


def mask_quotes(row: Matter, *, now: datetime) -> None:
    """Takes the person out of the texts of others. Before the matter itself is emptied."""
    names = names_of(row)
    quoted = [text for name in ("title", "text", "place") if (text := getattr(row, name, ""))]
    for beside, columns in _audited(row):
        _mask(beside, columns, names=names, quoted=quoted, now=now)
    # Official reasons say what was proposed in its own words: only who said it is taken out.
    for beside, columns in _answered(row):
        _mask(beside, columns, names=names, quoted=(), now=now)


def _mask(row: Any, columns: Iterable[str], *, names: list[str], quoted: Iterable[str], now: datetime) -> None:
    changed = False
    for column in columns:
        text = getattr(row, column) or ""
        masked = masking.without(text, names=names, quoted=quoted, mark=MARK)
        if masked != text:
            kept = inspect(type(row)).column_attrs[column].columns[0].type
            setattr(row, column, masked[: kept.length] if isinstance(kept, String) and kept.length else masked)
            changed = True
    kind = registry.kind_of(row)
    if changed and kind is not None and kind.personal:
        # The commitment to the old text would still confirm a guess of the name.
        evidence.forget(row, now=now)


def _audited(row: Matter) -> Iterator[tuple[Any, tuple[str, ...]]]:
    owed = _duty_ids(row)
    for finding in db.session.scalars(select(Finding).where(Finding.duty_id.in_(owed))):
        yield finding, ("text",)
    for inquiry in db.session.scalars(select(Inquiry).where(Inquiry.duty_id.in_(owed))):
        yield inquiry, INQUIRED


def _answered(row: Matter) -> Iterator[tuple[Any, tuple[str, ...]]]:
    if isinstance(row, Comment):
        held = select(Assignment.point_id).where(Assignment.comment_id == row.id)
        for point in db.session.scalars(select(OpinionPoint).where(OpinionPoint.id.in_(held))):
            yield point, ("title", "reason", "special", "change")
        changes = select(ChangePoint.change_id).where(ChangePoint.point_id.in_(held))
        for change in db.session.scalars(select(TextChange).where(TextChange.id.in_(changes))):
            yield change, ("reason",)
        consultation = db.session.get(Consultation, row.consultation_id)
        yield consultation, ("feedback_summary", "feedback_returned_reason")
    elif isinstance(row, Proposal):
        for outcome in db.session.scalars(select(ProposalOutcome).where(ProposalOutcome.proposal_id == row.id)):
            yield outcome, ("reason", "set_aside_reason")
    elif isinstance(row, Letter) and row.import_id is not None:
        yield db.session.get(LetterImport, row.import_id), ("filename",)


def _duty_ids(row: Matter) -> list[int]:
    """The dates of the matter, and those of inquiries about them."""
    own = _owed(_kind(row), [row.id])
    return own + _owed("inquiry", _inquiry_ids(own))


def _owed(kind: str, ids: list[int]) -> list[int]:
    if not ids:
        return []
    return list(db.session.scalars(select(Duty.id).where(Duty.subject_kind == kind, Duty.subject_id.in_(ids))))


def _inquiry_ids(owed: list[int]) -> list[int]:
    return list(db.session.scalars(select(Inquiry.id).where(Inquiry.duty_id.in_(owed)))) if owed else []


def _kind(row: Any) -> str:
    kind = registry.kind_of(row)
    assert kind is not None
    return kind.name


def told_about(row: Matter) -> dict[str, list[int]]:
    """Kind and ids of everything whose messages are messages about this matter. What a person asked about their
    data is not among it: its last message says that the matter was erased."""
    owed = _duty_ids(row)
    found = {
        _kind(row): [row.id],
        "duty": owed,
        "inquiry": _inquiry_ids(owed),
    }
    return {kind: ids for kind, ids in found.items() if ids}
