"""What stands beside the editor: the checker's remarks, similar answers, what the answer promises."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from participation import clock
from participation.mailbox import service
from participation.mailbox.checker import looks_perfunctory, questions
from participation.mailbox.marking import underlined
from participation.mailbox.models import Letter
from participation.mailbox.promises import MOST
from participation.mailbox.queries import likeness
from participation.web.fields import parse_day
from participation.web.guards import current_actor
from participation.web.said import told

FINE = frozenset({"no_fact", "no_action", "no_date"})
NONE_OF = frozenset({"transfer_only", "near_copy", "wrong_letter"})


def beside(letter: Letter, *, text: str, contact: str, numbered: bool = False) -> dict[str, Any]:
    """For a template: `remarks` of the text (None while there is none), what is in order, the
    letter with its questions underlined, and answers to similar letters."""
    actor = current_actor()
    flags = service.remarks(letter, text=text, contact=contact, actor=actor) if text else None
    codes = {flag.code for flag in flags or ()}
    return {
        "remarks": None if flags is None else [(_(flag.title), told(flag.reason, flag.args)) for flag in flags],
        "perfunctory": bool(flags) and looks_perfunctory(flags or ()),
        "in_order": [
            said
            for said, bad in (
                (_("No transfer notice, no copy"), NONE_OF),
                (_("Facts, measures and dates"), FINE),
                (_("No personal data"), {"personal_data"}),
            )
            if flags is not None and not codes & bad
        ],
        "marked": underlined(letter.text, questions(letter.text), numbered=numbered),
        "alike": likeness.similar_answers(letter, f"{letter.title}\n{letter.text}\n{text}", actor),
    }


def marks_in(form: Mapping[str, str]) -> tuple[list[dict[str, Any]], str]:
    """The promises as the page showed them and the officer ticked them, and what is wrong with a day."""
    today = clock.local_date(clock.now())
    found: list[dict[str, Any]] = []
    wrong = ""
    for at in range(MOST):
        text = form.get(f"promise-{at}-text", "")[:200]
        if not text:
            continue
        kept = bool(form.get(f"promise-{at}-keep"))
        typed = form.get(f"promise-{at}-due", "")[:40]
        day = parse_day(typed)
        if kept and (day is None or day < today or day.year > today.year + 5):
            wrong = _("Choose a day from today on")
        found.append({"text": text, "due_on": day.isoformat() if day else typed, "kept": kept})
    return found, wrong


def shown_promises(text: str, marks: list[dict[str, Any]], *, now: datetime) -> list[dict[str, Any]]:
    """The promises of a text as the editor shows them: ticked and dated as they were chosen before."""
    found = service.chosen(text, marks, now=now) if text else []
    return [mark | {"day": _day(mark["due_on"])} for mark in found]


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
