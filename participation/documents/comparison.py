"""Two texts compared clause by clause, and within a clause piece by piece. Pure.

Clauses are matched in the order of the text: first those that read the same, then what lies between
by likeness, so that a clause inserted in the middle does not turn every later one into a change.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, Literal, Protocol, TypeVar

Kind = Literal["same", "changed", "added", "removed"]
Op = Literal["same", "ins", "del"]

ALIKE = 0.35
"""From this likeness on, two clauses between the same neighbours are one clause that was changed."""

MOST_PAIRS = 40_000
MOST_SIGNS = 2_500_000_000
MOST_WITHIN = 4_000_000
"""Pairs of clauses, and pairs of signs in all of them and within one, that are looked at: two long texts that
share nothing would take minutes. Beyond, clauses go by their number and are read beside each other."""

_OPS: dict[int, Op] = {0: "same", 1: "ins", -1: "del"}


class ClauseText(Protocol):
    """A clause of a version: what the text calls it, and what it says."""

    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...


C = TypeVar("C", bound=ClauseText)


@dataclass(frozen=True)
class Piece:
    op: Op
    text: str


@dataclass(frozen=True)
class Pair(Generic[C]):
    """A clause before and after. `old` is None for an added clause, `new` for a removed one."""

    kind: Kind
    old: C | None
    new: C | None
    pieces: tuple[Piece, ...] = ()

    @property
    def renumbered(self) -> bool:
        """Its place in the text changed, whether its words did or not."""
        return self.old is not None and self.new is not None and self.old.label != self.new.label

    @property
    def mostly_new(self) -> bool:
        """More than half changed: better read side by side than piece by piece."""
        if self.kind != "changed" or self.old is None or self.new is None:
            return False
        kept = sum(len(piece.text) for piece in self.pieces if piece.op == "same")
        return kept * 2 < max(len(self.old.text), len(self.new.text))


def compare(old: Sequence[C], new: Sequence[C]) -> list[Pair[C]]:
    """Every clause of both texts once, in the order in which they are read."""
    before, after = [_plain(clause.text) for clause in old], [_plain(clause.text) for clause in new]
    found: list[Pair[C]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for op, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if op == "equal":
            found += [
                Pair("same", one, other) for one, other in zip(old[from_old:to_old], new[from_new:to_new], strict=True)
            ]
        else:
            found += _between(old[from_old:to_old], new[from_new:to_new])
    return found


def _between(old: Sequence[C], new: Sequence[C]) -> list[Pair[C]]:
    """What lies between two clauses that stayed: the matching in order with the most likeness."""
    if len(old) * len(new) > MOST_PAIRS or _signs(old) * _signs(new) > MOST_SIGNS:
        return _in_order(old, new)
    likeness = [[_likeness(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for row in range(len(old) - 1, -1, -1):
        for column in range(len(new) - 1, -1, -1):
            together = likeness[row][column] + best[row + 1][column + 1] if likeness[row][column] else 0.0
            best[row][column] = max(together, best[row + 1][column], best[row][column + 1])
    found: list[Pair[C]] = []
    row = column = 0
    while row < len(old) and column < len(new):
        alike = likeness[row][column]
        if alike and best[row][column] == alike + best[row + 1][column + 1]:
            found.append(Pair("changed", old[row], new[column], pieces(old[row].text, new[column].text)))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            found.append(Pair("removed", old[row], None))
            row += 1
        else:
            found.append(Pair("added", None, new[column]))
            column += 1
    found += [Pair("removed", clause, None) for clause in old[row:]]
    return found + [Pair("added", None, clause) for clause in new[column:]]


def _in_order(old: Sequence[C], new: Sequence[C]) -> list[Pair[C]]:
    """A clause that has its number to itself in both texts is the same clause; the rest went and came."""
    before, after = Counter(clause.label for clause in old), Counter(clause.label for clause in new)
    own = {label for label, count in before.items() if label and count == 1 and after[label] == 1}
    kept = {clause.label: clause for clause in old if clause.label in own}
    found: list[Pair[C]] = [Pair("removed", clause, None) for clause in old if clause.label not in own]
    for clause in new:
        one = kept.get(clause.label)
        if one is None:
            found.append(Pair("added", None, clause))
        else:
            near = len(one.text) * len(clause.text) <= MOST_WITHIN and _likeness(one, clause)
            edit = pieces(one.text, clause.text) if near else tuple(_edit(one.text, clause.text))
            found.append(Pair("changed", one, clause, edit))
    return found


def _signs(clauses: Sequence[C]) -> int:
    return sum(len(clause.text) for clause in clauses)


def _likeness(one: ClauseText, other: ClauseText) -> float:
    """0 for two different clauses, else up to 1.1; the same number in both texts speaks for one clause."""
    from rapidfuzz import fuzz  # here: few pages compare texts

    ratio: float = fuzz.ratio(_plain(one.text), _plain(other.text)) / 100
    ratio += 0.1 if one.label == other.label else 0.0
    return ratio if ratio >= ALIKE else 0.0


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """What stayed, went and came, in pieces that a person can read: never single characters
    scattered through a sentence."""
    if len(old) * len(new) > MOST_WITHIN:
        return tuple(_edit(old, new))
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    engine.Diff_Timeout = 0  # the same two texts give the same pieces on every machine
    parts = engine.diff_main(old, new)
    engine.diff_cleanupSemantic(parts)
    return tuple(_joined([Piece(_OPS[op], text) for op, text in parts]))


def _joined(found: Sequence[Piece]) -> list[Piece]:
    """A single character that stayed between two edits goes with them: 十五 became 二十, not 二[十]五."""
    done: list[Piece] = []
    gone = came = ""
    for place, piece in enumerate(found):
        between = 0 < place < len(found) - 1 and bool(gone or came)
        if piece.op == "same" and not (between and len(piece.text) == 1):
            done += _edit(gone, came)
            gone = came = ""
            done.append(piece)
        else:
            gone += piece.text if piece.op != "ins" else ""
            came += piece.text if piece.op != "del" else ""
    return done + _edit(gone, came)


def _edit(gone: str, came: str) -> list[Piece]:
    edits: list[Piece] = [Piece("del", gone)] if gone else []
    return [*edits, Piece("ins", came)] if came else edits


def _plain(text: str) -> str:
    """The words without the space between them: another line break is no change of a rule."""
    return "".join(text.split())
