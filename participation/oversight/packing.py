"""The inspection pack: the ledger of a filter with everything that proves it. Nothing is in it that the auditor's
pages do not show."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import undefer

from participation.access import Actor
from participation.accounts.queries import department_names
from participation.duties.calendar import store
from participation.duties.ledger import LedgerFilter
from participation.evidence import queries as evidence
from participation.evidence.models import EvidenceEntry
from participation.extensions import db
from participation.mailbox.queries import samples as drawn
from participation.mailbox.sampling import digest_of, name_of
from participation.mailbox.sampling import drawn as drawn_by_lot
from participation.oversight import inquiries
from participation.oversight.models import DutyDraw, Finding
from participation.oversight.queries.export import EXPORT_HEADER, export_rows
from participation.web import packed
from participation.web.spreadsheet import neutral

ROWS = 20_000
RECEIPTS = 1_000
DRAWS = 50
NAMED = 5_000
"""Names of a draw's population are in the pack up to so many."""
_CALENDAR = EXPORT_HEADER.index("calendar_version")


class Receipt(NamedTuple):
    entry: int
    path: Path
    sha256: str


@dataclass(frozen=True)
class Proofs:
    """`receipts` by entry; `entries` there are of these duties; `unsealed` wait for their seal."""

    receipts: list[Receipt]
    entries: int
    unsealed: list[int]


def rows_of(
    filters: LedgerFilter, *, actor: Actor, now: datetime, at: datetime | None
) -> tuple[list[list[object]], bool]:
    """The rows, at most `ROWS`, and whether there are more."""
    rows = export_rows(filters, actor=actor, now=now, at=at, most=ROWS + 1)
    return rows[:ROWS], len(rows) > ROWS


def as_csv(rows: Sequence[Sequence[object]]) -> Iterator[bytes]:
    """The rows as a table, some hundred at a time."""
    yield "\ufeff".encode() + _lines([EXPORT_HEADER])
    for start in range(0, len(rows), 500):
        yield _lines([[neutral(cell) for cell in row] for row in rows[start : start + 500]])


