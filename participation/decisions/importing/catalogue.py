"""A table of an office as catalogue items: all of it, or none with the reasons."""

import re
from dataclasses import dataclass
from dataclasses import field as made_of
from datetime import date
from typing import Any

from participation.decisions.importing import dates, headings, procedures, units
from participation.decisions.importing.sheet import Row, rows_of
from participation.decisions.rules import EXCLUDED, SCOPE, category_of, field_in
from participation.errors import N_, Refused

LONGEST_TITLE = 200
_TRAILING = re.compile(r"^(注|备注|说明|填表|填报|合计|共计|联系|制表|审核|附)")
_NUMBER = re.compile(r"第?\s*(\d{1,4})\s*[.．、项号]?")


@dataclass(frozen=True)
class Remark:
    """A note or an error: the row as the file shows it, the field, the text it is about, and a
    sentence in English whose placeholders `args` fill."""

    row: int
    field: str
    message: str
    text: str = ""
    args: tuple[tuple[str, object], ...] = ()
    basis: str = ""

    @property
    def values(self) -> dict[str, object]:
        return {"row": self.row, "text": self.text, **dict(self.args)}

    def as_dict(self) -> dict[str, Any]:
        sentence = self.message % self.values
        return {
            "row": self.row,
            "field": self.field,
            "text": self.text,
            "message": f"{sentence} ({self.basis})" if self.basis else sentence,
        }


@dataclass
class Item:
    """One row, in the union of the fields that offices publish (R4)."""

    row: int
    number: int | None
    title: str
    category: str = ""
    field: str = ""
    affects_business: bool | None = None
    lead_unit: str = ""
    joint_units: tuple[str, ...] = ()
    basis: str = ""
    procedures: dict[str, str] = made_of(default_factory=dict)
    reasons: dict[str, str] = made_of(default_factory=dict)
    hearing: str = "unknown"
    survey: str = "unknown"
    planned_text: str = ""
    planned_from: date | None = None
    planned_to: date | None = None
    body: str = ""
    deliberation: str = ""
    predisclosure: str = ""
    result: str = ""
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "number": self.number,
            "title": self.title,
            "category": self.category,
            "field": self.field,
            "affects_business": self.affects_business,
            "lead_unit": self.lead_unit,
            "joint_units": list(self.joint_units),
            "basis": self.basis,
            "procedures": dict(self.procedures),
            "reasons": dict(self.reasons),
            "hearing": self.hearing,
            "survey": self.survey,
            "planned": {
                "text": self.planned_text,
                "from": self.planned_from.isoformat() if self.planned_from else None,
                "to": self.planned_to.isoformat() if self.planned_to else None,
            },
            "body": self.body,
            "deliberation": self.deliberation,
            "predisclosure": self.predisclosure,
            "result": self.result,
            "note": self.note,
        }


