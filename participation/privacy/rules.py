"""Why something cannot be erased yet, and how long everything is kept. Pure.

个人信息保护法 art. 19 (no longer than needed), 44–50 (rights), 47 (2) (stored only)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from participation.errors import N_


@dataclass(frozen=True)
class Ground:
    """Why a matter is kept: what the person is told, what ends it, and the article."""

    why: str
    until: str
    article: str


GROUNDS: Final[dict[str, Ground]] = {
    "letter_open": Ground(
        N_("This letter is not answered yet. We owe you the answer and cannot give it without the letter."),
        N_(
            "It is erased 15 days after the answer, so that you can read it, or sooner if you ask again. If you "
            "withdraw the letter, it is erased now."
        ),
        "个人信息保护法 第四十七条第二款",
    ),
    "duty_open": Ground(
        N_("Something that the answer promised, or a legal date of this letter, is still open."),
        N_("It is erased when that is done."),
        "个人信息保护法 第四十七条第二款",
    ),
    "comment_running": Ground(
        N_("The consultation is running. Every comment has to be counted and answered."),
        N_("It is erased 15 days after the consultation was answered, unless it belongs to the dossier of a decision."),
        "国务院令第713号 第十八条",
    ),
    "proposal_open": Ground(
        N_("Your proposal has not been decided on. We owe you the outcome."),
        N_("It is erased 15 days after the outcome was told."),
        "国务院令第713号 第十条",
    ),
    "dossier": Ground(
        N_("It belongs to the dossier of a major decision, which the law obliges us to keep."),
        N_("It is erased when the 30 years of the archive are over."),
        "国务院令第713号 第三十三条；档案法",
    ),
}
READING: Final = timedelta(days=15)
"""So long after the outcome was told it can be read still, in natural days."""
STANDING: Final = frozenset({"dossier"})
"""Grounds that end by the retention table alone."""


@dataclass(frozen=True)
class Kept:
    """One row of the retention table. `jobs` are the names of those that do it; none where nothing is due."""

    key: str
    what: str
    time: str
    since: str
    basis: str
    then: str
    jobs: tuple[str, ...]
    years: int = 0


ERASED, ARCHIVED, EMPTIED, STAYS = N_("erased"), N_("erased after the archive's term"), N_("emptied"), N_("stays")
_ARCHIVES = "机关文件材料归档范围和文书档案保管期限规定"

RETENTION: Final[tuple[Kept, ...]] = (
    Kept("draft", N_("Forms that were not sent, and files chosen in them"), N_("7 days"), N_("the last change"),
         "个人信息保护法 第十九条", ERASED,
         ("mailbox.drafts", "consultations.sweep", "decisions.sweep", "files.drop_staged")),
    Kept("code", N_("Codes sent to a number or address, and tries that are counted"), N_("1 day"), N_("their end"),
         "个人信息保护法 第十九条", ERASED, ("forget_attempts",)),
    Kept("session", N_("The record of sign-ins (digests of network addresses)"), N_("200 days"),
         N_("the end of the visit"),
         "网络安全法 第二十一条", ERASED, ("forget_attempts",)),
    Kept("notice", N_("Messages that we sent: text and address"), N_("30 days"), N_("sending"),
         "个人信息保护法 第十九条", EMPTIED, ("notices.forget",)),
    Kept("letter", N_("Letters, their answers and attachments"), N_("10 years"), N_("their arrival"),
         _ARCHIVES, ERASED, ("privacy.retention",), 10),
    Kept("comment", N_("Comments on drafts that belong to no decision"), N_("10 years"), N_("their arrival"),
         _ARCHIVES, ERASED, ("privacy.retention",), 10),
    Kept("proposal", N_("Proposals that were not taken"), N_("10 years"), N_("their arrival"),
         _ARCHIVES, ERASED, ("privacy.retention",), 10),
    Kept("dossier", N_("Comments, proposals and letters in the dossier of a major decision"), N_("30 years"),
         N_("their arrival"), "国务院令第713号 第三十三条；" + _ARCHIVES, ARCHIVED, ("privacy.retention",), 30),
    Kept("limited", N_("What you asked us to erase and could not be erased at once"), N_("until the ground ends"),
         N_("the ground told to you"), "个人信息保护法 第四十七条", ERASED, ("privacy.release",)),
    Kept("account", N_("Accounts of citizens"), N_("until you close it"), N_("opening it"),
         "个人信息保护法 第四十七条", N_("erased at once"), ()),
    Kept("request", N_("Requests about personal data; a granted correction stays with what it corrects"),
         N_("3 years"), N_("the decision"),
         "个人信息保护法 第五十六条", EMPTIED, ("privacy.retention",), 3),
    Kept("contact_list", N_("Lists of contacts: who asked, for what, who allowed it, when it was taken"), N_("3 years"),
         N_("the last day of the list"),
         "个人信息保护法 第五十六条", EMPTIED, ("privacy.contact_lists",), 3),
    Kept("reading", N_("Which auditor read which letter when (numbers only)"), N_("as long as the record"),
         N_("reading"),
         "个人信息保护法 第五十一条", STAYS, ()),
)  # fmt: skip


def years(key: str) -> int:
    """For how many years a row of the table is kept."""
    return next(row.years for row in RETENTION if row.key == key)


RequestKind = Literal["erase", "correct", "object"]
KINDS: Final[dict[str, str]] = {
    "erase": N_("Erase my data"),
    "correct": N_("Correct what is stored"),
    "object": N_("Look again at what was kept"),
}
STATES: Final[dict[str, str]] = {
    "done": N_("Done"),
    "waiting": N_("Waiting for a decision"),
    "granted": N_("Granted"),
    "refused": N_("Refused, with the reason"),
}
ANSWER_WORKDAYS: Final = 15
MOST = 2000
LEAST_REASON = 10
