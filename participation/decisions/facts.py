"""What the gates and the lifecycle need to know of a decision, a catalogue or a comment period. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class DecisionFacts:
    """A decision in its present run. Whatever is not known counts as missing, so a gate stays shut.

    `steps` are the recorded states of this run, without what was set aside; `earlier` the steps that
    were recorded before this platform asked for their records. `procedures` maps the five to
    applicable, not or unknown. `consultations` counts the published comment periods, `unanswered` those
    without published feedback; `means` the other ways in which people were heard, `means_open` those
    without a word on what was adopted. `papers` maps a paper's role to reference, draft or published.
    """

    stage: str
    steps: Mapping[str, str] = field(default_factory=dict)
    lead_department_id: int | None = None
    published: bool = True
    consultations: int = 0
    unanswered: int = 0
    round: int = 1
    earlier: frozenset[str] = frozenset()
    procedures: Mapping[str, str] = field(default_factory=dict)
    papers: Mapping[str, str] = field(default_factory=dict)
    means: int = 0
    means_open: int = 0
    hearing: str = "unknown"
    hearings_held: int = 0
    survey_required: bool = False
    surveys_held: int = 0
    affects_business: bool = False
    business_heard: bool = False
    experts: int = 0
    expert_opinions: int = 0
    experts_undeclared: int = 0
    experts_unsigned: int = 0
    expert_adoption: bool = False
    risk_level: str = ""
    risk_points: int = 0
    risk_unmeasured: int = 0
    risk_same_draft: bool = False
    """Whether the draft is still the one whose risks were assessed last."""
    legality: str = ""
    """Empty until it is sent; then sent, lawful, lawful_with_changes or unlawful."""
    legality_changes_made: bool = False
    reviewed_draft: bool = False
    """Whether the draft is the one that was reviewed, with the changes that the reviewer asked for."""
    rejected_draft: bool = False
    """Whether the draft is still the one that the last review found unlawful."""
    disputes_open: int = 0
    """Questions on which units do not agree and of which whoever decides has not been told."""
    special_named: bool = False
    special_unheard: frozenset[str] = frozenset()
    """Groups that the matter touches in particular and that nobody has heard yet."""
    package: bool = False
    meeting: str = ""
    """The outcome of the last meeting: approved, approved_with_changes, rejected, deferred."""
    text_attribute: str = ""
    text_ground: bool = False
    text_reviews: frozenset[str] = frozenset()
    is_policy: bool = False
    interpretation: str = ""
    """Empty, draft, or ready: substantive and approved together with the text."""
    execution: bool = False
    """Whether the unit that carries the decision out is named."""
    completion: bool = False
    evaluation: str = ""
    """Empty, begun, or done: with its findings."""
    evaluator_barred: bool = False
    """Whether whoever assesses had a main part in arguing or assessing before."""
    dossier_filed: bool = False
    behind: frozenset[str] = frozenset()
    """Starting and drafting, where the record of who decided and how the matter was studied stands."""

    def applies(self, procedure: str) -> bool:
        """Whether the catalogue asks for the procedure; where it says nothing, it does."""
        return self.procedures.get(procedure, "unknown") != "not"

    def has(self, *roles: str) -> bool:
        return any(role in self.papers for role in roles)


@dataclass(frozen=True)
class CatalogueFacts:
    """A batch that is to be published. `unnamed` and `unsorted` count items without a unit in the
    lead and without a category; `unsurveyed` those whose field asks for an opinion survey and whose
    plan names none; `unreasoned` procedures that do not apply without a reason."""

    items: int = 0
    unnamed: int = 0
    unsorted: int = 0
    unsurveyed: int = 0
    unreasoned: int = 0
    government_approved: bool = False
    party_agreed: bool = False


@dataclass(frozen=True)
class OpeningFacts:
    """A comment period about a decision, before it opens. `drafted` says whether the decision has
    come so far that there is something to comment on."""

    draft: bool = False
    explanation: bool = False
    ways: int = 0
    period: bool = False
    """At least 30 days, or the printed reason for less."""
    drafted: bool = False
