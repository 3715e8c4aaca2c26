"""What people are asked about the draft catalogue, and what they write about decisions in force."""

import secrets
from datetime import datetime, timedelta

from participation.access import ANYONE
from participation.consultations import service
from participation.consultations.models import Consultation
from participation.consultations.rules.comments import ContactAddress
from participation.decisions import queries
from participation.demo import decisions, lives
from participation.demo.founding import actors_of
from participation.demo.stage import Stage, moment
from participation.demo.texts import stories_more as texts
from participation.demo.texts.letters_in_force import LETTERS
from participation.extensions import db
from participation.jobs import run_due
from participation.mailbox import service as mailbox
from participation.mailbox.models import Letter
from participation.mailbox.queries import mailboxes
from participation.mailbox.rules import ContactAddress as LetterContact
from participation.web.secrets import digest_secret, new_secret

KEEPER = "SFJ"
"""The office's draft catalogue is put to the public by the justice bureau."""


class Draft:
    """The consultation on the year's draft catalogue, from its announcement to its feedback."""

    def __init__(self, stage: Stage, year: int) -> None:
        self.stage, self.year, self.id = stage, year, 0
        self.comments: dict[str, list[int]] = {}

    @property
    def row(self) -> Consultation:
        return db.session.get_one(Consultation, self.id)

    def open(self, now: datetime) -> None:
        officer, head = actors_of(self.stage, KEEPER)
        listed = queries.items_of_batch(decisions.catalogue_of(self.year).batches[0].id)
        ends_on = now.date() + timedelta(days=30)
        made = service.draft(
            service.Plan(
                title=texts.DRAFT_TITLE, kind="major_decision", catalogue_year=self.year, why=texts.DRAFT_WHY,
                explanation=texts.DRAFT_SAID, contact_person=officer.name, contact_phone="0533-6410000",
                contact_address="周村区新建中路 1 号", contact_email="mulu@zhoucun.example.cn",
                contact_visit="区政务服务中心二楼 12 号窗口，工作日 8:30–17:30", ends_on=ends_on,
                promised_feedback_on=self.stage.workday(ends_on, 3),
            ),
            text="\n".join(f"{row.number}. {row.title}（{row.lead_unit}）" for row in listed),
            department_id=self.stage.department[KEEPER], actor=officer, now=now,
        )  # fmt: skip
        service.submit(made, actor=officer, now=now)
        self.id = service.publish(made, actor=head, now=now).id

    def comment(self, title: str, text: str, now: datetime) -> None:
        made = service.receive(
            self.row.id, text=text, author_name="", contact=ContactAddress("sms", f"137{len(text):08}"),
            submission_digest=secrets.token_hex(32), secret_digest=digest_secret(new_secret()), clause_id=None,
            consent_public=True, person_id=None, actor=ANYONE,
        )  # fmt: skip
        self.comments.setdefault(title, []).append(made.id)

    def answer(self, now: datetime) -> None:
        officer, head = actors_of(self.stage, KEEPER)
        for title, outcome, reason, _said in texts.DRAFT_OPINIONS:
            point = service.create_point(self.row, title=title, actor=officer, now=now)
            service.assign(self.row, point, self.comments[title], actor=officer, now=now)
            service.answer_point(
                self.row, point, outcome=outcome, reason=reason, clause_id=None,
                change="" if outcome == "not_adopted" else reason, special="", actor=officer, now=now,
            )  # fmt: skip
        service.write_summary(self.row, summary=texts.DRAFT_SUMMARY, actor=officer, now=now)
        service.submit_feedback(self.row, actor=officer, now=now)
        service.publish_feedback(self.row, actor=head, now=now)


def plan(stage: Stage, told: dict[int, lives.Life], *, year: int) -> None:
    """The draft catalogue is open for a month before the government decides; letters come afterwards."""
    draft, begun = Draft(stage, year), decisions.begun_on(stage.today)
    opens = begun + timedelta(days=14)
    stage.at(moment(opens, 9, 45), draft.open)
    said = [(row[0], text) for row in texts.DRAFT_OPINIONS for text in row[3]]
    for place, (title, text) in enumerate(said):
        day = opens + timedelta(days=3 + 4 * place)
        stage.at(moment(day, 19, place), lambda now, title=title, text=text: draft.comment(title, text, now))
    stage.at(moment(opens + timedelta(days=31), 0, 2), run_due)
    stage.at(moment(opens + timedelta(days=31), 9), draft.answer)
    for number, back, title, text, answer in LETTERS:
        _plan_letter(stage, told[number], back, title, text, answer)


def _plan_letter(stage: Stage, of: lives.Life, back: int, title: str, text: str, answer: str) -> None:
    day = min(stage.workday(stage.today - timedelta(days=back), 0), stage.calendar.previous_workday(stage.today))
    kept: dict[str, int] = {}
    unit = of.told.unit or of.story.lead
    officer, head = actors_of(stage, unit)
    stage.at(moment(day, 11, 20), lambda now: kept.update(id=_write(of, title, text, now)))
    if not answer:
        return

    def submit(now: datetime) -> None:
        letter = db.session.get_one(Letter, kept["id"])
        mailbox.submit(letter, text=answer, contact="0533-6410000", version=None, actor=officer, now=now)

    stage.at(moment(stage.workday(day, 2), 10), submit)
    stage.at(
        moment(stage.workday(day, 2), 15),
        lambda now: mailbox.approve(db.session.get_one(Letter, kept["id"]), actor=head, now=now),
    )


def _write(of: lives.Life, title: str, text: str, now: datetime) -> int:
    box = mailboxes.mailbox_named("decisions")
    assert box is not None
    return mailbox.receive(
        box, kind="suggest", title=title, text=text, author_name="许玉梅",
        contact=LetterContact("sms", "13800002266"), submission_digest=secrets.token_hex(32),
        secret_digest=digest_secret(new_secret()), consent_public=True, about_kind="decision",
        about_id=of.decision.id, actor=ANYONE, now=now,
    ).id  # fmt: skip
