"""What can be done with a consultation, one verb each. Nothing here commits."""

from participation.consultations.service.answering import (
    publish_feedback,
    return_feedback,
    submit_feedback,
    write_summary,
)
from participation.consultations.service.arranging import merge_points, move
from participation.consultations.service.changing import explain_change, write_final
from participation.consultations.service.closing import close_due, extend
from participation.consultations.service.drafting import Plan, draft, edit, send_back, submit
from participation.consultations.service.entering import confirm_days, enter, keep_import
from participation.consultations.service.facts import checks_of, facts_of, refusals
from participation.consultations.service.publishing import correct, publish, revise
from participation.consultations.service.receiving import receive
from participation.consultations.service.reviewing import decide_hiding, propose_hiding, show, take
from participation.consultations.service.sorting import answer_point, assign, create_point, rename_point, take_out
from participation.consultations.service.withdrawing import ask_withdrawal, set_messages, withdraw, withdraw_comment

__all__ = [
    "Plan",
    "answer_point",
    "ask_withdrawal",
    "assign",
    "checks_of",
    "close_due",
    "confirm_days",
    "correct",
    "create_point",
    "decide_hiding",
    "draft",
    "edit",
    "enter",
    "explain_change",
    "extend",
    "facts_of",
    "keep_import",
    "merge_points",
    "move",
    "propose_hiding",
    "publish",
    "publish_feedback",
    "receive",
    "refusals",
    "rename_point",
    "return_feedback",
    "revise",
    "send_back",
    "set_messages",
    "show",
    "submit",
    "submit_feedback",
    "take",
    "take_out",
    "withdraw",
    "withdraw_comment",
    "write_final",
    "write_summary",
]
