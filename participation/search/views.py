"""The page of results. It reads; nothing that is not public is asked for."""

from flask import Blueprint, render_template, request

from participation.accounts.queries import department_names
from participation.consultations.lifecycle import STAGES as CONSULTATION_STAGES
from participation.decisions.lifecycle import STAGES as DECISION_STAGES
from participation.search import findings
from participation.search.query import passage, read
from participation.web.guards import public

search = Blueprint("search", __name__)
blueprints = (search,)


@search.get("/search")
@public
def results() -> str:
    query = read(request.args.get("q", ""))
    kind = request.args.get("kind", "")
    kind = kind if kind in findings.KINDS else ""
    groups = findings.find(query, kind=kind, before=_before(request.args.get("before", "")))
    total = sum(group.count for group in groups)
    return render_template(
        "search/results.html",
        query=query,
        kind=kind,
        groups=groups,
        total=total,
        suggestions=findings.suggestions(query) if query.words and not total else [],
        passage=passage,
        names=department_names(),
        consultation_stages=CONSULTATION_STAGES,
        decision_stages=DECISION_STAGES,
    )


def _before(asked: str) -> int | None:
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
