"""The risk assessment: points with measures, or an existing assessment instead (713号 art. 22-24)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from participation.access import Actor
from participation.decisions import risks
from participation.decisions.means import day_refusal
from participation.decisions.models import Decision, DecisionRisk
from participation.decisions.queries.drafts import draft_mark
from participation.decisions.risks import ART_22, ART_23, ART_24, KINDS, LEVELS
from participation.decisions.service import chain
from participation.decisions.service.recording import check, enter, standing
from participation.errors import N_, Refused
from participation.workdays import day_of

REPLACED = "草案修改后重新评估"
"""The reason that is kept with the assessment before; stored, so in Chinese for everybody."""


def assess(
    decision: Decision, *, on: date | None, assessor: str, level: str, points: Sequence[dict[str, Any]] = (),
    plan: str = "", way: str = "", existing_title: str = "", existing_on: date | None = None, existing_by: str = "",
    seen: int | None = None, actor: Actor, now: datetime,
) -> DecisionRisk:  # fmt: skip
    """`points` are {"kind", "text", "measure", "level"}. An assessment made under other rules is used
    instead when `existing_title` names it. Where the risk cannot be controlled the step stays open until a
    changed draft is assessed; the assessment before is set aside then, and kept."""
    facts = check(decision, "risk", seen=seen, actor=actor)
    if facts.risk_level == "uncontrollable" and facts.risk_same_draft:
        raise Refused(
            "wrong_time",
            N_("The draft is still the one whose risk cannot be controlled. Enter the changed draft first."),
            ART_24,
        )
    given = [_point(point) for point in points]
    _check(on, assessor, level, given, plan, existing_title, existing_on, existing_by, now)
    assert on is not None
    for before in standing(DecisionRisk, decision):
        before.set_aside_at, before.set_aside_reason = now, REPLACED
    record = DecisionRisk(
        on=on, assessor=assessor.strip(), level=level, points=given, plan=plan.strip(), way=way.strip(),
        existing_title=existing_title.strip(), existing_on=existing_on, existing_by=existing_by.strip(),
        draft_mark=draft_mark(decision),
    )  # fmt: skip
    enter(record, decision=decision, verb="decision.risks_assessed", actor=actor, now=now)
    return record


def finish_risk(
    decision: Decision, *, on: date | None, state: str = "done", ground: str = "", seen: int | None = None,
    actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """The assessment stands. Raises the gates of `risk`: points without a measure, or a risk that cannot be
    controlled. `not_public` with its ground where the report is not public."""
    check(decision, "risk", seen=seen, actor=actor)
    rows = standing(DecisionRisk, decision)
    refused = day_refusal(on, today=day_of(now), not_before=rows[-1].on if rows else None, field="on", article=ART_22)
    if refused:
        raise refused
    chain.record_step(decision, step="risk", state=state, ground=ground, on=on, actor=actor, now=now)


def _point(point: dict[str, Any]) -> dict[str, Any]:
    return {key: str(point.get(key, "")).strip() for key in ("kind", "text", "measure", "level")}


def _check(
    on: date | None, assessor: str, level: str, points: list[dict[str, Any]], plan: str, existing_title: str,
    existing_on: date | None, existing_by: str, now: datetime,
) -> None:  # fmt: skip
    refused = day_refusal(on, today=day_of(now), not_before=None, field="on", article=ART_22)
    if refused:
        raise refused
    if not assessor.strip():
        raise Refused("invalid", N_("Write who assessed the risks."), ART_22, field="assessor")
    if level not in LEVELS:
        raise Refused("invalid", N_("Choose the level of risk."), ART_23, field="level")
    for point in points:
        if point["kind"] not in KINDS or point["level"] not in LEVELS or not point["text"]:
            raise Refused(
                "invalid",
                N_("Write for each risk what it is, its kind and its level."),
                ART_23,
                field="points",
            )
        if not point["measure"]:
            raise Refused("invalid", N_("Write a measure for each risk."), ART_23, field="points")
    if existing_title.strip():
        refused = day_refusal(existing_on, today=day_of(now), not_before=None, field="existing_on", article=ART_24)
        if refused:
            raise refused
        if not existing_by.strip():
            raise Refused("invalid", N_("Write who made the existing assessment."), ART_24, field="existing_by")
        return
    if not points:
        raise Refused("invalid", N_("Record the risk points, each with its measure."), ART_23, field="points")
    if risks.lower(level, risks.highest(points)):
        raise Refused(
            "invalid", N_("The level of the whole is not lower than that of its worst point."), ART_23, field="level"
        )
    if not plan.strip():
        raise Refused("invalid", N_("Write the plan for the case that it happens anyway."), ART_23, field="plan")
