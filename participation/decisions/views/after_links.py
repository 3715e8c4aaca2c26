"""The ways from a decision's desk page to what follows the meeting, for those who may go them."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from participation.decisions import lifecycle, queries
from participation.decisions.models import Decision
from participation.decisions.queries import papers
from participation.decisions.queries.execution import execution_of
from participation.decisions.views.blueprint import bp
from participation.web.guards import current_actor

_LATER = ("deliberation", "published", "executing", "evaluated", "suspended")


@bp.context_processor
def _ways() -> dict[str, Any]:
    return {"after_links": after_links}


def after_links(found: Decision) -> list[tuple[str, str]]:
    """Label and address: reports for the unit that carries it out, filing and turns for those inside."""
    actor = current_actor()
    if not papers.sees_inside(actor, found):
        unit = execution_of(found)
        mine = unit is not None and unit.department_id in actor.department_ids
        return [(_("Report on the progress"), url_for("decisions.execution", decision_id=found.id))] if mine else []
    ways = []
    facts = queries.facts_of(found)
    if (facts.stage in _LATER and facts.stage != "deliberation") or facts.dossier_filed:
        ways.append((_("File the dossier"), url_for("decisions.dossier_filing", decision_id=found.id)))
    for kind, label in (("rerun", _("Change in substance")), ("close", _("Close"))):
        offered = facts.stage in lifecycle.TRANSITIONS[kind].sources and facts.steps.get("published") is not None
        if offered and lifecycle.refusal(kind, facts, actor) is None:
            ways.append((label, url_for("decisions.turn", decision_id=found.id, kind=kind)))
    return ways
