"""The papers of a decision: which kinds there are, where each belongs, and who may do what. Pure.

This is an internet site. Records of meetings, Party papers, the legality opinion and reports that were
not redacted stay where they are kept: here stands only what they are called, their day and who keeps
them (政府信息公开条例 art. 14 and 16), unless the installation serves the government's own network.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from participation.access import Actor, Capability
from participation.errors import N_, Refused
from participation.redaction import detect

DISCLOSURE: Final = "政府信息公开条例"
INTERNAL_RULE: Final = f"{DISCLOSURE} 第十四、十六条"
ATTRIBUTE_RULE: Final = f"{DISCLOSURE} 第十三至十六条"
REVIEW_RULE: Final = f"{DISCLOSURE} 第十七条；个人信息保护法 第二十五条"
SECRECY_RULE: Final = f"{DISCLOSURE} 第十四、十七条"
PERSONAL_RULE: Final = f"{DISCLOSURE} 第十五条；个人信息保护法 第二十五条"


@dataclass(frozen=True)
class PaperRole:
    """`step` is the link of the chain that the paper belongs to ("" for one of any step). `internal`
    ones are only named here. `needed`: no decision, or none to which the step applies, may do without."""

    label: str
    step: str
    internal: bool = False
    needed: bool = False


PAPER_ROLES: Final[dict[str, PaperRole]] = {
    "draft": PaperRole(N_("Draft"), "drafting", needed=True),
    "explanation": PaperRole(N_("Explanation of the draft"), "drafting", needed=True),
    "background": PaperRole(N_("Background"), "drafting"),
    "adoption_report": PaperRole(N_("Report on the comments"), "participation", needed=True),
    "hearing_record": PaperRole(N_("Record of the hearing"), "participation"),
    "expert_report": PaperRole(N_("Report of the experts"), "expert", needed=True),
    "risk_report": PaperRole(N_("Risk assessment report"), "risk", needed=True),
    "fair_competition": PaperRole(N_("Fair competition review"), "legality"),
    "legality_opinion": PaperRole(N_("Legality opinion"), "legality", internal=True, needed=True),
    "meeting_minutes": PaperRole(N_("Record of the meeting"), "deliberation", internal=True, needed=True),
    "party_paper": PaperRole(N_("Paper of the Party committee"), "deliberation", internal=True),
    "decision_text": PaperRole(N_("The decision"), "published", needed=True),
    "interpretation": PaperRole(N_("Interpretation"), "published", needed=True),
    "progress_report": PaperRole(N_("Progress report"), "executing"),
    "evaluation_report": PaperRole(N_("Evaluation report"), "evaluated", needed=True),
    "other": PaperRole(N_("Another paper"), ""),
}

FORMS: Final = ("text", "file", "reference")

ATTRIBUTES: Final[dict[str, str]] = {
    "public": N_("Public"),
    "on_request": N_("On request"),
    "not_public": N_("Not public"),
}


@dataclass(frozen=True)
class Ground:
    """Why a paper is not public, with the article that allows it."""

    label: str
    article: str


GROUNDS: Final[dict[str, Ground]] = {
    "process": Ground(N_("A record of how the decision was discussed and prepared"), f"{DISCLOSURE} 第十六条"),
    "internal": Ground(N_("Internal affairs of the administration"), f"{DISCLOSURE} 第十六条"),
    "third_party": Ground(N_("Business secrets or privacy of others"), f"{DISCLOSURE} 第十五条"),
    "secret": Ground(N_("A state secret, or a danger to safety and stability"), f"{DISCLOSURE} 第十四条"),
}

VALIDITIES: Final[dict[str, str]] = {
    "in_force": N_("In force"),
    "repealed": N_("Repealed"),
    "expired": N_("Expired"),
}

TITLE_LIMIT: Final = 200
TEXT_LIMIT: Final = 200_000
"""Characters of a paper's text. Reports are longer than a draft for comment."""

ROUND_OVER: Final = N_("This paper belongs to an earlier run of the decision; it stays as it is.")


