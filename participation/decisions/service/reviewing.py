"""The legality review: sent with its papers, concluded, and what the reviewer asked for is done."""

from datetime import date, datetime

from participation.access import Actor
from participation.decisions import gates
from participation.decisions.means import day_refusal
from participation.decisions.models import Decision, DecisionReview
from participation.decisions.queries.drafts import draft_mark, frozen_list
from participation.decisions.review import ART_25, ART_26, ART_28, CONCLUSIONS, REVIEWER, WORKDAYS
from participation.decisions.service import chain, papers
from participation.decisions.service.recording import check, enter, entered, standing
from participation.duties import service as duties
from participation.errors import N_, Refused
from participation.workdays import OutsideCalendar, day_of

UNLAWFUL = "合法性审查认为不合法，退回修改"
"""The reason that is kept with the draft that went back; stored, so in Chinese for everybody."""


def send_to_review(
    decision: Decision, *, on: date | None, due_on: date | None, reviewer: str = REVIEWER, short_reason: str = "",
    seen: int | None = None, actor: Actor, now: datetime,
) -> DecisionReview:  # fmt: skip
    """Sends the draft with all its papers. `due_on` is the last day of the reviewer's time; the day of
    sending is not counted. Fewer than 7 workdays only with the reason, which is printed (art. 26)."""
    facts = check(decision, "legality", seen=seen, actor=actor)
    refused = gates.refusal("send_to_review", facts)
    if refused:
        raise refused
    if facts.legality == "sent":
        raise Refused("wrong_time", N_("The draft is with the reviewer already."), ART_26)
    if not reviewer.strip():
        raise Refused("invalid", N_("Write who reviews the draft."), ART_25, field="reviewer")
    refused = day_refusal(on, today=day_of(now), not_before=_settled_on(decision), field="on", article=ART_26)
    if refused:
        raise refused
    assert on is not None
    if due_on is None or due_on <= on:
        raise Refused("invalid", N_("Write until which day the reviewer has time."), ART_26, field="due_on")
    workdays = workdays_given(on, due_on)
    if workdays < WORKDAYS and not short_reason.strip():
        raise Refused(
            "invalid",
            N_("The reviewer generally has at least 7 workdays. Choose a later day, or write the reason for less."),
            ART_26,
            field="due_on",
        )
    record = DecisionReview(
        reviewer=reviewer.strip(), sent_on=on, due_on=due_on, workdays=workdays, papers=frozen_list(decision),
        short_reason=short_reason.strip() if workdays < WORKDAYS else "", draft_mark=draft_mark(decision),
    )  # fmt: skip
    chain.record_step(decision, step="legality", state="now", on=on, unit=reviewer, actor=actor, now=now)
    enter(record, decision=decision, verb="decision.review_begun", actor=actor, now=now)
    return record


def workdays_given(sent_on: date, due_on: date) -> int:
    """Workdays after the day of sending up to and with the last day."""
    try:
        return duties.load_calendar().workdays_between(sent_on, due_on)
    except OutsideCalendar as error:
        raise Refused("invalid", N_("Choose a date that the holiday calendar reaches."), field="due_on") from error


def earliest_due(sent_on: date) -> date:
    """The last day of the 7 workdays that the reviewer generally has."""
    return duties.load_calendar().due(sent_on, WORKDAYS).due_on


def conclude_review(
    decision: Decision, record: DecisionReview, *, on: date | None, conclusion: str, opinion_title: str,
    custodian: str, opinion_number: str = "", points: str = "", seen: int | None = None, actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """What the review came to. Its opinion is only named: title, day, keeper and perhaps number. `points`
    say what must change. A draft that is unlawful goes back to drafting; the review is kept."""
    check(decision, "legality", seen=seen, actor=actor)
    if record.conclusion:
        raise Refused("wrong_time", N_("The review is concluded; what is recorded stays."), ART_25)
    if conclusion not in CONCLUSIONS:
        raise Refused("invalid", N_("Choose what the review came to."), ART_25, field="conclusion")
    refused = day_refusal(on, today=day_of(now), not_before=record.sent_on, field="on", article=ART_25)
    if refused:
        raise refused
    if conclusion != "lawful" and not points.strip():
        raise Refused("invalid", N_("Write what the reviewer wants changed."), ART_28, field="points")
    # On this site the opinion is a reference (政府信息公开条例 art. 16).
    papers.enter(
        decision, role="legality_opinion", form="reference", title=opinion_title, attribute="not_public",
        ground_kind="process", signed_on=on, custodian=custodian, doc_number=opinion_number, actor=actor, now=now,
    )  # fmt: skip
    record.conclusion, record.concluded_on, record.points = conclusion, on, points.strip()
    entered(record, decision=decision, verb="decision.reviewed", actor=actor, now=now)
    if conclusion == "unlawful":
        chain.send_back(decision, reason=UNLAWFUL, on=on, actor=actor, now=now)
    elif conclusion == "lawful":
        chain.record_step(decision, step="legality", on=on, unit=record.reviewer, actor=actor, now=now)


def make_changes(
    decision: Decision, record: DecisionReview, *, on: date | None, changes: str, seen: int | None = None,
    actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """How the reviewer's changes were made, or why one was not; from now on the changed draft is the one
    that was reviewed (art. 28)."""
    check(decision, "legality", seen=seen, actor=actor)
    if record.conclusion != "lawful_with_changes" or record.changes_made:
        raise Refused("wrong_time", N_("There are no changes to record."), ART_28)
    if not changes.strip():
        raise Refused("invalid", N_("Write how the changes were made, or why one was not."), ART_28, field="changes")
    refused = day_refusal(on, today=day_of(now), not_before=record.concluded_on, field="on", article=ART_28)
    if refused:
        raise refused
    record.changes_made, record.changed_mark = changes.strip(), draft_mark(decision)
    entered(record, decision=decision, verb="decision.review_followed", actor=actor, now=now)
    chain.record_step(decision, step="legality", on=on, unit=record.reviewer, actor=actor, now=now)


def open_review(decision: Decision) -> DecisionReview | None:
    """The newest review of the present run."""
    rows = standing(DecisionReview, decision)
    return rows[-1] if rows else None


def _settled_on(decision: Decision) -> date | None:
    steps = ("drafting", "participation", "expert", "risk")
    return max((row.on for row in decision.steps if row.step in steps and row.on), default=None)
