"""Whether every receipt stands for exactly one row with its duty, its notice and its sealed entry, and nothing else
came in."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, bindparam, text

_DUTY = {
    "comment": "",
    "letter": "AND EXISTS (SELECT 1 FROM duty d WHERE d.subject_kind = 'letter' AND d.subject_id = s.id)",
}


@dataclass(frozen=True)
class Account:
    """Of one kind: receipts that were given, submissions that they stand for, rows that came in, those with a
    sealed entry, those with a notice on its way."""

    kind: str
    receipts: int
    standing: int
    rows: int
    sealed: int
    noticed: int

    @property
    def fits(self) -> bool:
        return len({self.receipts, self.standing, self.rows, self.sealed, self.noticed}) == 1


def highest(engine: Engine) -> dict[str, int]:
    """The last number of each kind before a measurement."""
    with engine.connect() as connection:
        return {
            kind: connection.scalar(text(f"SELECT coalesce(max(id), 0) FROM {kind}")) or 0
            for kind in ("comment", "letter")
        }


def account(engine: Engine, receipts: list[tuple[str, int]], before: dict[str, int]) -> list[Account]:
    """Run `jobs run` first: what has not been sealed yet does not count."""
    given = Counter(kind for kind, _draft in receipts)
    with engine.connect() as connection:
        return [
            _of(connection, kind, [draft for one, draft in receipts if one == kind], count, before[kind])
            for kind, count in sorted(given.items())
        ]


def _of(connection: Connection, kind: str, drafts: list[int], receipts: int, before: int) -> Account:
    standing = 0
    for start in range(0, len(drafts), 5000):
        query = text(
            f"SELECT count(DISTINCT s.id) FROM {kind}_draft f JOIN {kind} s ON s.id = f.{kind}_id"
            f" WHERE f.id IN :drafts AND s.id > :before {_DUTY[kind]}"
        ).bindparams(bindparam("drafts", expanding=True))
        some = {"drafts": drafts[start : start + 5000], "before": before}
        standing += connection.scalar(query, some) or 0
    count = f"SELECT count(*) FROM {kind} s WHERE s.id > :before"
    sealed = (
        f"SELECT count(DISTINCT e.subject_id) FROM evidence_entry e JOIN evidence_seal z ON z.entry_id = e.id"
        f" WHERE e.subject_kind = '{kind}' AND e.verb = '{kind}.received' AND e.subject_id > :before"
    )
    noticed = (
        f"SELECT count(DISTINCT n.subject_id) FROM notice n WHERE n.subject_kind = '{kind}'"
        f" AND n.verb = '{kind}_received' AND n.subject_id > :before"
    )
    said = [connection.scalar(text(query), {"before": before}) or 0 for query in (count, sealed, noticed)]
    return Account(kind, receipts, standing, *said)
