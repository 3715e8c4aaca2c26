"""The forms of accounts that anybody may meet. The administrator's are in `staff_forms.py`."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, RadioField, SelectChoice
from wtforms.validators import EqualTo, Length

from participation.accounts import passwords
from participation.errors import Refused
from participation.web.fields import AtMost, PlainStringField, Readable, Wanted
from participation.web.forms import Form

_TOO_LONG = _l("This password is too long: 128 characters at most")


class SignInForm(Form):
    login = PlainStringField(
        _l("Account"),
        validators=[
            Wanted(_l("Enter your account name")),
            Length(max=254, message=_l("This account name is too long")),
        ],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        validators=[Wanted(_l("Enter your password")), Length(max=passwords.LONGEST, message=_TOO_LONG)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class ContactForm(Form):
    channel = RadioField(
        _l("How can we reach you?"),
        choices=[SelectChoice("sms", _l("Mobile number")), SelectChoice("email", _l("E-mail address"))],
        default="sms",
        validators=[Wanted(_l("Choose mobile or e-mail"))],
    )
    address = PlainStringField(
        _l("Mobile number or e-mail address"),
        validators=[
            Wanted(_l("Enter your mobile number or e-mail address")),
            Length(max=254, message=_l("This address is too long")),
        ],
        render_kw={"autocomplete": "tel", "autocapitalize": "none", "spellcheck": "false"},
    )
    next = HiddenField()


class CodeForm(Form):
    code = PlainStringField(
        _l("Code"),
        validators=[Wanted(_l("Enter the six digits from the message")), Length(max=40)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )
    next = HiddenField()


class NewPasswordForm(Form):
    """A password is chosen twice alike."""

    password = PasswordField(
        _l("New password"),
        validators=[
            Wanted(_l("Enter the new password")),
            Length(min=passwords.SHORTEST, message=_l("Use at least 10 characters: a sentence is easy to keep")),
            Length(max=passwords.LONGEST, message=_TOO_LONG),
        ],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("The same password again"),
        validators=[EqualTo("password", message=_l("The two passwords differ: enter the same one twice"))],
        render_kw={"autocomplete": "new-password"},
    )


class RegisterForm(NewPasswordForm):
    name = PlainStringField(
        _l("Your name"),
        validators=[Wanted(_l("Enter your name")), Readable(), AtMost(80)],
        render_kw={"autocomplete": "name"},
    )


class PasswordForm(NewPasswordForm):
    """Changing one's own password takes the present one."""

    present = PasswordField(
        _l("Present password"),
        validators=[Wanted(_l("Enter your present password")), Length(max=passwords.LONGEST, message=_TOO_LONG)],
        render_kw={"autocomplete": "current-password"},
    )


def blame(form: Form, refused: Refused) -> None:
    """Puts a refusal at the field that can mend it, or above the form."""
    message = _(refused.message) % refused.args_ if refused.args_ else _(refused.message)
    form.refuse(refused.field, message)
