"""Setting up mailboxes."""

from datetime import datetime

from sqlalchemy import select

from participation.access import Actor
from participation.accounts import queries as accounts
from participation.accounts.models import Department
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox.doors import REFUSES, TAKES
from participation.mailbox.lifecycle import CONFLICT_RULE
from participation.mailbox.models import Mailbox
from participation.mailbox.rules import MATTERS


def create_mailbox(
    *,
    slug: str,
    prefix: str,
    name: str,
    owner_department_id: int,
    deputy_department_id: int,
    actor: Actor,
    now: datetime,
    name_en: str = "",
    limit_workdays: int = 5,
    dispatch_workdays: int = 1,
    intro: str = "",
    takes: str = "",
    refuses: str = "",
    sort: int = 100,
) -> Mailbox:
    """A new mailbox. `dispatch_workdays=0` means a department's own: letters go to its owner at
    once. `deputy_department_id` answers letters about the office that dispatches."""
    if deputy_department_id == accounts.government_office().id:
        raise Refused(
            "invalid",
            N_("Letters about the government office go to the deputy unit, so it must be another"),
            CONFLICT_RULE,
            field="deputy",
        )
    mailbox = Mailbox(
        slug=slug,
        prefix=prefix,
        name=name,
        name_en=name_en,
        owner_department_id=owner_department_id,
        deputy_department_id=deputy_department_id,
        limit_workdays=limit_workdays,
        dispatch_workdays=dispatch_workdays,
        intro=intro,
        takes=takes,
        refuses=refuses,
        sort=sort,
    )
    db.session.add(mailbox)
    db.session.flush()
    evidence.record("mailbox.created", subject=mailbox, actor=actor, now=now, facts={"slug": slug})
    return mailbox


MAYOR_INTRO = "咨询、建议、投诉、求助，都可以写。五个工作日内，由负责的单位认真答复。"
MATTERS_INTRO = "对已经公布的重大行政决策有意见建议，从决策的页面写来，直接交给负责执行的单位，五个工作日内答复。"
SITE_INTRO = "在网站上提的问题，和区长信箱一样登记、一样计时、一样答复。"


def seed_mailboxes(*, actor: Actor, now: datetime) -> list[Mailbox]:
    """The district's own mailboxes, where they do not exist yet: the 区长信箱, the website's 互动 column, and
    the one for comments on decisions in force. The office's deputy is the 司法局 where there is one, else
    the next department."""
    office = accounts.government_office()
    others = [row for row in accounts.departments() if row.id != office.id and row.kind == "department"]
    if not others:
        raise LookupError("A mailbox needs a second department: letters about the office go to it")
    deputy = next((row for row in others if "司法" in row.name), others[0])
    known = set(db.session.scalars(select(Mailbox.slug)))
    made = []
    if "mayor" not in known:
        made.append(_seed("mayor", "XX", "区长信箱", "District mayor's mailbox", office, deputy, 10,
                          MAYOR_INTRO, actor, now))  # fmt: skip
    if "interaction" not in known:
        made.append(_seed("interaction", "HD", "网站互动", "Questions on the website", office, deputy, 20,
                          SITE_INTRO, actor, now))  # fmt: skip
    if MATTERS not in known:
        made.append(_seed(MATTERS, "JC", "决策意见", "Comments on decisions in force", office, deputy, 30,
                          MATTERS_INTRO, actor, now))  # fmt: skip
    return made


def _seed(
    slug: str,
    prefix: str,
    name: str,
    name_en: str,
    office: Department,
    deputy: Department,
    sort: int,
    intro: str,
    actor: Actor,
    now: datetime,
) -> Mailbox:
    return create_mailbox(
        slug=slug,
        prefix=prefix,
        name=name,
        name_en=name_en,
        owner_department_id=office.id,
        deputy_department_id=deputy.id,
        intro=intro,
        takes=TAKES,
        refuses=REFUSES,
        sort=sort,
        actor=actor,
        now=now,
    )
