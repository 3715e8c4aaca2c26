"""The decision is published, together with what explains it (713号 art. 32). Nothing here commits."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from participation.access import Actor
from participation.decisions import queries, runs
from participation.decisions.aftermath import CHANNELS, REQUIRED_CHANNEL
from participation.decisions.means import day_refusal
from participation.decisions.models import Decision, DecisionPaper
from participation.decisions.models.publication import DecisionPublication
from participation.decisions.queries.after import Explained, explained
from participation.decisions.service import chain, owing, paper_checks
from participation.decisions.service.permission import check_version
from participation.decisions.service.recording import enter, refusal
from participation.errors import N_, Refused
from participation.extensions import db
from participation.workdays import day_of

ART_32 = "国务院令第713号 第三十二条"
REPLACED = "由修改后的决策文本代替"
"""The reason that stands at the text before; stored, so in Chinese for everybody."""
HEARD = ("participation", "expert")


def publish_decision(
    decision: Decision, *, issuer: str, channels: Sequence[dict[str, str]], on: date | None, doc_number: str = "",
    adoption: str = "", ground: str = "", seen: int | None = None, actor: Actor, now: datetime,
) -> DecisionPublication:  # fmt: skip
    """Publishes the newest text of the run with every interpretation that was signed with it, at the same
    instant (同步部署), and records where else it appeared: `channels` are {"kind", "where", "url"}. `adoption`
    tells what was adopted of the opinions, and is needed where people or experts were heard. Raises the
    gates of `published`. A text that by law is not public leaves its ground in the chain."""
    refused = refusal(decision, "published", actor)
    if refused:
        raise refused
    check_version(decision, seen)
    told = explained(decision)
    hidden = told.text is not None and told.text.paper.attribute == "not_public"
    if told.text is not None:
        _check(decision, issuer=issuer, channels=channels, on=on, adoption=adoption, hidden=hidden, now=now)
    chain.record_step(
        decision, step="published", state="not_public" if hidden else "done", on=on, unit=issuer, ground=ground,
        document_title="" if hidden or told.text is None else told.text.paper.title,
        document_number="" if hidden else doc_number, actor=actor, now=now,
    )  # fmt: skip
    assert told.text is not None
    assert on is not None
    facts_policy = queries.facts_of(decision).is_policy
    record = DecisionPublication(
        paper_id=told.text.paper.id, doc_number=doc_number.strip() or told.text.paper.doc_number,
        issuer=issuer.strip(), published_on=on, channels=[] if hidden else [_channel(one) for one in channels],
        adoption=adoption.strip(), is_policy=facts_policy,
    )  # fmt: skip
    enter(record, decision=decision, verb="decision.published", actor=actor, now=now)
    if not hidden:
        _release(decision, told, actor=actor, now=now)
    _replace_earlier(decision, on=on, actor=actor, now=now)
    return record


def _check(
    decision: Decision, *, issuer: str, channels: Sequence[dict[str, str]], on: date | None, adoption: str,
    hidden: bool, now: datetime,
) -> None:  # fmt: skip
    if not issuer.strip():
        raise Refused("invalid", N_("Write who published the decision."), ART_32, field="issuer")
    met = next((row.on for row in decision.steps if row.step == "deliberation"), None)
    refused = day_refusal(on, today=day_of(now), not_before=met, field="on", article=ART_32)
    if refused:
        raise refused
    if hidden:
        return
    named = [_channel(one) for one in channels]
    if any(one["kind"] not in CHANNELS for one in named) or REQUIRED_CHANNEL not in {one["kind"] for one in named}:
        raise Refused("invalid", N_("Publish it on the government's website in any case."), ART_32, field="channels")
    if any(one["url"] and not one["url"].startswith(("https://", "http://")) for one in named):
        raise Refused("invalid", N_("Write the whole address, with https://."), field="channels")
    heard = {row.step for row in decision.steps if row.step in HEARD and row.state in ("done", "not_public")}
    if heard and len(adoption.strip()) < 10:
        raise Refused(
            "invalid", N_("Tell what was adopted of the opinions of people and experts."), ART_32, field="adoption"
        )


def _channel(one: dict[str, str]) -> dict[str, str]:
    return {key: str(one.get(key) or "").strip() for key in ("kind", "where", "url")}


def _release(decision: Decision, told: Explained, *, actor: Actor, now: datetime) -> None:
    """The text and what was signed with it go out in this transaction, or none of them."""
    assert told.text is not None
    inside = {one["id"] for one in told.signing.interpretations} if told.signed and told.signing else set()
    chosen = [told.papers[row.paper_id].paper for row in told.materials if row.id in inside]
    for paper in (told.text.paper, *chosen):
        if paper.published_at is None:
            paper_checks.publish(paper, actor=actor, now=now)


def _replace_earlier(decision: Decision, *, on: date, actor: Actor, now: datetime) -> None:
    """The text of the run before is no longer in force from the day on which the new one is published."""
    before = runs.before(decision)
    if not before:
        return
    owing.quarters_dropped(decision, before, reason=REPLACED, actor=actor, now=now)
    earlier = select(DecisionPaper).filter_by(
        decision_id=decision.id, round=before, role="decision_text", validity="in_force"
    )
    for paper in db.session.scalars(earlier):
        day = max(day for day in (on, paper.signed_on, paper.published_on) if day is not None)
        paper_checks.set_validity(paper, validity="repealed", on=day, reason=REPLACED, actor=actor, now=now)
