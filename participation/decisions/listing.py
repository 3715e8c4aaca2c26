"""What a visitor of the catalogue asks for, and which lines fit it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from participation.decisions.importing.words import plain
from participation.decisions.progress import GROUPS
from participation.decisions.rules import CATEGORIES, FIELDS, field_of

LONGEST = 120


@dataclass(frozen=True)
class Filters:
    """What cannot be read is dropped, never an error. `unit` is the name of a unit in the lead or helping."""

    stage: str = ""
    unit: str = ""
    category: str = ""
    field: str = ""
    words: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Filters":
        stage, category, field = (asked.get(name, "") for name in ("stage", "category", "field"))
        return cls(
            stage if stage in GROUPS else "",
            _plain(asked.get("unit", "")),
            category if category in CATEGORIES else "",
            field if field in FIELDS else "",
            _plain(asked.get("q", "")),
        )

    def query(self) -> dict[str, str]:
        """The same as a query string, without what is not set."""
        pairs = {
            "stage": self.stage,
            "unit": self.unit,
            "category": self.category,
            "field": self.field,
            "q": self.words,
        }
        return {name: value for name, value in pairs.items() if value}

    def fits(self, entry: Any, group: str) -> bool:
        """Whether a line of the catalogue, which stands in `group`, is asked for."""
        decision = entry.decision
        units = (entry.shown("lead_unit"), *(entry.shown("joint_units") or ()))
        return (
            (not self.stage or self.stage == group)
            and (not self.unit or self.unit in units)
            and (not self.category or self.category == decision.category)
            and (not self.field or self.field == field_of(decision))
            and all(word in _text(entry, units) for word in self.words.casefold().split())
        )


def _text(entry: Any, units: Iterable[str]) -> str:
    return "\n".join((entry.shown("title"), entry.shown("summary"), entry.shown("basis"), *units)).casefold()


def _plain(text: str) -> str:
    """What was typed, without what nobody types: control characters and the space around."""
    return plain("".join(sign if sign.isprintable() else " " for sign in text[:LONGEST]))
