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
    doubtful: dict[int, tuple[int | None, int | None]] = field(default_factory=dict)

    @property
    def asked(self) -> bool:
        return self.strict or not self.played

    def wait(self, place: int, entry: Entry) -> None:
        """Until the head that seals the entry comes. An entry that says itself that its clock was in
        doubt is not asked: see `Doubts`."""
        if entry.recorded_at is not None and entry.id not in self.doubtful:
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
        if entry.id in self.doubtful:
            return
        if self.asked and self.before and entry.recorded_at and entry.recorded_at < self.before - MARGIN:
            report.add(place, entry.id, "it is dated before the last head, but not sealed under it")


def check_entry(
    report: Report, entry: Entry, place: int, last: LastRecords, time: Times, *, proved: bool = False
) -> None:
    """Adds what does not fit, and hands the entry's row records to `last`. `proved`: a head from outside
    has fixed the payload's bytes, so its form need not be asked again."""
    payload = _payload(report, entry, place, proved)
    if payload is None:
        return
    if not _repeats(entry, payload):
        report.add(place, entry.id, "the columns beside the payload say something else")
    said = payload.get("clock")
    if said == "played":
        time.played = True
        if time.strict:
            report.add(place, entry.id, "its time was set, not read from a clock")
    try:
        if said == canonical.IN_DOUBT:
            doubt = payload["doubt"]
            time.doubtful[entry.id] = (doubt["behind_ms"], doubt["differs_ms"])
        last.take(entry.id, place, payload)
    except (KeyError, TypeError, AttributeError, ValueError):
        report.add(place, entry.id, "what it says about rows is not in the form of this format")


def _payload(report: Report, entry: Entry, place: int, proved: bool) -> dict[str, Any] | None:
    try:
        fits = canonical.leaf_digest(entry.payload).hex() == entry.digest
    except (AttributeError, UnicodeEncodeError):
        fits = False
    if not fits:
        report.add(place, entry.id, "the payload does not give the digest")
        return None
    try:
        return canonical.load(entry.payload) if proved else canonical.parse(entry.payload)
    except canonical.NotCanonical:
        report.add(place, entry.id, "the payload is not in canonical form")
        return None


def _repeats(entry: Entry, payload: dict[str, Any]) -> bool:
    subject = payload.get("subject")
    return (
        entry.recorded_at is not None
        and entry.format == canonical.FORMAT == payload.get("format")
        and entry.algorithm == canonical.ALGORITHM == payload.get("algorithm")
        and entry.verb == payload.get("verb")
        and entry.actor == payload.get("actor")
        and isinstance(subject, dict)
        and len(subject) == 2
        and entry.subject_id == subject.get("id")
        and entry.subject_kind == subject.get("kind")
        and canonical.instant_text(entry.recorded_at) == payload.get("recorded_at")
    )
