"""A letter arrives: its number, its two clocks, and where it goes first."""

from datetime import date, datetime

from participation import clock, numbering
from participation.access import SYSTEM, Actor
from participation.accounts import queries as accounts
from participation.duties import service as duties
from participation.duties.matters import matter
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files import service as files
from participation.mailbox.doors import PERSON_NEEDS_UNIT
from participation.mailbox.lifecycle import CONFLICT_RULE
from participation.mailbox.models import Letter, LetterSequence, Mailbox
from participation.mailbox.rules import OTHER_TOPIC, ContactAddress, letter_number
from participation.mailbox.service import elsewhere, supplementing, telling
from participation.mailbox.service.facts import note


def next_number(mailbox: Mailbox, *, now: datetime) -> str:
    """The next number of the mailbox's day; two at once never get the same."""
    day = clock.local_date(now)
    return letter_number(
        mailbox.prefix, day, numbering.take(LetterSequence, series=mailbox.prefix, day=day, prefix=mailbox.prefix)
    )


def receive(
    mailbox: Mailbox,
    *,
    kind: str,
    title: str,
    text: str,
    author_name: str,
    contact: ContactAddress | None,
    submission_digest: str,
    secret_digest: str,
    actor: Actor,
    now: datetime,
    topic: str = OTHER_TOPIC,
    place: str = "",
    consent_public: bool = False,
    about_department_id: int | None = None,
    about_person: str = "",
    person_id: int | None = None,
    channel: str = "web",
    form_key: str = "",
    received_on: date | None = None,
    external_number: str = "",
    import_id: int | None = None,
    supplements_id: int | None = None,
    about_kind: str = "",
    about_id: int | None = None,
) -> Letter:
    """Stores the letter and opens both duties. R22: received is the instant of sending, on rest
    days too. `submission_digest` is unique: a second send raises IntegrityError and is the same
    letter. A letter entered by staff names its `channel`; the actor is who entered it. One that
    came in on an earlier day names it as `received_on`, and its workdays count from there. One about a
    matter of another feature goes at once to that matter's unit, unless it complains about it."""
    about_department_id = supplementing.concerned(supplements_id, about_department_id)
    if about_person and about_department_id is None:
        raise Refused("invalid", PERSON_NEEDS_UNIT, CONFLICT_RULE, field="about")
    came = elsewhere.came_in(channel, received_on, about_department_id=about_department_id, actor=actor, now=now)
    letter = Letter(
        mailbox=mailbox,
        number=next_number(mailbox, now=now),
        secret_digest=secret_digest,
        submission_key=submission_digest,
        kind=kind,
        topic=topic,
        place=place,
        title=title,
        text=text,
        author_name=author_name,
        contact_channel=contact.channel if contact else "",
        contact_address=contact.address if contact else "",
        consent_public=consent_public,
        about_department_id=about_department_id,
        about_person=about_person,
        person_id=person_id,
        channel=channel,
        entered_by=None if channel == "web" else actor.person_id,
        received_at=came.received_at,
        received_on=came.received_on,
        recorded_at=now,
        external_number=external_number,
        import_id=import_id,
        gap_workdays=came.gap_workdays,
        gap_department_id=came.department_id,
        supplements_id=supplements_id,
        about_kind=about_kind if about_id is not None else "",
        about_id=about_id,
        stage="received",
    )
    db.session.add(letter)
    db.session.flush()
    if form_key:
        files.attach(
            form_key, subject_kind="letter", subject_id=letter.id, now=now, restricted_from=about_department_id
        )
    office = accounts.government_office().id
    first = _first_holder(letter, office)
    note(letter, "received", actor=actor, now=now)
    owed = [duties.Owed("letter_answer", first, mailbox.limit_workdays)]
    if first == office:
        owed.append(duties.Owed("letter_dispatch", first, max(1, mailbox.dispatch_workdays)))
    answer, *_dispatch = duties.open_first(
        owed,
        subject_kind="letter",
        subject_id=letter.id,
        started_at=letter.received_at,
        restricted_from=letter.about_department_id,
        actor=actor,
        now=now,
    )
    evidence.record(
        "letter.received",
        subject=letter,
        actor=actor,
        now=now,
        facts={"number": letter.number, "mailbox": mailbox.slug, "channel": channel, "gap": came.gap_workdays},
    )
    if first != office:
        _give_at_once(letter, first, answer.due_on, now)
    telling.writer(letter, "letter_received", now=now, due_on=answer.due_on)
    supplementing.announce(letter, actor=actor, now=now)
    db.session.flush()
    return letter


def _first_holder(letter: Letter, office: int) -> int:
    """The dispatching office, or at once the unit that must have the letter instead."""
    if letter.about_department_id == office:
        # 信访工作条例 art. 30: the office concerned neither sees nor dispatches it.
        return letter.mailbox.deputy_department_id
    about = matter(letter.about_kind, letter.about_id) if letter.about_id is not None else None
    if about is not None and about.department_id != letter.about_department_id:
        # 713号 art. 35: to the unit that carries the decision out, at once.
        return about.department_id
    if letter.mailbox.dispatch_workdays == 0 and letter.about_department_id != letter.mailbox.owner_department_id:
        return letter.mailbox.owner_department_id
    return office


def _give_at_once(letter: Letter, department_id: int, due_on: object, now: datetime) -> None:
    letter.department_id = department_id
    letter.assigned_at = now
    letter.stage = "assigned"
    db.session.flush()
    note(letter, "assigned", actor=SYSTEM, now=now, to_department_id=department_id)
    evidence.record(
        "letter.assigned", subject=letter, actor=SYSTEM, now=now, facts={"department": department_id, "at_once": True}
    )
    telling.unit(letter, "letter_assigned", department_id, now=now, link=telling.desk_link(letter), due_on=due_on)
