"""What a letter may say and be: kinds, topics, grounds, numbers and contacts. Pure."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from participation.accounts import normal
from participation.errors import N_, Refused

KINDS: dict[str, tuple[str, str]] = {
    "consult": (N_("Enquiry"), N_("I want to understand something")),
    "suggest": (N_("Suggestion"), N_("Something could be done better")),
    "complain": (N_("Complaint"), N_("Something was done wrongly or too late")),
    "ask_help": (N_("Request for help"), N_("I am in difficulty and need help")),
    "report": (N_("Report of a breach"), N_("I know of a breach of the rules")),
}

TOPICS: tuple[str, ...] = (
    "供热供气", "供水排水", "道路交通", "公共交通", "老旧小区", "物业管理", "市容环卫", "城市管理",
    "教育", "医疗卫生", "医疗保障", "社会保障", "劳动就业", "民政养老", "退役军人", "农业农村",
    "生态环境", "市场监管", "公共安全", "政务服务", "企业服务", "文化旅游", "古商城", "其他",
)  # fmt: skip
"""Content, so in Chinese in every language, like the names of departments."""
OTHER_TOPIC = "其他"
MATTERS = "decisions"
"""The mailbox for comments on decisions in force; one writes to it from the page of a decision."""

CHANNELS: dict[str, str] = {
    "web": N_("Website"),
    "window": N_("Service window"),
    "phone": N_("Telephone"),
    "post": N_("By post"),
    "hotline": N_("12345 hotline"),
}


@dataclass(frozen=True)
class Ground:
    """Why a letter is not taken, and the door that is right for it (R27)."""

    label: str
    channel: str


GROUNDS: dict[str, Ground] = {
    "litigation": Ground(
        N_("The matter is before a court, an arbitrator or a review body"),
        N_("The court, arbitrator or review body that has the case"),
    ),
    "discipline": Ground(
        N_("It reports a breach of discipline by an official"),
        N_("District Commission for Discipline Inspection, telephone 12388"),
    ),
    "petition": Ground(
        N_("The matter is already being handled as a petition"),
        N_("District Petition Office (信访局)"),
    ),
    "disclosure": Ground(
        N_("It asks for government information"),
        N_("Request for disclosure on the district's website, answered within 20 workdays"),
    ),
    "repeat": Ground(
        N_("The same matter was answered already and nothing new is said"),
        N_("The earlier answer; what is new can be written as a new letter"),
    ),
    "advertising": Ground(
        N_("It is advertising or was sent by a machine"),
        N_("12345 hotline, if there is a real matter behind it"),
    ),
}

# 山东省政务服务热线管理办法 (2020): not its duty -> back within 2 workdays, with the reason.
RETURN_WITHIN_WORKDAYS = 2
TEXT_LIMIT = 5000
ANSWER_LIMIT = 8000
TITLE_LIMIT = 60

_NUMBER = re.compile(r"([A-Z]{2})-(\d{4})-(\d{4})-(\d{3,6})")


def letter_number(prefix: str, day: date, sequence: int) -> str:
    """XX-2026-1123-017: mailbox, day of receipt in Shanghai, running number of that day."""
    return f"{prefix}-{day:%Y-%m%d}-{sequence:03d}"


def read_number(written: str) -> str:
    """The number as printed, from what a person typed: full-width, lower case, spaces, other
    dashes. Empty when it cannot be a number."""
    text = unicodedata.normalize("NFKC", written[:80]).upper()
    text = re.sub(r"[\u2010-\u2015\u2212_]", "-", re.sub(r"\s", "", text))
    return text if _NUMBER.fullmatch(text) and text.isascii() else ""


@dataclass(frozen=True)
class ContactAddress:
    """How to reach the writer. channel is "sms" or "email"."""

    channel: str
    address: str


def read_contact(written: str) -> ContactAddress:
    """A mobile number (full-width and spaced allowed) or an e-mail address, whichever it looks
    like. Raises Refused("invalid", field="contact") with a sentence that says what is wrong."""
    text = unicodedata.normalize("NFKC", written[:300]).strip()
    if not text:
        raise Refused(
            "invalid", N_("Give a mobile number or an e-mail address for the code and the answer"), field="contact"
        )
    channel = "email" if "@" in text or re.search(r"[A-Za-z]", text) else "sms"
    try:
        return ContactAddress(channel, normal.contact(channel, text))
    except Refused as refused:
        raise replace(refused, field="contact") from None


def unprintable(text: str) -> bool:
    """Whether the text holds characters nobody can read: NUL, control characters, lone surrogates,
    non-characters, text direction overrides, and U+FFFD, which stands for a wrong encoding."""
    for char in text:
        if char in "\t\n\r":
            continue
        code = ord(char)
        category = unicodedata.category(char)
        if char == "\ufffd" or category in ("Cc", "Cs") or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
            return True
        if 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069:
            return True
    return False


def one_line(text: str) -> str:
    return " ".join(text.split())


def whole_text(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
