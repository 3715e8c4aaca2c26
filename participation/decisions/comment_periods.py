"""The comment periods of decisions, as plain lines: dates, figures, and whether they were answered."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from participation.consultations import queries as consultations


@dataclass(frozen=True)
class Period:
    """One consultation. `comments` and `people` count what was received; `answered` says whether what
    became of the comments is published (713号 art. 18)."""

    id: int
    title: str
    stage: str
    starts_on: date
    ends_on: date
    closes_at: datetime
    comments: int
    people: int
    answered: bool
    promised_on: date | None
    published_at: datetime | None = None
    feedback_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        return self.stage == "open" and now < self.closes_at

    def is_late(self, today: date) -> bool:
        """Whether the promised report on the comments is overdue."""
        return not self.answered and self.promised_on is not None and today > self.promised_on


def of(decision_ids: set[int]) -> dict[int, list[Period]]:
    """The published comment periods of these decisions, the oldest first; the same number of queries
    however many decisions."""
    return lines(consultations.for_decisions(decision_ids)) if decision_ids else {}


def lines(grouped: dict[int, list[tuple[Any, Any]]]) -> dict[int, list[Period]]:
    """The same from rows that were read already: consultations with their counts, by decision."""
    found: dict[int, list[Period]] = {}
    for decision_id, rows in grouped.items():
        for row, tally in rows:
            if row.starts_on is None or row.ends_on is None or row.closes_at is None:
                continue  # a published one has them: the database says so
            # Withdrawn before anybody wrote: there is nothing to answer.
            nothing_owed = row.stage == "withdrawn" and tally.received == 0
            found.setdefault(decision_id, []).append(
                Period(
                    id=row.id,
                    title=row.title,
                    stage=row.stage,
                    starts_on=row.starts_on,
                    ends_on=row.ends_on,
                    closes_at=row.closes_at,
                    comments=tally.received,
                    people=tally.people,
                    answered=row.feedback_published_at is not None or nothing_owed,
                    promised_on=row.promised_feedback_on,
                    published_at=row.published_at,
                    feedback_at=row.feedback_published_at,
                )
            )
    return found
