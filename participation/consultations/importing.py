"""A table of opinions from elsewhere, read row by row: what each says, or why it cannot be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from participation.consultations.models import Consultation
from participation.consultations.rules.comments import NAME_LIMIT, TEXT_LIMIT, read_contact
from participation.consultations.service.entering import day_refusal
from participation.errors import N_
from participation.web.rows import RowCheck
from participation.web.submission import submission_digest
from participation.web.tables import Line, Problem, Table, read_table

MOST = 2000
"""Opinions that one request enters within one transaction; more is split into several files."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "channel": ("提出方式", "渠道", "来源", "channel"),
    "external_number": ("原编号", "工单号", "number"),
    "received_on": ("收到日期", "日期", "received_on"),
    "name": ("反馈人", "姓名", "单位或个人", "name"),
    "contact": ("联系方式", "联系电话", "手机号", "contact"),
    "clause": ("条款", "对应条款", "clause"),
    "text": ("意见内容", "内容", "意见", "text"),
    "consent": ("同意公开", "是否同意公开", "consent"),
}
"""Key -> the headings that mean it, the template's first. Content, so in Chinese in every language."""
NEEDED = ("channel", "received_on", "text")
CHANNEL_WORDS: dict[str, str] = {
    "邮寄": "post", "来信": "post", "信函": "post", "电话": "phone", "座谈会": "seminar", "座谈": "seminar",
    "12345": "12345", "12345热线": "12345", "窗口": "window", "现场": "window", "post": "post", "phone": "phone",
    "seminar": "seminar", "window": "window",
}  # fmt: skip
CONSENT_WORDS: dict[str, bool] = {
    "": False, "否": False, "不同意": False, "no": False, "是": True, "同意": True, "yes": True,
}  # fmt: skip
_LIMITS = {"name": NAME_LIMIT, "text": TEXT_LIMIT, "external_number": 60}


@dataclass(frozen=True)
class Row:
    """A row as it is entered. `digest` makes it one comment, however often the file comes."""

    number: int
    channel: str
    received_on: date
    name: str
    contact: str
    clause_id: int | None
    clause: str
    text: str
    consent: bool
    digest: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"received_on": self.received_on.isoformat()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Row":
        return cls(**{**kept, "received_on": date.fromisoformat(kept["received_on"])})


@dataclass(frozen=True)
class Judged:
    """A row as it stands in the file, and either what is entered or what is wrong with it."""

    line: Line
    row: Row | None
    problems: list[Problem] = field(default_factory=list)


def read(
    data: bytes, filename: str, *, consultation: Consultation, clauses: Mapping[str, int], today: date
) -> tuple[Table, list[Judged]]:
    """Every row with what is wrong in it. `clauses` are the draft's by their labels. Raises Refused for
    what is no such table."""
    table = read_table(data, filename, COLUMNS, needed=NEEDED, most_rows=MOST)
    seen: dict[str, int] = {}
    found = []
    for line in table.lines:
        judged = _judge(line, consultation, clauses, today)
        if judged.row is not None and judged.row.digest in seen:
            same = Problem(N_("The same opinion as in row %(row)d"), {"row": seen[judged.row.digest]})
            judged = Judged(line, None, [same])
        if judged.row is not None:
            seen[judged.row.digest] = line.number
        found.append(judged)
    return table, found


def _judge(line: Line, consultation: Consultation, clauses: Mapping[str, int], today: date) -> Judged:
    row = RowCheck(line, COLUMNS)
    values = row.values
    row.needed(NEEDED)
    row.at_most(_LIMITS)
    channel, consent = row.word("channel", CHANNEL_WORDS), row.word("consent", CONSENT_WORDS)
    received_on = row.day("received_on")
    if values["clause"] and values["clause"] not in clauses:
        row.wrong(N_("The draft has no clause %(word)s"), word=values["clause"][:20])
    row.refused(day_refusal(consultation, received_on, today=today) if received_on else None)
    row.contact("contact", read_contact)
    if row.problems or received_on is None:
        return Judged(line, None, row.problems)
    parts = [str(consultation.id), str(channel), values["external_number"]]
    if not values["external_number"]:
        parts += [received_on.isoformat(), values["name"], values["contact"], values["clause"], values["text"]]
    return Judged(
        line,
        Row(
            line.number, str(channel), received_on, values["name"], values["contact"], clauses.get(values["clause"]),
            values["clause"], values["text"], bool(consent), submission_digest("comment-import|" + "|".join(parts)),
        ),
    )  # fmt: skip


def fresh(rows: Sequence[Row], stored: Mapping[str, str]) -> list[Row]:
    """Those that are no comment yet."""
    return [row for row in rows if row.digest not in stored]
