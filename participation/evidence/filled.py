"""Rows that were written in bulk into a demonstration, which have no record of their own. Pure.

`flask --app run demo load --scale` records one entry that names them by kind and ids. It is believed only in a
log whose very first leaf says that all of it is a demonstration: nothing of the kind can be slipped into the log
of an office at work.
"""

from dataclasses import dataclass, field
from typing import Any

BEGUN = "demonstration.begun"
VERB = "demonstration.filled"


@dataclass
class FilledRows:
    """`take` is told every entry, in the order of the leaves."""

    demonstration: bool = False
    ranges: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def take(self, place: int, payload: dict[str, Any]) -> None:
        """Raises KeyError, TypeError, ValueError or AttributeError for facts of another form."""
        verb = payload["verb"]
        if place == 0 and verb == BEGUN:
            self.demonstration = True
        if verb != VERB or not self.demonstration:
            return
        for kind, (first, last) in payload["facts"]["rows"].items():
            self.ranges.setdefault(kind, []).append((int(first), int(last)))

    def has(self, kind: str, row_id: object) -> bool:
        return isinstance(row_id, int) and any(first <= row_id <= last for first, last in self.ranges.get(kind, ()))
