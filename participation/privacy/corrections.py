"""Granted corrections stand beside what was written, wherever it is handled (个人信息保护法 art. 46)."""

from collections.abc import Iterable

from sqlalchemy import select

from participation.extensions import db
from participation.privacy.grounds import Matter
from participation.privacy.holdings import kind_of
from participation.privacy.models import DataRequest


def granted(row: Matter) -> list[DataRequest]:
    """The corrections of one matter, the oldest first; none once it is erased."""
    return granted_among([row]).get(row.id, [])


def granted_among(rows: Iterable[Matter]) -> dict[int, list[DataRequest]]:
    """The same for several matters of one kind, by one query."""
    listed = list(rows)
    if not listed:
        return {}
    query = select(DataRequest).where(
        DataRequest.kind == "correct",
        DataRequest.state == "granted",
        DataRequest.emptied_at.is_(None),
        DataRequest.subject_kind == kind_of(listed[0]),
        DataRequest.subject_id.in_([row.id for row in listed]),
    )
    found: dict[int, list[DataRequest]] = {}
    for request in db.session.scalars(query.order_by(DataRequest.id)):
        assert request.subject_id is not None  # asked for by its id
        found.setdefault(request.subject_id, []).append(request)
    return found
