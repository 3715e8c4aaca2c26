"""Choosing which unfinished items a catalogue takes over."""

from collections.abc import Sequence

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectMultipleField, TextAreaField

from participation.decisions.importing.words import plain
from participation.decisions.queries.entries import Entry
from participation.web.fields import AtMost, Readable, Wanted
from participation.web.forms import Form

LONGEST = 300


class CarryForm(Form):
    items = SelectMultipleField(_l("Items"), validators=[Wanted(_l("Choose at least one item."))])
    reason = TextAreaField(
        _l("Why they were not finished in their year"),
        validators=[
            Wanted(_l("Write why the item was not finished in its year; the reason is published.")),
            Readable(),
            AtMost(1000),
        ],
        description=_l("Published with the items."),
    )

    def __init__(self, entries: Sequence[Entry], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries
        self.items.choices = [SelectChoice(str(entry.decision.id), entry.shown("title")) for entry in entries]

    @property
    def chosen(self) -> list[Entry]:
        return [entry for entry in self.entries if str(entry.decision.id) in (self.items.data or [])]

    def planned(self, entry: Entry) -> str:
        """The new planned time that was written beside the item; empty where it stays."""
        written = request.form.get(f"planned-{entry.decision.id}", "")
        return plain("".join(sign if sign.isprintable() else " " for sign in written))[:LONGEST]
