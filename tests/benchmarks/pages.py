"""The pages that `make bench` asks for, and who asks."""

import asyncio
from dataclasses import dataclass
from urllib.parse import quote

from sqlalchemy import Engine, text

from participation.demo.people import PASSWORD
from tests.benchmarks.browsing import Browser
from tests.benchmarks.servers import HOST

AUDITOR = "shenji"
WORD = "路灯"
_CHAIN = "SELECT decision_id FROM decision_step GROUP BY decision_id ORDER BY count(*) DESC, decision_id LIMIT 1"
_COMMENTED = "SELECT consultation_id FROM comment GROUP BY consultation_id ORDER BY count(*) DESC LIMIT 1"
_LETTER = "SELECT id FROM letter WHERE published_at IS NOT NULL ORDER BY published_at DESC, id DESC LIMIT 1 OFFSET 40"


@dataclass(frozen=True)
class Page:
    """`grows`: a list, ledger or search, which may not take longer the more there is. `public`: without a session."""

    name: str
    path: str
    grows: bool = False
    public: bool = True


def pages(engine: Engine) -> list[Page]:
    """The addresses in this database."""
    with engine.connect() as connection:
        chain, consultation, letter = (connection.scalar(text(query)) for query in (_CHAIN, _COMMENTED, _LETTER))
    return [
        Page("home", "/"),
        Page("catalogue", "/decisions"),
        Page("decision chain", f"/decisions/{chain}"),
        Page("consultation with comments", f"/consultations/{consultation}", grows=True),
        Page("letter list", "/letters", grows=True),
        Page("letter", f"/letters/{letter}"),
        Page("search, two characters", f"/search?q={quote(WORD)}", grows=True),
        Page("public board", "/board", grows=True),
        Page("ledger (auditor)", "/ledger", grows=True, public=False),
        Page("API list", "/api/v1/letters", grows=True),
    ]


def cookies(port: int) -> str:
    """What the auditor's browser sends once signed in."""
    return asyncio.run(_signed_in(port))


async def _signed_in(port: int) -> str:
    browser = Browser(port, HOST, "10.240.0.1")
    form = await browser.get("/sign-in")
    answer = await browser.post("/sign-in", form.fields | {"login": AUDITOR, "password": PASSWORD})
    if answer.status not in (302, 303):
        raise SystemExit(f"the auditor's sign-in was answered {answer.status}")
    seen = await browser.get("/ledger")
    browser.close()
    if seen.status != 200:
        raise SystemExit(f"the auditor's ledger was answered {seen.status}")
    return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
