"""Submissions of `make bench`: how many comments and letters a second, then both for minutes at a steady pace."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from tests.benchmarks import accounting
from tests.benchmarks.gateway import Gateway
from tests.benchmarks.journeys import Kind
from tests.benchmarks.preparing import Installation, settle
from tests.benchmarks.servers import HOST, Server, jobs
from tests.benchmarks.submitting import Plan, Tally, gathered, kinds_at, run

AT_MOST = 300
"""Nothing faster than so many a second is expected of a burst: so many forms are filled in for it."""


@dataclass
class Storm:
    """The bursts by kind, the long run, what it was offered each second, and the accounts of all of it."""

    bursts: dict[str, Tally]
    steady: Tally
    offered: float
    accounts: list[accounting.Account]
    messages: int


def storm(
    engine: Engine, made: Installation, server: Server, gateway: int, *, clients: int, burst: float, minutes: float,
    log: Path, say: Callable[[str], None],
) -> Storm:  # fmt: skip
    """`server` runs in production settings; the runner of the jobs runs beside it all the time."""
    before = accounting.highest(engine)
    with jobs(made.production(gateway), log):
        found = asyncio.run(_storm(server.port, gateway, clients, burst, minutes, say))
    settle(made, messages=False)
    receipts = [pair for tally in (*found.bursts.values(), found.steady) for pair in tally.receipts]
    found.accounts = accounting.account(engine, receipts, before)
    return found


async def _storm(
    port: int, gateway: int, clients: int, burst: float, minutes: float, say: Callable[[str], None]
) -> Storm:
    seed, both = random.SystemRandom().randrange(1, 60_000), await kinds_at(port, "both", host=HOST, proxied=True)
    async with Gateway(gateway) as codes:

        def plan(number: int, kinds: tuple[Kind, ...], seconds: float, rate: float) -> Plan:
            drafts = -(-int((rate or AT_MOST) * seconds * 1.02) // clients) + 1
            return Plan(port, kinds, clients, seconds, rate, drafts, HOST, True, seed + number)

        plans = [plan(number, (kind,), burst, 0.0) for number, kind in enumerate(both)]
        # Before anything is sent: the messages with codes would wait behind those with receipts.
        crowds = [await gathered(each, codes) for each in (*plans, plan(2, both, 1.0, 1.0))]
        say(f"{len(crowds) * clients} contacts proved")
        bursts = {}
        for kind, each, crowd in zip(both, plans, crowds, strict=False):
            bursts[kind.name] = await run(each, crowd)
            say(f"{kind.name}s, as fast as it goes: {bursts[kind.name].told()}")
        offered = pace([tally.rate for tally in bursts.values()])
        steady = await run(plan(2, both, minutes * 60, offered), crowds[2])
        say(f"both, {offered:.0f}/s offered for {minutes:g} minutes: {steady.told()}")
        return Storm(bursts, steady, offered, [], codes.messages)


def pace(rates: list[float]) -> float:
    """What is offered for minutes: the 100/s that must be reached and a little more, four fifths of what a burst
    manages where that is more, never above the 250/s aimed at; nothing that no burst comes near."""
    if not all(rates):
        return 10.0
    half = len(rates) / sum(1 / rate for rate in rates)
    return min(105.0, half * 1.1) if half < 130 else min(half * 0.8, 262.0)
