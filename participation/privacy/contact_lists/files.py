"""The list as a file. It is made for each fetch and kept nowhere."""

from flask import Response
from flask_babel import gettext as _

from participation.privacy.contact_lists.models import ContactList
from participation.privacy.contact_lists.rules import FIELDS
from participation.privacy.contact_lists.scope import Entry, Members
from participation.web.spreadsheet import csv_response
from participation.web.workbook import Sheet, xlsx_response


def as_file(row: ContactList, found: Members, *, form: str) -> Response:
    """One line a person, with the fields that were asked for and no others."""
    header = [_(FIELDS[name]) for name in row.fields]
    lines = [[_cell(entry, name) for name in row.fields] for entry in found.entries]
    name = f"contacts-{row.id}.{form}"
    if form == "csv":
        answer = csv_response(name, header, lines)
    else:
        notes = (
            _("List of contacts %(id)d. Only for: %(purpose)s", id=row.id, purpose=row.purpose),
            _("Do not pass it on. Delete it after %(day)s and confirm that.", day=row.last_day.isoformat()),
        )
        answer = xlsx_response(name, [Sheet(_("Contacts"), header, lines, notes=notes)])
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _cell(entry: Entry, name: str) -> str:
    if name == "number":
        return "、".join(entry.numbers)
    return entry.name if name == "name" else entry.address
