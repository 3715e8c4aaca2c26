"""What can be done with a letter, one verb each. Nothing here commits."""

from participation.mailbox.service.answering import approve, save_draft, send_back, submit
from participation.mailbox.service.cards import cards_due
from participation.mailbox.service.closing import refuse, withdraw
from participation.mailbox.service.elsewhere import (
    confirm_day,
    confirm_refusal,
    day_refusal,
    entry_refusal,
    object_to_day,
)
from participation.mailbox.service.extending import (
    approve_extension,
    ask_extension,
    decline_extension,
    lapse_extensions,
)
from participation.mailbox.service.facts import facts_of, refusals
from participation.mailbox.service.joining import contribute, contribution_refusal, join, unjoin
from participation.mailbox.service.mailboxes import create_mailbox, seed_mailboxes
from participation.mailbox.service.merging import in_order, merge, merge_refusal, unmerge
from participation.mailbox.service.moving import answer_duty, assign, give_back, transfer
from participation.mailbox.service.promising import chosen, keep_promise, open_promises, promises_in
from participation.mailbox.service.publishing import (
    decline,
    publish,
    release,
    return_copy,
    take_back,
    withdraw_consent,
)
from participation.mailbox.service.questions import change_question, make_question, retire_question
from participation.mailbox.service.rating import rate
from participation.mailbox.service.receiving import receive
from participation.mailbox.service.reclassifying import legal_duties, reclassify, settle, settle_refusal
from participation.mailbox.service.redacting import arrange, mark, submit_copy, unmark
from participation.mailbox.service.redacting import decide as decide_place
from participation.mailbox.service.remarks import remarks
from participation.mailbox.service.reopening import reopen
from participation.mailbox.service.restricting import restrict

__all__ = [
    "answer_duty",
    "approve",
    "approve_extension",
    "arrange",
    "ask_extension",
    "assign",
    "cards_due",
    "change_question",
    "chosen",
    "confirm_day",
    "confirm_refusal",
    "contribute",
    "contribution_refusal",
    "create_mailbox",
    "day_refusal",
    "decide_place",
    "decline",
    "decline_extension",
    "entry_refusal",
    "facts_of",
    "give_back",
    "in_order",
    "join",
    "keep_promise",
    "lapse_extensions",
    "legal_duties",
    "make_question",
    "mark",
    "merge",
    "merge_refusal",
    "object_to_day",
    "open_promises",
    "promises_in",
    "publish",
    "rate",
    "receive",
    "reclassify",
    "refusals",
    "refuse",
    "release",
    "remarks",
    "reopen",
    "restrict",
    "retire_question",
    "return_copy",
    "save_draft",
    "seed_mailboxes",
    "send_back",
    "settle",
    "settle_refusal",
    "submit",
    "submit_copy",
    "take_back",
    "transfer",
    "unjoin",
    "unmark",
    "unmerge",
    "withdraw",
    "withdraw_consent",
]
