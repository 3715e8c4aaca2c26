"""Published letters with their answers: the redacted copies that everybody may read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from participation.accounts.models import Department
from participation.api.fields import Field
from participation.api.params import DEPARTMENT as OF_DEPARTMENT
from participation.api.params import choice
from participation.api.parts import DEPARTMENT, address, departments
from participation.api.resource import Asked, Found, Param, Resource
from participation.errors import N_
from participation.mailbox import public_page
from participation.mailbox.models import Letter
from participation.mailbox.queries import public
from participation.mailbox.queries.public import Filters, PublicRow
from participation.mailbox.rules import KINDS, TOPICS
from participation.workdays import day_of

KIND_LABELS: dict[str, str] = {key: label for key, (label, _hint) in KINDS.items()}


@dataclass(frozen=True)
class Line:
    """A letter as everybody reads it. Its writer is nowhere in it."""

    row: PublicRow
    department: Department | None

    @property
    def letter(self) -> Letter:
        return self.row.letter


def _answers(line: Line) -> list[str]:
    return [*public_page.earlier(line.letter.public_earlier), line.letter.public_answer]


FIELDS = (
    Field("id", "integer", N_("Number of the letter in addresses; it never changes"), lambda one: one.letter.id),
    Field("number", "text", N_("The number on its receipt"), lambda one: one.letter.number),
    Field(
        "url", "url", N_("Its page on the website"), lambda one: address("mailbox.letter", letter_id=one.letter.id)
    ),
    Field("kind", "code", N_("What the writer wanted"), lambda one: one.letter.kind, codes=KIND_LABELS),
    Field("topic", "text", N_("What it is about, in Chinese"), lambda one: one.letter.topic),
    Field("title", "text", N_("Title of the published copy"), lambda one: one.letter.public_title),
    Field(
        "text", "text", N_("The letter, without what would tell who wrote it"), lambda one: one.letter.public_text,
        article="个人信息保护法 第二十五条",
    ),
    Field(
        "answers", "list", N_("The answers in their order; more than one where the letter was answered again"),
        _answers, of="text",
    ),
    Field("department", "object", N_("The department that answers for it"), nullable=True, fields=DEPARTMENT),
    Field("received_on", "day", N_("The day it came in, from which the workdays count"),
          lambda one: one.row.duty.started_on, article="民法典 第二百零一条"),
    Field("due_on", "day", N_("The day by which the first answer was due"), lambda one: one.row.duty.due_on,
          article="周政办字〔2021〕14号 第四部分（四）"),
    Field("answered_on", "day", N_("The day of the first answer"), lambda one: day_of(one.row.answered_at)),
    Field("answered_at", "instant", N_("The moment of the first answer"), lambda one: one.row.answered_at),
    Field("workdays_used", "integer", N_("Workdays until the first answer"), lambda one: one.row.used,
          unit=N_("workdays")),
    Field("workdays_late", "integer", N_("Of these, workdays after the due day; 0 when it was in time"),
          lambda one: one.row.days_late, unit=N_("workdays")),
    Field("extended", "boolean", N_("Answered within an approved extension, which never counts as in time"),
          lambda one: one.row.extended),
    Field("published_at", "instant", N_("When the copy was published"), lambda one: one.letter.published_at),
)  # fmt: skip


def _month(text: str) -> str:
    if public.Filters.read("", "", text, "", "").month != text or not text:
        raise ValueError(text)
    return text


PARAMS = (
    choice("topic", N_("Only letters of this topic"), TOPICS),
    OF_DEPARTMENT,
    Param(
        "month", N_("Only letters published in this month"), _month,
        {"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$"}, "2026-10",
    ),
)  # fmt: skip


def page(asked: Asked) -> Found:
    """The latest published first."""
    filters = Filters(
        topic=asked.filters.get("topic", ""),
        department_id=asked.filters.get("department"),
        month=asked.filters.get("month", ""),
    )
    found = public.letters(filters, after=str(asked.after[0]) if asked.after else "", limit=asked.limit)
    units = departments()
    rows = [Line(row, units.get(row.letter.department_id or 0)) for row in found.rows]
    return Found(rows, [found.after] if found.after else None)


def one(key: Any, _now: datetime) -> Line | None:
    row = public.letter(key)
    return Line(row, departments().get(row.letter.department_id or 0)) if row else None


RESOURCE = Resource(
    "letters",
    N_("Published letters"),
    N_("Letters to the mailboxes that were answered and published, with their answers. No names."),
    FIELDS,
    page,
    PARAMS,
    one=one,
    key_meaning=N_("Number of the letter in addresses"),
    retractable=True,
)
