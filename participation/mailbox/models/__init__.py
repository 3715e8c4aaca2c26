"""The tables of the mailboxes: mailbox, letter, its events, its answers, and drafts not yet sent."""

from participation.mailbox.models.answer import Answer
from participation.mailbox.models.batch import LetterImport
from participation.mailbox.models.draft import LetterDraft
from participation.mailbox.models.extension import Extension
from participation.mailbox.models.joint import LetterJoint
from participation.mailbox.models.legal import LegalOutcome
from participation.mailbox.models.letter import Letter, LetterEvent
from participation.mailbox.models.mailbox import LetterSequence, Mailbox
from participation.mailbox.models.month import LetterMonth
from participation.mailbox.models.promise import LetterPromise
from participation.mailbox.models.public_copy import PublicCopy
from participation.mailbox.models.question import Question
from participation.mailbox.models.rating import Rating
from participation.mailbox.models.reopening import Reopening
from participation.mailbox.models.sample import Sample, SampleItem
from participation.mailbox.models.supervision import Supervision

__all__ = [
    "Answer",
    "Extension",
    "LegalOutcome",
    "Letter",
    "LetterDraft",
    "LetterEvent",
    "LetterImport",
    "LetterJoint",
    "LetterMonth",
    "LetterPromise",
    "LetterSequence",
    "Mailbox",
    "PublicCopy",
    "Question",
    "Rating",
    "Reopening",
    "Sample",
    "SampleItem",
    "Supervision",
]
