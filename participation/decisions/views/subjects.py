"""How the ledger names and links catalogues and decisions.

What staff are sent is written by jobs, outside any request: their addresses are plain paths.
"""

from collections.abc import Callable

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from participation.accounts.mine import MineLine, register_mine
from participation.decisions.models import Catalogue
from participation.decisions.models.progress_report import DecisionQuarter
from participation.decisions.proposing import STAGES
from participation.decisions.queries import proposals
from participation.decisions.queries.items import titles
from participation.duties.subjects import SubjectLine, register_subject
from participation.extensions import db
from participation.web.guards import current_actor


def _catalogues(ids: set[int]) -> list[Catalogue]:
    return list(db.session.scalars(select(Catalogue).where(Catalogue.id.in_(ids))))


def _catalogue_line(catalogue: Catalogue, url: str | None) -> SubjectLine:
    return SubjectLine(_("Catalogue of major decisions %(year)d", year=catalogue.year), url)


def _staff_catalogues(ids: set[int]) -> dict[int, SubjectLine]:
    return {row.id: _catalogue_line(row, f"/desk/decisions?year={row.year}") for row in _catalogues(ids)}


def _public_catalogues(ids: set[int]) -> dict[int, SubjectLine]:
    return {
        row.id: _catalogue_line(row, url_for("decisions.catalogue", year=row.year) if row.published_at else None)
        for row in _catalogues(ids)
    }


def _staff_decisions(ids: set[int]) -> dict[int, SubjectLine]:
    return {
        row.id: SubjectLine(row.title, f"/desk/decisions/items/{row.id}") for row in titles(ids, actor=current_actor())
    }


def _public_decisions(ids: set[int]) -> dict[int, SubjectLine]:
    return {
        row.id: SubjectLine(row.title, url_for("decisions.item", decision_id=row.id))
        for row in titles(ids)
        if row.published
    }


def _staff_proposals(ids: set[int]) -> dict[int, SubjectLine]:
    found = proposals.titles(ids, actor=current_actor())
    return {
        key: SubjectLine(f"{number} {title}", f"/desk/decisions/proposals/{key}")
        for key, (number, title) in found.items()
    }


def _public_proposals(ids: set[int]) -> dict[int, SubjectLine]:
    """The number is no secret; the title stands there once the office has let it out."""
    return {
        key: SubjectLine(f"{number} {title}".strip(), url_for("decisions.proposals") if title else None)
        for key, (number, title) in proposals.titles(ids, actor=None).items()
    }


def _mine(person_id: int) -> list[MineLine]:
    return [
        MineLine(
            row.title, url_for("decisions.mine_proposal", proposal_id=row.id), _(STAGES[row.stage]), row.received_at
        )
        for row in proposals.of_person(person_id)
    ]


def _quarters(ids: set[int], described: Callable[[set[int]], dict[int, SubjectLine]]) -> dict[int, SubjectLine]:
    rows = list(db.session.scalars(select(DecisionQuarter).where(DecisionQuarter.id.in_(ids))))
    lines = described({row.decision_id for row in rows})
    return {
        row.id: SubjectLine(
            _(
                "%(title)s: quarter %(quarter)s of %(year)s",
                title=lines[row.decision_id].title,
                quarter=row.quarter,
                year=str(row.year),
            ),
            lines[row.decision_id].url,
        )
        for row in rows
        if row.decision_id in lines
    }


def _staff_quarters(ids: set[int]) -> dict[int, SubjectLine]:
    return _quarters(ids, _staff_decisions)


def _public_quarters(ids: set[int]) -> dict[int, SubjectLine]:
    return _quarters(ids, _public_decisions)


def register() -> None:
    register_subject("decision_quarter", _staff_quarters, public=_public_quarters)
    register_subject("proposal", _staff_proposals, public=_public_proposals)
    register_mine(_mine)
    register_subject("catalogue", _staff_catalogues, public=_public_catalogues)
    register_subject("decision", _staff_decisions, public=_public_decisions)
