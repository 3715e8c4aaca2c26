"""What every text field of the mailboxes is checked for."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectChoice, ValidationError
from wtforms import Form as AnyForm

from participation.accounts import queries as accounts
from participation.mailbox.rules import one_line, unprintable, whole_text

CHINESE = {"lang": "zh-CN"}
"""Names of units and topics are content: Chinese in every language."""


class Text:
    """Says what is missing, too long or unreadable. Lengths count characters as people do."""

    def __init__(self, missing: object = None, *, longest: int, shortest: int = 1) -> None:
        self.missing, self.longest, self.shortest = missing, longest, shortest
        self.field_flags = {"at_most": longest}

    def __call__(self, form: AnyForm, field: Field) -> None:
        text = field.data or ""
        if unprintable(text):
            raise ValidationError(_("This text has characters that cannot be read. Please type it anew at that place"))
        if len(text) > self.longest:
            raise ValidationError(
                _("Shorten this to %(most)d characters; now it has %(count)d", most=self.longest, count=len(text))
            )
        if self.missing is not None and len(text) < self.shortest:
            raise ValidationError(str(self.missing))


def line(text: str | None) -> str:
    return one_line(text or "")


def paragraphs(text: str | None) -> str:
    return whole_text(text or "")


CHOOSE_KIND = _l("Say what kind of letter this is")


def shown_number(text: str | None) -> int | None:
    """The version in a hidden field, None when it is no number."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def units(without: set[int]) -> list[SelectChoice]:
    """The district's active units as choices, without those that cannot be chosen."""
    rows = [row for row in accounts.departments() if row.id not in without]
    return [SelectChoice(str(row.id), row.name, render_kw=CHINESE) for row in rows]
