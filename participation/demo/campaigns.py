"""What else happens to the consultation that is being sorted: a campaign in copies and templates, a
seminar's opinions from a file, a comment that perhaps is not to be shown, a corrected draft."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from participation.access import ANYONE
from participation.consultations import service
from participation.consultations.models import Comment, Consultation
from participation.consultations.rules.comments import ContactAddress
from participation.demo.founding import actors_of
from participation.demo.people import GIVEN, SURNAMES
from participation.demo.stage import Stage, moment
from participation.demo.texts import oldtown
from participation.documents import queries as documents
from participation.extensions import db
from participation.web.secrets import digest_secret, new_secret

Find = Callable[[], Consultation]


def plan(stage: Stage, opened_days_ago: int, consultation: Find) -> None:
    """`consultation` finds it once it is published."""
    start = stage.today - timedelta(days=opened_days_ago)
    stage.at(moment(start + timedelta(days=4), 16), lambda now: _correct(stage, consultation(), now))
    for index, (text, _kind) in enumerate(oldtown.CAMPAIGN):
        at = moment(start + timedelta(days=12 + index // 6), 9 + index % 6 * 2, 7 * index % 60)
        stage.at(at, lambda now, text=text, index=index: _campaign(stage, consultation(), text, index, now))
    seminar = stage.workday(start, 14)
    stage.at(moment(seminar, 17, 5), lambda now: _seminar(stage, consultation(), now))
    # The last days of the period: what came in then is read now.
    stage.at(moment(stage.workday(start, 15), 11), lambda now: _insult(stage, consultation(), now))


def _correct(stage: Stage, consultation: Consultation, now: datetime) -> None:
    _officer, head = actors_of(stage, oldtown.DEPARTMENT)
    before, after = oldtown.CORRECTED
    document = documents.current("consultation", consultation.id)
    assert document is not None
    assert before in document.text
    text = document.text.replace(before, after)
    service.correct(consultation, text=text, reason=oldtown.WHY_CORRECTED, actor=head, now=now)


def _comment(stage: Stage, consultation: Consultation, text: str, number: int) -> Comment:
    chance = stage.chance
    return service.receive(
        consultation.id,
        text=text,
        author_name=chance.choice(SURNAMES) + chance.choice(GIVEN),
        contact=ContactAddress("sms", f"1380001{number:04}"),
        submission_digest=secrets.token_hex(32),
        secret_digest=digest_secret(new_secret()),
        clause_id=_clause(consultation, 4),
        consent_public=True,
        actor=ANYONE,
    )


def _campaign(stage: Stage, consultation: Consultation, text: str, index: int, now: datetime) -> None:
    comment = _comment(stage, consultation, text, index)
    officer, _head = actors_of(stage, oldtown.DEPARTMENT)
    if index < len(oldtown.CAMPAIGN) - 4:  # the last ones wait to be read
        service.show(consultation, [comment.id], actor=officer, now=now)


def _seminar(stage: Stage, consultation: Consultation, now: datetime) -> None:
    """Entered on the evening of the seminar, as the import page does it."""
    officer, _head = actors_of(stage, oldtown.DEPARTMENT)
    for name, clause, text in oldtown.SEMINAR:
        service.enter(
            consultation,
            channel="seminar",
            received_on=now.date(),
            text=text,
            author_name=name,
            clause_id=_clause(consultation, clause),
            consent_public=True,
            submission_digest=secrets.token_hex(32),
            secret_digest=digest_secret(new_secret()),
            actor=officer,
            now=now,
        )


def _insult(stage: Stage, consultation: Consultation, now: datetime) -> None:
    """Proposed by the officer; the head decides, and has not yet."""
    officer, _head = actors_of(stage, oldtown.DEPARTMENT)
    comment = _comment(stage, consultation, oldtown.INSULT, 900)
    service.propose_hiding(consultation, comment, ground="insult", actor=officer, now=now)


def _clause(consultation: Consultation, number: int) -> int:
    document = documents.current("consultation", consultation.id)
    assert document is not None
    row = [clause for clause in document.clauses if clause.label][number - 1]
    db.session.flush()
    return row.id
