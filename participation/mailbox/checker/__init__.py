"""What looks perfunctory in an answer, and why. Pure; it says, and never blocks.

`check` compares an answer with its letter and with other answers; `looks_perfunctory` is the verdict
over its flags. Rules that read Chinese official letters: no model, no dictionary, nothing learnt.
"""

from participation.mailbox.checker.checking import LetterText, OtherAnswer, check
from participation.mailbox.checker.flags import CODES, TITLES, Flag, looks_perfunctory
from participation.mailbox.checker.questions import Question, questions

__all__ = [
    "CODES", "TITLES", "Flag", "LetterText", "OtherAnswer", "Question", "check", "looks_perfunctory", "questions",
]  # fmt: skip
