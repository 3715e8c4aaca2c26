"""How consultations and comments appear elsewhere: on the ledger, under "mine", in the desk's tabs."""

from flask_babel import gettext as _
from sqlalchemy import select

from participation.access import Capability
from participation.accounts.mine import MineLine, register_mine
from participation.consultations.lifecycle import PUBLISHED, STAGES
from participation.consultations.models import Comment, Consultation
from participation.consultations.queries.periods import waiting_for
from participation.consultations.queries.tracking import of_person
from participation.duties.subjects import SubjectLine, register_subject
from participation.errors import N_
from participation.extensions import db
from participation.web.navigation import add_tab


def describe(ids: set[int]) -> dict[int, SubjectLine]:
    rows = db.session.execute(select(Consultation.id, Consultation.title).where(Consultation.id.in_(ids)))
    return {row.id: SubjectLine(row.title, f"/desk/consultations/{row.id}") for row in rows}


def describe_public(ids: set[int]) -> dict[int, SubjectLine]:
    query = select(Consultation.id, Consultation.title).where(
        Consultation.id.in_(ids), Consultation.stage.in_(sorted(PUBLISHED))
    )
    return {row.id: SubjectLine(row.title, f"/consultations/{row.id}") for row in db.session.execute(query)}


def describe_comments(ids: set[int]) -> dict[int, SubjectLine]:
    """For staff; a comment's text never stands on a list of duties or entries."""
    rows = db.session.execute(select(Comment.id, Comment.number, Comment.consultation_id).where(Comment.id.in_(ids)))
    return {row.id: SubjectLine(row.number, f"/desk/consultations/{row.consultation_id}/sort") for row in rows}


def describe_comments_public(ids: set[int]) -> dict[int, SubjectLine]:
    rows = db.session.execute(select(Comment.id, Comment.number, Comment.consultation_id).where(Comment.id.in_(ids)))
    return {row.id: SubjectLine(row.number, f"/consultations/{row.consultation_id}") for row in rows}


def mine(person_id: int) -> list[MineLine]:
    lines = []
    for comment, consultation in of_person(person_id):
        state = _("Withdrawn by its writer") if comment.withdrawn_at else _(STAGES[consultation.stage])
        lines.append(MineLine(consultation.title, f"/mine/comments/{comment.id}", state, comment.received_at))
    return lines


def register() -> None:
    """Called when the site starts; twice is the same as once."""
    register_subject("consultation", describe, public=describe_public)
    register_subject("comment", describe_comments, public=describe_comments_public)
    register_mine(mine)
    add_tab(
        "consultations.desk",
        N_("Consultations"),
        (Capability.ANSWER, Capability.READ_ALL),
        35,
        waiting=lambda actor: len(waiting_for(actor)),
    )
