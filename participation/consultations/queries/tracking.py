"""Finding a comment by what its writer holds: number and secret, or the form that made it."""

from sqlalchemy import select

from participation.consultations.models import Comment, CommentDraft, CommentImport, Consultation
from participation.extensions import db
from participation.web.secrets import digest_secret, secret_matches


def by_submission(digest: str) -> Comment | None:
    return db.session.scalar(select(Comment).where(Comment.submission_key == digest))


def by_secret(number: str, secret: str) -> Comment | None:
    """An unknown number and a wrong secret take the same steps and give the same answer (T8)."""
    comment = db.session.scalar(select(Comment).where(Comment.number == number))
    stored = comment.secret_digest if comment is not None else digest_secret("")
    return comment if secret_matches(secret, stored) else None


def tracked(comment_id: int) -> Comment | None:
    return db.session.get(Comment, comment_id)


def draft_with(key: str) -> CommentDraft | None:
    return db.session.scalar(select(CommentDraft).where(CommentDraft.key == key))


def draft(draft_id: int, *, lock: bool = False) -> CommentDraft | None:
    """`lock`: whoever sends the same form at the same instant waits and then sees what became of it."""
    return db.session.get(CommentDraft, draft_id, with_for_update=lock or None)


def of_person(person_id: int) -> list[tuple[Comment, Consultation]]:
    query = (
        select(Comment, Consultation)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(Comment.person_id == person_id)
        .order_by(Comment.id.desc())
        .limit(200)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def stored_already(digests: list[str]) -> dict[str, str]:
    """The numbers of the comments that these rows of a file are already."""
    query = select(Comment.submission_key, Comment.number).where(Comment.submission_key.in_(digests))
    return {row[0]: row[1] for row in db.session.execute(query)}


def batch_in(consultation_id: int, batch_id: int, *, lock: bool = False) -> CommentImport | None:
    query = select(CommentImport).where(CommentImport.id == batch_id, CommentImport.consultation_id == consultation_id)
    return db.session.scalar(query.with_for_update() if lock else query)
