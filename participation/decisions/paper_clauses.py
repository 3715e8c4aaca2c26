"""A paper's text in parts that can be read and compared: its clauses, else its paragraphs. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from participation.documents.comparison import Pair, Piece, compare
from participation.documents.rules import parse


@dataclass(frozen=True)
class Part:
    """`label` is what the text calls the part, empty for what stands before the first clause."""

    label: str
    text: str
    heading: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a comparison: a pair that differs, or a run of pairs that do not."""

    pair: Pair[Part] | None
    same: tuple[Pair[Part], ...] = ()


def parts_of(text: str) -> list[Part]:
    """The clauses behind their preamble; a text without clauses is its paragraphs, a table being one."""
    parsed = parse(text)
    if parsed.clauses:
        first = [Part("", parsed.preamble)] if parsed.preamble else []
        return first + [Part(clause.label, clause.text, clause.heading) for clause in parsed.clauses]
    return [Part("", block) for block in _paragraphs(parsed.preamble)]


def _paragraphs(text: str) -> list[str]:
    blocks: list[str] = []
    for line in text.split("\n"):
        row = line.startswith("| ")
        if row and blocks and blocks[-1].startswith("| "):
            blocks[-1] += "\n" + line
        elif line:
            blocks.append(line)
    return blocks


def rows_of(old: str, new: str) -> list[Row]:
    """Both texts part by part, in the order in which they are read."""
    rows: list[Row] = []
    run: list[Pair[Part]] = []
    for pair in compare(parts_of(old), parts_of(new)):
        if pair.kind == "same" and not pair.renumbered:
            run.append(pair)
            continue
        if run:
            rows.append(Row(None, tuple(run)))
            run = []
        # The same words under another number: the row says so and shows them.
        if pair.kind == "same" and pair.new is not None:
            pair = replace(pair, pieces=(Piece("same", pair.new.text),))
        rows.append(Row(pair))
    return [*rows, Row(None, tuple(run))] if run else rows


def changed(rows: Sequence[Row]) -> int:
    """How many parts differ."""
    return sum(1 for row in rows if row.pair is not None)
