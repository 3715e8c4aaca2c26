"""The one place that asks all the others. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from participation.errors import N_
from participation.mailbox.checker import contacts, similarity
from participation.mailbox.checker.flags import Flag
from participation.mailbox.checker.questions import is_open, questions
from participation.mailbox.checker.sentences import clauses, plain
from participation.mailbox.checker.substance import is_action, is_dated, is_fact
from participation.mailbox.checker.transfer import passes_on

WRONG_FROM = 9
"""So many pairs of content are needed before an answer can be said to speak of something else."""


@dataclass(frozen=True)
class LetterText:
    """What was written, and by whom: name and address only so that they are not repeated."""

    title: str
    text: str
    place: str = ""
    author: str = ""
    address: str = ""

    @property
    def whole(self) -> str:
        return "\n".join(part for part in (self.title, self.text) if part)


@dataclass(frozen=True)
class OtherAnswer:
    """An answer to another letter; `label` is what the flag calls it (a number of a letter)."""

    text: str
    label: str = ""


def check(letter: LetterText, reply: str, *, contact: str = "", others: Sequence[OtherAnswer] = ()) -> list[Flag]:
    """What looks perfunctory in `reply`, the gravest first; empty when nothing does. `contact` is
    the field beside the editor (section and telephone)."""
    parts = clauses(plain(reply))
    telling = [part for part in parts if is_fact(part) or is_action(part)]
    passed_on = not telling and (not parts or any(passes_on(part) for part in parts))
    found: list[Flag] = []
    if passed_on:
        found.append(
            Flag(
                "transfer_only",
                N_(
                    "It says that the letter was received or passed on, or where to ask, and nothing else."
                    " Write what was found and what is done."
                ),
            )
        )
    found += _compared(letter, reply, telling, others)
    found += _unanswered(letter, parts)
    found += _missing(parts, reply, contact)
    for piece in contacts.personal(plain(reply), contact=contact, author=letter.author, address=letter.address):
        found.append(
            Flag(
                "personal_data",
                N_("“%(piece)s” looks like personal data of the writer. Leave it out."),
                {"piece": piece},
                piece,
            )
        )
    return found


def _compared(letter: LetterText, reply: str, telling: list[str], others: Sequence[OtherAnswer]) -> list[Flag]:
    found: list[Flag] = []
    nearest = max(others, key=lambda other: similarity.likeness(reply, other.text), default=None)
    if nearest is not None and (share := similarity.likeness(reply, nearest.text)) >= similarity.COPY:
        reason = (
            N_("%(percent)d%% of it stands in the answer to %(label)s. Write what is true of this letter.")
            if nearest.label
            else N_("%(percent)d%% of it stands in another answer. Write what is true of this letter.")
        )
        found.append(Flag("near_copy", reason, {"percent": round(share * 100), "label": nearest.label}))
    about = f"{letter.whole}\n{letter.place}"
    if len(similarity.content("，".join(telling))) >= WRONG_FROM and similarity.unrelated(about, reply):
        found.append(
            Flag("wrong_letter", N_("No place, thing or matter of the letter occurs in it. Is this the right letter?"))
        )
    return found


def _unanswered(letter: LetterText, parts: list[str]) -> list[Flag]:
    asked = questions(plain(letter.text) or plain(letter.title))
    return [
        Flag(
            "question_open",
            N_("The letter asks “%(question)s” The answer does not take it up."),
            {"question": one.text, "number": number, "of": len(asked)},
            one.text,
        )
        for number, one in enumerate(asked, 1)
        if is_open(one, parts)
    ]


def _missing(parts: list[str], reply: str, contact: str) -> list[Flag]:
    found: list[Flag] = []
    if not any(is_fact(part) for part in parts):
        found.append(Flag("no_fact", N_("Write what was found: when somebody looked, what was there, how much.")))
    if not any(is_action(part) for part in parts):
        found.append(Flag("no_action", N_("Write what was done, what will be done, or what the writer can do.")))
    if not any(is_dated(part) for part in parts):
        found.append(Flag("no_date", N_("Write by when. “Soon” is no date.")))
    if not contacts.names_contact(plain(reply), plain(contact)):
        found.append(Flag("no_contact", N_("Add section and telephone, so that the writer knows whom to ask.")))
    return found
