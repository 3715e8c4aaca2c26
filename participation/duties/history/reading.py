"""Reading the sealed log into versions: what is not read yet, in the order of the leaves."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from participation.duties.history.models import COPIED, DAYS, INSTANTS, LONG_DAYS, DutyVersion, HistoryPlace
from participation.evidence.models import EvidenceEntry, EvidenceSeal
from participation.extensions import db

BATCH = 2000
_OF_DUTY = '"duty:'


def read_on(*, now: datetime, batch: int = BATCH) -> int:
    """Reads every sealed entry that was not read yet, a transaction a batch. Returns how many versions that made.
    Catch-up: killed anywhere, the next call goes on at the same leaf."""
    made = 0
    while True:
        place = db.session.get(HistoryPlace, 1, with_for_update=True)
        if place is None:
            place = HistoryPlace(id=1, leaves=0)
            db.session.add(place)
            db.session.flush()
        rows = db.session.execute(
            select(EvidenceSeal.leaf_index, EvidenceEntry.id, EvidenceEntry.recorded_at, EvidenceEntry.payload)
            .join(EvidenceEntry, EvidenceEntry.id == EvidenceSeal.entry_id)
            .where(EvidenceSeal.leaf_index >= place.leaves)
            .order_by(EvidenceSeal.leaf_index)
            .limit(batch)
        ).all()
        if not rows:
            db.session.commit()
            return made
        made += _lay_down([row for row in rows if _OF_DUTY in row.payload])
        place.leaves = rows[-1].leaf_index + 1
        db.session.commit()


def rebuild(*, now: datetime) -> int:
    """Throws the versions away and reads the whole log again. Returns how many versions there are."""
    db.session.execute(delete(DutyVersion))
    db.session.execute(delete(HistoryPlace))
    db.session.commit()
    return read_on(now=now)


def _lay_down(rows: list[Any]) -> int:
    """The versions that these entries tell of; the one before each ends where it begins."""
    fresh: list[dict[str, Any]] = []
    standing: dict[int, dict[str, Any]] = {}
    ended: dict[int, datetime] = {}
    for row in rows:
        for name, record in json.loads(row.payload)["rows"].items():
            kind, _colon, number = name.partition(":")
            if kind != "duty":
                continue
            duty_id = int(number)
            before = standing.pop(duty_id, None)
            if before is not None:
                _end(before, row.recorded_at)
            else:
                ended.setdefault(duty_id, row.recorded_at)
            if record is None or "content" not in record:
                continue
            version = _version(duty_id, row, record["content"])
            fresh.append(version)
            standing[duty_id] = version
    _end_stored(ended)
    if fresh:
        db.session.execute(insert(DutyVersion), fresh)
    return len(fresh)


def _version(duty_id: int, row: Any, content: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "duty_id": duty_id, "entry_id": row.id, "leaf_index": row.leaf_index, "from_at": row.recorded_at,
        "until_at": None, "lasted": None,
    }  # fmt: skip
    found |= {name: content[name] for name in COPIED}
    found["responsible_id"] = content["late_department_id"] or content["department_id"]
    found |= {name: date.fromisoformat(content[name]) for name in DAYS}
    return found | {name: _instant(content[name]) for name in INSTANTS}


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)


def _end(version: dict[str, Any], at: datetime) -> None:
    # A clock that was set back must not make a version end before it began.
    version["until_at"] = max(at, version["from_at"])
    version["lasted"] = int(version["until_at"] - version["from_at"] > timedelta(days=LONG_DAYS))


def _end_stored(ended: dict[int, datetime]) -> None:
    """Ends the standing versions of these duties that were laid down by an earlier batch."""
    ids = sorted(ended)
    for start in range(0, len(ids), 500):
        standing = select(DutyVersion.number, DutyVersion.duty_id, DutyVersion.from_at).where(
            DutyVersion.duty_id.in_(ids[start : start + 500]), DutyVersion.until_at.is_(None)
        )
        changes = []
        for number, duty_id, from_at in db.session.execute(standing).all():
            until = max(ended[duty_id], from_at)
            lasted = int(until - from_at > timedelta(days=LONG_DAYS))
            changes.append({"number": number, "until_at": until, "lasted": lasted})
        if changes:
            db.session.execute(update(DutyVersion), changes)
