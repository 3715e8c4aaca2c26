"""What the gates before the meeting need to know, from the records of the present run."""

from typing import Any

from participation.decisions import rules
from participation.decisions.means import BUSINESS
from participation.decisions.models import Decision
from participation.decisions.models.drafting import DecisionDispute, DecisionDrafting
from participation.decisions.models.expert import DecisionArgument, DecisionExpert
from participation.decisions.models.hearing import DecisionHearing
from participation.decisions.models.means import DecisionMeans
from participation.decisions.models.meeting import DecisionMeeting, DecisionPackage
from participation.decisions.models.review import DecisionReview
from participation.decisions.models.risk import DecisionRisk
from participation.decisions.models.start import DecisionStart
from participation.decisions.queries import papers
from participation.decisions.queries.drafts import draft_mark
from participation.decisions.queries.records import Record, current, records

KINDS = (
    DecisionStart, DecisionDrafting, DecisionDispute, DecisionMeans, DecisionHearing, DecisionExpert, DecisionArgument,
    DecisionRisk, DecisionReview, DecisionPackage, DecisionMeeting,
)  # fmt: skip


def part(decision: Decision) -> dict[str, Any]:
    """The part of `DecisionFacts` that helper records up to the meeting answer: three queries."""
    found = records(decision.id, KINDS)
    now = {model: current(rows, decision.round) for model, rows in found.items()}
    mark = draft_mark(decision)
    return {
        "behind": frozenset(kind.STEP for kind in (DecisionStart, DecisionDrafting) if now[kind]),
        "papers": papers.roles_present(decision.id, decision.round),
        "survey_required": rules.survey_required(decision),
        "affects_business": rules.business_must_be_heard(decision),
        "disputes_open": sum(1 for row in now[DecisionDispute] if row.reported_on is None),
        **_participation(now),
        **_experts(now),
        **_risk(now, mark),
        **_review(now, mark),
        **_meeting(now, mark),
    }


def _participation(now: dict[Any, list[Record]]) -> dict[str, Any]:
    means, hearings = now[DecisionMeans], now[DecisionHearing]
    groups = {group for row in means for group in row.groups}
    started = now[DecisionStart][-1:]
    return {
        "means": len(means) + len(hearings),
        "means_open": sum(1 for row in (*means, *hearings) if row.adopted_on is None),
        "hearings_held": sum(1 for row in hearings if row.signed_on is not None),
        "surveys_held": sum(1 for row in means if row.kind == "survey"),
        "business_heard": any(row.kind == "associations" for row in means) or bool(groups & BUSINESS),
        "special_named": bool(started and started[0].special_groups),
        "special_unheard": frozenset(started[0].special_groups) - groups if started else frozenset(),
    }


def _experts(now: dict[Any, list[Record]]) -> dict[str, Any]:
    experts = now[DecisionExpert]
    return {
        "expert_opinions": sum(1 for row in experts if row.conclusion),
        "experts": len(experts),
        "experts_undeclared": sum(1 for row in experts if row.declared_on is None),
        "experts_unsigned": sum(1 for row in experts if row.signed_on is None),
        "expert_adoption": bool(now[DecisionArgument]),
    }


def _risk(now: dict[Any, list[Record]], mark: str) -> dict[str, Any]:
    if not now[DecisionRisk]:
        return {}
    last = now[DecisionRisk][-1]
    return {
        "risk_level": last.level,
        "risk_points": len(last.points) or (1 if last.existing_title else 0),
        "risk_unmeasured": sum(1 for point in last.points if not point["measure"].strip()),
        "risk_same_draft": last.draft_mark == mark,
    }


def _review(now: dict[Any, list[Record]], mark: str) -> dict[str, Any]:
    if not now[DecisionReview]:
        return {}
    last = now[DecisionReview][-1]
    reviewed = last.changed_mark or last.draft_mark
    return {
        "legality": last.conclusion or "sent",
        "legality_changes_made": bool(last.changes_made),
        "reviewed_draft": reviewed == mark,
        "rejected_draft": last.conclusion == "unlawful" and last.draft_mark == mark,
    }


def _meeting(now: dict[Any, list[Record]], mark: str) -> dict[str, Any]:
    package, meeting = now[DecisionPackage][-1:], now[DecisionMeeting][-1:]
    return {
        # A draft that was changed since is another one: the meeting decides on what was submitted.
        "package": bool(package) and package[0].draft_mark == mark,
        "meeting": meeting[0].outcome if meeting else "",
    }


def assessors(decision_id: int) -> set[str]:
    """The organisations that argued or assessed the decision before it was made: none of them evaluates
    it afterwards (713号 art. 36)."""
    found = records(decision_id, (DecisionExpert, DecisionRisk))
    names = {row.organisation for row in found[DecisionExpert] if row.stands}
    names |= {name for row in found[DecisionRisk] if row.stands for name in (row.assessor, row.existing_by)}
    return {name.strip() for name in names if name.strip()}
