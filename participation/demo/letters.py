"""150 letters over four months, answered as a real district answers: most in time, some late,
a few still open, some returned, refused, withdrawn, or about a department."""

import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from participation.access import ANYONE, Role
from participation.demo.founding import actors_of
from participation.demo.people import GIVEN, SURNAMES
from participation.demo.stage import Stage, moment
from participation.demo.texts import housing, town
from participation.demo.texts.theme import Theme
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter, Mailbox
from participation.mailbox.queries import letters as letter_queries
from participation.mailbox.queries import mailboxes
from participation.mailbox.rules import ContactAddress
from participation.web.secrets import digest_secret, new_secret

COUNT = 150
DAYS = 122
THEMES = (*housing.THEMES, *town.THEMES)
# Which letters, counted from the newest, are special.
OVERDUE = {34, 30, 27}
DUE_SOON = {8}  # nobody has begun on it and tomorrow is its day
WAITING = {6, 9}  # answered, but the head has not approved yet
DEPARTMENT = {34: "ZJJ", 30: "NYJ", 27: "YLZ", 8: "ZJJ", 7: "GYZ", 6: "ZJJ", 9: "ZJJ"}
RESTRICTED = {12: "ZFJ", 55: "WCZ", 90: "ZJJ"}
REFUSED = {20: "litigation", 63: "discipline", 101: "repeat"}
WITHDRAWN = {16, 77}
RETURNED = {25, 40, 58, 82, 110, 131}
LATE = {38: 7, 47: 6, 61: 8, 72: 7, 88: 9, 97: 6, 119: 11, 140: 7}


@dataclass
class Case:
    """One letter with the pace at which it is handled."""

    place: int  # 0 is the newest
    theme: Theme
    where: str
    number: int
    received: datetime
    letter_id: int = 0


def plan(stage: Stage) -> None:
    """Puts every letter with its acts on the stage's plan."""
    box = mailboxes.mailbox_named("mayor")
    site = mailboxes.mailbox_named("interaction")
    assert box is not None
    assert site is not None
    days = _days(stage)
    for place in range(COUNT):
        theme = _theme(place)
        case = Case(
            place,
            theme,
            theme.places[(place * 5) % len(theme.places)],
            _number(stage, theme),
            stage.any_hour(days[place]),
        )
        if case.received > stage.until:
            case.received = stage.until - timedelta(minutes=35 + 20 * place)
        _plan_one(stage, case, site if place % 6 == 5 else box)


def _theme(place: int) -> Theme:
    """What the letter is about; where a department is wanted, a matter of that department."""
    themes = [theme for theme in THEMES if theme.department == DEPARTMENT.get(place, theme.department)]
    return themes[(place * 11 + 3) % len(themes)]


def _days(stage: Stage) -> list[date]:
    """The day of each letter, the newest first: about as many every week, fewer on rest days."""
    days = []
    for place in range(COUNT):
        back = int(place * DAYS / COUNT)
        day = stage.today - timedelta(days=back)
        if not stage.calendar.is_workday(day) and place % 3:
            day = stage.calendar.previous_workday(day)
        days.append(day)
    for place in OVERDUE:
        days[place] = min(days[place], stage.calendar.previous_workday(stage.today - timedelta(days=12)))
    return days


def _number(stage: Stage, theme: Theme) -> int:
    if "{n} 岁" in theme.text:
        return stage.chance.randint(80, 93)
    if "{n} 亩" in theme.text or "{n} 平方米" in theme.text:
        return stage.chance.randint(35, 90)
    return stage.chance.randint(3, 28)


def _plan_one(stage: Stage, case: Case, box: Mailbox) -> None:
    stage.at(case.received, lambda now: _receive(stage, case, box, now))
    received_on = case.received.date()
    if case.place in WITHDRAWN:
        stage.at(
            case.received + timedelta(hours=20), lambda now: service.withdraw(_letter(case), actor=ANYONE, now=now)
        )
        return
    dispatch = stage.office_hour(stage.workday(received_on, 1 if case.place % 29 else 2))
    if dispatch <= case.received:
        dispatch = case.received + timedelta(minutes=50)
    if case.received.hour < 14 and stage.calendar.is_workday(received_on) and case.place % 2 and case.place % 29:
        dispatch = moment(received_on, 16, 10 + case.place % 40)
    office = stage.actor("ZFB", Role.OFFICE)
    if case.place in REFUSED:
        stage.at(dispatch, lambda now: _refuse(case, REFUSED[case.place], office, now))
        return
    code = _handler(case)
    last = dispatch
    if case.place in RETURNED:
        wrong = "ZJJ" if code != "ZJJ" else "GYZ"
        stage.at(
            dispatch,
            lambda now: service.assign(_letter(case), department_id=stage.department[wrong], actor=office, now=now),
        )
        back, again = dispatch + timedelta(hours=3), dispatch + timedelta(hours=5)
        stage.at(back, lambda now: _give_back(stage, case, wrong, now))
        stage.at(
            again,
            lambda now: service.assign(_letter(case), department_id=stage.department[code], actor=office, now=now),
        )
        last = again
    else:
        stage.at(
            dispatch,
            lambda now: service.assign(
                _letter(case), department_id=stage.department[code], topic=case.theme.topic, actor=office, now=now
            ),
        )
    if case.place in OVERDUE | DUE_SOON:
        return
    _plan_answer(stage, case, code, last)


