"""What a verification found. Pure."""

from dataclasses import dataclass, field

NOWHERE = 2**62
"""The place of a finding that belongs to no entry: after all others."""


@dataclass(frozen=True)
class Finding:
    """Something that does not fit. `place` is the leaf (unsealed entries follow the sealed ones);
    `entry` is None where no entry can be named; `row` names a business row, `letter:12`; `code` tells
    programs what kind of finding it is, where they may want to know."""

    place: int
    entry: int | None
    reason: str
    row: str = ""
    code: str = ""

    def as_json(self) -> dict[str, object]:
        found: dict[str, object] = {"entry": self.entry, "reason": self.reason}
        return found | ({"row": self.row} if self.row else {}) | ({"code": self.code} if self.code else {})


@dataclass
class Report:
    """The result over the whole log."""

    entries: int = 0
    sealed: int = 0
    heads: int = 0
    rows: int = 0
    filled: int = 0
    outside: int = 0
    since: int = 0
    in_doubt: int = 0
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, place: int, entry: int | None, reason: str, row: str = "", code: str = "") -> None:
        self.findings.append(Finding(place, entry, reason, row, code))

    @property
    def ok(self) -> bool:
        return not self.findings

    @property
    def first_bad(self) -> Finding | None:
        # A row is compared with its last intact entry, so a spoilt entry spoils older ones' rows.
        return min(self.findings, key=lambda finding: (bool(finding.row), finding.place), default=None)

    def as_json(self) -> dict[str, object]:
        first = self.first_bad
        return {
            "ok": self.ok,
            "entries": self.entries,
            "sealed": self.sealed,
            "heads": self.heads,
            "rows": self.rows,
            "filled": self.filled,
            "heads_outside": self.outside,
            "since": self.since,
            "in_doubt": self.in_doubt,
            "problems": len(self.findings),
            "first_bad": first.as_json() if first else None,
            "notes": self.notes,
        }
