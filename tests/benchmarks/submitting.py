"""Many citizens send letters and comments at once: how many are accepted each second, how long the last step takes.

    python -m tests.benchmarks.submitting 5460 --kind letters --clients 200 --seconds 60

Real forms, each client with a session, tokens and a proved contact of its own; nothing is sent twice. With
--drafts N each client fills in N forms beforehand and only the final POST runs in the measured time; without it
the whole way (form, preview, sending) does, and the final POST is what is counted and timed. --rate limits what all
clients together send each second. --proxy says https and an address of its own for each client, for a server in
production settings; --gateway PORT listens there for text messages with codes. --receipts FILE gets one line for
each receipt: `comment 12`, the number of its draft.
"""

import argparse
import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.browsing import Broken, Browser
from tests.benchmarks.figures import quantile
from tests.benchmarks.gateway import Gateway
from tests.benchmarks.journeys import (
    Codes,
    Kind,
    Unexpected,
    draft,
    letters,
    open_consultation,
    prove_contact,
    receipt_of,
)
from tests.benchmarks.journeys import comments as commenting

PREPARING = 24
"""So many clients fill in forms at once before the measured time."""


@dataclass(frozen=True)
class Plan:
    """`drafts` 0: the whole way within the measured time. `rate` 0: as fast as it goes."""

    port: int
    kinds: tuple[Kind, ...]
    clients: int = 200
    seconds: float = 60.0
    rate: float = 0.0
    drafts: int = 0
    host: str = "127.0.0.1"
    proxied: bool = False
    seed: int = 20261123


@dataclass
class Tally:
    """`receipts`: (kind, draft) of every accepted submission, those of the preparation too; `took` in seconds, of
    the final POSTs in the measured time; `answers` counts their statuses, 0 for none."""

    receipts: list[tuple[str, int]] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    accepted: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        return self.accepted / self.seconds if self.seconds else 0.0

    @property
    def failed(self) -> int:
        return sum(count for status, count in self.answers.items() if status >= 500 or status == 0)

    def told(self) -> str:
        p50, p95, p99 = (quantile(self.took, share) * 1000 for share in (0.5, 0.95, 0.99))
        statuses = " ".join(f"{status}:{count}" for status, count in sorted(self.answers.items()))
        return (
            f"{self.accepted} accepted in {self.seconds:.1f} s = {self.rate:.1f}/s, final POST p50 {p50:.0f} ms,"
            f" p95 {p95:.0f} ms, p99 {p99:.0f} ms, 5xx or none {self.failed}, answers {statuses}"
        )


@dataclass
class Client:
    browser: Browser
    kind: Kind
    number: str
    dice: random.Random
    ready: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@dataclass
class Crowd:
    """The clients of a plan, each with a proved contact, and what has come of them so far."""

    clients: list[Client]
    tally: Tally


async def gathered(plan: Plan, codes: Codes | None = None) -> Crowd:
    """A proved contact waits for a message, so all ask for theirs before the first waits."""
    crowd = Crowd(_clients(plan), Tally())
    await asyncio.gather(*(_first(client, codes, crowd.tally) for client in crowd.clients))
    return crowd


async def run(plan: Plan, crowd: Crowd, *, began: Callable[[], None] = lambda: None) -> Tally:
    """Prepares, measures, and closes. `began` is called when the measured time begins."""
    tally, clients, gate = crowd.tally, crowd.clients, asyncio.Semaphore(PREPARING)
    begun = time.monotonic()
    await asyncio.gather(*(_fill_in(client, plan.drafts, gate) for client in clients))
    if plan.drafts:
        each = (time.monotonic() - begun) / (plan.drafts * len(clients))
        print(f"  {plan.drafts * len(clients)} forms filled in, {each * 1000:.1f} ms each", flush=True)
    began()
    end, start = asyncio.Event(), time.monotonic()
    working = [
        asyncio.create_task(_send(client, place, plan, start, end, tally)) for place, client in enumerate(clients)
    ]
    try:
        await asyncio.wait_for(end.wait(), plan.seconds)
    except TimeoutError:
        end.set()
    tally.seconds = time.monotonic() - start
    counted = tally.accepted
    await asyncio.gather(*working)
    # What was under way at the end has a receipt as well, but not within the time.
    tally.accepted = counted
    for client in clients:
        client.browser.close()
    return tally


