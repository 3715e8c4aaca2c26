"""The page of results. It reads; nothing that is not public is asked for."""

from flask import Blueprint, render_template, request

from participation import clock
from participation.accounts.queries import departments
from participation.consultations.lifecycle import STAGES as CONSULTATION_STAGES
from participation.decisions.lifecycle import STAGES as DECISION_STAGES
from participation.search import findings
from participation.search.query import passage, read
from participation.web.guards import published
from participation.web.matching import Narrow

search = Blueprint("search", __name__)
blueprints = (search,)


@search.get("/search")
@published
def results() -> str:
    query = read(request.args.get("q", ""))
    kind = request.args.get("kind", "")
    kind = kind if kind in findings.KINDS else ""
    narrow = _narrow(request.args.get("department", ""), request.args.get("year", ""))
    groups = findings.find(query, kind=kind, before=_number(request.args.get("before", "")), narrow=narrow)
    total = sum(group.count for group in groups)
    every = departments(active=None)
    narrowed = {"department": narrow.department_id, "year": narrow.year}
    return render_template(
        "search/results.html",
        query=query,
        kind=kind,
        groups=groups,
        total=total,
        many=findings.COUNTED,
        narrow=narrow,
        narrowed={name: value for name, value in narrowed.items() if value},
        years=_years(),
        units=[unit for unit in every if unit.active],
        suggestions=findings.suggestions(query, narrow) if query.words and not total else [],
        passage=passage,
        names={unit.id: unit.short_name for unit in every},
        consultation_stages=CONSULTATION_STAGES,
        decision_stages=DECISION_STAGES,
    )


def _narrow(department: str, year: str) -> Narrow:
    """What cannot be read narrows nothing."""
    asked = _number(year)
    return Narrow(_number(department) or None, asked if asked in _years() else None)


def _years() -> list[int]:
    """This year and the four before."""
    this = clock.local_date(clock.now()).year
    return list(range(this, this - 5, -1))


def _number(asked: str) -> int | None:
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
