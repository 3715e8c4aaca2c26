"""Emptying rows. Nothing here decides whether it may be done, and nothing commits.

Which columns are personal is what the evidence register says: a column that is added there later is
emptied too, and so is a table that is added later with a key to the matter.
"""

import secrets
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import and_, delete, inspect, or_, select, update

from participation.accounts.held import MARK
from participation.accounts.normal import contact
from participation.consultations.models import Assignment, Comment, CommentDraft, CommentStack
from participation.decisions.models.proposal import Proposal, ProposalDraft
from participation.errors import Refused
from participation.evidence import registry
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files.disk import path_of
from participation.files.models import StoredFile
from participation.mailbox.models import Letter, LetterDraft, PublicCopy
from participation.notices.models import Notice
from participation.privacy import dossiers
from participation.privacy.quoting import mask_quotes, told_about
from participation.web.secrets import digest_secret, new_secret
from participation.web.submission import submission_digest

BESIDE: dict[type[Any], tuple[str, ...]] = {PublicCopy: ("decisions",)}
"""Columns with words of the matter that evidence does not commit to."""
_DRAFTS: tuple[tuple[type[Any], str], ...] = (
    (LetterDraft, "letter_id"),
    (CommentDraft, "comment_id"),
    (ProposalDraft, "proposal_id"),
)


def emptied(value: object) -> object:
    """What stands where the value stood. A text keeps standing for one, as the CHECKs of the tables ask."""
    if isinstance(value, str):
        return MARK if value else ""
    if isinstance(value, list | dict):
        return type(value)()
    return None


def clear(row: Any, *, now: datetime) -> None:
    """Empties the personal columns of an evidenced row and destroys its salt."""
    kind = registry.kind_of(row)
    assert kind is not None
    for column in (*kind.personal, *BESIDE.get(type(row), ())):
        setattr(row, column, emptied(getattr(row, column)))
    evidence.forget(row, now=now)


def parts_of(row: Any) -> Iterator[Any]:
    """Every row of every evidenced table that has personal columns and a key to this row."""
    table = inspect(type(row)).local_table
    for kind in registry.kinds():
        own = inspect(kind.model).local_table
        if own is table or not kind.personal:
            continue
        keys = [column for column in own.columns if any(key.column.table is table for key in column.foreign_keys)]
        for column in keys:
            if table.name != "person":
                yield from db.session.scalars(select(kind.model).where(column == row.id))


def clear_matter(row: Letter | Comment | Proposal, *, now: datetime) -> list[str]:
    """Empties the matter, what hangs on it, its messages, forms and files. Returns the digests of files
    whose bytes are to be removed after the commit."""
    mask_quotes(row, now=now)
    told = told_about(row)
    for part in parts_of(row):
        clear(part, now=now)
    if isinstance(row, Comment):
        _unlink_person(row)
    row.contact_channel = row.contact_address = ""
    row.person_id = None
    # Number and query code open nothing any more.
    row.secret_digest, row.submission_key = digest_secret(new_secret()), secrets.token_hex(32)
    clear(row, now=now)
    if isinstance(row, Letter):
        row.public_title = row.public_text = row.public_answer = ""
        row.public_earlier = {}
    row.limited_at, row.limited_ground, row.erased_at = None, "", now
    kind = registry.kind_of(row)
    assert kind is not None
    _clear_notices(told, now=now)
    _drop_sent_drafts(row)
    return _drop_files(kind.name, row.id, now=now)


def _unlink_person(comment: Comment) -> None:
    """The same person stays one person in the figures of this consultation, under a number that says nothing."""
    known = comment.author_digest
    if not known:
        return
    instead = secrets.token_hex(32)
    here = Comment.consultation_id == comment.consultation_id
    same = (here, Comment.author_digest == known, Comment.id != comment.id)
    db.session.execute(update(Comment).where(*same).values(author_digest=instead))
    stacked = (CommentStack.consultation_id == comment.consultation_id, CommentStack.holder == known)
    db.session.execute(update(CommentStack).where(*stacked).values(holder=instead))
    counted = (Assignment.consultation_id == comment.consultation_id, Assignment.holder == known)
    db.session.execute(update(Assignment).where(*counted).values(holder=instead))
    comment.author_digest = instead


