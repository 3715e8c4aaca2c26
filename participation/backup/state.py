"""What a database says of itself: its revision, how many entries it holds, its newest signed head. Pure."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class State:
    """`size` leaves under the newest head; 0, and no note, before anything was sealed."""

    revision: str
    entries: int
    size: int
    root: str
    note: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def state(ask: Callable[[str], Any]) -> State:
    """`ask` answers the first row of a statement, or None."""
    revision = ask("SELECT version_num FROM alembic_version")
    entries = ask("SELECT coalesce(max(id), 0) FROM evidence_entry")
    head = ask("SELECT tree_size, root, note FROM evidence_head ORDER BY tree_size DESC LIMIT 1")
    size, root, note = head or (0, "", "")
    return State(str(revision[0]) if revision else "", int(entries[0]), int(size), str(root), str(note))
