"""The blueprint of decisions, which its views hang themselves on."""

from flask import Blueprint, abort
from sqlalchemy.orm.exc import StaleDataError

from participation.access import Actor
from participation.decisions import queries
from participation.decisions.models import Catalogue, Decision
from participation.errors import N_, Refused
from participation.extensions import db

bp = Blueprint("decisions", __name__)


def found_decision(decision_id: int, actor: Actor) -> Decision:
    """The decision if this person may know of it, else 404."""
    return queries.decision(decision_id, actor=actor) or abort(404)


def found_catalogue(year: int) -> Catalogue:
    return (queries.catalogue_of(year) if year <= 2100 else None) or abort(404)


def commit() -> None:
    """Commits; when a colleague's write came first, nothing of this one is stored."""
    try:
        db.session.commit()
    except StaleDataError as error:
        db.session.rollback()
        raise Refused(
            "conflict", N_("Somebody changed this in the meantime. Look at it again, then decide.")
        ) from error
