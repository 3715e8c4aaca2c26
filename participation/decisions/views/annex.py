"""The annex that offices publish with their catalogue: one table, on paper laid across."""

from collections.abc import Sequence

from docx.document import Document
from flask_babel import gettext as _

from participation.decisions.models import Catalogue
from participation.decisions.rules import BODIES, PROCEDURES
from participation.decisions.views.lines import Line
from participation.web import word
from participation.web.filters import full_day
from participation.web.locale import is_chinese

WIDTHS = (1.3, 5.6, 4.0, 4.4, 4.6, 2.6, 2.0)


def annex(catalogue: Catalogue, lines: Sequence[Line], *, district: str) -> Document:
    """序号、事项名称、承办单位、决策依据、决策程序、计划时间、决策机关, with the day as of which it stands."""
    title = _(
        "%(district)s: catalogue of major administrative decisions %(year)d", district=district, year=catalogue.year
    )
    document = word.new_document(title, landscape=True, size=12)
    word.add_lines(document, _("Annex"), name=word.HEADING, size=14)
    word.add_title(document, title, size=20)
    last = max((batch.published_at for batch in catalogue.batches if batch.published_at), default=None)
    if last is not None:
        word.add_lines(document, _("Published on %(day)s", day=full_day(catalogue.published_at)), size=12, centred=True)
    head = [
        _("No."), _("Item of the catalogue"), _("Units in charge"), _("Basis of the decision"), _("Procedures"),
        _("Time planned"), _("Who decides"),
    ]  # fmt: skip
    word.add_table(document, head, [_row(line) for line in lines], widths=WIDTHS)
    return document


def _row(line: Line) -> list[object]:
    entry = line.entry
    title = entry.shown("title")
    if entry.came is not None:
        title += _(
            " (carried over from %(year)d, item %(number)d)",
            year=entry.came.from_catalogue.year,
            number=entry.came.from_number,
        )
    return [
        entry.number,
        title,
        _units(entry.shown("lead_unit"), entry.shown("joint_units") or []),
        entry.shown("basis"),
        _procedures(line),
        entry.shown("planned_text"),
        _(BODIES[entry.shown("body")]),
    ]


def _units(lead: str, joint: Sequence[str]) -> str:
    return _("%(lead)s (in the lead), %(others)s", lead=lead, others="、".join(joint)) if joint else lead


def _procedures(line: Line) -> str:
    """Those that apply; below them those that do not, with the reason."""
    entry, between = line.entry, "、" if is_chinese() else ", "
    states = entry.shown("procedures") or {}
    apply = [_(label) for key, label in PROCEDURES.items() if states.get(key, {}).get("state") == "applicable"]
    apply += [
        _(label)
        for name, label in (("hearing", "Hearing"), ("survey", "Opinion survey"))
        if entry.shown(name) == "applicable"
    ]
    without = [
        _("%(what)s does not apply: %(reason)s", what=_(label), reason=states[key].get("reason", ""))
        for key, label in PROCEDURES.items()
        if states.get(key, {}).get("state") == "not"
    ]
    return "\n".join(filter(None, [between.join(apply), *without]))
