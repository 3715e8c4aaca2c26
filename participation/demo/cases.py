"""Letters whose way is out of the ordinary: extended, reopened, handled jointly, merged, reclassified,
returned and ruled on, entered from elsewhere. Each is played through the services."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from participation.access import ANYONE, Role
from participation.demo.founding import actors_of
from participation.demo.letters import day_text
from participation.demo.stage import Stage, moment
from participation.demo.texts import cases as texts
from participation.demo.texts.cases import Written
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter
from participation.mailbox.queries import joints, mailboxes
from participation.mailbox.rules import ContactAddress
from participation.web.secrets import digest_secret, new_secret


@dataclass
class Case:
    """One letter on the stage: `at(3, 10, act)` plans an act at ten o'clock of the third workday after it."""

    stage: Stage
    received: datetime
    letter_id: int = 0

    @property
    def letter(self) -> Letter:
        return db.session.get_one(Letter, self.letter_id)

    def at(self, workdays: int, hour: int, act: Callable[[Letter, datetime], object], minute: int = 0) -> None:
        day = self.stage.workday(self.received.date(), workdays) if workdays else self.received.date()
        when = max(moment(day, hour, minute), self.received + timedelta(minutes=20))
        self.stage.at(when, lambda now: act(self.letter, now))

    def given_to(self, code: str, workdays: int = 1, hour: int = 9) -> None:
        office, unit = self.stage.actor("ZFB", Role.OFFICE), self.stage.department[code]
        self.at(workdays, hour, lambda letter, now: service.assign(letter, department_id=unit, actor=office, now=now))

    def answered(self, code: str, text: str, workdays: int, hour: int = 10) -> None:
        officer, head = actors_of(self.stage, code)
        phone = f"0533-6{self.stage.chance.randrange(100000, 999999)}"

        def submit(letter: Letter, now: datetime) -> None:
            said = self.filled(text, now, phone)
            service.submit(letter, text=said, contact=phone, version=None, actor=officer, now=now)

        self.at(workdays, hour, submit)
        self.at(workdays, hour + 3, lambda letter, now: service.approve(letter, actor=head, now=now), 15)

    def filled(self, text: str, now: datetime, phone: str = "") -> str:
        """The answer with the days on which something was and is done."""
        first, second = self.stage.workday(self.received.date(), 1), self.stage.workday(now.date(), 4)
        return text.format(
            d=day_text(min(first, now.date())), e=day_text(second if "前" in text else now.date()), t=phone
        )


def written(stage: Stage, letter: Written, *, back: int, hour: int = 8, minute: int = 30) -> Case:
    """Plans a letter that came in so many workdays ago."""
    day = stage.today
    for _day in range(back):
        day = stage.calendar.previous_workday(day)
    case = Case(stage, min(moment(day, hour, minute), stage.until - timedelta(minutes=30 + minute)))
    stage.at(case.received, lambda now: _receive(case, letter, now))
    return case


def _receive(case: Case, letter: Written, now: datetime) -> None:
    box = mailboxes.mailbox_named("mayor")
    assert box is not None
    phone = letter.phone or f"1380002{case.stage.chance.randrange(10, 9999):04}"
    case.letter_id = service.receive(
        box,
        kind=letter.kind,
        title=letter.title,
        text=letter.text,
        author_name=letter.name,
        contact=ContactAddress("sms", phone),
        submission_digest=secrets.token_hex(32),
        secret_digest=digest_secret(new_secret()),
        topic=letter.topic,
        place=letter.place,
        consent_public=True,
        actor=ANYONE,
        now=now,
    ).id


def plan(stage: Stage) -> dict[str, Case]:
    """Puts the letters of this file on the stage; returned by what happens to them."""
    found = {
        "extended": _extended(stage),
        "declined": _declined(stage),
        "reopened": _reopened(stage),
        "disputed": _disputed(stage),
        "joint": _joint(stage),
        "joint_answered": _joint_answered(stage),
        "petition": _petition(stage),
        "ruled": _ruled(stage),
    }
    _merged(stage)
    return found


def _extended(stage: Stage) -> Case:
    case = written(stage, texts.WELL, back=17)
    office, (officer, _head) = stage.actor("ZFB", Role.OFFICE), actors_of(stage, "SLJ")
    case.given_to("SLJ")
    case.at(4, 9, lambda letter, now: service.ask_extension(
        letter, workdays=5, reason=texts.WELL_REASON, interim=texts.WELL_INTERIM, actor=officer, now=now))  # fmt: skip
    case.at(4, 15, lambda letter, now: service.approve_extension(letter, actor=office, now=now))
    case.answered("SLJ", texts.WELL_ANSWER, 9)
    case.at(10, 20, lambda letter, now: service.rate(letter, attitude=5, speed=3, result=5, actor=ANYONE, now=now))
    return case


def _declined(stage: Stage) -> Case:
    case = written(stage, texts.CROSSING, back=24)
    office, (officer, _head) = stage.actor("ZFB", Role.OFFICE), actors_of(stage, "JJD")
    case.given_to("JJD")
    case.at(3, 9, lambda letter, now: service.ask_extension(
        letter, workdays=10, reason=texts.CROSSING_REASON, interim="已收到您的来信。", actor=officer, now=now))  # fmt: skip
    case.at(3, 16, lambda letter, now: service.decline_extension(
        letter, reason=texts.CROSSING_DECLINED, actor=office, now=now))  # fmt: skip
    case.answered("JJD", texts.CROSSING_ANSWER, 5)
    return case


