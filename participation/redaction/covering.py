"""The public copy of a text: what is to be covered is covered, and so is what nobody decided."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from participation.redaction.detecting import detect
from participation.redaction.folded import fold
from participation.redaction.hit import Hit
from participation.redaction.names import COMPOUND, SURNAMES

COVERS = {
    "phone": "〔电话〕", "id": "〔身份证号〕", "card": "〔银行卡号〕", "number": "〔号码〕", "address": "〔门牌〕",
    "plate": "〔车牌〕", "email": "〔邮箱〕", "account": "〔账号〕", "passage": "〔略〕",
}  # fmt: skip
PENDING = "〔待定〕"


@dataclass(frozen=True)
class Decision:
    """What a person decided about a hit: `keep`, or cover with the words `put`."""

    keep: bool = False
    put: str = ""


Place = tuple[str, int, int]


def proposal(hit: Hit) -> str:
    """What would stand in the place of the hit: 陈** for a name, else the kind in brackets."""
    if hit.kind != "name":
        return COVERS[hit.kind]
    signs = fold(hit.text).signs.strip().lstrip("老小")
    family = next((name for name in COMPOUND if signs.startswith(name)), signs[:1])
    if len(signs) <= len(family):
        return "某"
    return f"{family}**" if family in COMPOUND or family in SURNAMES else "**"


def cover(text: str, hits: Sequence[Hit], decided: Mapping[Place, Decision]) -> str:
    """`text` with each hit replaced as decided. An undecided hit is covered as well."""
    parts, at = [], 0
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        if hit.start < at:
            continue
        decision = decided.get((hit.field, hit.start, hit.end))
        parts.append(text[at : hit.start])
        if decision is None:
            parts.append(PENDING)
        elif decision.keep:
            parts.append(text[hit.start : hit.end])
        else:
            parts.append(decision.put or proposal(hit))
        at = hit.end
    return "".join(parts) + text[at:]


def leftovers(field: str, copy: str, *, kept: Collection[str] = (), writer: str = "") -> list[Hit]:
    """What the detectors still find in a copy, but for what was kept on purpose."""
    known = [_plain(text) for text in kept]
    return [hit for hit in detect(field, copy, writer=writer) if not any(_plain(hit.text) in text for text in known)]


def _plain(text: str) -> str:
    return "".join(fold(text).signs.split())
