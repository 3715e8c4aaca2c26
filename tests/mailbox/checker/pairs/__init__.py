"""The pairs of letters and answers, written by hand; the held-out half before the checker was made."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from participation.mailbox.checker import Flag, LetterText, OtherAnswer, check


@dataclass(frozen=True)
class Pair:
    id: str
    set: str
    perfunctory: bool
    codes: tuple[str, ...]
    letter: str
    reply: str
    others: tuple[str, ...] = ()

    def flags(self) -> list[Flag]:
        others = [OtherAnswer(text) for text in self.others]
        return check(LetterText("", self.letter), self.reply, others=others)


def pairs(which: str) -> list[Pair]:
    """`which` is "building" or "held_out": the names of the files say the rest."""
    found = []
    for kind in ("perfunctory", "good"):
        with (Path(__file__).parent / f"{which}_{kind}.toml").open("rb") as file:
            for row in tomllib.load(file)["pair"]:
                row |= {"codes": tuple(row.get("codes", ())), "others": tuple(row.get("others", ()))}
                found.append(Pair(set=which, perfunctory=kind == "perfunctory", **row))
    return found
