"""Papers of the demonstration: entered by the unit, checked by two others, published."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from participation.access import Actor, Role
from participation.decisions.models import Decision, DecisionPaper
from participation.decisions.service import paper_checks, papers
from participation.decisions.service.papers import PaperFields
from participation.demo.founding import actors_of
from participation.demo.stage import Stage

ISSUER = "周村区人民政府"
Find = Callable[[], Decision]


def written(
    stage: Stage, decision: Decision, lead: str, role: str, title: str, text: str, *, now: datetime,
    out: bool = True, **said: Any,
) -> DecisionPaper:  # fmt: skip
    """A public text with both its checks; `out` publishes it at once."""
    officer, _head = actors_of(stage, lead)
    paper = papers.enter(
        decision, role=role, form="text", title=title, attribute="public", text=text,
        **({"issuer": ISSUER} | said), actor=officer, now=now,
    )  # fmt: skip
    checked(stage, paper, lead, now=now)
    if out:
        paper_checks.publish(paper, actor=officer, now=now)
    return paper


def checked(stage: Stage, paper: DecisionPaper, lead: str, *, now: datetime) -> None:
    _officer, head = actors_of(stage, lead)
    office: Actor = stage.actor("ZFB", Role.OFFICE)
    paper_checks.pass_secrecy(paper, actor=head, now=now)
    decided = {found.key: "office" for found in paper_checks.findings_of(paper)}
    paper_checks.pass_personal(paper, decided=decided, actor=office, now=now)


def named(
    stage: Stage, decision: Decision, lead: str, role: str, title: str, *, on: date, now: datetime,
    custodian: str, number: str = "",
) -> DecisionPaper:  # fmt: skip
    """An internal paper: only what it is called, its day and who keeps it."""
    officer, _head = actors_of(stage, lead)
    return papers.enter(
        decision, role=role, form="reference", title=title, attribute="not_public", ground_kind="process",
        signed_on=on, custodian=custodian, doc_number=number, actor=officer, now=now,
    )  # fmt: skip


def on_request(
    stage: Stage, decision: Decision, lead: str, title: str, *, on: date, now: datetime, ground: str
) -> None:
    """A paper that anybody may ask for: title, day and how to ask are public."""
    officer, _head = actors_of(stage, lead)
    paper = papers.enter(
        decision, role="background", form="reference", title=title, attribute="on_request", ground_kind="third_party",
        ground=ground, signed_on=on, custodian=decision.lead_unit, actor=officer, now=now,
    )  # fmt: skip
    checked(stage, paper, lead, now=now)
    paper_checks.publish(paper, actor=officer, now=now)


def renewed(stage: Stage, paper: DecisionPaper, lead: str, text: str, reason: str, *, now: datetime) -> DecisionPaper:
    """A newer version beside the public one, with the reason that is printed with it."""
    officer, _head = actors_of(stage, lead)
    fields = PaperFields(
        role=paper.role, form="text", title=paper.title, attribute="public", text=text, issuer=paper.issuer
    )
    newer = papers.renew(paper, fields=fields, reason=reason, actor=officer, now=now)
    checked(stage, newer, lead, now=now)
    paper_checks.publish(newer, actor=officer, now=now)
    return newer
