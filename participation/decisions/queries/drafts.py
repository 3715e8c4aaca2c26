"""Which draft it was: a fingerprint that tells a changed draft from the same one."""

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select

from participation.decisions.models.decision import Decision
from participation.decisions.models.paper import DecisionPaper
from participation.documents.models import Document
from participation.extensions import db
from participation.files.models import StoredFile


def _marked() -> Any:
    words = and_(Document.subject_kind == "decision_paper", Document.subject_id == DecisionPaper.id)
    return (
        select(DecisionPaper, Document.text, StoredFile.sha256)
        .outerjoin(Document, words)
        .outerjoin(StoredFile, StoredFile.id == DecisionPaper.file_id)
        .where(DecisionPaper.taken_back_at.is_(None))
    )


def _mark(paper: DecisionPaper, text: str | None, file_mark: str | None) -> str:
    """Of the file's bytes, else of title and words: the same before and after publication."""
    if file_mark:
        return file_mark
    return hashlib.sha256(f"{paper.title}\n{text or ''}".encode()).hexdigest()


def draft_mark(decision: Decision) -> str:
    """The fingerprint of the newest draft of the present run; empty while there is none."""
    asked = _marked().where(
        DecisionPaper.decision_id == decision.id,
        DecisionPaper.round == decision.round,
        DecisionPaper.role == "draft",
    )
    row = db.session.execute(asked.order_by(DecisionPaper.id.desc(), Document.number.desc()).limit(1)).first()
    return _mark(*row) if row else ""


def frozen_list(decision: Decision) -> list[dict[str, Any]]:
    """The papers of the present run as they stand now, with their fingerprints: what is sent to a reviewer
    or submitted to a meeting. Of papers that are only named the list keeps day and keeper."""
    asked = _marked().where(DecisionPaper.decision_id == decision.id, DecisionPaper.round == decision.round)
    newest: dict[int, dict[str, Any]] = {}
    for paper, text, file_mark in db.session.execute(asked.order_by(DecisionPaper.id, Document.number)):
        newest[paper.series] = {
            "paper": paper.id,
            "role": paper.role,
            "title": paper.title,
            "form": paper.form,
            "version": paper.number,
            "mark": "" if paper.form == "reference" else _mark(paper, text, file_mark),
            "day": paper.signed_on.isoformat() if paper.signed_on else "",
            "kept_by": paper.custodian,
        }
    return list(newest.values())


@dataclass(frozen=True)
class Marked:
    """A paper with its words, empty where there are none to read, and its fingerprint."""

    paper: DecisionPaper
    text: str
    mark: str


def marked(decision_id: int, round_: int, *roles: str) -> list[Marked]:
    """The newest version of each paper of these roles in a run, in the order in which they were entered."""
    asked = _marked().where(
        DecisionPaper.decision_id == decision_id, DecisionPaper.round == round_, DecisionPaper.role.in_(roles)
    )
    newest: dict[int, Marked] = {}
    for paper, text, file_mark in db.session.execute(asked.order_by(DecisionPaper.id, Document.number)):
        newest[paper.series] = Marked(paper, text or "", _mark(paper, text, file_mark))
    return list(newest.values())
