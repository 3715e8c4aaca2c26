"""抽查: an auditor draws answers by lot and judges them; what does not pass goes to the unit's head
and to the office, which has it answered anew or says why not. Where the letter is about the office,
or the answer is its own, an auditor decides that."""

import secrets
from datetime import date, datetime

from sqlalchemy import select

from participation.access import Actor, Capability, Role
from participation.accounts import queries as accounts
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox.models import Answer, Letter, Sample, SampleItem
from participation.mailbox.queries import samples as queries
from participation.mailbox.sampling import MOST_DRAWN, VERDICTS, digest_of, drawn
from participation.mailbox.service import telling
from participation.mailbox.service.reopening import reopen

# Notices are Chinese for everybody; see notices/render.py.
_TOLD = {"perfunctory": "敷衍", "buck_passing": "推诿", "wrong_letter": "答非所问"}
LONGEST_PERIOD_DAYS = 366


def draw(
    *, first: date, last: date, size: int, actor: Actor, now: datetime, department_id: int | None = None
) -> Sample:
    """Draws `size` answers let out from `first` to `last`. The population is fixed and digested
    first and the seed made after, so that nobody could have chosen what comes out."""
    posts = [post for post in actor.posts if actor.can(Capability.WRITE_FINDING, post.department_id)]
    if not posts or actor.person_id is None:
        raise Refused("forbidden", N_("Only an auditor draws samples"))
    if last < first:
        raise Refused("invalid", N_("The period ends before it begins"), field="last")
    if (last - first).days > LONGEST_PERIOD_DAYS:
        raise Refused("invalid", N_("Choose a period of at most one year"), field="last")
    if not 1 <= size <= MOST_DRAWN:
        raise Refused("invalid", N_("Draw between 1 and %(most)d answers"), field="size", args_={"most": MOST_DRAWN})
    rows = queries.population(actor, first=first, last=last, department_id=department_id)
    if not rows:
        raise Refused("invalid", N_("No answer was let out in this period"), field="first")
    named = queries.names_of(rows)
    digest = digest_of(named)
    sample = Sample(
        period_from=first, period_until=last, department_id=department_id, asked=size, population=len(named),
        population_digest=digest, seed=secrets.token_hex(16), drawn_at=now, drawn_by=actor.person_id,
        post_id=posts[0].post_id,
    )  # fmt: skip
    db.session.add(sample)
    db.session.flush()
    chosen = [named[name] for name in drawn(named, seed=sample.seed, size=size)]
    answers = {row.id: row for row in db.session.scalars(select(Answer).where(Answer.id.in_(chosen)))}
    for position, answer_id in enumerate(chosen, start=1):
        answer = answers[answer_id]
        db.session.add(
            SampleItem(
                sample_id=sample.id,
                position=position,
                answer_id=answer_id,
                letter_id=answer.letter_id,
                department_id=answer.department_id,
            )
        )
    db.session.flush()
    evidence.record(
        "sample.drawn",
        subject=sample,
        actor=actor,
        now=now,
        facts={"population": len(named), "digest": digest, "seed": sample.seed, "size": len(chosen)},
    )
    return sample


def judge_refusal(item: SampleItem, actor: Actor) -> Refused | None:
    """Why `actor` may not judge this answer, or None. A verdict once given stays."""
    if not actor.can(Capability.WRITE_FINDING):
        return Refused("forbidden", N_("Only an auditor judges a sample"))
    if item.verdict:
        return Refused("wrong_time", N_("This answer was judged already; the verdict stays"))
    return None


