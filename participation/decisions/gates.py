"""The hard gates: what the law puts first cannot be skipped. One table, and whoever asks reads it. Pure.

`lifecycle.refusal()` and the services raise the first gate that does not hold, pages draw all of an
act's gates, the public page prints the table. The rows about the order of steps come from `steps.STEPS`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from participation.decisions import conditions as when
from participation.decisions.facts import CatalogueFacts, DecisionFacts, OpeningFacts
from participation.decisions.steps import STEPS
from participation.errors import N_, Refused

SETTLED = frozenset({"done", "not_public", "not_applicable"})
LAWFUL = frozenset({"lawful", "lawful_with_changes"})
APPROVED = frozenset({"approved", "approved_with_changes"})
REVIEWS = frozenset({"secrecy", "personal"})

ART_3 = "国务院令第713号 第三条"
SHANDONG = "山东省重大行政决策公众参与工作办法"
DISCLOSURE = "政府信息公开条例 第十三至十六条；周政办字〔2021〕14号 第一部分（一）"
PLAN = "周政办字〔2021〕14号"

ACTS: dict[str, str] = {
    "publish_catalogue": N_("Publish the catalogue"),
    "started": N_("Start a decision"),
    "drafting": N_("Record the draft"),
    "open_consultation": N_("Open a comment period"),
    "participation": N_("Finish public participation"),
    "expert": N_("Finish the expert argument"),
    "risk": N_("Finish the risk assessment"),
    "send_to_review": N_("Send the draft to the legality review"),
    "legality": N_("Finish the legality review"),
    "package": N_("Submit the papers for the meeting"),
    "deliberation": N_("Record the decision of the meeting"),
    "published": N_("Publish the decision"),
    "executing": N_("Begin the execution"),
    "evaluated": N_("Record the evaluation"),
    "close": N_("Close the decision"),
}
"""What can be refused, in the order of a decision's life."""

Facts = DecisionFacts | CatalogueFacts | OpeningFacts


@dataclass(frozen=True)
class Gate:
    """One thing that must hold before an act. `asks` says what the law wants, `message` what to do
    when it is missing. `blocks` is false where the law only recommends: the page then warns."""

    key: str
    act: str
    title: str
    asks: str
    message: str
    article: str
    holds: Callable[[Any], bool]
    applies: when.Condition = when.ALWAYS
    blocks: bool = True
    needed: str = ""
    """The step that must be settled first, where the gate is about the order."""

    def refused(self) -> Refused:
        return Refused("wrong_time", self.message, self.article)


@dataclass(frozen=True)
class GateCheck:
    """A gate as drawn: `state` is ok, no (blocks), warn or na."""

    gate: Gate
    state: str

    @property
    def blocks(self) -> bool:
        return self.state == "no"


def _after(step: str, needed: str) -> Gate:
    def holds(facts: DecisionFacts) -> bool:
        if needed == "listed":
            return facts.published
        # 713号 art. 36: what is being carried out is assessed, not only what is carried out to the end.
        return facts.steps.get(needed) in SETTLED or (needed == "executing" and needed in facts.steps)

    return Gate(
        f"{step}.after.{needed}", step, STEPS[needed].heading, STEPS[needed].coming, STEPS[needed].missing,
        STEPS[needed].article, holds, needed=needed,
    )  # fmt: skip


def _order() -> Iterable[Gate]:
    for key in STEPS:
        for needed in STEPS[key].needs:
            yield _after(key, needed)


def before(step: str) -> tuple[str, ...]:
    """Everything that must be settled before `step`, the earliest first."""
    found: list[str] = []
    for needed in STEPS[step].needs:
        found += [key for key in (*before(needed), needed) if key not in found]
    return tuple(found)


