"""The catalogue and the chain for everybody, and the desk where they are kept."""

from flask import Flask

from participation.consultations import openings
from participation.decisions import matters, texts
from participation.decisions.service import opening
from participation.decisions.views import (
    after_cards,
    after_links,
    batches,
    calls,
    carrying,
    catalogue,
    chain,
    deciding,
    desk,
    dossier,
    evaluating,
    executing,
    exports,
    hearing_people,
    hearings,
    importing,
    items,
    judging,
    paper_forms,
    paper_public,
    papers,
    proposal_acts,
    proposals,
    proposals_desk,
    proposals_enter,
    propose,
    propose_send,
    propose_track,
    public,
    publishing,
    removals,
    rulebook,
    starting,
    undoing,
    versions,
)
from participation.decisions.views.blueprint import bp
from participation.decisions.views.subjects import register

__all__ = ["batches", "calls", "chain", "desk", "importing", "items", "public", "removals", "rulebook"]
__all__ += ["proposal_acts", "proposals", "proposals_desk", "proposals_enter"]
__all__ += ["carrying", "catalogue", "exports", "versions"]
__all__ += ["propose", "propose_send", "propose_track"]
__all__ += ["paper_forms", "paper_public", "papers"]
__all__ += ["deciding", "hearing_people", "hearings", "judging", "starting", "undoing"]
__all__ += ["after_cards", "after_links", "dossier", "evaluating", "executing", "publishing"]

blueprints = (bp,)


def init_app(_app: Flask) -> None:
    register()
    texts.register()
    matters.register()
    openings.ask(opening.checks_of)
