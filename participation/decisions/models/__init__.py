"""The tables of catalogues and decisions."""

from participation.decisions.models.adjustment import CatalogueAdjustment
from participation.decisions.models.call import ProposalCall
from participation.decisions.models.carry import CatalogueCarry
from participation.decisions.models.catalogue import Catalogue, CatalogueBatch
from participation.decisions.models.decision import Decision, DecisionStep
from participation.decisions.models.dossier import DecisionDossier
from participation.decisions.models.dossier_filing import DecisionDossierFiling
from participation.decisions.models.drafting import DecisionDispute, DecisionDrafting
from participation.decisions.models.evaluation import DecisionEvaluation, DecisionEvaluationResult
from participation.decisions.models.execution import DecisionCompletion, DecisionExecution
from participation.decisions.models.expert import DecisionArgument, DecisionExpert
from participation.decisions.models.hearing import DecisionHearing
from participation.decisions.models.interpretation import DecisionInterpretation
from participation.decisions.models.means import DecisionMeans
from participation.decisions.models.meeting import DecisionMeeting, DecisionPackage
from participation.decisions.models.paper import DecisionPaper
from participation.decisions.models.policy_mark import DecisionPolicyMark
from participation.decisions.models.progress_report import DecisionProgressReport, DecisionQuarter
from participation.decisions.models.proposal import Proposal, ProposalDraft, ProposalOutcome, ProposalSequence
from participation.decisions.models.publication import DecisionPublication
from participation.decisions.models.record import RECORD_COLUMNS, StepRecord, records_of
from participation.decisions.models.review import DecisionReview
from participation.decisions.models.risk import DecisionRisk
from participation.decisions.models.signing import DecisionSigning
from participation.decisions.models.start import DecisionStart
from participation.decisions.models.turn import DecisionTurn

__all__ = [
    "RECORD_COLUMNS",
    "Catalogue",
    "CatalogueAdjustment",
    "CatalogueBatch",
    "CatalogueCarry",
    "Decision",
    "DecisionArgument",
    "DecisionCompletion",
    "DecisionDispute",
    "DecisionDossier",
    "DecisionDossierFiling",
    "DecisionDrafting",
    "DecisionEvaluation",
    "DecisionEvaluationResult",
    "DecisionExecution",
    "DecisionExpert",
    "DecisionHearing",
    "DecisionInterpretation",
    "DecisionMeans",
    "DecisionMeeting",
    "DecisionPackage",
    "DecisionPaper",
    "DecisionPolicyMark",
    "DecisionProgressReport",
    "DecisionPublication",
    "DecisionQuarter",
    "DecisionReview",
    "DecisionRisk",
    "DecisionSigning",
    "DecisionStart",
    "DecisionStep",
    "DecisionTurn",
    "Proposal",
    "ProposalCall",
    "ProposalDraft",
    "ProposalOutcome",
    "ProposalSequence",
    "StepRecord",
    "records_of",
]
