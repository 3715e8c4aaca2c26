"""What this district owes and by when: one entry a kind. Pure.

A duty "by" a date is met by acting before its day ends. A duty "until" a date is met by keeping
something up until its day has ended (713号 art. 15: a comment period stays open).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol

from participation.errors import N_


class State(StrEnum):
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    OPEN = "open"
    MET_LATE = "met_late"
    MET_EXTENDED = "met_extended"
    MET = "met"
    CANCELLED = "cancelled"


STATES: tuple[State, ...] = tuple(State)
"""Worst first: the order of the ledger."""

STATE_LABELS: dict[State, str] = {
    State.OVERDUE: N_("Overdue"),
    State.DUE_SOON: N_("Due soon"),
    State.OPEN: N_("In progress"),
    State.MET_LATE: N_("Done late"),
    State.MET_EXTENDED: N_("Done within an approved extension"),
    State.MET: N_("Done in time"),
    State.CANCELLED: N_("No longer owed"),
}

Basis = Literal["law", "plan", "promise"]
BASIS_LABELS: dict[str, str] = {
    "law": N_("Required by law"),
    "plan": N_("Set by the district's plan"),
    "promise": N_("Promised to the public"),
}


EXTENSION_RULE = "山东省政务服务热线管理办法（2020）"
MOST_EXTENSION_WORKDAYS = 10


@dataclass(frozen=True)
class DutyRule:
    """`workdays` is the period when the feature names none; `unit` says what the period counts;
    `measure` whether to act by the date or to keep on until it."""

    label: str
    basis: Basis
    article: str
    unit: Literal["workdays", "natural_days", "date"]
    measure: Literal["by", "until"] = "by"
    workdays: int | None = None


DUTIES: dict[str, DutyRule] = {
    "letter_dispatch": DutyRule(
        N_("Pass a letter to the department in charge"), "promise", "区长信箱办理规程", "workdays", workdays=1
    ),
    # The plan for open government of 2021, part 4(4): a real answer within five workdays.
    "letter_answer": DutyRule(
        N_("Answer a letter"), "plan", "周政办字〔2021〕14号 第四部分（四）", "workdays", workdays=5
    ),
    # A letter that is also a petition or a disclosure request has these beside its first answer.
    # What an answer promised for a later day.
    "letter_followup": DutyRule(N_("Do what an answer promised"), "promise", "答复中承诺的日期", "date"),
    "petition_notice": DutyRule(
        N_("Tell the petitioner whether the petition is taken"), "law", "信访工作条例 第二十三条", "natural_days"
    ),
    "petition_handling": DutyRule(
        N_("Give the opinion on a petition"), "law", "信访工作条例 第三十四条", "natural_days"
    ),
    "disclosure_reply": DutyRule(
        N_("Reply to a request for government information"),
        "law",
        "政府信息公开条例 第三十三条",
        "workdays",
        workdays=20,
    ),
    # 督办: the unit says in writing why it is late and by when it answers.
    "supervision_response": DutyRule(
        N_("Explain a late letter in writing"), "promise", "区长信箱办理规程（督办）", "workdays", workdays=2
    ),
    # 713号 art. 15 and 民法典 art. 201: natural days, the first not counted.
    "comment_period": DutyRule(
        N_("Keep a consultation open"), "law", "国务院令第713号 第十五条", "natural_days", measure="until"
    ),
    "feedback": DutyRule(N_("Publish what became of the comments"), "promise", "征集公告承诺的日期", "date"),
    # 713号 art. 10 sets no day; the call promises one, else 30 workdays are promised on the form.
    "proposal_outcome": DutyRule(
        N_("Tell a proposer what became of the proposal"),
        "promise",
        "目录建议征集公告；公告以外收到的，三十个工作日",
        "workdays",
        workdays=30,
    ),
    # What is decided is public within 20 workdays of being made.
    "decision_publication": DutyRule(
        N_("Publish a decision"), "law", "政府信息公开条例 第二十六条", "workdays", workdays=20
    ),
    "progress_report": DutyRule(
        N_("Report on the progress of a decision"),
        "promise",
        "国务院令第713号 第三十四条；每季度结束后十个工作日内公开",
        "workdays",
        workdays=10,
    ),
    # An auditor's question about a duty, and the correction of what was found.
    "inquiry_reply": DutyRule(
        N_("Answer a question of the auditor"), "promise", "区政务公开监督办法（监督询问）", "workdays", workdays=3
    ),
    "inquiry_correction": DutyRule(
        N_("Correct what the auditor found"), "promise", "区政务公开监督办法（整改）", "workdays", workdays=10
    ),
    # 个人信息保护法 art. 50 asks for a handling in time and sets no day.
    "data_request": DutyRule(
        N_("Decide a request about personal data"),
        "promise",
        "个人信息保护法 第五十条；本平台承诺十五个工作日",
        "workdays",
        workdays=15,
    ),
    "dossier_filing": DutyRule(
        N_("File the dossier of a decision"), "promise", "国务院令第713号 第三十三条；公布后十日内报送", "natural_days"
    ),
    "catalogue": DutyRule(
        N_("Publish the year's catalogue of decisions"),
        "law",
        "山东省重大行政决策公众参与工作办法",
        "date",
    ),
}


class DutyFacts(Protocol):
    """What a state depends on: a duty's row, or anything shaped like it."""

    @property
    def measure(self) -> str: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def soon_at(self) -> datetime: ...
    @property
    def met_at(self) -> datetime | None: ...
    @property
    def met_late(self) -> bool | None: ...
    @property
    def extended(self) -> bool: ...
    @property
    def cancelled_at(self) -> datetime | None: ...


def state(duty: DutyFacts, now: datetime) -> State:
    """How the duty stands. `queries.state_column` says the same in SQL; a test compares them."""
    if duty.cancelled_at is not None:
        return State.CANCELLED
    if duty.met_at is not None:
        # An extended duty is never done "in time", however early it was met.
        return State.MET_LATE if duty.met_late else State.MET_EXTENDED if duty.extended else State.MET
    if duty.measure == "until":
        return State.OPEN  # time passing is what fulfils it
    if now >= duty.due_at:
        return State.OVERDUE
    return State.DUE_SOON if now >= duty.soon_at else State.OPEN


def is_late(measure: str, *, due_at: datetime, met_at: datetime) -> bool:
    """The verdict, given once, when the duty is met. 民法典 art. 203: the last day ends at 24:00."""
    return measure == "by" and met_at >= due_at