def _reopened(stage: Stage) -> Case:
    """Reopened by its writer, and answered well the second time; each round has its rating."""
    case = written(stage, texts.LIGHT, back=15)
    case.given_to("ZJJ")
    case.answered("ZJJ", texts.LIGHT_FIRST, 3)
    case.at(4, 19, lambda letter, now: service.rate(
        letter, attitude=3, speed=3, result=1, remark="没有解决。", actor=ANYONE, now=now))  # fmt: skip
    case.at(5, 19, lambda letter, now: service.reopen(
        letter, cause="writer", reason=texts.LIGHT_AGAIN, actor=ANYONE, now=now, by_writer=True))  # fmt: skip
    case.answered("ZJJ", texts.LIGHT_SECOND, 8)
    case.at(9, 18, lambda letter, now: service.rate(letter, attitude=5, speed=4, result=5, actor=ANYONE, now=now))
    return case


def _disputed(stage: Stage) -> Case:
    """Reopened two workdays ago: it lies on the desk of the utilities centre."""
    case = written(stage, texts.PIPES, back=7)
    case.given_to("GYZ")
    case.answered("GYZ", texts.PIPES_FIRST, 3)
    case.at(5, 18, lambda letter, now: service.reopen(
        letter, cause="writer", reason=texts.PIPES_AGAIN, actor=ANYONE, now=now, by_writer=True))  # fmt: skip
    return case


def _join(case: Case, tasks: dict[str, str], workdays: int) -> None:
    office = case.stage.actor("ZFB", Role.OFFICE)
    for place, (code, task) in enumerate(tasks.items()):
        unit = case.stage.department[code]
        case.at(workdays, 10, lambda letter, now, unit=unit, task=task: service.join(  # type: ignore[misc]
            letter, department_id=unit, task=task, actor=office, now=now), 5 + place)  # fmt: skip


def _contribute(case: Case, code: str, text: str, workdays: int) -> None:
    officer, _head = actors_of(case.stage, code)

    def contribute(letter: Letter, now: datetime) -> None:
        part = joints.own_part(letter, officer)
        assert part is not None
        service.contribute(letter, part, text=case.filled(text, now), version=part.version, actor=officer, now=now)

    case.at(workdays, 9, contribute, 40)


def _joint(stage: Stage) -> Case:
    """The housing bureau leads; one of the two units that help has written its part."""
    case = written(stage, texts.RIVER, back=3)
    case.given_to("ZJJ")
    _join(case, texts.RIVER_TASKS, 1)
    _contribute(case, "YLZ", texts.RIVER_PART, 2)
    return case


def _joint_answered(stage: Stage) -> Case:
    case = written(stage, texts.SCHOOL, back=21)
    case.given_to("JTJ")
    _join(case, texts.SCHOOL_TASKS, 1)
    _contribute(case, "JJD", texts.SCHOOL_PART, 2)
    case.answered("JTJ", texts.SCHOOL_ANSWER, 4)
    return case


def _merged(stage: Stage) -> None:
    """Three letters of one person answered at once; two of another wait at the office to be merged."""
    office = stage.actor("ZFB", Role.OFFICE)
    lead, *others = [written(stage, letter, back=14 - place) for place, letter in enumerate(texts.NOISE)]
    lead.given_to("ZFJ")
    for other in others:
        other.at(0, 14, lambda letter, now: service.merge(letter, lead=lead.letter, actor=office, now=now))
    lead.answered("ZFJ", texts.NOISE_ANSWER, 4)
    first = written(stage, texts.TWICE[0], back=2)
    first.given_to("GYZ")
    written(stage, texts.TWICE[1], back=0, hour=7, minute=20)


def _petition(stage: Stage) -> Case:
    """A petition as well: the first answer within five workdays, the law's dates beside it."""
    case = written(stage, texts.LAND, back=16)
    office, (officer, _head) = stage.actor("ZFB", Role.OFFICE), actors_of(stage, "MSZ")
    case.at(1, 9, lambda letter, now: service.reclassify(
        letter, into="petition", basis=texts.LAND_BASIS, actor=office, now=now))  # fmt: skip
    case.given_to("MSZ", hour=10)
    case.answered("MSZ", texts.LAND_ANSWER, 4)

    def settle(letter: Letter, now: datetime) -> None:
        first = service.legal_duties(letter)[0]
        service.settle(
            letter, first, outcome=texts.LAND_NOTICE, document_number="周萌信告〔2026〕18号", actor=officer, now=now
        )

    case.at(6, 10, settle)
    return case


def _ruled(stage: Stage) -> Case:
    """Two units returned it; the office ruled, and it came out late."""
    case = written(stage, texts.MARKET, back=19)
    office = stage.actor("ZFB", Role.OFFICE)
    for place, (code, reason, basis) in enumerate(texts.MARKET_BACKS):
        officer, _head = actors_of(stage, code)
        case.given_to(code, 1 + 2 * place)
        case.at(2 + 2 * place, 15, lambda letter, now, why=reason, basis=basis, who=officer: service.give_back(  # type: ignore[misc]
            letter, reason=why, basis=basis, actor=who, now=now))  # fmt: skip
    unit = stage.department["ZFJ"]
    case.at(5, 9, lambda letter, now: service.assign(
        letter, department_id=unit, reason=texts.MARKET_RULING, basis=texts.MARKET_BASIS, actor=office, now=now))  # fmt: skip
    case.answered("ZFJ", texts.MARKET_ANSWER, 7)
    return case
