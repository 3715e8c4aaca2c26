"""Words and rules of the risk assessment (713号 art. 22-24). Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from participation.errors import N_

ART_22, ART_23, ART_24 = "国务院令第713号 第二十二条", "国务院令第713号 第二十三条", "国务院令第713号 第二十四条"

KINDS: Final[dict[str, str]] = {
    "stability": N_("Social stability"),
    "environment": N_("Environment"),
    "finance": N_("Public finance"),
    "safety": N_("Public safety"),
    "other": N_("Another risk"),
}
LEVELS: Final[dict[str, str]] = {
    "low": N_("Low"),
    "medium": N_("Medium"),
    "high": N_("High, but under control"),
    "uncontrollable": N_("Cannot be controlled"),
}
CONTROLLED: Final = ("low", "medium", "high")
_RANK = {key: place for place, key in enumerate(LEVELS)}


def highest(points: Iterable[Mapping[str, Any]]) -> str:
    """The level of the worst point; a whole is never less than its worst part."""
    return max((str(point["level"]) for point in points), key=lambda level: _RANK[level], default="low")


def lower(level: str, than: str) -> bool:
    return _RANK[level] < _RANK[than]
