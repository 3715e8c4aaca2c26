"""What the public page of a letter may say beside its redacted copy. Pure.

Reasons were written for the file, not for everybody: whatever the detectors find in them is covered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from participation import redaction
from participation.redaction import Decision

SHOWN = frozenset(
    {
        "received", "assigned", "ruled", "transferred", "returned", "answered", "extended", "reopened", "redo",
        "joined", "unjoined", "contributed", "supervised", "explained", "supervision_ended", "reclassified", "settled",
    }
)  # fmt: skip


class Event(Protocol):
    """A row of the timeline."""

    verb: str
    at: datetime
    from_department_id: int | None
    to_department_id: int | None
    reason: str
    basis: str


@dataclass(frozen=True)
class Step:
    """One line of the public timeline. Who did it is nobody's business here."""

    verb: str
    at: datetime
    from_department_id: int | None
    to_department_id: int | None
    reason: str
    basis: str
    by_person_id: None = None


def earlier(by_round: Mapping[str, str]) -> list[str]:
    """The public answers of the rounds before the last, the first one first."""
    return [by_round[round] for round in sorted(by_round, key=int)]


def covered(text: str, *, writer: str) -> str:
    """The text with everything that may be personal covered, nobody having looked at it."""
    hits = redaction.detect("text", text, writer=writer)
    return redaction.cover(text, hits, {(hit.field, hit.start, hit.end): Decision() for hit in hits})


def steps(events: Iterable[Event], *, writer: str) -> Sequence[Step]:
    """The lines that everybody may read; the writer's own words for reopening are not among them."""
    return [
        Step(
            event.verb,
            event.at,
            event.from_department_id,
            event.to_department_id,
            "" if event.verb in ("reopened", "redo") else covered(event.reason, writer=writer),
            covered(event.basis, writer=writer),
        )
        for event in events
        if event.verb in SHOWN
    ]
