"""Judging one row of an uploaded table: what its cells mean, and every reason why one cannot be taken."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from participation.errors import N_, Refused
from participation.web.fields import parse_day
from participation.web.tables import Line, Problem


class RowCheck:
    """Collects the problems of a row, so that a person mends all of them at once. `values` are the
    cells on one line each, except the `long` ones; `columns` name them as the file's headings do."""

    def __init__(self, line: Line, columns: Mapping[str, Sequence[str]], *, long: Iterable[str] = ("text",)) -> None:
        kept = frozenset(long)
        self.values = {
            key: text.replace("\r\n", "\n").replace("\r", "\n").strip() if key in kept else " ".join(text.split())
            for key, text in line.values.items()
        }
        self.problems: list[Problem] = list(line.problems)
        self._columns = columns

    def wrong(self, message: str, **args: object) -> None:
        self.problems.append(Problem(message, args))

    def name(self, key: str) -> str:
        return self._columns[key][0]

    def needed(self, keys: Iterable[str]) -> None:
        for key in keys:
            if not self.values[key]:
                self.wrong(N_("%(name)s is empty"), name=self.name(key))

    def at_most(self, limits: Mapping[str, int]) -> None:
        for key, most in limits.items():
            if len(self.values[key]) > most:
                self.wrong(N_("%(name)s has more than %(most)d characters"), name=self.name(key), most=most)

    def word(self, key: str, words: Mapping[str, Any]) -> Any:
        """What the word in this cell stands for; None, with the words that are known, for any other."""
        written = self.values[key]
        if written.lower() in words:
            return words[written.lower()]
        if written:
            known = "、".join(word for word in words if word and not word.isascii())
            message = N_("%(name)s is %(word)s; write one of: %(words)s")
            self.wrong(message, name=self.name(key), word=written[:20], words=known)
        return None

    def day(self, key: str) -> date | None:
        written = self.values[key]
        found = parse_day(written)
        if written and found is None:
            self.wrong(N_("%(word)s is no day. Write it like 2026-11-23"), word=written[:20])
        return found

    def contact(self, key: str, read: Callable[[str], object]) -> None:
        """A contact is welcome, not needed; `read` refuses one that cannot be."""
        try:
            if self.values[key]:
                read(self.values[key])
        except Refused as refused:
            self.refused(refused)

    def refused(self, refusal: Refused | None) -> None:
        if refusal is not None:
            self.wrong(refusal.message, **refusal.args_)
