"""The forms of accounts that anybody may meet. The administrator's are in `staff_forms.py`."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, Length

from participation.accounts import passwords
from flask_wtf import FlaskForm as Form


class SignInForm(Form):
    login = StringField(
        _l("Account"),
        validators=[DataRequired(_l("Enter your account name")), Length(max=254, message=_l("This account name is too long"))],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        validators=[DataRequired(_l("Enter your password")), Length(max=passwords.LONGEST, message=_l("This password is too long"))],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
