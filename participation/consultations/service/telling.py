"""Who is told of a consultation's steps: commenters by the contact they verified, staff on the desk."""

from datetime import datetime

from participation.access import Role
from participation.consultations.models import Comment, Consultation
from participation.notices import service as notices
from participation.notices.service import Contact, Department, Person


def commenter(
    comment: Comment, consultation: Consultation, verb: str, *, now: datetime, once: str | None = None, **facts: object
) -> int:
    """Nobody is told when the comment came without a contact, or its writer wants no messages."""
    if comment.unsubscribed_at is not None:
        return 0
    to: Person | Contact
    if comment.person_id is not None:
        to = Person(comment.person_id)
    elif comment.contact_address:
        to = Contact(comment.contact_channel, comment.contact_address)  # type: ignore[arg-type]
    else:
        return 0
    return notices.notify(
        verb,
        to=to,
        facts={"number": comment.number, "title": consultation.title, **facts},
        subject_kind="comment",
        subject_id=comment.id,
        now=now,
        department_id=consultation.department_id,
        once=once,
    )


def department(
    consultation: Consultation,
    verb: str,
    *,
    now: datetime,
    role: Role | None = None,
    once: str | None = None,
    **facts: object,
) -> int:
    return notices.notify(
        verb,
        to=Department(consultation.department_id, role),
        facts={"title": consultation.title, **facts},
        subject_kind="consultation",
        subject_id=consultation.id,
        now=now,
        link=f"/desk/consultations/{consultation.id}",
        department_id=consultation.department_id,
        once=once,
    )
