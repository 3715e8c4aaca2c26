"""Entering a file of letters: all of its new rows, or none."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from participation.access import Actor
from participation.errors import N_, Refused
from participation.extensions import db
from participation.mailbox.importing import Judged, Row
from participation.mailbox.models import Letter, LetterImport, Mailbox
from participation.mailbox.queries.elsewhere import stored_already
from participation.mailbox.rules import read_contact
from participation.mailbox.service.receiving import receive

KEPT = timedelta(days=7)


def with_stored(judged: Sequence[Judged]) -> list[Judged]:
    """The rows, each with the letter that it is already."""
    rows = [each.row for each in judged if each.row is not None]
    known = stored_already(
        [row.digest for row in rows], [(row.channel, row.external_number) for row in rows if row.external_number]
    )
    return [
        replace(each, stored=known.get(each.row.digest) or known.get((each.row.channel, each.row.external_number), ""))
        if each.row is not None
        else each
        for each in judged
    ]


def keep(
    mailbox: Mailbox, rows: Sequence[Row], *, key: str, filename: str, sha256: str, actor: Actor, now: datetime
) -> LetterImport:
    """Keeps a file that was read without a fault until it is confirmed. The same form again keeps
    the newer file, unless the first was entered."""
    batch = db.session.scalar(select(LetterImport).where(LetterImport.submission_key == key))
    if batch is None:
        batch = LetterImport(submission_key=key, read_by=actor.person_id)
        db.session.add(batch)
    elif batch.entered_at is not None:
        return batch
    batch.mailbox_id, batch.filename, batch.sha256 = mailbox.id, filename[:120], sha256
    batch.row_count, batch.payload, batch.read_at = len(rows), [row.as_json() for row in rows], now
    db.session.flush()
    return batch


def enter(batch: LetterImport, *, secret_digest_of: Callable[[Row], str], actor: Actor, now: datetime) -> list[Letter]:
    """Makes a letter of every row that is none yet, with number, duties, evidence and, where there
    is a contact, its notice. All in the caller's transaction: one row that fails leaves none."""
    if batch.entered_at is not None:
        return letters_of(batch)
    mailbox = db.session.get(Mailbox, batch.mailbox_id)
    if mailbox is None or not mailbox.active:
        raise Refused("wrong_time", N_("This mailbox takes no letters any more"))
    rows = [Row.from_json(kept) for kept in batch.payload]
    known = stored_already(
        [row.digest for row in rows], [(row.channel, row.external_number) for row in rows if row.external_number]
    )
    made = [
        _letter(mailbox, row, batch, secret_digest_of(row), actor, now)
        for row in rows
        if row.digest not in known and (row.channel, row.external_number) not in known
    ]
    batch.entered_at, batch.stored, batch.payload = now, len(made), []
    db.session.flush()
    return made


def _letter(mailbox: Mailbox, row: Row, batch: LetterImport, secret_digest: str, actor: Actor, now: datetime) -> Letter:
    return receive(
        mailbox,
        kind=row.kind,
        title=row.title,
        text=row.text,
        author_name=row.name,
        contact=read_contact(row.contact) if row.contact else None,
        submission_digest=row.digest,
        secret_digest=secret_digest,
        topic=row.topic,
        place=row.place,
        consent_public=row.consent,
        about_department_id=row.about_id,
        channel=row.channel,
        received_on=row.received_on,
        external_number=row.external_number,
        import_id=batch.id,
        actor=actor,
        now=now,
    )


def letters_of(batch: LetterImport) -> list[Letter]:
    """The letters that came of a file, in its order."""
    return list(db.session.scalars(select(Letter).where(Letter.import_id == batch.id).order_by(Letter.id)))


def sweep(*, now: datetime) -> int:
    """Forgets files that nobody confirmed within 7 days. Returns how many."""
    old = delete(LetterImport).where(LetterImport.entered_at.is_(None), LetterImport.read_at < now - KEPT)
    return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined]
