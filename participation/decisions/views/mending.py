"""Where what is missing can be mended: a gate's link, for the people who keep the decision."""

from collections.abc import Iterable
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from participation.decisions import comment_periods
from participation.decisions.gates import Gate, GateCheck
from participation.decisions.models import Decision
from participation.errors import N_
from participation.web.filters import link

_PAPERS = {
    "drafting.text": "draft",
    "drafting.changed": "draft",
    "package.draft": "draft",
    "package.competition": "fair_competition",
    "package.risk": "risk_report",
    "package.legality": "legality_opinion",
    "published.text": "decision_text",
}
_PAGES = {
    "started": ("decisions.start", N_("Start the decision")),
    "drafting": ("decisions.drafting", N_("Go to the draft")),
    "participation": ("decisions.participation", N_("Go to public participation")),
    "expert": ("decisions.experts", N_("Go to the experts")),
    "risk": ("decisions.risk", N_("Go to the risk assessment")),
    "legality": ("decisions.legality", N_("Go to the legality review")),
    "package": ("decisions.package", N_("Go to the papers of the meeting")),
    "deliberation": ("decisions.package", N_("Go to the papers of the meeting")),
    "published": ("decisions.publication", N_("Go to the publication")),
    "executing": ("decisions.execution", N_("Go to the execution")),
    "evaluated": ("decisions.evaluation", N_("Go to the evaluation")),
}
_OF_GATE = {
    "started.lead": ("decisions.edit_item", N_("Adjust the item")),
    "participation.means": ("decisions.participation", N_("Write what was adopted")),
    "participation.hearing": ("decisions.hearing", N_("Go to the hearing")),
    "participation.survey": ("decisions.new_means", N_("Record the opinion survey")),
    "participation.business": ("decisions.new_means", N_("Record how firms were heard")),
    "participation.special": ("decisions.new_means", N_("Record how they were heard")),
    "package.disputes": ("decisions.disputes", N_("Report the dispute")),
    "package.changes": ("decisions.legality", N_("Record the changes")),
    "package.same_draft": ("decisions.legality", N_("Go to the legality review")),
    "package.comments": ("decisions.participation", N_("Go to public participation")),
    "package.experts": ("decisions.experts", N_("Go to the experts")),
    "published.secrecy": ("decisions.work", N_("Go to the papers")),
    "published.personal": ("decisions.work", N_("Go to the papers")),
    "published.attribute": ("decisions.work", N_("Go to the papers")),
    "published.interpretation": ("decisions.interpretation", N_("Enter an interpretation")),
    "close.dossier": ("decisions.dossier_filing", N_("File the dossier")),
    "close.executing": ("decisions.execution", N_("Go to the execution")),
    "deliberation.package": ("decisions.package", N_("Go to the papers of the meeting")),
}


def page_of(decision: Decision, step: str) -> str:
    """The desk page on which a step is recorded and read; empty where it has none."""
    endpoint = next_act(step)[0]
    return link(endpoint, decision_id=decision.id) if endpoint else ""


def next_act(step: str) -> tuple[str, str]:
    """Endpoint and label of the page that records `step`; empty where there is none."""
    return _there(*_PAGES.get(step, ("", "")))


def _there(endpoint: str, label: str) -> tuple[str, str]:
    return (endpoint, label) if endpoint in current_app.view_functions else ("", "")


def drawn(decision: Decision, checks: Iterable[GateCheck]) -> list[dict[str, Any]]:
    """The checks as components/check.html draws them, each missing one with the way to mend it."""
    return [
        {
            "state": check.state,
            "title": _(check.gate.title),
            "text": "" if check.state in ("ok", "na") else _(check.gate.message),
            "law": check.gate.article,
            "url": url,
            "label": label,
        }
        for check in checks
        for url, label in [_way(decision, check.gate) if check.state in ("no", "warn") else ("", "")]
    ]


def _way(decision: Decision, gate: Gate) -> tuple[str, str]:
    if gate.key in _PAPERS:
        return link("decisions.new_paper", decision_id=decision.id, role=_PAPERS[gate.key]), _("Enter the paper")
    if gate.key in ("participation.heard", "participation.answered", "package.comments"):
        return _comments(decision, gate)
    endpoint, label = _there(*_OF_GATE.get(gate.key, ("", "")))
    if not endpoint:
        endpoint, label = next_act(gate.needed or gate.act)
    if not endpoint:
        return "", ""
    return link(endpoint, decision_id=decision.id), _(label)


def _comments(decision: Decision, gate: Gate) -> tuple[str, str]:
    """To the comment period that waits for its answers, or to opening one."""
    periods = comment_periods.of({decision.id}).get(decision.id, [])
    waiting = next((period for period in periods if not period.answered), None)
    if waiting is not None:
        return link("consultations.file", consultation_id=waiting.id), _("Go to the comments")
    if gate.key == "participation.heard":
        return link("consultations.new", decision=decision.id), _("Ask the public about it")
    return link("decisions.participation", decision_id=decision.id), _("Go to public participation")