@dataclass(frozen=True)
class PaperFacts:
    """A paper as it stands. `entered_by`, `secrecy_by` and `personal_by` are persons; `current` says
    whether it belongs to the present run, `newest` whether no later version was entered, `waits_for`
    what the chain wants first before papers of this step go out, with its article."""

    form: str
    attribute: str
    published: bool = False
    set_aside: bool = False
    returned: bool = False
    current: bool = True
    newest: bool = True
    entered_by: int | None = None
    secrecy_by: int | None = None
    personal_by: int | None = None
    lead_department_id: int | None = None
    ended: bool = False
    waits_for: tuple[str, str] = ("", "")

    @property
    def goes_out(self) -> bool:
        """Whether anything but the ground is shown to everybody."""
        return self.attribute in ("public", "on_request")


ACTS: Final = ("enter", "rewrite", "secrecy", "personal", "return", "publish", "renew", "validity", "take_back")


def may_keep(actor: Actor, lead_department_id: int | None) -> bool:
    """The unit in the lead and the government office keep the papers of a decision (713号 art. 11)."""
    if actor.person_id is None:
        return False
    if actor.can(Capability.MANAGE_CATALOGUE):
        return True
    return lead_department_id is not None and actor.can(Capability.ANSWER, lead_department_id)


def refusal(act: str, facts: PaperFacts, actor: Actor) -> Refused | None:
    """Why `actor` may not do `act` with the paper now, or None when they may."""
    if not may_keep(actor, facts.lead_department_id):
        return Refused(
            "forbidden",
            N_("Only the unit in the lead and the government office keep the papers of a decision."),
            "国务院令第713号 第十一条",
        )
    # What is public can be taken off, or lose its force, also after the end.
    if facts.ended and act not in ("take_back", "validity"):
        return Refused("wrong_time", N_("This decision has ended; no paper is added or changed."))
    if facts.set_aside:
        return Refused("wrong_time", N_("This paper was taken back. Enter it again."))
    return _CHECKS[act](facts, actor) if act in _CHECKS else None


def _unpublished(facts: PaperFacts) -> Refused | None:
    if facts.published:
        return Refused(
            "wrong_time",
            N_("This paper is public and frozen. Enter a new version, with the reason."),
            "国务院令第713号 第十五条",
        )
    if not facts.current:
        return Refused("wrong_time", ROUND_OVER)
    return None


def _review(kind: str, facts: PaperFacts, actor: Actor) -> Refused | None:
    refused = _unpublished(facts)
    if refused:
        return refused
    if facts.returned:
        return Refused("wrong_time", N_("The paper was returned to be changed. Check it when it is changed."))
    if kind in ("secrecy", "personal") and (facts.secrecy_by if kind == "secrecy" else facts.personal_by):
        return Refused("wrong_time", N_("This check is done already."), REVIEW_RULE)
    # R30: attribute, and the reviews of two different persons; whoever wrote it is neither.
    if actor.person_id == facts.entered_by:
        return Refused("forbidden", N_("Whoever entered a paper does not check it: ask a colleague."), REVIEW_RULE)
    other = facts.personal_by if kind == "secrecy" else facts.secrecy_by
    if kind != "return" and other is not None and actor.person_id == other:
        return Refused(
            "forbidden", N_("The two checks are made by two different persons: ask another colleague."), REVIEW_RULE
        )
    return None


def _publish(facts: PaperFacts, _actor: Actor) -> Refused | None:
    refused = _unpublished(facts)
    if refused:
        return refused
    if not facts.attribute:
        return Refused("wrong_time", N_("Say first whether the paper is public."), ATTRIBUTE_RULE)
    if not facts.goes_out:
        return Refused("wrong_time", N_("This paper is not public; the chain names its ground."), ATTRIBUTE_RULE)
    if facts.secrecy_by is None:
        return Refused("wrong_time", N_("A colleague checks the paper for secrets first."), SECRECY_RULE)
    if facts.personal_by is None:
        return Refused("wrong_time", N_("A colleague checks the paper for personal data first."), PERSONAL_RULE)
    message, article = facts.waits_for
    return Refused("wrong_time", message, article) if message else None


