"""For everybody: what the law asks of a decision and what this platform enforces, from its own tables."""

from flask import render_template

from participation.decisions import rulebook
from participation.decisions.lifecycle import STAGES
from participation.decisions.steps import STEPS
from participation.decisions.views.blueprint import bp
from participation.web.guards import published


@bp.get("/decisions/gates")
@published
def gates() -> str:
    acts = rulebook.acts()
    return render_template(
        "decisions/gates.html",
        acts=acts,
        firm=sum(1 for act in acts for row in act.rows if row.firm),
        moves=rulebook.moves(),
        steps=STEPS,
        stages=STAGES,
    )