def _handler(case: Case) -> str:
    """Who answers: the theme's unit, or the auditors where the letter is about that unit."""
    return "SJJ" if RESTRICTED.get(case.place) == case.theme.department else case.theme.department


def _plan_answer(stage: Stage, case: Case, code: str, after: datetime) -> None:
    used = 2 if case.place in WAITING else LATE.get(case.place) or (2, 3, 3, 4, 1, 3, 4, 5, 2, 3)[case.place % 10]
    day = stage.workday(case.received.date(), used)
    submitted = moment(day, 9, 5 + case.place % 50)
    if submitted <= after:
        submitted = after + timedelta(hours=1)
    approved = submitted + timedelta(hours=2, minutes=case.place % 45)
    stage.at(submitted, lambda now: _submit(stage, case, code, now))
    if case.place not in WAITING:
        stage.at(approved, lambda now: _approve(stage, case, code, now))


def _letter(case: Case) -> Letter:
    letter = db.session.get(Letter, case.letter_id)
    assert letter is not None
    return letter


def _receive(stage: Stage, case: Case, box: Mailbox, now: datetime) -> None:
    chance, theme = stage.chance, case.theme
    about = RESTRICTED.get(case.place)
    citizen = stage.actors[("shimin", Role.CITIZEN)] if case.place in (2, 45) else ANYONE
    phone = f"1380000{chance.randrange(10, 9999):04}"
    words = {"p": case.where, "n": case.number, "d": day_text(now.date() - timedelta(days=4))}
    letter = service.receive(
        db.session.merge(box),
        kind="complain" if about else theme.kind,
        title=_close(theme.title.format(**words))[:60],
        text=_close(theme.text.format(**words)),
        author_name=citizen.name or chance.choice(SURNAMES) + chance.choice(GIVEN),
        contact=ContactAddress("sms", phone),
        submission_digest=secrets.token_hex(32),
        secret_digest=digest_secret(new_secret()),
        topic=theme.topic,
        place=case.where,
        consent_public=case.place % 4 != 1 and not about,
        about_department_id=stage.department[about] if about else None,
        person_id=citizen.person_id,
        actor=citizen,
        now=now,
    )
    case.letter_id = letter.id


def _refuse(case: Case, ground: str, office, now: datetime) -> None:  # type: ignore[no-untyped-def]
    text, channel = {
        "litigation": (
            "您反映的买卖合同纠纷，周村区人民法院已经立案（案号请看法院短信），正在审理，行政机关不能另作处理。",
            "周村区人民法院诉讼服务中心，电话 12368",
        ),
        "discipline": (
            "您反映的是党员干部违纪线索，按规定由纪检监察机关受理，我们没有转给任何单位，请直接向纪检监察机关反映。",
            "区纪委监委，电话 12388",
        ),
        "repeat": (
            "同一件事上个月已经答复，处理结果没有变化。如果有新的情况，请写明以后再来信，我们会重新办理。",
            "原来的答复；新的情况可以再写一封信",
        ),
    }[ground]
    service.refuse(_letter(case), ground=ground, text=text, proper_channel=channel, actor=office, now=now)


def _give_back(stage: Stage, case: Case, code: str, now: datetime) -> None:
    officer, _head = actors_of(stage, code)
    service.give_back(
        _letter(case),
        reason="经核对，这件事由其他单位主管，我单位没有相应职责。",
        basis="区编办《部门职责分工目录》（2024 年版）",
        actor=officer,
        now=now,
    )


def _submit(stage: Stage, case: Case, code: str, now: datetime) -> None:
    officer, _head = actors_of(stage, code)
    contact = f"0533-6{stage.chance.randrange(100000, 999999)}"
    service.submit(
        _letter(case), text=_answer(stage, case, contact, now), contact=contact, version=None, actor=officer, now=now
    )


def _answer(stage: Stage, case: Case, contact: str, now: datetime) -> str:
    first = stage.workday(case.received.date(), 1)
    second = stage.workday(now.date(), 3) if "前" in case.theme.answer else now.date()
    words = {"p": case.where, "n": case.number, "d": day_text(first), "e": day_text(second), "t": contact}
    return "您好：\n" + _close(case.theme.answer.format(**words))


def _approve(stage: Stage, case: Case, code: str, now: datetime) -> None:
    _officer, head = actors_of(stage, code)
    letter = _letter(case)
    public = letter.consent_public and case.place % 7 != 4
    answer = letter_queries.answer_of(letter)
    assert answer is not None
    service.approve(letter, actor=head, now=now)
    if public:
        service.publish(letter, title=letter.title, text=letter.text, answer=answer.text, actor=head, now=now)


def _close(text: str) -> str:
    """No space stands between two Chinese characters; the templates have one around each place."""
    return re.sub(r"(?<=[\u3001-\u9fff]) (?=[\u3001-\u9fff])", "", text)


def day_text(day: date) -> str:
    return f"{day.month}月{day.day}日"
