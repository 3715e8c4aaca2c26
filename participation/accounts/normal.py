"""One form for what people write in many: account names, mobile numbers, e-mail addresses. Pure."""

import re
import unicodedata

from participation.errors import N_, Refused

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_EMAIL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")


def login_name(text: str) -> str:
    """Half-width, lower case, without spaces and characters that cannot be seen."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isprintable() and sign != " ")


def digits(text: str) -> str:
    """Half-width, without the spaces, hyphens and dots people put between digits."""
    return re.sub(r"[\s.\-‐‑–—]", "", unicodedata.normalize("NFKC", text))


def mobile(text: str) -> str:
    """The 11 digits of a mainland mobile number. Raises Refused with what is wrong with it."""
    number = re.sub(r"^(\+86|0086|86(?=1[0-9]{10}$))", "", digits(text))
    if not number:
        raise Refused("invalid", N_("Enter your mobile number"), field="address")
    if not (number.isascii() and number.isdigit()):
        raise Refused("invalid", N_("A mobile number has digits only: please check it"), field="address")
    if len(number) < 11:
        message = N_("The mobile number is too short, please check it: it should have 11 digits, now it has %(count)s.")
        if len(number) == 10:
            message = N_("The mobile number lacks a digit, please check it: it should have 11 digits, now it has 10.")
        raise Refused("invalid", message, field="address", args_={"count": len(number)})
    if len(number) > 11:
        raise Refused(
            "invalid",
            N_("The mobile number is too long, please check it: it should have 11 digits, now it has %(count)s."),
            field="address",
            args_={"count": len(number)},
        )
    if not _MOBILE.fullmatch(number):
        raise Refused("invalid", N_("A mobile number begins with 13 to 19: please check it"), field="address")
    return number


def email(text: str) -> str:
    """The address in lower case. Raises Refused with what is wrong with it."""
    address = login_name(text)
    if not address:
        raise Refused("invalid", N_("Enter your e-mail address"), field="address")
    if len(address) > 254 or not _EMAIL.fullmatch(address) or ".." in address:
        raise Refused("invalid", N_("Enter an e-mail address like name@example.cn"), field="address")
    return address


def contact(channel: str, text: str) -> str:
    """The normal form of a contact of that channel, "sms" or "email"."""
    if channel == "sms":
        return mobile(text)
    if channel == "email":
        return email(text)
    raise Refused("invalid", N_("Choose mobile or e-mail"), field="channel")
