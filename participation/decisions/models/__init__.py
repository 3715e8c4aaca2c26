"""The tables of catalogues and decisions."""

from participation.decisions.models.adjustment import CatalogueAdjustment
from participation.decisions.models.catalogue import Catalogue, CatalogueBatch
from participation.decisions.models.decision import Decision, DecisionStep

__all__ = ["Catalogue", "CatalogueAdjustment", "CatalogueBatch", "Decision", "DecisionStep"]
