"""What goes along when a letter moves: its duties, the units that help, the letters merged into it."""

from datetime import datetime

from participation.access import Actor
from participation.duties import queries as duty_queries
from participation.duties import service as duties
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox.models import Letter, LetterJoint
from participation.mailbox.queries.repeats import merged_with

FOLLOWING = ("letter_answer", "petition_notice", "petition_handling", "disclosure_reply")
"""The kinds of duty that whoever has the letter has too."""


def hand_duties(letter: Letter, department_id: int, *, actor: Actor, now: datetime) -> None:
    """The duty to answer goes where the letter goes, and the legal duties beside it do too."""
    for duty in duty_queries.duties_of("letter", letter.id):
        if duty.is_open and duty.kind in FOLLOWING and duty.department_id != department_id:
            duties.hand_over(duty, department_id=department_id, actor=actor, now=now)


def follow(letter: Letter, *, actor: Actor, now: datetime) -> None:
    """Merged letters take their lead's stage and unit, never its dates."""
    for other in merged_with(letter):
        if (other.stage, other.department_id) == (letter.stage, letter.department_id):
            continue
        holder = answer_holder(letter)
        other.stage, other.department_id = letter.stage, letter.department_id
        other.assigned_at, other.returns, other.ruled = letter.assigned_at, letter.returns, letter.ruled
        hand_duties(other, holder, actor=actor, now=now)
        evidence.record(
            "letter.followed",
            subject=other,
            actor=actor,
            now=now,
            facts={"number": other.number, "lead": letter.number, "stage": letter.stage},
        )
    db.session.flush()


def answer_holder(letter: Letter) -> int:
    """Who has the duty to answer the letter now."""
    duty = duty_queries.duty_for("letter", letter.id, "letter_answer")
    assert duty is not None
    return duty.department_id


def close_part(part: LetterJoint, *, reason: str, actor: Actor, now: datetime) -> None:
    """A unit helps no longer. What it wrote stays with the letter's evidence, not on the desk."""
    part.removed_at, part.removed_by, part.removed_reason = now, actor.person_id, reason
    evidence.record(
        "letter.unjoined",
        subject=part,
        actor=actor,
        now=now,
        facts={"letter": part.letter_id, "department": part.department_id},
    )
    db.session.flush()
