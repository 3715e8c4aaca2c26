"""Reading versions. Who may read a subject's texts is decided by the subject's feature."""

from sqlalchemy import func, select

from participation.documents.models import Clause, Document
from participation.documents.rules import parse
from participation.extensions import db


def current(subject_kind: str, subject_id: int, role: str = "draft") -> Document | None:
    """The newest version."""
    return db.session.scalar(_versions(subject_kind, subject_id, role).limit(1))


def versions(subject_kind: str, subject_id: int, role: str = "draft") -> list[Document]:
    """All versions, the newest first."""
    return list(db.session.scalars(_versions(subject_kind, subject_id, role)))


def clauses_of(document: Document) -> list[Clause]:
    return list(db.session.scalars(select(Clause).where(Clause.document_id == document.id).order_by(Clause.number)))


def preamble_of(document: Document) -> str:
    """What stands before the first clause. A Word file begins with its title; where the page's heading
    says the same, it is not said twice."""
    lines, title = parse(document.text).preamble.split("\n"), "".join(document.title.split())
    for said in range(1, min(4, len(lines))):
        if "".join("".join(lines[:said]).split()) == title:
            return "\n".join(lines[said:])
    return "\n".join(lines)


def labels_of(clause_ids: set[int]) -> dict[int, str]:
    """What clauses of any version are called."""
    rows = db.session.execute(select(Clause.id, Clause.label).where(Clause.id.in_(clause_ids)))
    return {row.id: row.label for row in rows}


def clause_count(document: Document) -> int:
    return db.session.scalar(select(func.count()).where(Clause.document_id == document.id)) or 0


def _versions(subject_kind: str, subject_id: int, role: str):  # type: ignore[no-untyped-def]
    return (
        select(Document)
        .where(Document.subject_kind == subject_kind, Document.subject_id == subject_id, Document.role == role)
        .order_by(Document.number.desc())
    )
