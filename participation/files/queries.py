"""Reading files. Whether this person may have one is decided by the feature's route."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from participation.extensions import db
from participation.files.models import StoredFile
from participation.web.submission import submission_digest


def staged(form_key: str) -> list[StoredFile]:
    """The files waiting under a form's key, in the order they came."""
    return list(db.session.scalars(_staged(), {"form_key": submission_digest(form_key)}))


@cache
def _staged() -> Any:
    asked = select(StoredFile).where(StoredFile.form_key == bindparam("form_key"), StoredFile.attached_at.is_(None))
    return asked.order_by(StoredFile.id)


def attachments_of(subject_kind: str, subject_id: int) -> list[StoredFile]:
    """The files of one subject, in the order they came."""
    return attachments_of_many(subject_kind, [subject_id]).get(subject_id, [])


def attachments_of_many(subject_kind: str, subject_ids: Iterable[int]) -> dict[int, list[StoredFile]]:
    """The files of many subjects in one query, by subject."""
    asked = (
        select(StoredFile)
        .where(StoredFile.subject_kind == subject_kind, StoredFile.subject_id.in_(list(subject_ids)))
        .order_by(StoredFile.id)
    )
    found: dict[int, list[StoredFile]] = {}
    for file in db.session.scalars(asked):
        assert file.subject_id is not None
        found.setdefault(file.subject_id, []).append(file)
    return found


def attachment(file_id: int, *, subject_kind: str, subject_id: int) -> StoredFile | None:
    """The file, when it belongs to that subject: a download route asks for both."""
    asked = select(StoredFile).filter_by(id=file_id, subject_kind=subject_kind, subject_id=subject_id)
    return db.session.scalar(asked)
