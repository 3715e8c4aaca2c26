"""The public copy of an answered letter: separate texts, redacted by a person."""

from datetime import datetime

from participation.access import Actor
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox.lifecycle import CONFLICT_RULE
from participation.mailbox.models import Letter


def publish(letter: Letter, *, title: str, text: str, answer: str, actor: Actor, now: datetime) -> None:
    """个人信息保护法 art. 25: only with the writer's consent, and only the redacted copy; never a
    letter about a unit (信访工作条例 art. 30)."""
    if letter.about_department_id is not None:
        raise Refused(
            "forbidden",
            N_("The letter is about a unit, and that unit reads what is public: it stays private"),
            CONFLICT_RULE,
            field="publish",
        )
    if not letter.consent_public:
        raise Refused(
            "forbidden",
            N_("The writer does not want this letter published"),
            "个人信息保护法 第二十五条",
            field="publish",
        )
    if not (title and text and answer):
        raise Refused("invalid", N_("Give the public copy a title, the letter and the answer"), field="public_title")
    letter.public_title = title
    letter.public_text = text
    letter.public_answer = answer
    letter.published_at = now
    evidence.record("letter.published", subject=letter, actor=actor, now=now, facts={"number": letter.number})
    db.session.flush()


def withdraw_consent(letter: Letter, *, actor: Actor, now: datetime) -> None:
    """The writer does not want the letter public any more: it is gone from the next request on."""
    letter.consent_public = False
    letter.published_at = None
    letter.public_title = letter.public_text = letter.public_answer = ""
    evidence.record("letter.unpublished", subject=letter, actor=actor, now=now, facts={"number": letter.number})
    db.session.flush()
