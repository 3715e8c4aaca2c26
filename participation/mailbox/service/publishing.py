"""Letting the public copy of an answered letter out, and taking it back: the second person's part."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from participation.access import Actor, Capability
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox.models import Letter, PublicCopy, Question
from participation.mailbox.service import telling
from participation.mailbox.service.redacting import answer_for_all, check_whole, copy_of, field_of, public_refusal


def publish(
    letter: Letter,
    *,
    title: str,
    text: str,
    answer: str,
    actor: Actor,
    now: datetime,
    earlier: Mapping[str, str] | None = None,
) -> None:
    """Makes these texts public; `earlier`: the answers before this one, by round. Who may, and whether
    they were looked at, `release` has checked; consent and conflict of interest are checked here again."""
    refused = public_refusal(letter)
    if refused is not None:
        raise refused
    if not (title and text and answer):
        raise Refused("invalid", N_("Give the public copy a title, the letter and the answer"), field="publish")
    letter.public_title = title
    letter.public_text = text
    letter.public_answer = answer
    letter.public_earlier = dict(earlier or {})
    letter.published_at = now
    evidence.record("letter.published", subject=letter, actor=actor, now=now, facts={"number": letter.number})
    telling.writer(letter, "letter_published", now=now)
    db.session.flush()


def release_refusal(letter: Letter, copy: PublicCopy | None, *, actor: Actor) -> Refused | None:
    """Why this person may not let the copy out, return it or decline it; None when they may."""
    refused = public_refusal(letter)
    if refused is not None:
        return refused
    if letter.department_id is None or not actor.can(Capability.APPROVE, letter.department_id):
        return Refused("forbidden", N_("The head of the unit publishes, or who stands in for the head"))
    if copy is None or copy.state != "submitted" or copy.round != letter.round:
        return Refused("wrong_time", N_("There is no copy that waits for a second person"))
    if copy.prepared_by == actor.person_id:
        return Refused("forbidden", N_("You prepared this copy yourself; somebody else must publish it"))
    return None


def release(letter: Letter, *, version: int | None, actor: Actor, now: datetime) -> None:
    """The second person publishes exactly what the page showed (`version` of the copy)."""
    copy = _waiting(letter, actor)
    if version is not None and copy.version != version:
        raise Refused("conflict", N_("The copy has changed since you opened it. Read it again, then publish"))
    sheet = check_whole(letter, copy)
    assert answer_for_all(letter) is not None
    copy.state, copy.decided_at, copy.decided_by = "published", now, actor.person_id
    copy.public_files = list(copy.files)
    public = sheet.public
    before = {str(round): public[field_of(round)] for round in range(1, letter.round) if field_of(round) in public}
    publish(
        letter, title=public["title"], text=public["text"], answer=public[field_of(letter.round)], actor=actor,
        now=now, earlier=before,
    )  # fmt: skip


def return_copy(letter: Letter, *, reason: str, actor: Actor, now: datetime) -> None:
    """Back to who prepared it, with what has to change."""
    copy = _waiting(letter, actor)
    _need(reason, N_("Write what has to change"))
    copy.state, copy.submitted_at, copy.reason = "draft", None, reason
    evidence.record("letter.copy_returned", subject=letter, actor=actor, now=now, facts={})
    db.session.flush()


def decline_refusal(letter: Letter, *, actor: Actor) -> Refused | None:
    """Declining needs no copy: a head may see at once that a letter is not fit to be published."""
    refused = public_refusal(letter)
    if refused is not None:
        return refused
    if letter.department_id is None or not actor.can(Capability.APPROVE, letter.department_id):
        return Refused("forbidden", N_("The head of the unit decides that, or who stands in for the head"))
    if letter.stage != "answered" or letter.published_at is not None:
        return Refused("wrong_time", N_("This is decided for answered letters that are not public"))
    return None


def decline(letter: Letter, *, reason: str, actor: Actor, now: datetime) -> None:
    """It is not published though the writer agrees; the ground is kept."""
    refused = decline_refusal(letter, actor=actor)
    if refused is not None:
        raise refused
    _need(reason, N_("Write the ground for not publishing it"))
    copy = copy_of(letter)
    if copy is None:
        copy = PublicCopy(letter_id=letter.id, round=letter.round, source="", decisions=[], files=[], prepared_at=now)
        db.session.add(copy)
    copy.state, copy.decided_at, copy.decided_by, copy.reason = "declined", now, actor.person_id, reason
    evidence.record("letter.copy_declined", subject=letter, actor=actor, now=now, facts={"number": letter.number})
    db.session.flush()


def take_back_refusal(letter: Letter, *, actor: Actor) -> Refused | None:
    """Who may take a publication back: the head of the unit, or the government office."""
    if letter.published_at is None:
        return Refused("wrong_time", N_("The letter is not public"))
    of_unit = letter.department_id is not None and actor.can(Capability.APPROVE, letter.department_id)
    if not (of_unit or actor.can(Capability.DISPATCH)):
        return Refused("forbidden", N_("The head of the unit or the government office takes a letter back"))
    return None


def take_back(letter: Letter, *, reason: str, actor: Actor, now: datetime) -> None:
    """Off the public pages from the next request on; the reason stays with the letter."""
    refused = take_back_refusal(letter, actor=actor)
    if refused is not None:
        raise refused
    _need(reason, N_("Write why it is taken back"))
    clear(letter, reason=reason, actor=actor, now=now)


def withdraw_consent(letter: Letter, *, actor: Actor, now: datetime) -> None:
    """The writer does not want the letter public any more: it is gone from the next request on."""
    letter.consent_public = False
    clear(letter, reason="来信人收回公开同意", actor=actor, now=now)


def clear(letter: Letter, *, reason: str, actor: Actor, now: datetime) -> None:
    """Nothing of the letter is public any more: copy, pictures, and the questions made from it. The
    index follows `Letter.public_*`."""
    letter.published_at = None
    letter.public_title = letter.public_text = letter.public_answer = ""
    letter.public_earlier = {}
    copy = copy_of(letter)
    if copy is not None:
        copy.public_files = []
    if copy is not None and copy.state in ("draft", "submitted", "published"):
        copy.state, copy.decided_at, copy.decided_by, copy.reason = "taken_back", now, actor.person_id, reason
        # Without the texts the decisions are only places; the wording of one's own goes too.
        copy.title, copy.files = "", []
    for question in db.session.scalars(
        select(Question).where(Question.letter_id == letter.id, Question.retired_at.is_(None))
    ):
        question.retired_at, question.retired_reason = now, reason[:300]
    evidence.record("letter.unpublished", subject=letter, actor=actor, now=now, facts={"number": letter.number})
    db.session.flush()


def _waiting(letter: Letter, actor: Actor) -> PublicCopy:
    copy = copy_of(letter)
    refused = release_refusal(letter, copy, actor=actor)
    if refused is not None:
        raise refused
    assert copy is not None
    return copy


def _need(reason: str, message: str) -> None:
    if not reason:
        raise Refused("invalid", message, field="reason")