def _clients(plan: Plan) -> list[Client]:
    made = []
    for place in range(plan.clients):
        dice = random.Random(plan.seed * 1000 + place)
        address = f"10.{plan.seed % 199}.{place // 250}.{place % 250 + 1}" if plan.proxied else ""
        number = f"139{plan.seed % 10_000:04d}{place:04d}"
        browser = Browser(plan.port, plan.host, address)
        made.append(Client(browser, plan.kinds[place % len(plan.kinds)], number, dice))
    return made


async def _first(client: Client, codes: Codes | None, tally: Tally) -> None:
    accepted = await prove_contact(client.browser, client.kind, client.dice, client.number, codes)
    tally.receipts.append((client.kind.name, accepted))


async def _fill_in(client: Client, drafts: int, gate: asyncio.Semaphore) -> None:
    async with gate:
        for _ in range(drafts):
            client.ready.append(await draft(client.browser, client.kind, client.dice, client.number))


async def _send(client: Client, place: int, plan: Plan, start: float, end: asyncio.Event, tally: Tally) -> None:
    every = plan.clients / plan.rate if plan.rate else 0.0
    turn = start + every * place / plan.clients
    while not end.is_set():
        if every:
            await asyncio.sleep(max(0.0, turn - time.monotonic()))
            turn = max(turn + every, time.monotonic() - every)
            if end.is_set():
                return
        try:
            if plan.drafts and not client.ready:
                # The first who has nothing left ends the measured time for all.
                end.set()
                return
            confirming, fields = client.ready.pop() if plan.drafts else await _whole_way(client)
            await _submit(client, confirming, fields, tally)
        except Unexpected as refused:
            print(f"  {refused}", flush=True)
            tally.answers[-1] += 1
        except Broken:
            tally.answers[0] += 1


async def _whole_way(client: Client) -> tuple[str, dict[str, str]]:
    confirming, fields = await draft(client.browser, client.kind, client.dice, client.number)
    await client.browser.get(confirming)
    return confirming, fields


async def _submit(client: Client, confirming: str, fields: dict[str, str], tally: Tally) -> None:
    request = client.browser.written(confirming, fields)
    begun = time.monotonic()
    answer = await client.browser.send(request)
    tally.took.append(time.monotonic() - begun)
    tally.answers[answer.status] += 1
    accepted = receipt_of(client.kind, answer)
    if accepted is not None:
        tally.accepted += 1
        tally.receipts.append((client.kind.name, accepted))


async def kinds_at(port: int, asked: str, *, host: str = "127.0.0.1", proxied: bool = False) -> tuple[Kind, ...]:
    """`comments`, `letters` or `both`: half of the clients each."""
    if asked == "letters":
        return (letters(),)
    browser = Browser(port, host, "10.250.0.1" if proxied else "")
    found = commenting(await open_consultation(browser))
    browser.close()
    return (found,) if asked == "comments" else (found, letters())


def keep(receipts: list[tuple[str, int]], file: Path) -> None:
    file.write_text("".join(f"{kind} {number}\n" for kind, number in receipts), "ascii")


async def _main(given: argparse.Namespace) -> Tally:
    kinds = await kinds_at(given.port, given.kind, host=given.host, proxied=given.proxy)
    plan = Plan(
        given.port, kinds, given.clients, given.seconds, given.rate, given.drafts, given.host, given.proxy, given.seed
    )
    if not given.gateway:
        return await run(plan, await gathered(plan))
    async with Gateway(given.gateway) as gateway:
        return await run(plan, await gathered(plan, gateway))


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("port", type=int)
    asked.add_argument("--host", default="127.0.0.1", help="The Host that is asked for.")
    asked.add_argument("--kind", choices=("comments", "letters", "both"), default="both")
    asked.add_argument("--clients", type=int, default=200)
    asked.add_argument("--seconds", type=float, default=60.0)
    asked.add_argument("--rate", type=float, default=0.0)
    asked.add_argument("--drafts", type=int, default=0)
    asked.add_argument("--proxy", action="store_true")
    asked.add_argument("--gateway", type=int, default=0)
    asked.add_argument(
        "--seed", type=int, default=random.SystemRandom().randrange(100_000), help="Other numbers and texts."
    )
    asked.add_argument("--receipts", type=Path)
    given = asked.parse_args()
    tally = asyncio.run(_main(given))
    if given.receipts:
        keep(tally.receipts, given.receipts)
    print(f"{given.kind}, {given.clients} clients: {tally.told()}")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