_CATALOGUE = (
    Gate("catalogue.items", "publish_catalogue", N_("There are items"),
         N_("The catalogue names the decisions of the year."),
         N_("Enter at least one item."), ART_3, lambda f: f.items > 0),
    Gate("catalogue.government", "publish_catalogue", N_("The government has decided"),
         N_("The government decides on the catalogue."),
         N_("Record the day on which the government decided on the catalogue; without it nothing is published."),
         ART_3, lambda f: f.government_approved),
    Gate("catalogue.party", "publish_catalogue", N_("The Party committee has agreed"),
         N_("The Party committee of the same level agrees before the catalogue is published."),
         N_("Record the day on which the Party committee agreed; without it nothing is published."),
         ART_3, lambda f: f.party_agreed),
    Gate("catalogue.leads", "publish_catalogue", N_("Every item has a unit in the lead"),
         N_("Where two or more units are in charge, one of them leads."),
         N_("Name the unit in the lead of every item."), "国务院令第713号 第十一条", lambda f: f.unnamed == 0),
    Gate("catalogue.reasons", "publish_catalogue", N_("What does not apply has its reason"),
         N_("The catalogue says which procedures apply, and why one does not."),
         N_("Write the reason beside every procedure that does not apply."),
         "国务院令第713号 第十四、十九、二十二条", lambda f: f.unreasoned == 0),
    Gate("catalogue.survey", "publish_catalogue", N_("Opinion surveys are planned where they are compulsory"),
         N_("Culture and education, health, resources, environment and utilities need an opinion survey."),
         N_("Plan the opinion survey for the items of these fields."), SHANDONG, lambda f: f.unsurveyed == 0),
    Gate("catalogue.categories", "publish_catalogue", N_("Every item has a category"),
         N_("Each decision belongs to one of the seven categories."),
         N_("Some items have no category yet. They can be published, but readers cannot tell why they are here."),
         "山东省政府令第336号 第三条", lambda f: f.unsorted == 0, blocks=False),
)  # fmt: skip