def _renew(facts: PaperFacts, _actor: Actor) -> Refused | None:
    if not facts.published:
        return Refused("wrong_time", N_("This paper is not public yet: simply change it."))
    if not facts.newest:
        return Refused("wrong_time", N_("There is a newer version of this paper already."))
    return None if facts.current else Refused("wrong_time", ROUND_OVER)


def _validity(facts: PaperFacts, _actor: Actor) -> Refused | None:
    if facts.published and facts.attribute == "public":
        return None
    return Refused("wrong_time", N_("Only a public paper is in force or not."))


_CHECKS = {
    "rewrite": lambda facts, _actor: _unpublished(facts),
    "secrecy": lambda facts, actor: _review("secrecy", facts, actor),
    "personal": lambda facts, actor: _review("personal", facts, actor),
    "return": lambda facts, actor: _review("return", facts, actor),
    "publish": _publish,
    "renew": _renew,
    "validity": _validity,
}


def form_refusal(*, role: str, form: str, attribute: str, intranet: bool) -> Refused | None:
    """Why a paper of this role cannot come as a text or a file. Internal papers, and whatever is not
    public, are only named on a site that stands on the internet."""
    if role not in PAPER_ROLES:
        return Refused("invalid", N_("Choose which paper it is."), field="role")
    if form not in FORMS:
        return Refused("invalid", N_("Choose how the paper is entered."), field="form")
    if form == "reference" or intranet:
        return None
    if PAPER_ROLES[role].internal:
        return Refused(
            "invalid",
            N_(
                "This paper is internal and is never stored on this site."
                " Name its title, its day and who keeps it instead."
            ),
            INTERNAL_RULE,
            field="form",
        )
    if attribute == "not_public":
        return Refused(
            "invalid",
            N_("What is not public is never stored on this site. Name its title, its day and who keeps it instead."),
            INTERNAL_RULE,
            field="form",
        )
    return None


def attribute_refusal(*, role: str, form: str, attribute: str, ground: str, ground_kind: str) -> Refused | None:
    """政府信息公开条例 art. 13-16: every paper says at its source whether it is public, and why not."""
    if attribute not in ATTRIBUTES:
        return Refused("invalid", N_("Say whether the paper is public."), ATTRIBUTE_RULE, field="attribute")
    if ground_kind and ground_kind not in GROUNDS:
        return Refused("invalid", N_("Choose one of the four grounds."), ATTRIBUTE_RULE, field="ground_kind")
    if attribute != "public" and not (ground_kind or ground.strip()):
        return Refused(
            "invalid",
            N_("Say on what ground the paper is not public to everybody."),
            ATTRIBUTE_RULE,
            field="ground_kind",
        )
    if attribute != "public":
        return None
    if PAPER_ROLES[role].internal:
        return Refused("invalid", N_("This paper is internal: it is not public."), INTERNAL_RULE, field="attribute")
    if form == "reference":
        return Refused(
            "invalid",
            N_("A paper that is only named cannot be read here. Enter its text or its file, or choose on request."),
            ATTRIBUTE_RULE,
            field="form",
        )
    return None


def roles_of(step: str) -> list[str]:
    """The kinds of paper that belong to a step, in their order."""
    return [key for key, role in PAPER_ROLES.items() if role.step == step]


def fields_refusal(
    *, form: str, title: str, custodian: str, signed_on: date | None, ground: str, today: date
) -> Refused | None:
    """What every paper says, and what one says that is only named: title, day and who keeps it."""
    if not title:
        return Refused("invalid", N_("Write the title of the paper."), field="title")
    if len(title) > TITLE_LIMIT:
        return Refused("invalid", N_("The title is too long."), field="title")
    if signed_on is not None and signed_on > today:
        return Refused("invalid", N_("This day is still to come."), field="signed_on")
    if form == "reference" and signed_on is None:
        return Refused("invalid", N_("Write the day of the paper."), field="signed_on")
    if form == "reference" and not custodian:
        return Refused("invalid", N_("Name the unit that keeps the paper."), field="custodian")
    found = detect("ground", ground)
    if found:
        return Refused(
            "invalid",
            N_("The ground is public and says “%(text)s”. Leave that out."),
            PERSONAL_RULE,
            field="ground",
            args_={"text": found[0].text},
        )
    return None