def _lines(rows: Sequence[Sequence[object]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode()


def proofs(ids: Sequence[int], *, at: datetime | None, key: str, folder: Path) -> Proofs:
    """A receipt for each sealed entry about these duties, in the ledger's order of duties, at most `RECEIPTS`; each
    is a file in `folder`."""
    receipts: list[Receipt] = []
    unsealed: list[int] = []
    total = 0
    for start in range(0, len(ids), 500):
        some = list(ids[start : start + 500])
        about = [EvidenceEntry.subject_kind == "duty", EvidenceEntry.subject_id.in_(some)]
        if at is not None:
            about.append(EvidenceEntry.recorded_at <= at)
        numbers = db.session.execute(select(EvidenceEntry.id, EvidenceEntry.subject_id).where(*about)).all()
        total += len(numbers)
        place = {duty_id: number for number, duty_id in enumerate(some)}
        for entry_id, _duty in sorted(numbers, key=lambda row: (place[row[1]], row[0])):
            if len(receipts) >= RECEIPTS:
                break
            receipt = _receipt(entry_id, key, folder)
            if receipt is None:
                unsealed.append(entry_id)
            else:
                receipts.append(receipt)
    return Proofs(receipts, total, unsealed)


def _receipt(entry_id: int, key: str, folder: Path) -> Receipt | None:
    entry = db.session.get_one(EvidenceEntry, entry_id)
    proof = evidence.proof_of(entry)
    # The log may be long: nothing of it is kept in the session.
    db.session.expunge(entry)
    if proof is None:
        return None
    said = json.dumps(proof.as_json(whole=True) | {"key": key}, ensure_ascii=False, indent=1).encode()
    return Receipt(entry_id, *packed.laid(folder, f"{entry_id}.json", [said]))


def followed(ids: set[int], *, actor: Actor) -> list[dict[str, Any]]:
    """What is followed up about these duties, without the names of persons."""
    names = department_names()
    return [
        {
            "id": one.id, "duty": one.duty_id, "department": names.get(one.department_id, ""), "stage": one.stage,
            "marked_at": one.marked_at, "why": one.why, "asked_at": one.asked_at, "question": one.question,
            "replied_at": one.replied_at, "reply": one.reply, "concluded_at": one.concluded_at,
            "conclusion": one.conclusion, "corrected_at": one.corrected_at, "correction": one.correction,
            "confirmed_at": one.confirmed_at,
        }
        for one in inquiries.listed(actor, limit=ROWS)
        if one.duty_id in ids
    ]  # fmt: skip


def findings(ids: Sequence[int]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for start in range(0, len(ids), 500):
        some = select(Finding).where(Finding.duty_id.in_(ids[start : start + 500])).order_by(Finding.id)
        found += [
            {"id": one.id, "duty": one.duty_id, "written_at": one.written_at, "text": one.text}
            for one in db.session.scalars(some)
        ]
    return found


def draws(actor: Actor) -> list[dict[str, Any]]:
    """The draws with their seeds, so that anybody draws again; the list drawn from, where it is still the same."""
    names = department_names()
    return [_draw(row.sample, names, actor) for row in drawn.samples(actor)]


def duty_draws() -> list[dict[str, Any]]:
    """The draws from the ledger: the list drawn from where it is short, the seed, the numbers that came out."""
    query = select(DutyDraw).options(undefer(DutyDraw.numbers)).order_by(DutyDraw.id.desc()).limit(DRAWS)
    return [
        {
            "id": one.id, "filter": one.query, "asked": one.asked, "population": one.population,
            "population_sha256": one.population_digest, "fixed_at": one.fixed_at, "seed": one.seed,
            "seed_is_the_root_at": one.seed_size, "drawn_at": one.drawn_at,
            "rule": "sort by SHA-256 of seed:number, the lowest are drawn",
            "drawn": drawn_by_lot(one.numbers.split("\n"), seed=one.seed, size=one.asked) if one.seed else [],
            **({"numbers": one.numbers.split("\n")} if one.population <= NAMED else {}),
        }
        for one in db.session.scalars(query)
    ]  # fmt: skip


def _draw(sample: Any, names: dict[int, str], actor: Actor) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": sample.id, "from": sample.period_from, "until": sample.period_until,
        "department": names.get(sample.department_id or 0, ""), "asked": sample.asked,
        "population": sample.population, "population_sha256": sample.population_digest, "seed": sample.seed,
        "drawn_at": sample.drawn_at,
        "rule": "sort by SHA-256 of seed:name, the lowest are drawn",
        "drawn": [
            {"name": name_of(row.letter.number, row.answer.round), "verdict": row.item.verdict,
             "reason": row.item.reason, "outcome": row.item.outcome}
            for row in drawn.items(actor, sample.id)
        ],
    }  # fmt: skip
    if sample.population <= NAMED:
        found = drawn.population(
            actor, first=sample.period_from, last=sample.period_until, department_id=sample.department_id
        )
        listed = [name_of(number, round_) for _answer, number, round_ in found]
        if digest_of(listed) == sample.population_digest:
            said["names"] = sorted(listed)
    return said


def calendars(rows: Sequence[Sequence[object]]) -> list[dict[str, Any]]:
    """Every version that was loaded; the days of those that these dates were counted with."""
    used = {str(row[_CALENDAR]) for row in rows}
    return [
        {
            "version": one.label, "loaded_at": one.created_at, "source": one.source, "notices": one.note,
            "covered_from": one.covered_from, "covered_until": one.covered_until, "sha256": one.digest,
            **({"days": [
                {"day": day.day, "kind": day.kind, "festival": day.festival, "notice": day.notice}
                for day in store.contents_of(one).days.values()
            ]} if one.label in used else {}),
        }
        for one in store.versions()
    ]  # fmt: skip


def as_json(said: object) -> bytes:
    """Days and instants as ISO 8601."""
    return json.dumps(said, ensure_ascii=False, indent=1, default=lambda value: value.isoformat()).encode()
