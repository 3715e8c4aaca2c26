"""A year, its criteria, the approvals of a batch and its publication."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from participation.decisions.forms.parts import LineField, VersionedForm
from participation.web.fields import AtMost, LocalDateField, PlainStringField, Readable, Wanted
from participation.web.forms import Form


class YearForm(Form):
    year = PlainStringField(_l("Year"), validators=[Wanted(_l("Write the year with four digits, like 2026."))])
    criteria = TextAreaField(
        _l("What belongs in the catalogue"),
        validators=[Readable(), AtMost(5000)],
        description=_l("The criteria are published with the catalogue."),
    )

    @property
    def number(self) -> int | None:
        text = self.year.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


class CriteriaForm(VersionedForm):
    criteria = TextAreaField(_l("What belongs in the catalogue"), validators=[Readable(), AtMost(5000)])
    note = TextAreaField(_l("A remark for the public"), validators=[Readable(), AtMost(1000)])


class ApprovalForm(VersionedForm):
    government_approved_on = LocalDateField(
        _l("The government decided on"), validators=[Wanted(_l("Write the day of the government's decision."))]
    )
    government_meeting = LineField(
        _l("At which meeting"), validators=[Readable(), AtMost(120)], description=_l("The session, as it is published.")
    )
    party_agreed_on = LocalDateField(
        _l("The Party committee agreed on"), description=_l("Can be added later. Nothing is published without it.")
    )
    party_document_no = LineField(
        _l("Number of its paper (optional)"),
        validators=[Readable(), AtMost(80)],
        description=_l("Kept here, never published."),
    )


class PublishForm(VersionedForm):
    reason = TextAreaField(
        _l("Why items are added"),
        validators=[Readable(), AtMost(1000)],
        description=_l("Published with the new items."),
    )
