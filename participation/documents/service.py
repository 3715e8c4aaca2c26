"""Writing, freezing and correcting a text. Nothing here commits."""

from datetime import datetime

from participation.access import Actor
from participation.documents import originals, queries
from participation.documents.models import Clause, Document
from participation.documents.rules import TEXT_LIMIT, fingerprint, normalised, parse
from participation.documents.word import read_word
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files import service as files

FREEZE_RULE = "国务院令第713号 第十五条"


def write(
    *,
    subject_kind: str,
    subject_id: int,
    title: str,
    text: str,
    actor: Actor,
    now: datetime,
    role: str = "draft",
    form_key: str = "",
    most: int = TEXT_LIMIT,
) -> Document:
    """Writes the text that is not public yet: the same version as often as wanted. The Word file
    that waits under `form_key`, if one does, becomes the version's original. `most` characters are taken."""
    document = queries.current(subject_kind, subject_id, role)
    if document is not None and document.frozen_at is not None:
        raise Refused(
            "wrong_time",
            N_("The text is public and frozen. Correct it with a new version and a reason."),
            FREEZE_RULE,
        )
    if document is None:
        document = Document(
            subject_kind=subject_kind, subject_id=subject_id, role=role, number=1, title="", text="", created_at=now
        )
        db.session.add(document)
    _lay_down(document, title, text, most)
    db.session.flush()
    _bind(document, form_key, now=now)
    evidence.record("document.written", subject=document, actor=actor, now=now, facts={"number": document.number})
    return document


def freeze(document: Document, *, actor: Actor, now: datetime) -> Document:
    """From now on the text is what its fingerprint says."""
    if document.frozen_at is not None:
        return document
    document.sha256, document.frozen_at = fingerprint(document.title, document.text), now
    db.session.flush()
    evidence.record("document.frozen", subject=document, actor=actor, now=now, facts=_facts(document))
    return document


def correct(
    document: Document,
    *,
    title: str,
    text: str,
    reason: str,
    actor: Actor,
    now: datetime,
    substantial: bool = False,
    form_key: str = "",
) -> Document:
    """A new version beside the old one, frozen at once; the reason is printed with it. What
    `substantial` means for a period that is running is the feature's business."""
    if document.frozen_at is None:
        raise Refused("wrong_time", N_("The text is not public yet: simply change it."))
    if not reason.strip():
        raise Refused("invalid", N_("Say why the text is corrected; the reason is printed."), field="reason")
    if fingerprint(title, text) == document.sha256:
        raise Refused("invalid", N_("The text is the same as before. Change it or go back."), field="text")
    newer = Document(
        subject_kind=document.subject_kind,
        subject_id=document.subject_id,
        role=document.role,
        number=document.number + 1,
        title="",
        text="",
        reason=reason.strip(),
        substantial=substantial,
        created_at=now,
    )
    db.session.add(newer)
    _lay_down(newer, title, text)
    db.session.flush()
    _bind(newer, form_key, now=now)
    newer.sha256, newer.frozen_at = fingerprint(newer.title, newer.text), now
    db.session.flush()
    evidence.record("document.corrected", subject=newer, actor=actor, now=now, facts=_facts(newer))
    return newer


def _lay_down(document: Document, title: str, text: str, most: int = TEXT_LIMIT) -> None:
    if len(text) > most:
        raise Refused(
            "invalid",
            N_("The text is too long: at most %(most)s characters."),
            field="text",
            args_={"most": most},
        )
    document.title, document.text = normalised(title), normalised(text)
    document.clauses.clear()
    # The unique place of a clause: the old ones leave the database before the new ones come.
    db.session.flush()
    for parsed in parse(document.text).clauses:
        document.clauses.append(
            Clause(number=parsed.number, label=parsed.label[:30], heading=parsed.heading[:100], text=parsed.text)
        )


def _bind(document: Document, form_key: str, *, now: datetime) -> None:
    """The Word file that waits under the key is where the text came from."""
    if originals.waiting(form_key) is not None:
        attached = files.attach(form_key, subject_kind="document", subject_id=document.id, now=now)
        document.source_file_id = attached[-1].id
    source = originals.original_of(document)
    if source is not None:
        read = read_word(files.path_of(source.sha256))
        document.source_edited = normalised(read.text) != document.text
    db.session.flush()


def _facts(document: Document) -> dict[str, object]:
    return {"number": document.number, "sha256": document.sha256, "clauses": len(document.clauses)}
