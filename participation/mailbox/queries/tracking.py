"""Finding a letter by what its writer holds: a number and a secret, or the form that made it."""

from sqlalchemy import select

from participation.extensions import db
from participation.mailbox.models import Letter, LetterDraft
from participation.web.secrets import digest_secret, secret_matches


def by_submission(digest: str) -> Letter | None:
    return db.session.scalar(select(Letter).where(Letter.submission_key == digest))


def by_secret(number: str, secret: str) -> Letter | None:
    """The letter that number and secret open together. An unknown number and a wrong secret take
    the same steps and give the same answer."""
    letter = db.session.scalar(select(Letter).where(Letter.number == number))
    stored = letter.secret_digest if letter is not None else digest_secret("")
    return letter if secret_matches(secret, stored) else None


def tracked(letter_id: int) -> Letter | None:
    """A letter that this session has opened already; `lock` is the caller's business."""
    return db.session.get(Letter, letter_id)


def draft_with(key: str) -> LetterDraft | None:
    return db.session.scalar(select(LetterDraft).where(LetterDraft.key == key))


def draft(draft_id: int, *, lock: bool = False) -> LetterDraft | None:
    """`lock`: whoever sends the same form at the same instant waits and then sees what became of it."""
    return db.session.get(LetterDraft, draft_id, with_for_update=lock or None)
