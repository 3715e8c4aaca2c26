"""What an announcement must have before it is published, each with its article. Pure.

The page draws this list and the service asks the same list: never two checks.
"""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from participation.consultations.rules.period import ART_15, ART_203, earliest_end, length, minimum
from participation.errors import N_
from participation.workdays import WorkCalendar

CONTACT_RULE = "山东省重大行政决策公众参与工作办法"
FEEDBACK_RULE = "国务院令第713号 第十八条"
LATEST_DAYS = 366

State = Literal["no", "warn", "ok", "na"]


@dataclass(frozen=True)
class Check:
    """One line. `field` is the form field that can mend it. Texts are English, marked with N_."""

    key: str
    state: State
    title: str
    text: str
    law: str
    field: str = ""
    title_args: dict[str, object] = dataclasses.field(default_factory=dict)
    text_args: dict[str, object] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Announcement:
    """What the list is about. `starts_on` is the day of publication; days in Asia/Shanghai."""

    kind: str
    concerns_business: bool
    starts_on: date
    ends_on: date | None
    short_reason: str
    promised_feedback_on: date | None
    draft_clauses: int | None  # None: there is no text yet
    explanation: str
    why: str
    contact_person: str
    contact_phone: str
    contact_address: str
    contact_email: str
    ways: int


def checklist(facts: Announcement, calendar: WorkCalendar) -> list[Check]:
    """Missing lines first, then warnings, then what is there."""
    checks = [
        _draft(facts),
        _explanation(facts),
        _why(facts),
        _contact(facts),
        _period(facts, calendar),
        _last_day(facts, calendar),
        _ways(facts),
        _feedback(facts),
    ]
    return in_order(check for check in checks if check is not None)


def in_order(checks: Iterable[Check]) -> list[Check]:
    """Missing lines first, then warnings, then what is there."""
    order = {"no": 0, "warn": 1, "ok": 2, "na": 3}
    return sorted(checks, key=lambda check: order[check.state])


def missing(checks: list[Check]) -> list[Check]:
    return [check for check in checks if check.state == "no"]


def _draft(facts: Announcement) -> Check:
    if facts.draft_clauses is None:
        text = N_("People can only comment on what they can read.")
        return Check("draft", "no", N_("The draft is not written yet"), text, ART_15, "text")
    text = N_(
        "%(clauses)s clauses. It is frozen at publication with its fingerprint; every later change is a new version."
    )
    return Check("draft", "ok", N_("Draft"), text, ART_15, "text", text_args={"clauses": facts.draft_clauses})


def _explanation(facts: Announcement) -> Check:
    if not facts.explanation.strip():
        text = N_("Say why, on what basis, and what it mainly says. Without it nothing can be published.")
        return Check("explanation", "no", N_("The explanation of the draft is missing"), text, ART_15, "explanation")
    return Check("explanation", "ok", N_("Explanation of the draft"), "", ART_15, "explanation")


def _why(facts: Announcement) -> Check:
    if not facts.why.strip():
        text = N_("Two or three sentences that anybody understands.")
        return Check("why", "no", N_("Why this is needed is not said"), text, ART_15, "why")
    return Check("why", "ok", N_("Why this is needed"), "", ART_15, "why")


def _contact(facts: Announcement) -> Check:
    complete = facts.contact_person and facts.contact_phone and facts.contact_address and facts.contact_email
    if not complete:
        text = N_(
            "The announcement needs a person, a telephone that answers, an address for letters and an e-mail address."
        )
        title = N_("Contact person, telephone, address or e-mail address is missing")
        return Check("contact", "no", title, text, CONTACT_RULE, "contact_person")
    return Check("contact", "ok", N_("Contact person and telephone"), "", CONTACT_RULE, "contact_person")


def _period(facts: Announcement, calendar: WorkCalendar) -> Check:
    rule = minimum(facts.kind, facts.concerns_business)
    if facts.ends_on is None:
        return Check("period", "no", N_("The last day is not set"), "", rule.article, "ends_on")
    days = length(facts.starts_on, facts.ends_on)
    args: dict[str, object] = {"days": days, "least": rule.days}
    if days < 1:
        text = N_("The last day must lie after the day of publication.")
        return Check("period", "no", N_("The last day is over"), text, rule.article, "ends_on")
    if days > LATEST_DAYS:
        text = N_("The last day is more than a year away. Please check the year.")
        return Check("period", "no", N_("The last day is too far away"), text, rule.article, "ends_on")
    if facts.ends_on >= earliest_end(facts.kind, facts.concerns_business, facts.starts_on, calendar):
        text = N_("Published on the first day, which is not counted; it closes at 24:00 of the last.")
        return Check("period", "ok", N_("Period of %(days)s days"), text, rule.article, "ends_on", args)
    if facts.short_reason.strip():
        text = N_("The reason stands at the top of the announcement, where everybody reads it.")
        return Check(
            "period", "warn", N_("Only %(days)s days, with a printed reason"), text, rule.article, "short_reason", args
        )
    if rule.unit == "workdays":
        title = N_("%(days)s natural days are too few: at least %(least)s workdays, the first day not counted")
    else:
        title = N_("%(days)s days are too few: at least %(least)s, the first day not counted")
    text = N_("Choose a later last day. Only urgency and the like allow fewer, with a reason that is printed.")
    return Check("period", "no", title, text, rule.article, "ends_on", args)


def _last_day(facts: Announcement, calendar: WorkCalendar) -> Check | None:
    if facts.ends_on is None or not 0 < length(facts.starts_on, facts.ends_on) <= LATEST_DAYS:
        return None
    if calendar.is_workday(facts.ends_on):
        return None
    return Check(
        "last_day",
        "warn",
        N_("The last day is no workday"),
        N_("Nobody answers the telephone or the door on that day. Better: the next workday, %(day)s."),
        ART_203,
        "ends_on",
        text_args={"day": calendar.next_workday(facts.ends_on)},
    )


def _ways(facts: Announcement) -> Check:
    return Check("ways", "ok", N_("%(ways)s ways to comment"), "", ART_15, "contact_phone", {"ways": facts.ways})


def _feedback(facts: Announcement) -> Check:
    promised = facts.promised_feedback_on
    if promised is None:
        text = N_("People are told when they will hear what became of their comments.")
        return Check(
            "feedback", "no", N_("No day is promised for the feedback"), text, FEEDBACK_RULE, "promised_feedback_on"
        )
    if facts.ends_on is not None and promised <= facts.ends_on:
        text = N_("Comments come in until the last day, so the feedback can only follow it.")
        title = N_("The feedback is promised before the period ends")
        return Check("feedback", "no", title, text, FEEDBACK_RULE, "promised_feedback_on")
    if length(facts.starts_on, promised) > 2 * LATEST_DAYS:
        title = N_("The day of the feedback is too far away")
        return Check("feedback", "no", title, "", FEEDBACK_RULE, "promised_feedback_on")
    title = N_("Feedback by %(day)s")
    return Check("feedback", "ok", title, "", FEEDBACK_RULE, "promised_feedback_on", {"day": promised})
