"""A comment arrives: the period is locked, then the clock is read, and that decides."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import select

from participation import clock, numbering
from participation.access import Actor
from participation.consultations.lifecycle import accepts
from participation.consultations.models import Comment, CommentSequence, Consultation
from participation.consultations.queries import periods
from participation.consultations.rules.comments import PREFIX, TEXT_LIMIT, ContactAddress, comment_number, late_by
from participation.consultations.rules.period import ART_15
from participation.consultations.service import telling
from participation.documents.models import Clause, Document
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files import service as files
from participation.web.secrets import keyed_digests


def receive(
    consultation_id: int,
    *,
    text: str,
    author_name: str,
    contact: ContactAddress | None,
    submission_digest: str,
    secret_digest: str,
    actor: Actor,
    clause_id: int | None = None,
    consent_public: bool = False,
    person_id: int | None = None,
    form_key: str = "",
    read_clock: Callable[[], datetime] = clock.now,
) -> Comment:
    """Stores an online comment. Accepted iff the clock, read under a share lock on the period,
    shows an instant before `closes_at` (T26); a later one raises Refused("wrong_time") with the
    text kept. A second send raises IntegrityError by `submission_digest` and is the same comment."""
    period = periods.locked_for_share(consultation_id)
    now = read_clock()
    refuse_unless_open(period, now=now, kept=text)
    comment = new_comment(
        period,
        text=text,
        author_name=author_name,
        contact=contact,
        clause_id=clause_id,
        consent_public=consent_public,
        submission_digest=submission_digest,
        secret_digest=secret_digest,
        channel="online",
        received_on=clock.local_date(now),
        now=now,
    )
    comment.person_id = person_id
    db.session.flush()
    if form_key:
        files.attach(form_key, subject_kind="comment", subject_id=comment.id, now=now)
    record_received(comment, actor=actor, now=now)
    telling.commenter(comment, period, "comment_received", now=now, closes_on=period.ends_on)
    return comment


def refuse_unless_open(period: Consultation, *, now: datetime, kept: str) -> None:
    """Raises when a comment that arrives at `now` is not accepted; says by how much it is late."""
    if period.closes_at is None or period.published_at is None:
        raise Refused("not_found", N_("There is no such consultation"))
    if period.stage == "withdrawn":
        message = N_("The consultation has been withdrawn. What you wrote is below.")
        raise Refused("wrong_time", message, ART_15, kept=kept)
    if not accepts(now, period.closes_at, period.stage):
        message, args = late_by(max(0, int((now - period.closes_at).total_seconds())))
        raise Refused("wrong_time", message, ART_15, args_=args, kept=kept)


def new_comment(
    consultation: Consultation,
    *,
    text: str,
    author_name: str,
    contact: ContactAddress | None,
    clause_id: int | None,
    consent_public: bool,
    submission_digest: str,
    secret_digest: str,
    channel: str,
    received_on: date,
    now: datetime,
) -> Comment:
    """The row, with its number; not recorded yet."""
    if not text.strip():
        raise Refused("invalid", N_("Write what you want to say"), field="text")
    if len(text) > TEXT_LIMIT:
        raise Refused("invalid", N_("At most %(most)s characters, please"), field="text", args_={"most": TEXT_LIMIT})
    if clause_id is not None and not _belongs(clause_id, consultation.id):
        message = N_("This clause does not belong to the draft. Choose one from the list")
        raise Refused("invalid", message, field="clause")
    comment = Comment(
        consultation_id=consultation.id, clause_id=clause_id, number=next_number(now=now),
        secret_digest=secret_digest, submission_key=submission_digest, author_name=author_name,
        contact_channel=contact.channel if contact else "", contact_address=contact.address if contact else "",
        author_digest=_author(consultation.id, contact.address) if contact else "",
        text=text, consent_public=consent_public, channel=channel, received_on=received_on, received_at=now,
    )  # fmt: skip
    db.session.add(comment)
    return comment


def _author(consultation_id: int, address: str) -> str:
    """One digest for one person in one consultation, also when SECRET_KEY has changed since the first comment."""
    present, *former = keyed_digests(address, purpose="comment-author")
    if not former:
        return present
    mine = (Comment.consultation_id == consultation_id, Comment.author_digest.in_(former))
    return db.session.scalar(select(Comment.author_digest).where(*mine).limit(1)) or present


def record_received(comment: Comment, *, actor: Actor, now: datetime) -> None:
    evidence.record(
        "comment.received",
        subject=comment,
        actor=actor,
        now=now,
        facts={
            "number": comment.number,
            "consultation": comment.consultation_id,
            "channel": comment.channel,
            "received_on": comment.received_on,
        },
    )


def next_number(*, now: datetime) -> str:
    """The next number of the day; two at once never get the same."""
    day = clock.local_date(now)
    return comment_number(day, numbering.take(CommentSequence, series=PREFIX, day=day))


def _belongs(clause_id: int, consultation_id: int) -> bool:
    query = (
        select(Clause.id)
        .join(Document, Document.id == Clause.document_id)
        .where(Clause.id == clause_id, Document.subject_kind == "consultation", Document.subject_id == consultation_id)
    )
    return db.session.scalar(query) is not None
