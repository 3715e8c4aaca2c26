"""A paper for everybody: its text and metadata, its original, its versions, and two of them compared."""

from typing import Any

from flask import Response as FlaskResponse
from flask import abort, render_template, request

from participation.access import ANYONE
from participation.decisions import paper_clauses
from participation.decisions import papers as rules
from participation.decisions.models import DecisionPaper
from participation.decisions.queries import papers as queries
from participation.decisions.service import paper_texts
from participation.decisions.views.blueprint import bp, found_decision
from participation.documents.models import Document
from participation.evidence import service as evidence
from participation.files.sending import send
from participation.web.guards import current_actor, public, published

VIEWS = ("changed", "all", "sides", "new")
ONE = "/decisions/<int:decision_id>/papers/<int:paper_id>"


def _found(decision_id: int, paper_id: int) -> DecisionPaper:
    """The paper if this person may know of it. Colleagues see a draft's page as readers will."""
    return queries.paper(paper_id, decision_id=decision_id, actor=current_actor()) or abort(404)


def _readable(decision_id: int, paper_id: int) -> DecisionPaper:
    """A paper whose text or file everybody may have."""
    found = queries.paper(paper_id, decision_id=decision_id, actor=ANYONE)
    if found is None or not found.is_readable:
        abort(404)
    return found


@bp.get(ONE)
@published
def paper(decision_id: int, paper_id: int) -> str:
    found = _found(decision_id, paper_id)
    decision = found_decision(decision_id, current_actor())
    shown = found.is_readable or (found.published_at is None and queries.sees_inside(current_actor(), decision))
    shown = shown and found.attribute == "public"
    versions = [row for row in queries.versions_of(found) if row.published_at is not None]
    document = paper_texts.text_of(found) if shown else None
    return render_template(
        "decisions/paper.html",
        paper=found,
        decision=decision,
        role=rules.PAPER_ROLES[found.role],
        document=document,
        parts=paper_clauses.parts_of(document.text) if document is not None else [],
        original=paper_texts.original_of(found) if shown else None,
        versions=versions,
        newest=versions[0] if versions and versions[0].number > found.number else None,
        grounds=rules.GROUNDS,
        validities=rules.VALIDITIES,
        attributes=rules.ATTRIBUTES,
        entry=evidence.entry_for("decision_paper", found.id) if found.published_at is not None else None,
        keeps=queries.sees_inside(current_actor(), decision),
    )


@bp.get(f"{ONE}/file")
@public
def paper_file(decision_id: int, paper_id: int) -> FlaskResponse:
    """The original, as the unit uploaded it."""
    original = paper_texts.original_of(_readable(decision_id, paper_id))
    return send(original) if original is not None else abort(404)


@bp.get(f"{ONE}/against/<int:other_id>")
@published
def compared_papers(decision_id: int, paper_id: int, other_id: int) -> str:
    """Two texts of one decision: two versions of a paper, or the draft and what was decided."""
    old, new = _with_text(decision_id, other_id), _with_text(decision_id, paper_id)
    if old[0].id == new[0].id:
        abort(404)
    return render_template(
        "decisions/paper_compare.html", decision=found_decision(decision_id, current_actor()), **_compared(old, new)
    )


@bp.get(f"{ONE}/against")
@public
def choose_comparison(decision_id: int, paper_id: int) -> Any:
    """For the form that names the other text; without one it offers all that there are."""
    new = _with_text(decision_id, paper_id)
    others = _others(new[0])
    asked = request.args.get("other", "")
    chosen = next((row for row in others if str(row.id) == asked), None)
    decision = found_decision(decision_id, current_actor())
    if chosen is None:
        return render_template(
            "decisions/paper_compare.html", decision=decision, new=new[0], old=None, others=others, asked=asked
        )
    return render_template(
        "decisions/paper_compare.html", decision=decision, **_compared(_with_text(decision_id, chosen.id), new)
    )


def _with_text(decision_id: int, paper_id: int) -> tuple[DecisionPaper, Document]:
    found = _readable(decision_id, paper_id)
    document = paper_texts.text_of(found)
    return (found, document) if document is not None else abort(404)


def _others(paper: DecisionPaper) -> list[DecisionPaper]:
    """What a text can be compared with: its other versions first, then the other texts of the decision."""
    rows = [row for row in queries.of(paper.decision_id, versions=True) if row.is_readable and row.id != paper.id]
    texts = paper_texts.ids_with_text([row.id for row in rows])
    rows = [row for row in rows if row.id in texts]
    return sorted(rows, key=lambda row: (row.series != paper.series, -row.number if row.series == paper.series else 0))


def _compared(old: tuple[DecisionPaper, Document], new: tuple[DecisionPaper, Document]) -> dict[str, Any]:
    asked = request.args.get("view", "")
    rows = paper_clauses.rows_of(old[1].text, new[1].text)
    return {
        "old": old[0],
        "new": new[0],
        "view": asked if asked in VIEWS else "changed",
        "rows": rows,
        "different": paper_clauses.changed(rows),
        "clauses": sum(1 if row.pair else len(row.same) for row in rows),
        "others": [],
    }
