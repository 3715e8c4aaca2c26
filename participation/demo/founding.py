"""The district before its history begins: departments, posts, people, mailboxes."""

from datetime import date, datetime

from participation.access import SYSTEM, Actor, PostHeld, Role, actor_for
from participation.accounts import passwords, service
from participation.accounts.models import Person
from participation.clock import local_date
from participation.demo.people import (
    ACCOUNTS,
    CITIZEN,
    DEPARTMENT_MAILBOXES,
    DEPARTMENTS,
    GIVEN,
    PASSWORD,
    SURNAMES,
)
from participation.demo.stage import Stage
from participation.duties.calendar import seed_calendar
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox import service as mailbox


def found(stage: Stage, *, now: datetime) -> None:
    """Everything that must stand before the first letter comes in."""
    evidence.record(
        "demonstration.begun", subject=None, actor=SYSTEM, now=now, facts={"what": "演示数据，人物和事情都是虚构的"}
    )
    db.session.commit()
    seed_calendar(now)
    db.session.commit()
    for sort, (code, name, name_en, short, kind) in enumerate(DEPARTMENTS):
        row = service.create_department(
            name=name, name_en=name_en, short_name=short, code=code, kind=kind, sort=sort, actor=SYSTEM, now=now
        )
        stage.department[code] = row.id
    db.session.commit()
    password_hash = passwords.hashed(PASSWORD)
    from_on = local_date(now)
    for account in ACCOUNTS:
        person = service.create_person(
            name=account.name, login=account.login, password_hash=password_hash, actor=SYSTEM, now=now
        )
        _post(stage, person, account.department, account.role, account.post, from_on, now)
    db.session.commit()
    for index, (code, *_rest) in enumerate(DEPARTMENTS):
        for role, title in ((Role.OFFICER, "综合科科员"), (Role.HEAD, "分管负责人")):
            if (code, role) in stage.actors or code == "ZFB":
                continue
            name = SURNAMES[(index * 3 + len(title)) % len(SURNAMES)] + GIVEN[(index * 7 + len(title)) % len(GIVEN)]
            person = service.create_person(name=name, actor=SYSTEM, now=now)
            _post(stage, person, code, role, title, from_on, now)
        db.session.commit()
    login, name, phone, _title = CITIZEN
    citizen = service.register_citizen(
        name=name, channel="sms", address=phone, password_hash=password_hash, actor=SYSTEM, now=now
    )
    stage.actors[(login, Role.CITIZEN)] = actor_for(person_id=citizen.id, name=name, posts=(), is_citizen=True)
    mailbox.seed_mailboxes(actor=SYSTEM, now=now)
    for slug, prefix, code, name, name_en in DEPARTMENT_MAILBOXES:
        mailbox.create_mailbox(
            slug=slug,
            prefix=prefix,
            name=name,
            name_en=name_en,
            owner_department_id=stage.department[code],
            deputy_department_id=stage.department["SFJ"],
            dispatch_workdays=0,
            intro="来信直接交给本单位，五个工作日内答复。",
            takes="属于本单位职责的咨询、建议、投诉和求助。",
            refuses="不属于本单位职责的事项，请写区长信箱，由区政府办公室交给负责的单位。",
            sort=50,
            actor=SYSTEM,
            now=now,
        )
    db.session.commit()


def _post(stage: Stage, person: Person, code: str, role: Role, title: str, from_on: date, now: datetime) -> None:
    post = service.create_post(department_id=stage.department[code], title=title, role=role, actor=SYSTEM, now=now)
    service.appoint(person, post=post, from_on=from_on, actor=SYSTEM, now=now)
    held = PostHeld(post.id, stage.department[code], role)
    stage.actors[(code, role)] = actor_for(person_id=person.id, name=person.name, posts=(held,), is_citizen=False)


def actors_of(stage: Stage, code: str) -> tuple[Actor, Actor]:
    """A department's officer and head."""
    return stage.actor(code, Role.OFFICER), stage.actor(code, Role.HEAD)
