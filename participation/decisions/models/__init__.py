"""The tables of catalogues and decisions."""

from participation.decisions.models.adjustment import CatalogueAdjustment
from participation.decisions.models.call import ProposalCall
from participation.decisions.models.carry import CatalogueCarry
from participation.decisions.models.catalogue import Catalogue, CatalogueBatch
from participation.decisions.models.decision import Decision, DecisionStep
from participation.decisions.models.paper import DecisionPaper
from participation.decisions.models.proposal import Proposal, ProposalDraft, ProposalOutcome, ProposalSequence
from participation.decisions.models.record import RECORD_COLUMNS, StepRecord, records_of

__all__ = [
    "RECORD_COLUMNS",
    "Catalogue",
    "CatalogueAdjustment",
    "CatalogueBatch",
    "CatalogueCarry",
    "Decision",
    "DecisionPaper",
    "DecisionStep",
    "Proposal",
    "ProposalCall",
    "ProposalDraft",
    "ProposalOutcome",
    "ProposalSequence",
    "StepRecord",
    "records_of",
]
