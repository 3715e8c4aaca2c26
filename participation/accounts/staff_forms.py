"""The forms of the administrator and of heads who delegate."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectChoice, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from participation.access import Role
from participation.accounts.forms import Form
from participation.accounts.models import DEPARTMENT_KINDS
from participation.web.fields import AtMost, LocalDateField, PlainStringField, Readable, Wanted

KINDS = {
    "government_office": _l("Government office"),
    "department": _l("Bureau or centre"),
    "street": _l("Street office"),
    "town": _l("Town government"),
    "other": _l("Other body"),
}
ROLES = {
    Role.OFFICER: _l("Officer: drafts answers"),
    Role.HEAD: _l("Head: approves"),
    Role.OFFICE: _l("Government office: dispatch and catalogue"),
    Role.AUDITOR: _l("Auditor: reads and writes findings"),
    Role.ADMINISTRATOR: _l("Administrator: people, no letters"),
}
ROLE_NAMES = {
    "officer": _l("Officer"),
    "head": _l("Head"),
    "office": _l("Government office"),
    "auditor": _l("Auditor"),
    "administrator": _l("Administrator"),
}


class DepartmentForm(Form):
    name = PlainStringField(_l("Full name"), validators=[Wanted(_l("Enter the full name")), Readable(), AtMost(120)])
    short_name = PlainStringField(
        _l("Short name"), validators=[Wanted(_l("Enter the short name")), Readable(), AtMost(40)]
    )
    name_en = PlainStringField(_l("Name in English"), validators=[Readable(), AtMost(160)])
    sort = IntegerField(
        _l("Place in the list"),
        default=0,
        validators=[
            InputRequired(_l("Enter a number: small ones come first")),
            NumberRange(0, 100000, message=_l("Enter a number between 0 and 100000")),
        ],
        render_kw={"inputmode": "numeric"},
    )


class NewDepartmentForm(DepartmentForm):
    code = PlainStringField(_l("Code"), validators=[Wanted(_l("Enter the department's code")), Readable(), AtMost(40)])
    kind = SelectField(
        _l("Kind of body"), choices=[SelectChoice(kind, KINDS[kind]) for kind in DEPARTMENT_KINDS], default="department"
    )


class PostForm(Form):
    title = PlainStringField(
        _l("Title of the post"),
        validators=[Wanted(_l("Enter the title of the post")), Readable(), AtMost(80)],
    )
    role = SelectField(_l("Role"), choices=[SelectChoice(role.value, text) for role, text in ROLES.items()])


class PersonForm(Form):
    name = PlainStringField(_l("Name"), validators=[Wanted(_l("Enter the name")), Readable(), AtMost(80)])
    login = PlainStringField(
        _l("Account"),
        validators=[
            Wanted(_l("Enter an account name")),
            Length(min=2, max=60, message=_l("An account name has 2 to 60 characters")),
        ],
        render_kw={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"},
    )


class AppointForm(Form):
    person_id = SelectField(_l("Person"), coerce=int, validators=[DataRequired(_l("Choose a person"))])
    from_on = LocalDateField(_l("First day"), validators=[Wanted(_l("Enter the first day"))])
    until_on = LocalDateField(_l("Last day"), validators=[Optional()])


class DelegateForm(Form):
    post_id = SelectField(_l("Post"), coerce=int, validators=[DataRequired(_l("Choose a post"))])
    deputy = SelectField(_l("Deputy"), coerce=int, validators=[DataRequired(_l("Choose a deputy"))])
    from_on = LocalDateField(_l("First day"), validators=[Wanted(_l("Enter the first day"))])
    until_on = LocalDateField(_l("Last day"), validators=[Wanted(_l("Enter the last day"))])


class EndForm(Form):
    until_on = LocalDateField(_l("Last day"), validators=[Wanted(_l("Enter the last day"))])
