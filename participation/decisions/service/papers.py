"""The papers of a decision: entered, changed, renewed, taken back. Nothing here commits.

`paper_checks` holds the two reviews, publication and what happens to a public paper later.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from flask import current_app

from participation.access import Actor
from participation.decisions import papers as rules
from participation.decisions.models import Decision, DecisionPaper
from participation.decisions.papers import PAPER_ROLES, PaperFacts
from participation.decisions.queries import papers as queries
from participation.decisions.service import paper_texts
from participation.decisions.service.permission import check_version
from participation.decisions.steps import STEPS
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db


@dataclass(frozen=True)
class PaperFields:
    """What is said of a paper: where it stands in the chain, what the gazette says of it, and whether it
    is public. `custodian` keeps a paper that is only named; `signed_on` is 成文日期."""

    role: str
    form: str
    title: str
    attribute: str
    step: str = ""
    ground: str = ""
    ground_kind: str = ""
    text: str = ""
    index_number: str = ""
    doc_number: str = ""
    signed_on: date | None = None
    issuer: str = ""
    custodian: str = ""


_WRITTEN = (
    "title", "attribute", "ground", "ground_kind", "index_number", "doc_number", "signed_on", "issuer", "custodian"
)  # fmt: skip


def facts_of(paper: DecisionPaper, *, chain: bool = True) -> PaperFacts:
    """What the rules ask of a paper; without `chain` what the chain wants first is left out."""
    decision = paper.decision
    return PaperFacts(
        form=paper.form,
        attribute=paper.attribute,
        published=paper.published_at is not None,
        set_aside=paper.taken_back_at is not None,
        returned=paper.returned_at is not None,
        current=paper.round == decision.round,
        newest=paper.number == queries.last_number(paper),
        entered_by=paper.entered_by,
        secrecy_by=paper.secrecy_by,
        personal_by=paper.personal_by,
        lead_department_id=decision.lead_department_id,
        ended=decision.stage == "terminated" or decision.removed_at is not None,
        waits_for=_waits_for(paper) if chain else ("", ""),
    )


def _waits_for(paper: DecisionPaper) -> tuple[str, str]:
    """713号 art. 32: what is decided is published, so the meeting comes first; and nothing of a decision is
    public before its catalogue."""
    decision = paper.decision
    if not decision.published:
        return STEPS["listed"].missing, STEPS["listed"].article
    settled = {row.step for row in decision.steps if row.state in ("done", "not_public")}
    if paper.step == "published" and "deliberation" not in settled:
        return STEPS["deliberation"].missing, STEPS["deliberation"].article
    # 同步部署: the text goes out with its interpretation, by the act that publishes the decision.
    if paper.step == "published" and "published" not in settled:
        return N_("This paper goes out together with the decision: publish the decision."), STEPS["published"].article
    return "", ""


def new_facts(decision: Decision) -> PaperFacts:
    """For the button that enters a paper."""
    return PaperFacts(
        form="",
        attribute="",
        lead_department_id=decision.lead_department_id,
        ended=decision.stage == "terminated" or decision.removed_at is not None,
    )


def enter(
    decision: Decision,
    *,
    role: str,
    form: str,
    title: str,
    attribute: str,
    step: str = "",
    ground: str = "",
    ground_kind: str = "",
    text: str = "",
    form_key: str = "",
    index_number: str = "",
    doc_number: str = "",
    signed_on: date | None = None,
    issuer: str = "",
    custodian: str = "",
    actor: Actor,
    now: datetime,
) -> DecisionPaper:
    """Adds a paper to the present run. `form` text comes with its words, file with what waits under
    `form_key`, reference with title, day and custodian. `attribute` is public, on_request or not_public;
    the last two with a ground of GROUNDS or in words. Raises `Refused` with the article."""
    refused = rules.refusal("enter", new_facts(decision), actor)
    if refused:
        raise refused
    fields = PaperFields(
        role=role, form=form, title=title, attribute=attribute, step=step, ground=ground, ground_kind=ground_kind,
        text=text, index_number=index_number, doc_number=doc_number, signed_on=signed_on, issuer=issuer,
        custodian=custodian,
    )  # fmt: skip
    fields = checked(fields, now=now)
    paper = DecisionPaper(
        decision=decision, round=decision.round, step=fields.step, role=role, form=form, entered_at=now,
        entered_by=actor.person_id, kept=[],
    )  # fmt: skip
    _lay_down(paper, fields, form_key=form_key, actor=actor, now=now)
    _record("decision.paper_entered", paper, actor, now)
    return paper


def rewrite(
    paper: DecisionPaper, *, fields: PaperFields, form_key: str = "", seen: int | None = None, actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """Changes a paper that is not public yet. Whoever changes it has entered it: the checks begin anew.
    A file stays unless another waits under `form_key`."""
    refused = rules.refusal("rewrite", facts_of(paper, chain=False), actor)
    if refused:
        raise refused
    check_version(paper, seen)
    fields = checked(replace(fields, role=paper.role, form=paper.form, step=paper.step), now=now)
    paper.entered_by, paper.entered_at = actor.person_id, now
    forget_checks(paper)
    _lay_down(paper, fields, form_key=form_key, actor=actor, now=now)
    _record("decision.paper_changed", paper, actor, now)


def renew(
    paper: DecisionPaper, *, fields: PaperFields, reason: str, form_key: str = "", seen: int | None = None,
    actor: Actor, now: datetime,
) -> DecisionPaper:  # fmt: skip
    """A newer version beside the public one, with the reason that is printed with it. It goes through the
    same checks; until it is published the older one stands."""
    refused = rules.refusal("renew", facts_of(paper, chain=False), actor)
    if refused:
        raise refused
    check_version(paper, seen)
    if not reason.strip():
        raise Refused("invalid", N_("Say why there is a new version; the reason is printed."), field="reason")
    fields = checked(replace(fields, role=paper.role, step=paper.step), now=now)
    newer = DecisionPaper(
        decision=paper.decision, round=paper.round, step=paper.step, role=paper.role, form=fields.form,
        first_id=paper.series, number=queries.last_number(paper) + 1, reason=reason.strip(), entered_at=now,
        entered_by=actor.person_id, kept=[],
    )  # fmt: skip
    _lay_down(newer, fields, form_key=form_key, actor=actor, now=now)
    _record("decision.paper_renewed", newer, actor, now)
    return newer


def take_back(paper: DecisionPaper, *, reason: str, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """A paper that should not have been entered. What was never public is removed with its words and its
    file; a public one leaves its title and the reason. Neither goes without a trace (713号 art. 33)."""
    refused = rules.refusal("take_back", facts_of(paper, chain=False), actor)
    if refused:
        raise refused
    check_version(paper, seen)
    if not reason.strip():
        raise Refused("invalid", N_("Say why the paper is taken back."), field="reason")
    paper.taken_back_at, paper.taken_back_reason = now, reason.strip()
    if paper.published_at is None:
        paper_texts.remove(paper)
    db.session.flush()
    _record("decision.paper_taken_back", paper, actor, now)


def forget_checks(paper: DecisionPaper) -> None:
    paper.secrecy_by = paper.secrecy_at = paper.personal_by = paper.personal_at = None
    paper.returned_at = paper.returned_by = None
    paper.returned_reason, paper.kept = "", []


def refuse_upload(fields: PaperFields) -> None:
    """Raises Refused before a file is kept that must not lie here at all."""
    refused = rules.form_refusal(
        role=fields.role,
        form=fields.form,
        attribute=fields.attribute,
        intranet=current_app.extensions["settings"].intranet,
    )
    if refused:
        raise refused


def checked(fields: PaperFields, *, now: datetime) -> PaperFields:
    """The fields without outer space and with the step of their role. Raises `Refused` at the first that
    is wrong; the form and the service ask the same rules."""
    refuse_upload(fields)
    refused = rules.attribute_refusal(
        role=fields.role,
        form=fields.form,
        attribute=fields.attribute,
        ground=fields.ground,
        ground_kind=fields.ground_kind,
    )
    if refused:
        raise refused
    step = PAPER_ROLES[fields.role].step or fields.step
    if step not in STEPS:
        raise Refused("invalid", N_("Choose the step that the paper belongs to."), field="step")
    plain = {name: getattr(fields, name).strip() for name in _WRITTEN if name != "signed_on"}
    fields = replace(fields, step=step, **plain)
    refused = rules.fields_refusal(
        form=fields.form,
        title=fields.title,
        custodian=fields.custodian,
        signed_on=fields.signed_on,
        ground=fields.ground,
        today=paper_texts.today(now),
    )
    if refused:
        raise refused
    return replace(
        fields,
        ground=fields.ground if fields.attribute != "public" else "",
        ground_kind=fields.ground_kind if fields.attribute != "public" else "",
        custodian=fields.custodian if fields.form == "reference" else "",
    )


def _lay_down(paper: DecisionPaper, fields: PaperFields, *, form_key: str, actor: Actor, now: datetime) -> None:
    for name in _WRITTEN:
        setattr(paper, name, getattr(fields, name))
    paper_texts.lay_down(paper, text=fields.text, form_key=form_key, actor=actor, now=now)


def _record(verb: str, paper: DecisionPaper, actor: Actor, now: datetime) -> None:
    facts = {"decision": paper.decision_id, "role": paper.role, "form": paper.form, "attribute": paper.attribute}
    evidence.record(verb, subject=paper, actor=actor, now=now, facts={**facts, "number": paper.number})
