"""The section of docs/performance.md that `make bench` writes."""

from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import TYPE_CHECKING

from participation.clock import SHANGHAI
from tests.benchmarks import machine
from tests.benchmarks.figures import Line, Target, against_targets, quantile, table, thousands
from tests.benchmarks.freshness import PATIENCE, Behind
from tests.benchmarks.rounds import Found
from tests.benchmarks.storming import Storm
from tests.benchmarks.wrk import CONNECTIONS, Measured

if TYPE_CHECKING:
    from tests.benchmarks.side_by_side import Wanted

PAGE = Target(0.35, 0.5)
P99 = Target(60, 60, most=True)
CACHED = Target(3000, 3000)
CHANGED, WITHDRAWN = Target(10, 10, most=True), Target(60, 60, most=True)
SUBMITTED = Target(100, 250)
P95 = Target(1500, 1500, most=True)
NONE = Target(0, 0, most=True)
GROWTH = Target(1.5, 1.1, most=True)
MEMORY, FIRST = Target(120, 90, most=True), Target(3, 3, most=True)


@dataclass
class Session:
    """What one run of `make bench` has found."""

    wanted: "Wanted"
    gunicorn: str
    postgresql: str
    first_answer: float = 0.0
    hello: list[Measured] = field(default_factory=list)
    floor: list[Measured] = field(default_factory=list)
    pages: list[Found] = field(default_factory=list)
    cached: dict[str, Measured] = field(default_factory=dict)
    behind: Behind = field(default_factory=lambda: Behind(PATIENCE, PATIENCE))
    storm: Storm | None = None
    memory: list[tuple[float, float]] = field(default_factory=list)
    minutes: float = 0.0
    failed: list[str] = field(default_factory=list)
    """Parts of the measurement that came to nothing, and why."""
    profiles: dict[str, list[tuple[str, float]]] = field(default_factory=dict)


def written(found: Session) -> str:
    now = datetime.now(SHANGHAI)  # noqa: TID251 - the day of the measurement
    parts = [
        f"# Side by side: `make bench`, {now.day} {now:%B %Y}, {now:%H:%M}",
        _settings(found),
        _pages(found),
        _figures(found),
        _growth(found),
        *([_accounts(found.storm)] if found.storm else []),
        _in_the_way(found),
        *(f"**Not measured**, {told}" for told in found.failed),
    ]
    return "\n\n".join(part.strip() for part in parts if part)


def _settings(found: Session) -> str:
    asked = found.wanted
    return (
        f"{machine.described()}\n"
        f"gunicorn for floors and platform alike: `{found.gunicorn}`. PostgreSQL as the package has it, but"
        f" `{found.postgresql}`; commits are durable. wrk: one thread, {CONNECTIONS} connections, {asked.seconds:g} s a"
        f" look, {asked.rounds} rounds in which each page stands beside a look at the floor; medians. The platform runs"
        f" in production settings on {asked.letters:,} letters and {asked.comments:,} comments; server, database and"
        f" load generator share the cores."
    )


def _pages(found: Session) -> str:
    rows = [
        ["floor: Flask, one line", *_measured(found.hello), "", ""],
        ["floor: Flask, Jinja, PostgreSQL, 20 rows", *_measured(found.floor), "1", ""],
    ]
    for each in found.pages:
        judged = PAGE.judged(each.share)
        if judged != "**no**" and P99.judged(each.p99) == "**no**":
            judged = "**no** (p99)"
        rows.append([each.page.name, *_measured(each.large), f"{each.share:.2f}", judged])
    head = ("page", "requests/s", "p50 ms", "p99 ms", "errors", "of the page floor", "reached")
    told = f"Must: {PAGE.must:g} of the page floor, aim {PAGE.aim:g}; p99 at most {P99.must:g} ms."
    return f"## Pages rendered by the application\n\n{table(head, rows)}\n{told}"


def _measured(looks: list[Measured]) -> list[str]:
    if not looks:
        return ["-"] * 4
    p50, p99 = median(each.p50 for each in looks), median(each.p99 for each in looks)
    return [
        thousands(median(each.rate for each in looks)),
        f"{p50:.1f}",
        f"{p99:.1f}",
        str(sum(e.errors for e in looks)),
    ]


