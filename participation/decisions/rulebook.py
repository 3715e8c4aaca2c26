"""The gates and the lifecycle as anybody can read them: rows made from the tables themselves. Pure.

The public page and `docs/decisions-gates.md` print these rows; nothing about a gate is written twice.
"""

from collections.abc import Callable
from dataclasses import dataclass

from participation.access import Capability
from participation.decisions import gates
from participation.decisions.conditions import ALWAYS
from participation.decisions.lifecycle import ART_33, ART_37, STAGES, TRANSITIONS, Transition
from participation.decisions.steps import STEPS
from participation.errors import N_


@dataclass(frozen=True)
class Row:
    """One gate: what must hold, what the law asks, where, when it is asked at all, what to do without it.
    `firm` is false where the platform only warns."""

    key: str
    title: str
    asks: str
    article: str
    when: str
    missing: str
    firm: bool


@dataclass(frozen=True)
class Act:
    key: str
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Move:
    """One row of the lifecycle. `step` is the link that is recorded, "" for the other moves; `spans` are the
    stages from which, each as first and last; `target` is "" where the decision goes back to where it stood."""

    key: str
    label: str
    step: str
    spans: tuple[tuple[str, str], ...]
    target: str
    who: str
    article: str


_WHO = {
    Capability.ANSWER: N_("The unit in the lead, or the government office"),
    Capability.APPROVE: N_("The head of the unit in the lead, or the government office"),
    Capability.MANAGE_CATALOGUE: N_("The government office"),
}
_LABELS = {
    "record": N_("Record the step"),
    "reverse": N_("Undo a step on which nothing builds, but never the publication, with the reason"),
    "suspend": N_("Suspend, with the reason"),
    "resume": N_("Resume"),
    "terminate": N_("End without a decision, with the reason"),
    "rerun": N_("Change of substance: run the procedure again"),
    "close": N_("Close, with the dossier filed"),
}
_ARTICLES = {"reverse": ART_33, "close": ART_33}
_EVERY_STAGE = tuple(STAGES)


def acts() -> tuple[Act, ...]:
    """Every act with its gates, in the order of a decision's life."""
    return tuple(Act(act, label, tuple(_row(gate) for gate in gates.of(act))) for act, label in gates.ACTS.items())


def _row(gate: gates.Gate) -> Row:
    when = "" if gate.applies is ALWAYS else gate.applies.label
    return Row(gate.key, gate.title, gate.asks, gate.article, when, gate.message, gate.blocks)


def moves() -> tuple[Move, ...]:
    """Every row of the lifecycle; the steps that are undone alike are one row."""
    kinds: dict[str, list[Move]] = {"record": [], "reverse": [], "": []}
    for key, rule in TRANSITIONS.items():
        kind = key.partition(":")[0]
        kinds[kind if kind in kinds else ""].append(_move("reverse" if kind == "reverse" else key, rule))
    return (*kinds["record"], kinds["reverse"][0], *kinds[""])


def _move(key: str, rule: Transition) -> Move:
    kind, _colon, step = key.partition(":")
    article = STEPS[step].article if kind == "record" else _ARTICLES.get(kind, ART_37)
    return Move(key, _LABELS[kind], step, _spans(rule.sources), rule.target, _WHO[rule.capability], article)


def _spans(sources: frozenset[str]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for place, stage in enumerate(_EVERY_STAGE):
        if stage not in sources:
            continue
        joined = found and stage in STEPS and found[-1][1] == _EVERY_STAGE[place - 1]
        found = [*found[:-1], (found[-1][0], stage)] if joined else [*found, (stage, stage)]
    return tuple(found)


def markdown(say: Callable[[str], str], *, title: str) -> list[str]:
    """The same as text, in the language of `say`: one table an act, then the lifecycle."""
    lines = [f"## {title}", ""]
    head = [N_("What must hold"), N_("What the law asks"), N_("Legal basis"), N_("When it is missing")]
    for act in acts():
        lines += [f"### {say(act.label)}", "", *_table([say(word) for word in head])]
        for row in act.rows:
            must = say(row.title) + (f" ({say(row.when)})" if row.when else "")
            must += "" if row.firm else f" ({say(N_('only a warning'))})"
            lines.append(_line([must, say(row.asks), row.article, say(row.missing)]))
        lines.append("")
    head = [N_("What is done"), N_("From"), N_("To"), N_("Who"), N_("Legal basis")]
    lines += [f"### {say(N_('The lifecycle'))}", "", *_table([say(word) for word in head])]
    for move in moves():
        what = say(move.label) + (f": {say(STEPS[move.step].label)}" if move.step else "")
        sources = ", ".join(_span(*span, say) for span in move.spans)
        target = say(STAGES[move.target]) if move.target else say(N_("where it stood before"))
        lines.append(_line([what, sources, target, say(move.who), move.article]))
    return [*lines, ""]


def _span(first: str, last: str, say: Callable[[str], str]) -> str:
    return say(STAGES[first]) if first == last else f"{say(STAGES[first])} – {say(STAGES[last])}"


def _table(head: list[str]) -> list[str]:
    return [_line(head), "|" + "---|" * len(head)]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
