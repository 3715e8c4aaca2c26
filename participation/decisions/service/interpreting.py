"""The interpretation of a policy document: planned, entered, confirmed, signed with the text.

周政办字〔2021〕14号 part 3 (1): prepared, signed and issued together with the text. Nothing here commits.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from participation.access import Actor, Capability
from participation.decisions import lifecycle, queries, substance
from participation.decisions.aftermath import INTERPRETATION_FORMS
from participation.decisions.means import day_refusal
from participation.decisions.models import Decision
from participation.decisions.models.interpretation import DecisionInterpretation
from participation.decisions.models.policy_mark import DecisionPolicyMark
from participation.decisions.models.signing import DecisionSigning
from participation.decisions.queries.after import Explained, explained, signable
from participation.decisions.queries.drafts import Marked
from participation.decisions.service.permission import check_version
from participation.decisions.service.recording import enter, entered, standing
from participation.errors import N_, Refused
from participation.workdays import day_of

RULE = substance.RULE
ART_32 = "国务院令第713号 第三十二条"
REPLACED = "由新的记录代替"
"""The reason that is kept with a record that a newer one replaced; stored, so in Chinese for everybody."""


def prepare_refusal(decision: Decision, actor: Actor) -> Refused | None:
    """Why nothing about the interpretation can be entered now. It may be prepared as early as the draft, and
    more may be added to a decision in force."""
    return lifecycle.work_refusal(queries.facts_of(decision), actor)


def _check(decision: Decision, seen: int | None, actor: Actor) -> None:
    refused = prepare_refusal(decision, actor)
    if refused:
        raise refused
    check_version(decision, seen)


def mark_policy(
    decision: Decision, *, is_policy: bool, reason: str = "", seen: int | None = None, actor: Actor, now: datetime
) -> DecisionPolicyMark:
    """Whether the text is a policy document. It counts as one until somebody says why it is not."""
    _check(decision, seen, actor)
    _not_published(decision)
    if not is_policy and not reason.strip():
        raise Refused("invalid", N_("Write why the text is not a policy document."), RULE, field="reason")
    for before in standing(DecisionPolicyMark, decision):
        before.set_aside_at, before.set_aside_reason = now, REPLACED
    mark = DecisionPolicyMark(is_policy=is_policy, reason=reason.strip())
    enter(mark, decision=decision, verb="decision.policy_marked", actor=actor, now=now)
    return mark


def plan_interpretation(
    decision: Decision, *, words: str, form: str = "text", seen: int | None = None, actor: Actor, now: datetime
) -> DecisionInterpretation:
    """解读方案: who explains what to whom, where and when. A newer plan replaces the one before."""
    _check(decision, seen, actor)
    _not_published(decision)
    if form not in INTERPRETATION_FORMS:
        raise Refused("invalid", N_("Choose the form of the interpretation."), RULE, field="form")
    if len("".join(words.split())) < 20:
        raise Refused("invalid", N_("Write who explains what to whom, where and when."), RULE, field="words")
    for before in standing(DecisionInterpretation, decision):
        if before.kind == "plan":
            before.set_aside_at, before.set_aside_reason = now, REPLACED
    plan = DecisionInterpretation(kind="plan", form=form, words=words.strip())
    enter(plan, decision=decision, verb="decision.interpretation_planned", actor=actor, now=now)
    return plan


def findings(decision: Decision, paper_id: int, **said: str) -> list[substance.Finding]:
    """What keeps this paper from being an interpretation. `said` are form, changes, for_whom, from_when."""
    told = explained(decision)
    return substance.findings(_material(told, paper_id).text, told.text.text if told.text else "", **said)


def enter_interpretation(
    decision: Decision, *, paper_id: int, form: str, changes: str, for_whom: str, from_when: str, url: str = "",
    seen: int | None = None, actor: Actor, now: datetime,
) -> DecisionInterpretation:  # fmt: skip
    """解读材料: a paper that explains the text, with what changes, for whom and from when on. Raises the first
    finding of the substance check; a colleague still confirms the rest."""
    _check(decision, seen, actor)
    if form not in INTERPRETATION_FORMS:
        raise Refused("invalid", N_("Choose the form of the interpretation."), RULE, field="form")
    if url and not url.startswith(("https://", "http://")):
        raise Refused("invalid", N_("Write the whole address, with https://."), field="url")
    told = explained(decision)
    if told.text is None:
        raise Refused("wrong_time", N_("Enter the text of the decision among the papers."), ART_32)
    material = _material(told, paper_id)
    wrong = substance.findings(
        material.text, told.text.text, form=form, changes=changes, for_whom=for_whom, from_when=from_when
    )
    if wrong:
        raise wrong[0].refused()
    for before in standing(DecisionInterpretation, decision):
        if before.paper_id == paper_id:
            before.set_aside_at, before.set_aside_reason = now, REPLACED
    row = DecisionInterpretation(
        kind="material", form=form, paper_id=paper_id, url=url.strip(), changes=changes.strip(),
        for_whom=for_whom.strip(), from_when=from_when.strip(), digest=material.mark,
    )  # fmt: skip
    enter(row, decision=decision, verb="decision.interpretation_entered", actor=actor, now=now)
    return row


def _material(told: Explained, paper_id: int) -> Marked:
    found = told.papers.get(paper_id)
    if found is None or found.paper.role != "interpretation":
        raise Refused("invalid", N_("Choose a paper that is an interpretation."), RULE, field="paper_id")
    return found


def confirm_refusal(decision: Decision, row: Any, actor: Actor) -> Refused | None:
    """Why this person may not confirm the substance now."""
    refused = prepare_refusal(decision, actor)
    if refused:
        return refused
    if row.kind != "material" or row.set_aside_at is not None or row.round != decision.round:
        return Refused("wrong_time", N_("This interpretation was replaced. Look at the newer one."), RULE)
    if row.confirmed_at is not None:
        return Refused("wrong_time", N_("This interpretation is confirmed already."), RULE)
    if actor.person_id == row.recorded_by:
        return Refused(
            "forbidden", N_("Whoever entered the interpretation does not confirm it: ask a colleague."), RULE
        )
    if row.id not in {one.id for one in explained(decision).materials}:
        return Refused("wrong_time", N_("The interpretation was changed after it was checked. Enter it again."), RULE)
    return None


def confirm_interpretation(
    decision: Decision, row: DecisionInterpretation, *, seen: int | None = None, actor: Actor, now: datetime
) -> None:
    """A colleague has read it: it says what changes, and is no list of headings."""
    refused = confirm_refusal(decision, row, actor)
    if refused:
        raise refused
    check_version(decision, seen)
    row.confirmed_at, row.confirmed_by = now, actor.person_id
    entered(row, decision=decision, verb="decision.interpretation_confirmed", actor=actor, now=now)


def sign_refusal(decision: Decision, actor: Actor) -> Refused | None:
    """Why this person may not sign the text with its interpretation now."""
    facts = queries.facts_of(decision)
    refused = lifecycle.work_refusal(facts, actor, Capability.APPROVE) or lifecycle.refusal(
        "record:published", facts, actor
    )
    if refused:
        return refused
    told = explained(decision)
    if told.text is None:
        return Refused("wrong_time", N_("Enter the text of the decision among the papers."), ART_32)
    if told.text.paper.entered_by == actor.person_id:
        return Refused("forbidden", N_("Whoever entered the text does not sign it: ask a colleague."), ART_32)
    if facts.text_reviews != {"secrecy", "personal"}:
        return Refused("wrong_time", N_("Text and interpretation are checked for secrets and personal data first."))
    if not facts.is_policy:
        return None
    if not told.plans or not signable(told):
        return Refused("wrong_time", told.missing, RULE)
    return None


def sign_text(
    decision: Decision, *, signer: str, on: date | None, seen: int | None = None, actor: Actor, now: datetime
) -> DecisionSigning:
    """同步审签: the text and everything that explains it, in one act by one person. Changed afterwards, they
    are signed again."""
    refused = sign_refusal(decision, actor)
    if refused:
        raise refused
    check_version(decision, seen)
    if not signer.strip():
        raise Refused("invalid", N_("Write who signed: the post."), ART_32, field="signer")
    refused = day_refusal(on, today=day_of(now), not_before=_met_on(decision), field="on", article=ART_32)
    if refused:
        raise refused
    told = explained(decision)
    assert told.text is not None
    assert on is not None
    rows: Sequence[Any] = [*told.plans, *signable(told)]
    for before in standing(DecisionSigning, decision):
        before.set_aside_at, before.set_aside_reason = now, REPLACED
    signing = DecisionSigning(
        paper_id=told.text.paper.id, digest=told.text.mark, signed_on=on, signer=signer.strip(),
        interpretations=[{"id": row.id, "digest": row.digest} for row in rows],
    )  # fmt: skip
    enter(signing, decision=decision, verb="decision.text_signed", actor=actor, now=now)
    return signing


def _met_on(decision: Decision) -> date | None:
    return next((row.on for row in decision.steps if row.step == "deliberation"), None)


def _not_published(decision: Decision) -> None:
    if any(row.step == "published" and row.state in lifecycle.SETTLED for row in decision.steps):
        raise Refused("wrong_time", N_("The decision is published. More can be explained, but this stays."), ART_32)