_BEFORE_THE_MEETING = (
    Gate("started.lead", "started", N_("A unit is in the lead"),
         N_("The decision has a unit in charge; where there are several, one leads."),
         N_("Name the unit in the lead in the catalogue first."), "国务院令第713号 第十一条",
         lambda f: f.lead_department_id is not None),
    Gate("drafting.text", "drafting", N_("The draft is entered"),
         N_("The unit in the lead studies the matter and writes the draft."),
         N_("Enter the draft among the papers of this decision first."), "国务院令第713号 第十二条",
         lambda f: f.has("draft")),
    Gate("drafting.changed", "drafting", N_("The draft was changed"),
         N_("A draft that the review found unlawful is changed before it is reviewed again."),
         N_("The draft is still the one that was found unlawful. Enter the changed draft among the papers first."),
         "国务院令第713号 第二十五、二十八条", lambda f: not f.rejected_draft, when.REJECTED),
    Gate("opening.drafted", "open_consultation", N_("The decision has reached its draft"),
         N_("What is put to the public is the draft of a decision that has been started."),
         N_("Record the start and the draft of the decision first."), "国务院令第713号 第十至十二条",
         lambda f: f.drafted),
    Gate("opening.draft", "open_consultation", N_("The draft"),
         N_("The public sees the draft itself."),
         N_("Write or upload the draft."), "国务院令第713号 第十五条", lambda f: f.draft),
    Gate("opening.explanation", "open_consultation", N_("The explanation"),
         N_("An explanation stands beside the draft."),
         N_("Write the explanation of the draft."), "国务院令第713号 第十五条", lambda f: f.explanation),
    Gate("opening.ways", "open_consultation", N_("The ways to comment"),
         N_("The announcement says how people can comment."),
         N_("Name the ways to comment and whom to call."), "国务院令第713号 第十五条；" + SHANDONG,
         lambda f: f.ways > 0),
    Gate("opening.period", "open_consultation", N_("The period"),
         N_("The period generally lasts at least 30 days; where urgency makes it shorter, the announcement says why."),
         N_("Set a last day that leaves 30 days, or write the reason for less."), "国务院令第713号 第十五条",
         lambda f: f.period),
    Gate("participation.heard", "participation", N_("People were heard"),
         N_("The public is heard fully, in ways that make it easy to take part."),
         N_("Open a comment period, or record how else people were heard."), "国务院令第713号 第十四条",
         lambda f: f.consultations + f.means > 0, when.PARTICIPATES),
    Gate("participation.answered", "participation", N_("Every comment has its answer"),
         N_("Comments are sorted and studied, and reasonable ones adopted; what became of them, and why opinions "
            "that many share were not adopted, is published."),
         N_("Publish what became of the comments first; then this step is done."),
         "国务院令第713号 第十八条；" + PLAN + " 第四部分（二）",
         lambda f: f.unanswered == 0, when.COMMENTED),
    Gate("participation.means", "participation", N_("Every other way has its result"),
         N_("What was heard elsewhere is sorted, studied and adopted like comments."),
         N_("Write what was adopted from every meeting, visit and survey."), "国务院令第713号 第十八条",
         lambda f: f.means_open == 0, when.MEETS),
    Gate("participation.hearing", "participation", N_("The hearing took place"),
         N_("A hearing is announced with draft, time and place, the list of those who take part is published, they get "
            "the papers 7 days before, the hearing is public, and they confirm and sign its record."),
         N_("Record the hearing with its signed record."), "国务院令第713号 第十六、十七条",
         lambda f: f.hearings_held > 0, when.HEARS),
    Gate("participation.special", "participation", N_("The groups it touches most were heard"),
         N_("Where a matter touches special groups, they are heard in a way that suits them."),
         N_("Record how the groups were heard that you named when the decision started."), "国务院令第713号 第十四条",
         lambda f: not f.special_unheard, when.NAMED),
    Gate("participation.survey", "participation", N_("The opinion survey took place"),
         N_("Culture and education, health, resources, environment and utilities need an opinion survey."),
         N_("Record the opinion survey."), SHANDONG,
         lambda f: f.surveys_held > 0, when.SURVEYS),
    Gate("participation.business", "participation", N_("Businesses were heard"),
         N_("Where businesses are affected, representative firms and associations are heard."),
         N_("Record how firms and associations were heard."), SHANDONG,
         lambda f: f.business_heard, when.ASKS_BUSINESS),
    Gate("expert.opinions", "expert", N_("Experts gave their opinions"),
         N_("Where the matter is specialised or technical, experts argue whether it is needed, possible and sound."),
         N_("Record the experts' opinions."), "国务院令第713号 第十九条",
         lambda f: f.expert_opinions > 0, when.ARGUES),
    Gate("expert.independent", "expert", N_("Every expert declared independence"),
         N_("Experts work independently and have no direct interest in the matter."),
         N_("Record the declaration of every expert, or take the opinion out."), "国务院令第713号 第十九、二十条",
         lambda f: f.experts_undeclared == 0, when.ASKED),
    Gate("expert.signed", "expert", N_("Every opinion is signed"),
         N_("Experts sign or seal the opinions that they give in writing."),
         N_("Record the day on which every expert signed."), "国务院令第713号 第十九条",
         lambda f: f.experts_unsigned == 0, when.ASKED),
    Gate("risk.points", "risk", N_("Risks and measures are named"),
         N_("The departments concerned are heard; the report names risk points, measures and a plan for emergencies."),
         N_("Record the risk points, each with its measure."), "国务院令第713号 第二十三条",
         lambda f: f.risk_points > 0 and f.risk_unmeasured == 0, when.ASSESSES),
    Gate("risk.controllable", "risk", N_("The risks can be controlled"),
         N_("The government decides when it finds the risk controllable; otherwise only after the draft was changed "
            "so that it is."),
         N_("The risk cannot be controlled. Change the draft and assess it again, or end the decision."),
         "国务院令第713号 第二十四条", lambda f: f.risk_level in ("low", "medium", "high"), when.ASSESSED),
    Gate("legality.sent", "legality", N_("The draft was sent to the reviewer"),
         N_("The reviewer gets the draft with its basis and its papers, and generally at least 7 workdays."),
         N_("Send the draft to the legality review first."), "国务院令第713号 第二十六条",
         lambda f: f.legality != ""),
    Gate("legality.lawful", "legality", N_("The draft is lawful"),
         N_("A draft that the review found unlawful is not submitted for discussion."),
         N_("The review found the draft unlawful or is not finished. Change the draft and send it again."),
         "国务院令第713号 第二十五条", lambda f: f.legality in LAWFUL),
)  # fmt: skip