def _clear_notices(told: dict[str, list[int]], *, now: datetime) -> None:
    about = [and_(Notice.subject_kind == kind, Notice.subject_id.in_(ids)) for kind, ids in told.items()]
    _empty_notices(or_(*about), now=now)


def clear_addresses(addresses: list[str], *, person_id: int | None, now: datetime) -> None:
    """The outbox forgets these addresses and this person."""
    mine: list[Any] = [Notice.address.in_(addresses)] if addresses else []
    if person_id is not None:
        mine.append(Notice.person_id == person_id)
    if mine:
        _empty_notices(or_(*mine), now=now)


def _empty_notices(*which: Any, now: datetime) -> None:
    """A message that waits is not sent any more."""
    waiting = update(Notice).where(*which, Notice.state == "queued")
    db.session.execute(waiting.values(state="failed", next_attempt_at=None, last_error="erased"))
    db.session.execute(update(Notice).where(*which).values(address="", body="", title=MARK, emptied_at=now))


def _drop_sent_drafts(row: Any) -> None:
    for model, key in _DRAFTS:
        if getattr(model, key).property.columns[0].references(inspect(type(row)).local_table.c.id):
            db.session.execute(delete(model).where(getattr(model, key) == row.id))


def drop_drafts_of(addresses: list[str]) -> list[str]:
    """Forms that were not sent and name one of these addresses, with the files chosen in them. Returns the
    digests of those files."""
    wanted = {_plain(address) for address in addresses}
    gone: list[str] = []
    for model, key in _DRAFTS:
        for draft in _naming(model, key, wanted):
            for file in db.session.scalars(select(StoredFile).filter_by(form_key=submission_digest(draft.key))):
                if file.attached_at is None:
                    gone.append(file.sha256)
                    db.session.delete(file)
            db.session.delete(draft)
    db.session.flush()
    return gone


def _naming(model: type[Any], key: str, wanted: set[str]) -> list[Any]:
    ends = {address[-1] for address in wanted if address}
    unsent = select(model.id, model.payload["contact"].as_string()).where(getattr(model, key).is_(None))
    # All unsent forms are looked at: the last sign leaves a tenth of them to be read closely.
    ids = [
        row_id
        for row_id, typed in db.session.execute(unsent)
        if typed and _last_sign(typed) in ends and _plain(typed) in wanted
    ]
    return list(db.session.scalars(select(model).where(model.id.in_(ids)))) if ids else []


def _last_sign(typed: str) -> str:
    signs = unicodedata.normalize("NFKC", typed[-20:]).casefold()
    return next((sign for sign in reversed(signs) if sign.isalnum()), "")


def _plain(address: str) -> str:
    """As it would be stored; what is no address stays as it was typed."""
    typed = address.strip()
    try:
        return contact("email" if "@" in typed else "sms", typed).casefold()
    except Refused:
        return "".join(typed.split()).replace("-", "").casefold()


def _drop_files(kind: str, row_id: int, *, now: datetime) -> list[str]:
    gone = []
    for file in db.session.scalars(select(StoredFile).filter_by(subject_kind=kind, subject_id=row_id)):
        gone.append(file.sha256)
        evidence.forget(file, now=now)
        db.session.delete(file)
    db.session.flush()
    return gone


def remove_bytes(digests: list[str]) -> int:
    """After the commit: takes attachments from the disk that no row names any more, and dossiers. Returns how
    many files went."""
    removed = 0
    for digest in sorted(set(digests)):
        dossier = dossiers.path_of(digest)
        removed += dossier.is_file()
        dossier.unlink(missing_ok=True)
        if db.session.scalar(select(StoredFile.id).where(StoredFile.sha256 == digest).limit(1)) is None:
            path: Path = path_of(digest)
            removed += path.is_file()
            path.unlink(missing_ok=True)
    return removed