def judge(item: SampleItem, letter: Letter, *, verdict: str, reason: str, actor: Actor, now: datetime) -> SampleItem:
    """The auditor's verdict, with its reason where the answer does not pass. A failed one is told to
    the unit's head and to the office, except to the unit that the letter is about."""
    refused = judge_refusal(item, actor)
    if refused is not None:
        raise refused
    if verdict not in VERDICTS:
        raise Refused("invalid", N_("Choose a verdict"), field="verdict")
    if verdict != "pass" and not reason:
        raise Refused("invalid", N_("Write why the answer does not pass"), field="reason")
    item.verdict, item.reason, item.judged_at, item.judged_by = verdict, reason, now, actor.person_id
    db.session.flush()
    facts = {"letter": letter.number, "round": item_round(item), "verdict": verdict}
    evidence.record("sample.judged", subject=item, actor=actor, now=now, facts=facts)
    if item.failed:
        _tell(item, letter, now)
    return item


def item_round(item: SampleItem) -> int:
    return db.session.scalar(select(Answer.round).where(Answer.id == item.answer_id)) or 1


def decide_refusal(item: SampleItem, letter: Letter, actor: Actor) -> Refused | None:
    """Why `actor` may not decide what becomes of a failed answer, or None. The office decides; of a
    letter about the office, which must not see it, and of the office's own answer an auditor does."""
    auditors = decided_by_auditors(item, letter)
    if not actor.can(Capability.WRITE_FINDING if auditors else Capability.DISPATCH):
        message = N_("An auditor decides this, because the letter or the answer is the government office's own matter")
        return Refused("forbidden", message if auditors else N_("Only the government office decides this"))
    if letter.about_department_id is not None and letter.about_department_id in actor.department_ids:
        return Refused("not_found", N_("There is no such letter"))
    if not item.failed:
        return Refused("wrong_time", N_("Only an answer that did not pass is decided on"))
    if item.outcome:
        return Refused("wrong_time", N_("This has been decided already"))
    return None


def decided_by_auditors(item: SampleItem, letter: Letter) -> bool:
    """The office decides neither on what is about it nor on its own refusals."""
    return accounts.government_office().id in (letter.about_department_id, item.department_id)


def order_redone(item: SampleItem, letter: Letter, *, reason: str, actor: Actor, now: datetime) -> SampleItem:
    """退回重办: the answer is written anew in a round of its own; the old one keeps its verdict. The
    unit and the writer are told by the reopening."""
    _check(item, letter, reason, actor)
    if letter.round != item_round(item):
        raise Refused("wrong_time", N_("The letter has been opened again since; look at the new answer instead"))
    reopen(letter, cause="review", reason=reason, actor=actor, now=now)
    return _decided(item, letter, "redo", reason, actor, now)


def let_stand(item: SampleItem, letter: Letter, *, reason: str, actor: Actor, now: datetime) -> SampleItem:
    """It is not answered anew; the reason is kept."""
    _check(item, letter, reason, actor)
    return _decided(item, letter, "kept", reason, actor, now)


def _check(item: SampleItem, letter: Letter, reason: str, actor: Actor) -> None:
    refused = decide_refusal(item, letter, actor)
    if refused is not None:
        raise refused
    if not reason:
        raise Refused("invalid", N_("Write the reason for the decision"), field="reason")


def _decided(item: SampleItem, letter: Letter, outcome: str, reason: str, actor: Actor, now: datetime) -> SampleItem:
    item.outcome, item.outcome_reason, item.decided_at, item.decided_by = outcome, reason, now, actor.person_id
    db.session.flush()
    facts = {"letter": letter.number, "outcome": outcome}
    evidence.record("sample.decided", subject=item, actor=actor, now=now, facts=facts)
    return item


def _tell(item: SampleItem, letter: Letter, now: datetime) -> None:
    office = accounts.government_office().id
    for department_id, role in ((item.department_id, Role.HEAD), (office, Role.OFFICE)):
        if department_id == office and role is Role.HEAD:
            continue  # a refusal is the office's own: it is told once
        telling.unit(
            letter, "sample_failed", department_id, now=now, link=f"/samples/items/{item.id}", role=role,
            once=f"sample:{item.id}", department=telling.name_of(item.department_id), verdict=_TOLD[item.verdict],
        )  # fmt: skip