@dataclass
class Outcome:
    """What a file says. With any error nothing of it may be stored."""

    items: list[Item] = made_of(default_factory=list)
    notes: list[Remark] = made_of(default_factory=list)
    errors: list[Remark] = made_of(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return {
            "items": [item.as_dict() for item in self.items],
            "notes": [note.as_dict() for note in self.notes],
            "errors": [error.as_dict() for error in self.errors],
        }


def read(data: bytes, *, year: int, filename: str = "") -> Outcome:
    """Reads a catalogue. A file that is none gives one error on row 0 or on its heading row."""
    outcome = Outcome()
    try:
        rows = rows_of(data, filename)
    except Refused as refused:
        outcome.errors.append(
            Remark(int(str(refused.args_.get("row", 0))), "file", refused.message, args=tuple(refused.args_.items()))
        )
        return outcome
    header = next((place for place, row in enumerate(rows[:20]) if headings.is_header(row.cells)), None)
    if header is None:
        outcome.errors.append(_no_header(rows))
        return outcome
    for row in rows[:header]:
        if not row.empty:
            outcome.notes.append(
                Remark(
                    row.number,
                    "",
                    N_("Stands above the headings and is not an item: %(text)s"),
                    " ".join(filter(None, row.cells)),
                )
            )
    names, begin = _columns(rows, header)
    table = _Table(names, year, outcome)
    for row in rows[begin:]:
        table.take(row)
    if not outcome.items and not outcome.errors:
        outcome.errors.append(Remark(rows[header].number, "file", N_("There is no item under the headings.")))
    return outcome


def _no_header(rows: list[Row]) -> Remark:
    for row in rows[:20]:
        if headings.is_adoption_table(row.cells):
            return Remark(
                row.number,
                "file",
                N_(
                    "This is a table of comments and what became of them, not a catalogue."
                    " Publish it as the feedback of its consultation."
                ),
            )
    return Remark(
        0,
        "file",
        N_(
            "No heading row was found. A catalogue has at least a column for the title (决策事项名称)"
            " and one for the unit (承办单位)."
        ),
    )


@dataclass(frozen=True)
class Column:
    heading: str
    field: str | None


def _columns(rows: list[Row], header: int) -> tuple[list[Column], int]:
    """The columns, also where a second row of headings divides 决策程序 or 单位 into several."""
    top = rows[header]
    below = rows[header + 1] if header + 1 < len(rows) else None
    fields = headings.fields_of(top.cells)
    title = fields.index("title")
    if (
        below is not None
        and not below.cell(title)
        and sum(headings.field_of(cell) is not None for cell in below.cells) >= 2
    ):
        width = max(len(top.cells), len(below.cells))
        names = [below.cell(at) or top.cell(at) for at in range(width)]
        return [Column(*pair) for pair in zip(names, headings.fields_of(names), strict=True)], header + 2
    return [Column(*pair) for pair in zip(top.cells, fields, strict=True)], header + 1


class _Table:
    """The rows under the headings, one after the other."""

    def __init__(self, columns: list[Column], year: int, outcome: Outcome) -> None:
        self.columns, self.year, self.outcome = columns, year, outcome
        self.section = ""
        self.titles: dict[str, int] = {}

    def take(self, row: Row) -> None:
        if row.empty or headings.is_header(row.cells):  # a heading repeated on the next printed page
            return
        values = {column.field: row.cell(at) for at, column in enumerate(self.columns) if column.field}
        if row.formulas:
            self._error(
                row, "", N_("Row %(row)d has a formula without a stored value. Open the file, save it and try again.")
            )
        elif not values["title"]:
            self._untitled(row, values)
        elif self._trails(row, values):
            self._remark(row)
        elif len(values["title"]) > LONGEST_TITLE:
            self._error(row, "title", N_("The title in row %(row)d has more than 200 characters."))
        elif values["title"] in self.titles:
            self._error(
                row,
                "title",
                N_("Row %(row)d repeats the title of row %(first)d."),
                values["title"],
                first=self.titles[values["title"]],
            )
        else:
            self._item(row, values)

    def _untitled(self, row: Row, values: dict[str, str]) -> None:
        written = [cell for cell in row.cells if cell]
        numbered = _NUMBER.fullmatch(values.get("number", "")) is not None
        if len(written) == 1 and not numbered:
            kind = category_of(written[0])
            self.section = kind or ""
            self._remark(row)
            return
        self._error(row, "title", N_("Row %(row)d has no title."))

    def _trails(self, row: Row, values: dict[str, str]) -> bool:
        written = [cell for cell in row.cells if cell]
        return len(written) == 1 and not values.get("number") and bool(_TRAILING.match(written[0]))

    def _remark(self, row: Row) -> None:
        self._note(row, "", N_("Is not an item and was left out: %(text)s"), " ".join(filter(None, row.cells)))

    def _note(self, row: Row, name: str, message: str, text: str = "") -> None:
        self.outcome.notes.append(Remark(row.number, name, message, text))

    def _error(self, row: Row, name: str, message: str, text: str = "", basis: str = "", **args: object) -> None:
        self.outcome.errors.append(Remark(row.number, name, message, text, tuple(args.items()), basis))

    def _item(self, row: Row, values: dict[str, str]) -> None:
        self.titles[values["title"]] = row.number
        item = Item(row.number, None, values["title"])
        kept = [values.get("note", "")]
        number = _NUMBER.fullmatch(values.get("number", ""))
        if number:
            item.number = int(number[1])
        elif values.get("number"):
            self._keep(row, "number", "序号", values["number"], kept)
        if not self._category(row, item, values.get("category", ""), kept):
            return
        found = units.read(values.get("lead", ""), values.get("joint", ""))
        item.lead_unit, item.joint_units = found.lead, found.joint
        if not found.lead:
            self._note(row, "lead_unit", N_("Row %(row)d names no unit. Add one before the catalogue is published."))
        self._procedures(row, item, values, kept)
        self._planned(row, item, values.get("planned", ""))
        for name in ("basis", "body", "deliberation", "predisclosure", "result"):
            setattr(item, name, values.get(name, ""))
        self._unplaced(row, kept)
        item.note = "\n".join(filter(None, kept))
        self.outcome.items.append(item)

    def _keep(self, row: Row, name: str, heading: str, text: str, kept: list[str]) -> None:
        kept.append(f"{heading}：{text}" if heading else text)
        self._note(row, name, N_("Could not be placed and is kept as a note: %(text)s"), text)

    def _category(self, row: Row, item: Item, text: str, kept: list[str]) -> bool:
        kind = category_of(text) if text else self.section
        if kind in EXCLUDED:
            self._error(
                row,
                "category",
                N_("Row %(row)d is of a kind that does not belong in the catalogue: %(text)s"),
                text,
                basis=SCOPE,
            )
            return False
        if text and kind is None:
            self._keep(row, "category", "类别", text, kept)
        item.category = kind or ""
        return True

    def _procedures(self, row: Row, item: Item, values: dict[str, str], kept: list[str]) -> None:
        text = values.get("procedures", "")
        found = procedures.read(text)
        for column, name in headings.PROCEDURE_COLUMNS.items():
            if values.get(column):
                self._answer(row, found, name, values[column], kept)
        if values.get("hearing"):
            self._answer(row, found, "hearing", values["hearing"], kept)
        item.procedures, item.hearing, item.reasons = dict(found.states), found.hearing, found.reasons
        self._heard(row, item, values, kept)
        nothing = "applicable" not in found.states.values() and "not" not in found.states.values()
        rest = [text] if nothing and found.hearing == "unknown" and found.rest else found.rest
        for part in rest:
            self._keep(row, "procedures", "决策程序", part, kept)

    def _heard(self, row: Row, item: Item, values: dict[str, str], kept: list[str]) -> None:
        """Whom the plan hears: by a survey, and whether firms are affected; in which field."""
        for name, heading in (("survey", "民意调查"), ("business", "是否涉企"), ("area", "领域")):
            text = values.get(name, "")
            if name == "area":
                item.field = field_in(text) or ""
                unread = not item.field
            else:
                state, _reason = procedures.answer(text)
                unread = state == "unknown"
                if name == "survey":
                    item.survey = state
                else:
                    item.affects_business = None if unread else state == "applicable"
            if text and unread:
                self._keep(row, name, heading, text, kept)

    def _answer(self, row: Row, found: procedures.Procedures, name: str, text: str, kept: list[str]) -> None:
        state, reason = procedures.answer(text)
        found.set(name, state, reason)
        if state == "unknown" and reason:
            self._keep(row, "procedures", name, text, kept)

    def _planned(self, row: Row, item: Item, text: str) -> None:
        planned = dates.read(text, year=self.year)
        item.planned_text, item.planned_from, item.planned_to = text, planned.start, planned.end
        if text and not planned.parsed:
            self._note(
                row, "planned", N_("The planned time is kept as written; no date could be read from it: %(text)s"), text
            )

    def _unplaced(self, row: Row, kept: list[str]) -> None:
        for at, cell in enumerate(row.cells):
            column = self.columns[at] if at < len(self.columns) else Column("", None)
            if cell and column.field is None:
                self._keep(row, "", column.heading, cell, kept)
