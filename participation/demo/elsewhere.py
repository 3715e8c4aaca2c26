"""Letters that came by post, phone and 12345: entered by a desk, with the day on which they came in."""

import secrets
from datetime import datetime, timedelta

from participation.access import Role
from participation.demo.founding import actors_of
from participation.demo.stage import Stage, moment
from participation.demo.texts.cases import ELSEWHERE
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import Letter
from participation.mailbox.queries import mailboxes
from participation.web.secrets import digest_secret, new_secret

CONFIRMED = 1
"""Which of the letters with a gap a second person has looked at."""


def plan(stage: Stage) -> None:
    """Each is entered some workdays after it came in; two lay longer than one workday."""
    day = stage.workday(stage.today - timedelta(days=9), 0)
    for place, row in enumerate(ELSEWHERE):
        stage.at(moment(day, 9, 10 * place), lambda now, row=row, place=place: _enter(stage, place, row, now))  # type: ignore[misc]


def _enter(stage: Stage, place: int, row: tuple[str, str, int, str, str, str], now: datetime) -> None:
    channel, number, back, title, text, name = row
    came = now.date()
    for _day in range(back):
        came = stage.calendar.previous_workday(came)
    box = mailboxes.mailbox_named("mayor")
    assert box is not None
    officer, head = actors_of(stage, "ZJJ")
    letter = service.receive(
        box,
        kind="complain" if channel == "hotline" else "suggest",
        title=title,
        text=text,
        author_name=name,
        contact=None,
        submission_digest=secrets.token_hex(32),
        secret_digest=digest_secret(new_secret()),
        consent_public=False,
        channel=channel,
        received_on=came,
        external_number=number,
        actor=officer,
        now=now,
    )
    office = stage.actor("ZFB", Role.OFFICE)
    unit = stage.department["YLZ" if place == 0 else "ZJJ"]
    stage.at(now + timedelta(hours=4), lambda then: _give(letter.id, unit, office, then))
    if place == CONFIRMED:
        stage.at(now + timedelta(hours=5), lambda then: service.confirm_day(_letter(letter.id), actor=head, now=then))
    if place != 2:
        code = "YLZ" if place == 0 else "ZJJ"
        stage.at(now + timedelta(hours=26), lambda then: _answer(stage, letter.id, code, then))


def _letter(letter_id: int) -> Letter:
    return db.session.get_one(Letter, letter_id)


def _give(letter_id: int, unit: int, office, now: datetime) -> None:  # type: ignore[no-untyped-def]
    service.assign(_letter(letter_id), department_id=unit, actor=office, now=now)


def _answer(stage: Stage, letter_id: int, code: str, now: datetime) -> None:
    officer, head = actors_of(stage, code)
    text = f"您好：{now.month}月{now.day}日工作人员已到现场处理完毕，并拍照留存。再有问题请拨 0533-6181234。"
    service.submit(_letter(letter_id), text=text, contact="0533-6181234", version=None, actor=officer, now=now)
    service.approve(_letter(letter_id), actor=head, now=now)
