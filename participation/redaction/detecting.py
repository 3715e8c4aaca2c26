"""All detectors over one text; what overlaps is one hit."""

from participation.redaction.accounts import accounts, addresses, plates
from participation.redaction.folded import fold
from participation.redaction.hit import Hit
from participation.redaction.names import names, own_name
from participation.redaction.numbers import Found, numbers

_STRONGEST = ("id", "card", "phone", "email", "account", "plate", "name", "address", "number")


def detect(field: str, text: str, *, writer: str = "") -> list[Hit]:
    """Every place of `text` that may be personal, in order, none touching another; offsets count
    in `text` itself. `writer` is the name of who wrote the letter."""
    folded = fold(text)
    signs = folded.signs
    found = [
        *numbers(signs), *accounts(signs), *plates(signs), *addresses(signs), *names(signs),
        *own_name(signs, fold(writer).signs.strip()),
    ]  # fmt: skip
    hits = []
    for start, end, kind, why in _together(found):
        first, last = folded.span(start, end)
        hits.append(Hit(field, first, last, kind, text[first:last], why))
    return _apart(hits, text)


def _together(found: list[Found]) -> list[Found]:
    """Overlapping finds become one, of the strongest kind."""
    merged: list[Found] = []
    for start, end, kind, why in sorted(found):
        if merged and start < merged[-1][1]:
            before = merged.pop()
            strong = min((before[2:], (kind, why)), key=lambda one: _STRONGEST.index(one[0]))
            merged.append((before[0], max(end, before[1]), *strong))
        else:
            merged.append((start, end, kind, why))
    return merged


def _apart(hits: list[Hit], text: str) -> list[Hit]:
    """One original sign may fold into several: hits that share it become one."""
    apart: list[Hit] = []
    for hit in hits:
        if apart and hit.start < apart[-1].end:
            before = apart.pop()
            end = max(hit.end, before.end)
            hit = Hit(hit.field, before.start, end, before.kind, text[before.start : end], before.why)
        apart.append(hit)
    return apart
