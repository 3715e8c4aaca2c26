"""A table of letters from elsewhere, read row by row: what each says, or why it cannot be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from participation.access import Actor
from participation.errors import N_
from participation.mailbox.rules import (
    OTHER_TOPIC,
    TEXT_LIMIT,
    TITLE_LIMIT,
    TOPICS,
    read_contact,
    unprintable,
)
from participation.mailbox.service.elsewhere import day_refusal, entry_refusal
from participation.web.rows import RowCheck
from participation.web.submission import submission_digest
from participation.web.tables import Line, Problem, Table, read_table

MOST_LETTERS = 500
"""So many are entered within one request and one transaction, in some ten seconds; more is split."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "channel": ("来信渠道", "渠道", "来源", "channel"),
    "external_number": ("原编号", "外部编号", "工单编号", "工单号", "number"),
    "received_on": ("收到日期", "来信日期", "受理日期", "received_on"),
    "name": ("来信人", "姓名", "name"),
    "contact": ("联系方式", "联系电话", "手机号", "手机号码", "contact"),
    "title": ("标题", "title"),
    "text": ("内容", "来信内容", "诉求内容", "text"),
    "place": ("地点", "地址", "place"),
    "kind": ("类型", "来信类型", "诉求类型", "kind"),
    "topic": ("主题", "类别", "topic"),
    "consent": ("同意公开", "是否同意公开", "consent"),
    "about": ("反映的单位", "涉及单位", "about"),
}
"""Key -> the headings that mean it, the template's first. Content, so in Chinese in every language."""
NEEDED = ("channel", "received_on", "name", "title", "text", "kind")

CHANNEL_WORDS: dict[str, str] = {
    "邮寄": "post", "来信": "post", "信件": "post", "电话": "phone", "12345": "hotline", "12345热线": "hotline",
    "热线": "hotline", "窗口": "window", "post": "post", "phone": "phone", "hotline": "hotline", "window": "window",
}  # fmt: skip
KIND_WORDS: dict[str, str] = {
    "咨询": "consult", "建议": "suggest", "投诉": "complain", "求助": "ask_help", "举报": "report",
    "consult": "consult", "suggest": "suggest", "complain": "complain", "ask_help": "ask_help", "report": "report",
}  # fmt: skip
CONSENT_WORDS: dict[str, bool] = {
    "": False, "否": False, "不同意": False, "no": False, "是": True, "同意": True, "yes": True,
}  # fmt: skip
_LIMITS = {"name": 40, "title": TITLE_LIMIT, "text": TEXT_LIMIT, "place": 80, "external_number": 60}


@dataclass(frozen=True)
class Row:
    """A row as it is entered. `digest` makes it one letter, however often the file comes."""

    number: int
    channel: str
    external_number: str
    received_on: date
    name: str
    contact: str
    title: str
    text: str
    place: str
    kind: str
    topic: str
    consent: bool
    about_id: int | None
    digest: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"received_on": self.received_on.isoformat()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Row":
        return cls(**{**kept, "received_on": date.fromisoformat(kept["received_on"])})


@dataclass(frozen=True)
class Judged:
    """A row as it stands in the file, and either what is entered or what is wrong with it.
    `stored` is the number of the letter that it is already."""

    line: Line
    row: Row | None
    problems: list[Problem] = field(default_factory=list)
    stored: str = ""


def read(
    data: bytes, filename: str, *, units: Mapping[str, int], actor: Actor, now: datetime
) -> tuple[Table, list[Judged]]:
    """Every row of the file with what is wrong in it. Raises Refused for what is no such table.
    `units` are the departments by their full and short names."""
    table = read_table(data, filename, COLUMNS, needed=NEEDED, most_rows=MOST_LETTERS)
    judged = [_judge(line, units, actor, now) for line in table.lines]
    return table, _without_repeats(judged)


def _judge(line: Line, units: Mapping[str, int], actor: Actor, now: datetime) -> Judged:
    row = RowCheck(line, COLUMNS)
    values = row.values
    row.needed(NEEDED)
    row.at_most(_LIMITS)
    for key in _LIMITS:
        if unprintable(values[key]) and not line.problems:
            row.wrong(N_("%(name)s has characters that cannot be read"), name=row.name(key))
    channel, kind = row.word("channel", CHANNEL_WORDS), row.word("kind", KIND_WORDS)
    consent = row.word("consent", CONSENT_WORDS)
    topic = values["topic"] or OTHER_TOPIC
    if topic not in TOPICS:
        row.wrong(N_("%(word)s is no topic of the mailbox; leave it empty"), word=topic[:20])
    received_on = row.day("received_on")
    about = units.get(values["about"]) if values["about"] else None
    if values["about"] and about is None:
        row.wrong(N_("There is no unit named %(word)s"), word=values["about"][:40])
    row.refused(day_refusal(received_on, now=now) if received_on else None)
    row.refused(entry_refusal(about, actor))
    row.contact("contact", read_contact)
    if row.problems or received_on is None:
        return Judged(line, None, row.problems)
    parts = [str(channel), values["external_number"]]
    if not values["external_number"]:
        parts += [received_on.isoformat(), values["name"], values["contact"], values["title"], values["text"]]
    taken = Row(
        number=line.number, channel=str(channel), external_number=values["external_number"], received_on=received_on,
        name=values["name"], contact=values["contact"], title=values["title"], text=values["text"],
        place=values["place"], kind=str(kind), topic=topic, consent=bool(consent), about_id=about,
        digest=submission_digest("import|" + "|".join(parts)),
    )  # fmt: skip
    return Judged(line, taken)


def _without_repeats(judged: Sequence[Judged]) -> list[Judged]:
    """A row that stands in the file twice is a mistake of the file, told at the second."""
    first: dict[str, int] = {}
    found = []
    for each in judged:
        if each.row is not None and each.row.digest in first:
            same = Problem(N_("The same letter as in row %(row)d"), {"row": first[each.row.digest]})
            found.append(Judged(each.line, None, [same]))
            continue
        if each.row is not None:
            first[each.row.digest] = each.row.number
        found.append(each)
    return found