def _figures(found: Session) -> str:
    lines = _kept(found)
    if found.storm:
        lines += _submitted(found.storm, found.wanted)
    if found.memory:
        rss, pss = max(rss for rss, _pss in found.memory), max(pss for _rss, pss in found.memory)
        what = f"memory of the larger worker after {found.minutes:.0f} minutes of load, MB (RSS; PSS {pss:.0f})"
        lines.append(Line(what, rss, f"{rss:.0f}", MEMORY))
    lines.append(Line("first answer after the start, s", found.first_answer, f"{found.first_answer:.1f}", FIRST))
    names = ", ".join(f"{name} {each.rate:,.0f}" for name, each in found.cached.items())
    refused = sum(each.errors for each in found.cached.values())
    told = f"Behind nginx, requests/s: {names}; answers other than 2xx and 3xx: {refused}." if names else ""
    return f"## Everything else\n\n{against_targets(lines)}\n{told}"


def _kept(found: Session) -> list[Line]:
    if not found.cached:
        return []
    slowest, behind = min(each.rate for each in found.cached.values()), found.behind
    return [
        Line("behind nginx: the slowest kept page, requests/s", slowest, thousands(slowest), CACHED),
        Line("behind nginx: changed content seen after, s", behind.changed, f"{behind.changed:.1f}", CHANGED),
        Line("behind nginx: withdrawn content gone after, s", behind.withdrawn, f"{behind.withdrawn:.1f}", WITHDRAWN),
    ]


def _submitted(storm: Storm, asked: "Wanted") -> list[Line]:
    """The p95 of a burst says nothing: so many clients without a pause wait for each other."""
    steady, name = storm.steady, f"both for {asked.minutes:g} minutes, {storm.offered:.0f}/s offered"
    p50, p95 = (quantile(steady.took, share) * 1000 for share in (0.5, 0.95))
    bursts = [
        Line(f"{kind}s accepted a second, {asked.clients} clients, as fast as it goes", tally.rate, f"{tally.rate:.0f}",
             SUBMITTED)
        for kind, tally in storm.bursts.items()
    ]  # fmt: skip
    return [
        *bursts,
        Line(f"{name}: accepted a second", steady.rate, f"{steady.rate:.1f}", SUBMITTED),
        Line(f"{name}: p95 of the final POST, ms (p50 {p50:.0f})", p95, f"{p95:.0f}", P95),
        Line(f"{name}: 5xx or no answer", steady.failed, str(steady.failed), NONE),
    ]


def _growth(found: Session) -> str:
    asked = found.wanted
    rows = [
        [
            each.page.name, f"{median(m.p50 for m in each.small):.1f}", f"{each.p50:.1f}", f"{each.growth:.2f}",
            GROWTH.judged(each.growth),
        ]
        for each in found.pages
        if each.page.grows
    ]  # fmt: skip
    head = ("list, ledger, search", f"{asked.small:,}: p50 ms", f"{asked.letters:,}: p50 ms", "times", "reached")
    little = min(asked.small, asked.comments)
    told = (
        f"From {asked.small:,} letters and {little:,} comments to {asked.letters:,} letters and {asked.comments:,}"
        f" comments (all of these on one consultation); must: at most {GROWTH.must:g} times."
    )
    return f"## Growth\n\n{table(head, rows)}\n{told}"


def _accounts(storm: Storm) -> str:
    rows = []
    for one in storm.accounts:
        counts = (one.receipts, one.standing, one.rows, one.noticed, one.sealed)
        rows.append([one.kind, *(f"{count:,}" for count in counts), "yes" if one.fits else "**no**"])
    head = ("kind", "receipts", "stand for", "rows that came in", "with a notice", "sealed", "the same")
    told = (
        f"Of every submission of the session, those that proved a contact first among them. {storm.messages:,} messages"
        f" came to the gateway while it lasted."
    )
    return f"## Count = receipts = sealed entries\n\n{table(head, rows)}\n{told}"


def _in_the_way(found: Session) -> str:
    if not found.profiles:
        return ""
    lines = [
        f"- **{name}**: " + ", ".join(f"{what} {share:.0%}" for what, share in shares[:6])
        for name, shares in found.profiles.items()
    ]
    told = "Own time under cProfile, by what the function belongs to (`python -m tests.benchmarks.whereabouts`):"
    return f"## What stands in the way\n\n{told}\n\n" + "\n".join(lines)
