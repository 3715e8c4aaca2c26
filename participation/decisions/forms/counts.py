"""Small numbers, and rows that repeat: groups of people, participants, risk points."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, Form, FormField, SelectChoice, SelectField, StringField

from participation.decisions.hearing import SIDES
from participation.decisions.means import GROUPS
from participation.decisions.risks import KINDS, LEVELS
from participation.web.fields import AtMost, Readable, narrow
from participation.web.widgets import LineInput

MOST_ROWS = 60


class CountField(StringField):
    """A whole number from 0 to 99 999 999; empty is 0. What cannot be read stays in the field."""

    widget = LineInput()

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.typed = ""

    def _value(self) -> str:
        return self.typed or (str(self.data) if self.data else "")

    def process_formdata(self, valuelist: list[str]) -> None:
        self.typed = narrow(valuelist[0]) if valuelist else ""
        self.data = 0
        if not self.typed:
            return
        if not self.typed.isdecimal() or len(self.typed) > 8:
            raise ValueError(_("Write a whole number."))
        self.data = int(self.typed)


def _choices(names: dict[str, str], first: str) -> list[SelectChoice]:
    return [SelectChoice("", first), *(SelectChoice(key, _(label)) for key, label in names.items())]


class GroupRow(Form):
    group = SelectField(_l("Group"), validate_choice=False)
    number = CountField(_l("Number of people"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group.choices = _choices(GROUPS, _("Choose a group"))


class PersonRow(Form):
    name = StringField(_l("Name"), validators=[Readable(), AtMost(60)], widget=LineInput())
    side = SelectField(_l("Side"), validate_choice=False)
    stakeholder = BooleanField(_l("Directly concerned"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.side.choices = _choices(SIDES, _("Choose a side"))


class PointRow(Form):
    text = StringField(_l("Risk"), validators=[Readable(), AtMost(300)], widget=LineInput())
    kind = SelectField(_l("Kind of risk"), validate_choice=False)
    level = SelectField(_l("Level of risk"), validate_choice=False)
    measure = StringField(_l("Measure"), validators=[Readable(), AtMost(500)], widget=LineInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = _choices(KINDS, _("Choose a kind"))
        self.level.choices = _choices(LEVELS, _("Choose a level"))


def rows(kind: type[Form], label: Any, *, first: int, description: Any = "") -> FieldList:
    """Rows of `kind`; what is empty is left out by `filled`."""
    return FieldList(FormField(kind), label=label, min_entries=first, max_entries=MOST_ROWS, description=description)


def filled(entries: FieldList, *names: str) -> list[dict[str, Any]]:
    """The rows in which any of `names` was written."""
    return [dict(row.data) for row in entries if any(row.data[name] for name in names)]


def more(entries: FieldList, number: int = 4) -> None:
    """Adds empty rows, as far as rows go."""
    for _place in range(min(number, MOST_ROWS - len(entries))):
        entries.append_entry()