_MEETING = (
    Gate("package.draft", "package", N_("The draft"),
         N_("The meeting gets the draft and the papers that belong to it."),
         N_("Enter the draft among the papers of this decision first."), "国务院令第713号 第二十九条（一）",
         lambda f: f.has("draft")),
    Gate("package.disputes", "package", N_("Disputes between units are reported"),
         N_("Where units do not agree, whoever decides is told the question, both views and their reasons."),
         N_("Report the dispute with both views to whoever decides, and record the day."), "国务院令第713号 第十三条",
         lambda f: f.disputes_open == 0),
    Gate("package.competition", "package", N_("The fair competition review"),
         N_("Where the draft touches the business of firms, the papers tell of the fair competition review."),
         N_("Enter the fair competition review among the papers."), "国务院令第713号 第二十九条（一）",
         lambda f: f.has("fair_competition"), when.COMPETES),
    Gate("package.comments", "package", N_("What became of the comments"),
         N_("The meeting gets what was studied and adopted of the main opinions of the public."),
         N_("Publish what became of the comments first; the meeting needs that report."),
         "国务院令第713号 第十八、二十九条（二）",
         lambda f: f.unanswered == 0 and f.means_open == 0, when.PARTICIPATES),
    Gate("package.experts", "package", N_("What became of the experts' opinions"),
         N_("The meeting gets what was studied and adopted of the experts' opinions."),
         N_("Record what was adopted of the experts' opinions."), "国务院令第713号 第二十九条（三）",
         lambda f: f.expert_adoption, when.ARGUES),
    Gate("package.risk", "package", N_("The risk report"),
         N_("The meeting gets the risk report and its papers."),
         N_("Enter the risk report among the papers."), "国务院令第713号 第二十九条（四）",
         lambda f: f.has("risk_report"), when.ASSESSES),
    Gate("package.legality", "package", N_("The legality opinion"),
         N_("The meeting gets the opinion of the legality review."),
         N_("Name the legality opinion among the papers: its title, day and keeper."),
         "国务院令第713号 第二十九条（五）", lambda f: f.has("legality_opinion")),
    Gate("package.same_draft", "package", N_("The draft is the one that was reviewed"),
         N_("Only the draft that was reviewed is discussed, with the changes that the review asked for."),
         N_("The draft changed after the review. Send it to the legality review again."), "国务院令第713号 第二十五条",
         lambda f: f.reviewed_draft, when.REVIEWED),
    Gate("package.changes", "package", N_("The reviewer's changes are made"),
         N_("The unit in the lead changes and completes the draft as the review asks."),
         N_("Record how the reviewer's changes were made."), "国务院令第713号 第二十八条",
         lambda f: f.legality_changes_made, when.CORRECTED),
    Gate("deliberation.package", "deliberation", N_("The papers were submitted"),
         N_("The unit in the lead submits the papers (1) to (6) with the draft."),
         N_("Submit the papers for the meeting first."), "国务院令第713号 第二十九条", lambda f: f.package),
    Gate("deliberation.lawful", "deliberation", N_("The draft is lawful"),
         N_("A draft that was not reviewed, or is unlawful, is not submitted for discussion; asking for comments "
            "does not replace the review."),
         N_("Record the legality review first: a draft that was not reviewed, or is unlawful, cannot be discussed."),
         "国务院令第713号 第二十五条", lambda f: f.legality in LAWFUL),
    Gate("deliberation.outcome", "deliberation", N_("The meeting approved the draft"),
         N_("An executive or plenary meeting discusses the draft; on that ground the head of the government decides."),
         N_("Record the meeting that approved the draft. What was not approved is changed, or ended."),
         "国务院令第713号 第三十条",
         lambda f: f.meeting in APPROVED),
)  # fmt: skip

_AFTERWARDS = (
    Gate("published.approved", "published", N_("The meeting approved the draft"),
         N_("Only what was decided is published."),
         N_("Record the meeting that decided first."), "国务院令第713号 第三十条", lambda f: f.meeting in APPROVED),
    Gate("published.text", "published", N_("The text of the decision"),
         N_("The decision is published without delay in the gazette, on the portal and in the local newspaper."),
         N_("Enter the text of the decision among the papers."), "国务院令第713号 第三十二条",
         lambda f: f.has("decision_text")),
    Gate("published.attribute", "published", N_("It is said whether the text is public"),
         N_("Each document says at its source whether it is public, given on request, or not public, and why; "
            "without that it is sent back."),
         N_("Say whether the text is public; where it is not, write the reason."), DISCLOSURE,
         lambda f: f.text_attribute == "public" or (f.text_attribute != "" and f.text_ground)),
    Gate("published.secrecy", "published", N_("The secrecy review"),
         N_("Everything is reviewed for secrets before it is published."),
         N_("Have the secrecy review recorded first."), "政府信息公开条例 第十四、十七条；" + PLAN + " 第一部分（一）",
         lambda f: "secrecy" in f.text_reviews),
    Gate("published.personal", "published", N_("The check for personal data"),
         N_("Personal data are not published without the person's own consent; here a second person checks it."),
         N_("Have a second person check the text for personal data first."),
         "个人信息保护法 第二十五条；政府信息公开条例 第十五条；" + PLAN + " 第一部分（一）",
         lambda f: "personal" in f.text_reviews),
    Gate("published.interpretation", "published", N_("The interpretation"),
         N_("A policy document comes with an interpretation of substance, prepared, signed and issued together "
            "with it; without it the file is sent back."),
         N_("Enter an interpretation that explains the matter; headings alone are not enough."),
         PLAN + " 第三部分（一）", lambda f: f.interpretation == "ready", when.EXPLAINS),
    Gate("executing.unit", "executing", N_("A unit carries it out"),
         N_("The government names the unit that carries the decision out."),
         N_("Name the unit that carries the decision out first."), "国务院令第713号 第三十四条", lambda f: f.execution),
    Gate("executing.outcome", "executing", N_("The outcome of the execution"),
         N_("The executing unit reports to the government how the decision was carried out."),
         N_("Report what came of the decision first."), "国务院令第713号 第三十四条", lambda f: f.completion),
    Gate("evaluated.assessor", "evaluated", N_("Whoever assesses is new to the matter"),
         N_("An organisation or expert who did the main argument or assessment before the decision does not assess "
            "it afterwards."),
         N_("This assessor had a part before the decision. Name another."), "国务院令第713号 第三十六条",
         lambda f: not f.evaluator_barred),
    Gate("evaluated.findings", "evaluated", N_("The findings"),
         N_("Whoever is charged with it assesses the decision and hears the public; the result guides its adjustment."),
         N_("Record the findings of the evaluation first."), "国务院令第713号 第三十六条",
         lambda f: f.evaluation == "done"),
    Gate("close.dossier", "close", N_("The dossier is filed"),
         N_("The process is recorded, and its records and papers are filed completely and in time."),
         N_("Make the dossier and record that it was filed first."), "国务院令第713号 第三十三条",
         lambda f: f.dossier_filed),
    Gate("close.executing", "close", N_("The decision is carried out"),
         N_("The executing unit carries the decision out fully and in time, and reports to the government."),
         N_("Record the execution first."), "国务院令第713号 第三十四条",
         lambda f: f.steps.get("executing") in SETTLED),
)  # fmt: skip


