"""The index of a dossier and the record of the procedure, as Word files: what an archivist reads first."""

from collections.abc import Sequence
from datetime import datetime

from participation.clock import local
from participation.decisions.dossier.parts import Section
from participation.decisions.dossier.reading import Told
from participation.decisions.models import Decision
from participation.web import word
from participation.web.packed import Part

HEAD = ("序号", "文号或编号", "题名", "种类", "日期", "所在位置或保管单位", "公开情况")
WIDTHS = (1.2, 3.2, 7.4, 3.4, 2.6, 5.0, 2.4)
# Printed on paper and archived in China, whoever makes it: the one language is Chinese.


def index(decision: Decision, sections: Sequence[Section], *, made_at: datetime, district: str) -> Part:
    """卷内目录: every paper in the order of the procedure, with where it lies or who keeps it."""
    title = f"{district}重大行政决策卷宗：{decision.title}"
    document = word.new_document(title, landscape=True, size=12)
    word.add_title(document, "卷内目录", size=20)
    word.add_lines(document, title, size=14, centred=True)
    made = local(made_at)
    word.add_lines(
        document,
        f"{decision.catalogue.year} 年度目录第 {decision.number} 项；承办单位：{decision.lead_unit or '未列明'}；"
        f"形成于 {made.year} 年 {made.month} 月 {made.day} 日 {made:%H:%M}。",
        size=12,
    )
    number = 0
    for section in sections:
        word.add_heading(document, f"{section.number}. {section.label}　{section.standing}", size=14)
        word.add_lines(document, f"依据：{section.article}", size=10.5)
        rows: list[list[object]] = []
        for place, part in enumerate(section.parts, start=1):
            number += 1
            where = f"{section.folder}/{place:02d}-{part.name}"
            rows.append([number, part.number, part.title, part.what, part.on, where, "公开"])
        for one in section.references:
            number += 1
            rows.append([number, one.number, one.title, one.what, one.on, f"{one.custodian}保管", "不公开，只列名"])
        if rows:
            word.add_table(document, HEAD, rows, widths=WIDTHS)
        else:
            word.add_lines(document, "本环节没有归入卷宗的材料。", size=12)
    return Part("00-卷内目录.docx", "卷内目录", "目录", word.saved(document))


def course(decision: Decision, told: Sequence[Told]) -> Part:
    """全过程记录: what the public page says of every step, on the day the dossier was made."""
    document = word.new_document(f"{decision.title}：全过程记录", size=12)
    word.add_title(document, f"{decision.title}：全过程记录", size=18)
    for one in told:
        word.add_heading(document, one.heading, size=14)
        for line in one.lines:
            word.add_lines(document, line, size=12)
    return Part("00-全过程记录.docx", "全过程记录（公开内容）", "过程记录", word.saved(document))
