"""The words and the file of a paper: laid down together, frozen together, removed together."""

import zipfile
from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select

from participation.access import Actor
from participation.decisions.models import DecisionPaper
from participation.decisions.papers import TEXT_LIMIT
from participation.documents import queries as documents
from participation.documents import service as document_service
from participation.documents.excel import read_excel
from participation.documents.models import Document
from participation.documents.rules import fingerprint
from participation.documents.word import read_word
from participation.errors import N_, Refused
from participation.extensions import db
from participation.files import queries as files
from participation.files import service as file_service
from participation.files.disk import path_of
from participation.files.models import StoredFile
from participation.workdays import day_of

KIND = "decision_paper"
_MOST_XML = 16 * 1024 * 1024
"""Bytes of the text part of a Word file; more is far beyond TEXT_LIMIT, and is not parsed at all."""


def today(now: datetime) -> date:
    return day_of(now)


def text_of(paper: DecisionPaper) -> Document | None:
    """The words of the paper: written, or read from its file. None where there are none to read."""
    return documents.current(KIND, paper.id)


def ids_with_text(paper_ids: Collection[int]) -> set[int]:
    """Those of these papers that have words to read."""
    asked = select(Document.subject_id).where(
        Document.subject_kind == KIND, Document.subject_id.in_(list(paper_ids)), Document.text != ""
    )
    return set(db.session.scalars(asked))


def original_of(paper: DecisionPaper) -> StoredFile | None:
    if paper.file_id is None:
        return None
    return files.attachment(paper.file_id, subject_kind=KIND, subject_id=paper.id)


def lay_down(paper: DecisionPaper, *, text: str, form_key: str, actor: Actor, now: datetime) -> None:
    """Stores the paper with its words. Raises Refused at the field that can mend it."""
    if paper.form == "reference":
        db.session.add(paper)
        db.session.flush()
        return
    if paper.form == "text":
        if not text.strip():
            raise Refused("invalid", N_("Write the text of the paper."), field="text")
        db.session.add(paper)
        db.session.flush()
        _write(paper, text, actor, now)
        return
    before = original_of(paper) if paper.id else None
    waiting = files.staged(form_key)[-1:] if form_key else []
    original = waiting[0] if waiting else before
    if original is None:
        raise Refused("invalid", N_("Choose the file of the paper."), field="file")
    words = words_of(path_of(original.sha256), original.kind)
    if waiting:
        paper.file_id = original.id
        db.session.add(paper)
        db.session.flush()
        file_service.attach(form_key, subject_kind=KIND, subject_id=paper.id, now=now)
    if waiting and before is not None:
        remove_text(paper)
        db.session.delete(before)
        db.session.flush()
    if words:
        _write(paper, words, actor, now)


def check_readable(form_key: str) -> None:
    """Raises Refused when the file that waits cannot be read, as `lay_down` would."""
    for file in files.staged(form_key):
        words_of(path_of(file.sha256), file.kind)


def words_of(path: Path, kind: str) -> str:
    """What can be read from the file; empty for PDF. Raises Refused("invalid", field="file")."""
    if kind == "xlsx":
        return read_excel(path).text[:TEXT_LIMIT]
    if kind != "docx":
        return ""
    with zipfile.ZipFile(path) as archive:
        size = sum(entry.file_size for entry in archive.infolist() if entry.filename == "word/document.xml")
    words = read_word(path) if size <= _MOST_XML else None
    if words is None or len(words.text) > TEXT_LIMIT:
        raise Refused(
            "invalid",
            N_("The text of the file is too long: at most %(most)s characters. Divide it, or save it as PDF."),
            field="file",
            args_={"most": TEXT_LIMIT},
        )
    return words.text or words.title


def _write(paper: DecisionPaper, text: str, actor: Actor, now: datetime) -> None:
    document_service.write(
        subject_kind=KIND, subject_id=paper.id, title=paper.title, text=text, actor=actor, now=now, most=TEXT_LIMIT
    )


def freeze(paper: DecisionPaper, *, actor: Actor, now: datetime) -> None:
    """From now on the paper is what its fingerprint says: of the file's bytes, else of title and text."""
    document, original = text_of(paper), original_of(paper)
    # The log says the fingerprint of what everybody reads. Of the rest it would tell a guess from a miss.
    if document is not None and paper.attribute == "public":
        document_service.freeze(document, actor=actor, now=now)
    if original is not None:
        paper.sha256 = original.sha256
    elif document is not None:
        paper.sha256 = fingerprint(document.title, document.text)
    db.session.flush()


def remove(paper: DecisionPaper) -> None:
    """For what was never public."""
    remove_text(paper)
    original = original_of(paper)
    paper.file_id = None
    db.session.flush()
    if original is not None:
        db.session.delete(original)
        db.session.flush()


def remove_text(paper: DecisionPaper) -> None:
    document = text_of(paper)
    if document is not None:
        db.session.delete(document)
        db.session.flush()
