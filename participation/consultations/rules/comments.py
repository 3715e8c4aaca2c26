"""What a comment may be: channels, numbers, contacts, text. Pure."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from participation.accounts import normal
from participation.errors import N_, Refused

TEXT_LIMIT = 5000
NAME_LIMIT = 40
REASON_LIMIT = 3000
PREFIX = "YJ"

CHANNELS: dict[str, str] = {
    "online": N_("Online"),
    "post": N_("By post"),
    "phone": N_("Telephone"),
    "seminar": N_("Seminar"),
    "12345": N_("12345 hotline"),
    "window": N_("Service window"),
}

# T13: only these, each confirmed by a second person.
HIDDEN_GROUNDS: dict[str, str] = {
    "personal_data": N_("It contains personal data of others"),
    "secret": N_("It contains what must be kept secret by law"),
    "insult": N_("It insults or threatens somebody"),
    "advertising": N_("It is advertising"),
}
# PIPL art. 57: what leaked is taken down first and discussed afterwards.
AT_ONCE = frozenset({"personal_data"})

_NUMBER = re.compile(r"YJ-(\d{4})-(\d{4})-(\d{3,6})", re.ASCII)


def comment_number(day: date, sequence: int) -> str:
    """YJ-2026-1123-004: the day of receipt in Shanghai, running number of that day."""
    return f"{PREFIX}-{day:%Y-%m%d}-{sequence:03d}"


def read_number(written: str) -> str:
    """The number as printed, from what a person typed; empty when it cannot be one."""
    text = unicodedata.normalize("NFKC", written[:80]).upper()
    text = re.sub(r"[\u2010-\u2015\u2212_]", "-", re.sub(r"\s", "", text))
    return text if _NUMBER.fullmatch(text) else ""


@dataclass(frozen=True)
class ContactAddress:
    """How to reach the commenter. `channel` is "sms" or "email"."""

    channel: str
    address: str


def read_contact(written: str) -> ContactAddress:
    """A mobile number or an e-mail address, whichever it looks like. Raises Refused("invalid",
    field="contact") with what is wrong with it."""
    text = unicodedata.normalize("NFKC", written[:300]).strip()
    if not text:
        message = N_("Give a mobile number or an e-mail address: the code goes there, and the outcome")
        raise Refused("invalid", message, field="contact")
    channel = "email" if "@" in text or re.search(r"[A-Za-z]", text) else "sms"
    try:
        return ContactAddress(channel, normal.contact(channel, text))
    except Refused as refused:
        raise replace(refused, field="contact") from None


def late_by(seconds: int) -> tuple[str, dict[str, object]]:
    """How late a comment came, as a message and what fills it."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return N_(
            "The period ended %(days)s days ago; this could not be accepted. What you wrote is not lost: it is below."
        ), {"days": days}
    if hours:
        message = N_(
            "%(hours)s h %(minutes)s min too late; this could not be accepted. What you wrote is not lost: it is below."
        )
        return message, {"hours": hours, "minutes": minutes}
    message = N_(
        "%(minutes)s min %(seconds)s s too late; this could not be accepted. What you wrote is not lost: it is below."
    )
    return message, {"minutes": minutes, "seconds": rest}
