"""What a citizen does from the empty form to the receipt: both kinds, as steps of a `Browser`."""

import random
import re
from dataclasses import dataclass
from typing import Protocol

from participation.demo.scale.comments import text_of
from participation.demo.scale.letters import PLACES, THINGS, TROUBLES
from tests.benchmarks.browsing import Answer, Browser

SHOWN = re.compile(r"验证码是 ?(\d{6})|code is (\d{6})")
"""A demonstration shows the code on the page."""
Request = tuple[str, bytes]


class Codes(Protocol):
    async def code_for(self, number: str, *, seconds: float) -> str: ...


class Unexpected(Exception):
    """A step of the preparation was answered otherwise than a citizen may expect."""


@dataclass(frozen=True)
class Kind:
    """`place` is where the form is; `confirming` and `receipt` how the addresses after it begin."""

    name: str
    place: str
    confirming: str
    receipt: str

    def written(self, dice: random.Random, number: str) -> dict[str, str]:
        said = {"text": text_of(dice), "consent": "yes", "name": "李秀英", "contact": number}
        if self.name == "comment":
            return said | {"clause": ""}
        place, thing, trouble = dice.choice(PLACES), dice.choice(THINGS), dice.choice(TROUBLES)
        title = f"{place}{dice.randrange(1, 99)}号{thing}{trouble}"
        return said | {"title": title, "place": place, "kind": "suggest", "topic": "", "about": "", "about_person": ""}


def comments(consultation: int) -> Kind:
    return Kind("comment", f"/consultations/{consultation}/comment", "/comments/confirm/", "/comments/receipt/")


def letters(mailbox: str = "mayor") -> Kind:
    return Kind("letter", f"/mailbox/{mailbox}/write", "/mailbox/confirm/", "/mailbox/receipt/")


async def open_consultation(browser: Browser) -> int:
    """The first consultation in the list that takes comments."""
    listed = (await browser.get("/consultations")).text
    for number in dict.fromkeys(re.findall(r'href="/consultations/(\d+)"', listed)):
        if (await browser.get(f"/consultations/{number}/comment")).status == 200:
            return int(number)
    raise Unexpected("no consultation takes comments")


async def draft(browser: Browser, kind: Kind, dice: random.Random, number: str) -> tuple[str, dict[str, str]]:
    """Fills in the form. Returns where it is confirmed and the form token."""
    form = await browser.get(kind.place)
    if form.status != 200:
        raise Unexpected(f"{kind.place} answered {form.status}")
    kept = await browser.post(kind.place, form.fields | kind.written(dice, number))
    if kept.status != 303 or not kept.location.startswith(kind.confirming):
        raise Unexpected(f"{kind.place} took the form with {kept.status} {kept.location}")
    return kept.location, {"csrf_token": form.fields["csrf_token"], "code": ""}


async def prove_contact(browser: Browser, kind: Kind, dice: random.Random, number: str, codes: Codes | None) -> int:
    """The first submission of a session, with the code from the message; the later ones need none. Returns
    the number of its draft."""
    place, fields = await draft(browser, kind, dice, number)
    shown = SHOWN.search((await browser.get(place)).text)
    code = next(filter(None, shown.groups())) if shown else ""
    if codes is not None and not code:
        code = await codes.code_for(number, seconds=90)
    sent = await browser.post(place, fields | {"code": code})
    accepted = receipt_of(kind, sent)
    if accepted is None:
        raise Unexpected(f"the code of the first {kind.name} was answered {sent.status}")
    return accepted


def receipt_of(kind: Kind, answer: Answer) -> int | None:
    """The draft whose receipt the citizen is sent to: the platform has said that it holds the submission."""
    if answer.status != 303 or not answer.location.startswith(kind.receipt):
        return None
    return int(answer.location.removeprefix(kind.receipt))
