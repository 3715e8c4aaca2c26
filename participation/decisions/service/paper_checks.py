"""Before a paper goes out, two other people look at it; afterwards it stays as it is (R30).

The attribute is said at the source; one person checks for secrets, another for personal data, and
neither is the one who entered the paper. Nothing here commits.
"""

from collections.abc import Mapping
from datetime import date, datetime

from participation.access import Actor
from participation.decisions import paper_findings
from participation.decisions import papers as rules
from participation.decisions.models import DecisionPaper
from participation.decisions.paper_findings import Finding
from participation.decisions.service import paper_texts
from participation.decisions.service.papers import facts_of, forget_checks
from participation.decisions.service.permission import check_version
from participation.documents.unseen import unseen
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files.disk import path_of
from participation.workdays import day_of


def findings_of(paper: DecisionPaper) -> list[Finding]:
    """What in the paper may tell who somebody is: in its title, its words, and what its file carries
    unseen. Each is decided once, however often it stands there."""
    document, original = paper_texts.text_of(paper), paper_texts.original_of(paper)
    said = unseen(path_of(original.sha256), original.kind) if original is not None else []
    public = paper.attribute == "public"
    return paper_findings.of(paper.title, document.text if document and public else "", said if public else [])


def pass_secrecy(paper: DecisionPaper, *, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """政府信息公开条例 art. 17: nothing goes out before it was checked for secrets."""
    _ask("secrecy", paper, seen, actor)
    paper.secrecy_by, paper.secrecy_at = actor.person_id, now
    _done("decision.paper_secrecy_checked", paper, actor, now)


def pass_personal(
    paper: DecisionPaper, *, decided: Mapping[str, str], seen: int | None = None, actor: Actor, now: datetime
) -> None:
    """个人信息保护法 art. 25: every place that may be personal has its ground of KEPT before this check
    is passed. `decided` maps a finding's key to it."""
    _ask("personal", paper, seen, actor)
    found = findings_of(paper)
    if len(found) > paper_findings.MOST:
        raise Refused(
            "invalid",
            N_("More than %(most)d places look personal. Return the paper to be redacted first."),
            rules.PERSONAL_RULE,
            args_={"most": paper_findings.MOST},
        )
    for one in found:
        if decided.get(one.key) not in paper_findings.KEPT:
            raise Refused(
                "invalid",
                N_("Decide about every place, or return the paper: “%(text)s” is open."),
                rules.PERSONAL_RULE,
                field=one.key,
                args_={"text": one.text},
            )
    paper.kept = [{"kind": one.kind, "text": one.text, "why": decided[one.key]} for one in found]
    paper.personal_by, paper.personal_at = actor.person_id, now
    _done("decision.paper_personal_checked", paper, actor, now, places=len(found))


def send_back(paper: DecisionPaper, *, reason: str, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """A check is not passed; the reason says what is to be changed."""
    _ask("return", paper, seen, actor)
    if not reason.strip():
        raise Refused("invalid", N_("Say what is to be changed."), field="reason")
    forget_checks(paper)
    paper.returned_at, paper.returned_by, paper.returned_reason = now, actor.person_id, reason.strip()
    _done("decision.paper_returned", paper, actor, now)


def publish(paper: DecisionPaper, *, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """Freezes the paper by its fingerprint and shows it: a public one whole, one on request by title,
    day and how to ask for it. An older version stays readable beside it."""
    refused = rules.refusal("publish", facts_of(paper), actor)
    if refused:
        raise refused
    check_version(paper, seen)
    if paper.form != "reference":
        paper_texts.freeze(paper, actor=actor, now=now)
    paper.published_at, paper.published_on = now, day_of(now)
    public = paper.attribute == "public"
    if public and paper.role == "decision_text":
        paper.validity = "in_force"
    _done("decision.paper_published", paper, actor, now, **({"sha256": paper.sha256} if public else {}))


def set_validity(
    paper: DecisionPaper,
    *,
    validity: str,
    on: date | None,
    reason: str,
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """A public paper is repealed, has expired, or is in force again: an act of its own with day and
    reason. The text and its fingerprint stay as they are."""
    _ask("validity", paper, seen, actor)
    if validity not in rules.VALIDITIES:
        raise Refused("invalid", N_("Choose whether the paper is in force."), field="validity")
    if validity == (paper.validity or "in_force"):
        raise Refused("invalid", N_("That is how it stands already."), field="validity")
    if on is None:
        raise Refused("invalid", N_("Write from which day on."), field="on")
    if paper.published_on is not None and on < (paper.signed_on or paper.published_on):
        raise Refused("invalid", N_("This day lies before the paper."), field="on")
    if not reason.strip():
        raise Refused("invalid", N_("Write the reason; it is shown to the public."), field="reason")
    paper.validity, paper.validity_on, paper.validity_reason = validity, on, reason.strip()
    _done("decision.paper_validity_set", paper, actor, now, validity=validity, on=on.isoformat())


def _ask(act: str, paper: DecisionPaper, seen: int | None, actor: Actor) -> None:
    refused = rules.refusal(act, facts_of(paper, chain=False), actor)
    if refused:
        raise refused
    check_version(paper, seen)


def _done(verb: str, paper: DecisionPaper, actor: Actor, now: datetime, **facts: object) -> None:
    db.session.flush()
    said = {"decision": paper.decision_id, "role": paper.role, "number": paper.number, **facts}
    evidence.record(verb, subject=paper, actor=actor, now=now, facts=said)
