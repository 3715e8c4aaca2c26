"""One thing for each row of the retention table: made at a known time, with what tells whether it is still there.

Each maker returns the instant from which the row of the table counts, and a question."""

from collections.abc import Callable
from datetime import datetime, timedelta

from participation.access import ANYONE, SYSTEM
from participation.accounts.models import SignInSession, VerificationCode
from participation.accounts.models.sessions import Attempt
from participation.consultations import drafts as comment_drafts
from participation.consultations.models import Comment, CommentDraft
from participation.decisions import proposal_drafts
from participation.decisions.models import Proposal, ProposalDraft
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files.models import StoredFile
from participation.mailbox import drafts as letter_drafts
from participation.mailbox.models import Letter, LetterDraft
from participation.mailbox.queries.mailboxes import mailbox_named
from participation.notices import service as notices
from participation.notices.models import Notice
from participation.privacy import service
from participation.privacy.contact_lists.models import ContactList
from participation.privacy.models import DataRequest
from tests.consultations import periods
from tests.decisions import proposed
from tests.duties.notices import at
from tests.mailbox import answered, letters
from tests.privacy import asking

THEN = at("2026-11-18T15:00")
There = Callable[[], bool]
Aged = tuple[datetime, There]


def _rows(model) -> int:
    db.session.expire_all()
    return db.session.query(model).count()


def draft(world) -> Aged:
    letters.mailboxes(THEN)
    consultation = periods.opened(world)
    box = mailbox_named("mayor")
    assert box is not None
    given = {"payload": {"text": "没有寄出"}, "complete": False, "now": THEN}
    letter_drafts.keep(box, key="a", **given)
    comment_drafts.keep(consultation, key="b", **given)
    proposal_drafts.keep(key="c", **given)
    db.session.add(
        StoredFile(sha256="0" * 64, size=1, kind="pdf", original_name="院门.pdf", form_key="d", created_at=THEN)
    )
    db.session.commit()
    models = (LetterDraft, CommentDraft, ProposalDraft, StoredFile)
    return THEN, lambda: any(_rows(model) for model in models)


def code(world) -> Aged:
    sent = {"channel": "sms", "address_digest": "a", "code_digest": "b", "created_at": THEN, "expires_at": THEN}
    db.session.add_all([VerificationCode(**sent), Attempt(scope="sign_in", key_digest="c", at=THEN)])
    db.session.commit()
    return THEN, lambda: bool(_rows(VerificationCode) or _rows(Attempt))


def session(world) -> Aged:
    db.session.add(
        SignInSession(
            person_id=world.person["officer"],
            token_digest="a",
            address_digest="b",
            created_at=THEN,
            last_seen_at=THEN,
            expires_at=THEN,
        )
    )
    db.session.commit()
    return THEN, lambda: bool(_rows(SignInSession))


def notice(world) -> Aged:
    for number in range(120):
        notices.notify(
            "letter_published", to=notices.Contact("sms", f"139{number:08d}"), facts={"number": "A"}, now=THEN,
            subject_kind="letter", subject_id=1,
        )  # fmt: skip
    db.session.query(Notice).update({"state": "sent", "next_attempt_at": None, "sent_at": THEN})
    db.session.commit()
    return THEN, lambda: db.session.query(Notice).filter((Notice.address != "") | (Notice.body != "")).count() > 0


def _there(model, row_id: int) -> There:
    return lambda: db.session.get(model, row_id, populate_existing=True).erased_at is None


def letter(world) -> Aged:
    made = answered.answered(world)
    return made.received_at, _there(Letter, made.id)


def _commented(world, **changes) -> Comment:
    consultation = periods.opened(world)
    made = periods.commented(consultation)
    consultation.stage, consultation.feedback_published_at = "answered", THEN
    for name, value in changes.items():
        setattr(consultation, name, value)
    evidence.record("consultation.answered", subject=consultation, actor=SYSTEM, now=THEN)
    db.session.commit()
    return made


def comment(world) -> Aged:
    made = _commented(world)
    return made.received_at, _there(Comment, made.id)


def dossier(world) -> Aged:
    made = _commented(world, catalogue_year=2026)
    return made.received_at, _there(Comment, made.id)


def proposal(world) -> Aged:
    made = proposed.received(world)
    made.stage, made.study_begun_on = "not_taken", THEN.date()
    evidence.record("proposal.decided", subject=made, actor=SYSTEM, now=THEN)
    db.session.commit()
    return made.received_at, _there(Proposal, made.id)


def limited(world) -> Aged:
    """Its ground ends with the answer."""
    made = answered.assigned(world)
    service.limit(made, ground="letter_open", actor=ANYONE, now=THEN)
    db.session.commit()
    answered.answer(world, made, THEN)
    return THEN, _there(Letter, made.id)


def request(world) -> Aged:
    made = service.ask("correct", answered.answered(world), text="六盏不是五盏，请更正。", person_id=None,
                       actor=ANYONE, now=THEN)  # fmt: skip
    db.session.commit()
    service.decide(
        made, granted=False, answer="经核对，原来写的没有错误。", version=None, actor=world.actor("office"), now=THEN
    )
    db.session.commit()
    return THEN, lambda: db.session.get(DataRequest, made.id, populate_existing=True).emptied_at is None


def contact_list(world) -> Aged:
    made = asking.approved(world, asking.asked(world, asking.commented_on(world)))
    return made.ends_at, lambda: db.session.get(ContactList, made.id, populate_existing=True).emptied_at is None


JUST = timedelta(minutes=1)
