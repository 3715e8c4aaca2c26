"""Staging and attaching uploads. Bytes first go to disk, then the row is flushed: a file without
a row is swept up later, a row without its file never exists."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from werkzeug.datastructures import FileStorage

from participation.access import Actor
from participation.errors import N_, Refused
from participation.extensions import db
from participation.files.arriving import arriving
from participation.files.disk import path_of
from participation.files.models import StoredFile
from participation.files.queries import staged
from participation.files.recognise import recognise
from participation.files.rules import ATTACHMENTS, Allowance
from participation.web.submission import submission_digest

__all__ = ["attach", "clean_name", "path_of", "restrict", "stage", "unstage"]


def stage(
    uploads: Sequence[FileStorage],
    *,
    form_key: str,
    actor: Actor,
    now: datetime,
    allowance: Allowance = ATTACHMENTS,
) -> list[StoredFile]:
    """Keeps the uploads under the form's key, so that they survive a form that is shown again.
    `allowance` is what this form takes. Raises Refused("invalid", field="files") at the first that
    cannot be taken; the ones staged before stay. Returns all files staged under the key, this call's
    included."""
    chosen = [upload for upload in uploads if upload and upload.filename]
    if chosen:
        _one_at_a_time(form_key)
    held = staged(form_key)
    if len(held) + len(chosen) > allowance.files:
        raise Refused(
            "invalid",
            N_("Attach at most %(most)s files. Remove some and send again."),
            field="files",
            args_={"most": allowance.files},
        )
    known = {(file.sha256, file.original_name) for file in held}
    for upload in chosen:
        name = clean_name(upload.filename or "")
        with arriving(upload.stream, most=allowance.size) as arrived:
            kind = recognise(arrived.path, name, allowance)
            if (arrived.sha256, name) in known:
                continue
            known.add((arrived.sha256, name))
            arrived.keep()
        _add(
            sha256=arrived.sha256,
            size=arrived.size,
            kind=kind,
            original_name=name,
            form_key=submission_digest(form_key),
            created_at=now,
        )
    return staged(form_key)


def _one_at_a_time(form_key: str) -> None:
    """Requests with the same form wait for one another: adding the same files in another order, they
    would wait for each other for ever. SQLite has one writer at a time anyway."""
    if db.engine.dialect.name == "postgresql":
        number = int(submission_digest(form_key)[:15], 16)
        db.session.execute(select(func.pg_advisory_xact_lock(number)))


def _add(**values: object) -> None:
    """The same upload in two requests at one instant is one row: the second adds none."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    db.session.execute(insert(StoredFile).values(**values).on_conflict_do_nothing())


def unstage(form_key: str, file_id: int) -> None:
    """Takes a staged file out of the form again; unknown or attached ones are left alone."""
    for file in staged(form_key):
        if file.id == file_id:
            db.session.delete(file)
    db.session.flush()


def attach(
    form_key: str, *, subject_kind: str, subject_id: int, now: datetime, restricted_from: int | None = None
) -> list[StoredFile]:
    """Binds what is staged under the key to the subject that the form became."""
    files = staged(form_key)
    for file in files:
        file.subject_kind = subject_kind
        file.subject_id = subject_id
        file.restricted_from = restricted_from
        file.attached_at = now
    db.session.flush()
    return files


def restrict(*, subject_kind: str, subject_id: int, restricted_from: int | None) -> None:
    """Follows the subject when the department that must not see it changes."""
    asked = select(StoredFile).filter_by(subject_kind=subject_kind, subject_id=subject_id)
    for file in db.session.scalars(asked):
        file.restricted_from = restricted_from
    db.session.flush()


def clean_name(name: str) -> str:
    """The name a person gave, without a path, control or direction signs; at most 120 letters."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .")
    stem, dot, extension = seen.rpartition(".")
    if len(seen) > 120 and dot:
        seen = f"{stem[: 119 - len(extension)]}.{extension}"
    return seen[:120] or "file"
