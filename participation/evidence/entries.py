"""Checking one entry in itself: its digest, its form, its time, and the columns beside it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from participation.evidence import canonical
from participation.evidence.findings import Report
from participation.evidence.rows import LastRecords
from participation.evidence.stored import Entry, Head

MARGIN = timedelta(minutes=10)
"""How long a transaction may take between reading the clock and being sealed."""


@dataclass
class Times:
    """Whether entries are dated between the head before them and the head that seals them.

    `strict` is an installation at work; a demonstration that has played a history is not asked."""

    strict: bool
    played: bool = False
    before: datetime | None = None
    waiting: list[tuple[int, int, datetime]] = field(default_factory=list)

    @property
    def asked(self) -> bool:
        return self.strict or not self.played

    def wait(self, place: int, entry: Entry) -> None:
        """Until the head that seals the entry comes."""
        if entry.recorded_at is not None:
            self.waiting.append((place, entry.id, entry.recorded_at))

    def check_head(self, report: Report, head: Head) -> None:
        for place, entry_id, recorded_at in self.waiting if self.asked and head.sealed_at else ():
            if self.before and recorded_at < self.before - MARGIN:
                report.add(place, entry_id, "it is dated before a head that was signed before it came")
            elif head.sealed_at and recorded_at > head.sealed_at + MARGIN:
                report.add(place, entry_id, "it is dated after the head that sealed it")
        self.waiting.clear()
        self.before = head.sealed_at

    def check_unsealed(self, report: Report, entry: Entry, place: int) -> None:
        if self.asked and self.before and entry.recorded_at and entry.recorded_at < self.before - MARGIN:
            report.add(place, entry.id, "it is dated before the last head, but not sealed under it")


def check_entry(report: Report, entry: Entry, place: int, last: LastRecords, time: Times) -> None:
    """Adds what does not fit, and hands the entry's row records to `last`."""
    payload = _payload(report, entry, place)
    if payload is None:
        return
    if not _repeats(entry, payload):
        report.add(place, entry.id, "the columns beside the payload say something else")
    if payload.get("clock") == "played":
        time.played = True
        if time.strict:
            report.add(place, entry.id, "its time was set, not read from a clock")
    try:
        last.take(entry.id, place, payload)
    except (KeyError, TypeError, AttributeError, ValueError):
        report.add(place, entry.id, "what it says about rows is not in the form of this format")


def _payload(report: Report, entry: Entry, place: int) -> dict[str, Any] | None:
    try:
        fits = canonical.leaf_digest(entry.payload).hex() == entry.digest
    except (AttributeError, UnicodeEncodeError):
        fits = False
    if not fits:
        report.add(place, entry.id, "the payload does not give the digest")
        return None
    try:
        return canonical.parse(entry.payload)
    except canonical.NotCanonical:
        report.add(place, entry.id, "the payload is not in canonical form")
        return None


def _repeats(entry: Entry, payload: dict[str, Any]) -> bool:
    if entry.recorded_at is None:
        return False
    repeated = {
        "format": entry.format,
        "algorithm": entry.algorithm,
        "verb": entry.verb,
        "subject": {"id": entry.subject_id, "kind": entry.subject_kind},
        "actor": entry.actor,
        "recorded_at": canonical.instant_text(entry.recorded_at),
    }
    return (
        all(payload.get(name) == value for name, value in repeated.items())
        and entry.format == canonical.FORMAT
        and entry.algorithm == canonical.ALGORITHM
    )