def _review_after() -> Iterable[Gate]:
    """Nothing goes to the reviewer before everything that comes before the review."""
    for needed in ("drafting", *STEPS["legality"].needs):
        yield replace(_after("legality", needed), key=f"send_to_review.after.{needed}", act="send_to_review")


def _package_after() -> Iterable[Gate]:
    for needed in ("participation", "expert", "risk", "legality"):
        yield replace(_after("deliberation", needed), key=f"package.after.{needed}", act="package")


def _in_order(gates: Iterable[Gate]) -> tuple[Gate, ...]:
    place = list(ACTS)
    return tuple(sorted(gates, key=lambda gate: place.index(gate.act)))


GATES: tuple[Gate, ...] = _in_order(
    (*_CATALOGUE, *_order(), *_review_after(), *_package_after(), *_BEFORE_THE_MEETING, *_MEETING, *_AFTERWARDS)
)


def of(act: str) -> tuple[Gate, ...]:
    return tuple(gate for gate in GATES if gate.act == act)


def missing(act: str, facts: Facts) -> list[Gate]:
    """The gates that stop `act` now, in the order of the table; none where it may pass. A step that was
    recorded before the platform asked for records is not asked again."""
    earlier: frozenset[str] = getattr(facts, "earlier", frozenset())
    found: list[Gate] = []
    for gate in of(act):
        if gate.blocks and gate.applies(facts) and not gate.holds(facts) and not _excused(gate, earlier):
            deeper = missing(gate.needed, facts) if gate.needed not in ("", "listed") else []
            found += [one for one in (*(low for low in deeper if low.needed), gate) if one not in found]
    return found


def _excused(gate: Gate, earlier: frozenset[str]) -> bool:
    """Decisions that were under way when the gates came: their earlier papers are not in this database."""
    if gate.key in ("published.approved", "deliberation.lawful", "package.legality", "package.experts", "package.risk"):
        needs = {"published.approved": "deliberation", "package.experts": "expert", "package.risk": "risk"}
        return needs.get(gate.key, "legality") in earlier
    return False


def refusal(act: str, facts: Facts) -> Refused | None:
    """The first gate that stops `act`, as a refusal with its article."""
    found = missing(act, facts)
    return found[0].refused() if found else None


def checks(act: str, facts: Facts) -> list[GateCheck]:
    """All gates of an act as a page draws them: what is missing first."""
    earlier: frozenset[str] = getattr(facts, "earlier", frozenset())

    def state(gate: Gate) -> str:
        if not gate.applies(facts):
            return "na"
        if gate.holds(facts) or _excused(gate, earlier):
            return "ok"
        return "no" if gate.blocks else "warn"

    found = [GateCheck(gate, state(gate)) for gate in of(act)]
    return sorted(found, key=lambda check: ("no", "warn", "ok", "na").index(check.state))
