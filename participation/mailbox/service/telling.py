"""Who is told of a letter's steps. A restricted letter is told to nobody in the unit concerned."""

from datetime import datetime

from participation.access import Role
from participation.accounts import queries as accounts
from participation.mailbox.models import Letter
from participation.notices import service as notices
from participation.notices.service import Contact, Department, Person


def writer(letter: Letter, verb: str, *, now: datetime, **facts: object) -> None:
    """By the channel that the writer verified; nobody is told when there is none."""
    to: Person | Contact
    if letter.person_id is not None:
        to = Person(letter.person_id)
    elif letter.contact_address:
        to = Contact(letter.contact_channel, letter.contact_address)  # type: ignore[arg-type]
    else:
        return
    notices.notify(
        verb,
        to=to,
        facts={"number": letter.number, **facts},
        subject_kind="letter",
        subject_id=letter.id,
        now=now,
        department_id=letter.department_id,
        restricted_from=letter.about_department_id,
    )


def answered(letter: Letter, department_id: int | None, *, now: datetime) -> None:
    """The writer, of an answer; the first one can be contested once."""
    verb = "letter_answered" if letter.round == 1 else "letter_answered_again"
    writer(letter, verb, now=now, department=name_of(department_id))


def unit(
    letter: Letter,
    verb: str,
    department_id: int,
    *,
    now: datetime,
    link: str = "",
    role: Role | None = None,
    once: str | None = None,
    **facts: object,
) -> int:
    """The staff of a department, each by the roles that the notice names."""
    return notices.notify(
        verb,
        to=Department(department_id, role),
        facts={"number": letter.number, "title": letter.title, **facts},
        subject_kind="letter",
        subject_id=letter.id,
        now=now,
        link=link,
        department_id=department_id,
        restricted_from=letter.about_department_id,
        once=once,
    )


def name_of(department_id: int | None) -> str:
    return accounts.department_names().get(department_id or 0, "")


def desk_link(letter: Letter) -> str:
    return f"/desk/{letter.id}"


def approval_link(letter: Letter) -> str:
    return f"/approvals/{letter.id}"


def dispatch_link(letter: Letter) -> str:
    return f"/dispatch/{letter.id}"


def file_link(letter: Letter) -> str:
    """Its file, which officer, head, office and auditor can all open."""
    return f"/desk/letters/{letter.id}"
