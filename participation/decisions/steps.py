"""The chain of a decision, link by link, with the article of each. Pure.

The order is that of 713号: start (10-11), draft (12-13), participation (14-18), experts (19-21), risk
(22-24), legality (25-28), deliberation (29-31), publication (32), execution and evaluation (34-37). The
law sets no order among participation, experts and risk; everything else is fixed.
"""

from dataclasses import dataclass

from participation.errors import N_


@dataclass(frozen=True)
class Step:
    """One link of the chain: its names, its article, what must be settled before it, whether an
    item may do without it, and what the public is told before it begins."""

    label: str
    heading: str
    article: str
    needs: tuple[str, ...]
    missing: str
    may_be_skipped: bool = False
    coming: str = ""


STEPS: dict[str, Step] = {
    "listed": Step(
        N_("On the catalogue"), N_("Entered in the year's catalogue"),
        "国务院令第713号 第三条", (),
        N_("Publish the catalogue first, with both approvals."),
        coming=N_(
            "The district government decides on the catalogue and the Party committee agrees "
            "before it is published."
        ),
    ),
    "started": Step(
        N_("Starting"), N_("Started, with a unit in the lead"),
        "国务院令第713号 第十、十一条", ("listed",),
        N_("Start the decision and name its lead unit first."),
        coming=N_("The government decides to start and names the unit in the lead."),
    ),
    "drafting": Step(
        N_("Drafting"), N_("The draft is written"),
        "国务院令第713号 第十二、十三条", ("started",),
        N_("Record the draft first."),
        coming=N_("The unit in the lead studies the matter and writes the draft."),
    ),
    "participation": Step(
        N_("Public participation"), N_("The public is heard"),
        "国务院令第713号 第十四至十八条", ("drafting",),
        N_("Hear the public first, or record why that does not apply."), True,
        coming=N_("The draft is open for comment, generally for at least 30 days. Every comment gets an answer."),
    ),
    "expert": Step(
        N_("Expert argument"), N_("Experts are heard"),
        "国务院令第713号 第十九至二十一条", ("drafting",),
        N_("Hear the experts first, or record why that does not apply."), True,
        coming=N_("Independent experts give signed opinions where the matter is technical."),
    ),
    "risk": Step(
        N_("Risk assessment"), N_("The risks are assessed"),
        "国务院令第713号 第二十二至二十四条", ("drafting",),
        N_("Assess the risks first, or record why that does not apply."), True,
        coming=N_("Risks are named with measures. A risk that cannot be controlled stops the decision."),
    ),
    "legality": Step(
        N_("Legality review"), N_("Reviewed for legality"),
        "国务院令第713号 第二十五至二十八条", ("participation", "expert", "risk"),
        N_("Record the legality review first: a draft that was not reviewed, or is unlawful, cannot be discussed."),
        coming=N_(
            "The justice bureau reviews the draft, generally in no less than 7 workdays. Without "
            "its review the draft cannot be discussed."
        ),
    ),
    "deliberation": Step(
        N_("Deliberation"), N_("Discussed and decided at a meeting"),
        "国务院令第713号 第二十九至三十一条", ("legality",),
        N_("Record the meeting that decided first."),
        coming=N_(
            "The government meets, discusses and decides. The session, its date and the outcome "
            "are published."
        ),
    ),
    "published": Step(
        N_("Publication and explanation"), N_("Published and explained"),
        "国务院令第713号 第三十二条", ("deliberation",),
        N_("Publish the decision first."),
        coming=N_("The document and its explanation are published together."),
    ),
    "executing": Step(
        N_("Execution"), N_("Carried out"),
        "国务院令第713号 第三十四、三十五条", ("published",),
        N_("Record the execution first."),
        coming=N_("The unit in charge reports on progress. Comments on the decision stay welcome."),
    ),
    "evaluated": Step(
        N_("Evaluation"), N_("Evaluated"),
        "国务院令第713号 第三十六条", ("executing",),
        N_("Record the evaluation first."),
        coming=N_("Where the effects fall short, or many people object, the decision is evaluated."),
    ),
}  # fmt: skip
