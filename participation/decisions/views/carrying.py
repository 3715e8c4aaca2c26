"""Taking unfinished items of earlier years over into a catalogue in preparation."""

from typing import Any

from flask import abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from participation import clock
from participation.access import Actor, Capability
from participation.decisions import queries, service
from participation.decisions.forms.carrying import CarryForm
from participation.decisions.forms.parts import blame
from participation.decisions.models import Catalogue
from participation.decisions.queries.entries import Entry
from participation.decisions.queries.published_years import published_years
from participation.decisions.service.carries import ARTICLE
from participation.decisions.views.blueprint import bp, commit, found_catalogue
from participation.errors import N_, Refused
from participation.extensions import db
from participation.web.guards import current_actor, requires


def left_over(catalogue: Catalogue, *, actor: Actor) -> list[tuple[int, list[Entry]]]:
    """By year, the newest first: what earlier catalogues list and nobody has finished, ended or taken over."""
    earlier = [each.catalogue for each in published_years() if each.year < catalogue.year]
    found = [(each.year, queries.unfinished(each, actor=actor)) for each in earlier]
    return [(year, entries) for year, entries in found if entries]


def _page(catalogue: Catalogue, left: list[tuple[int, list[Entry]]], form: CarryForm, status: int = 200) -> Response:
    page = render_template("decisions/carry_over.html", catalogue=catalogue, left=left, form=form)
    return make_response(page, status)


def _asked(year: int) -> tuple[Catalogue, list[tuple[int, list[Entry]]], list[Entry]]:
    catalogue = found_catalogue(year)
    left = left_over(catalogue, actor=current_actor())
    return catalogue, left, [entry for _year, entries in left for entry in entries]


@bp.get("/desk/decisions/<int:year>/carry-over")
@requires(Capability.MANAGE_CATALOGUE)
def carry_over(year: int) -> Response:
    catalogue, left, entries = _asked(year)
    chosen: dict[str, Any] = {"items": [str(entry.decision.id) for entry in entries]}
    return _page(catalogue, left, CarryForm(entries, formdata=None, data=chosen))


@bp.post("/desk/decisions/<int:year>/carry-over")
@requires(Capability.MANAGE_CATALOGUE)
def carry_over_chosen(year: int) -> Response:
    catalogue, left, entries = _asked(year)
    form = CarryForm(entries)
    if not form.validate():
        return _page(catalogue, left, form, 422)
    try:
        # Two people at once: the second finds the item in the batch already.
        for entry in form.chosen:
            service.carry_over(
                entry.decision,
                into=catalogue,
                reason=form.reason.data or "",
                planned_text=form.planned(entry),
                actor=current_actor(),
                now=clock.now(),
            )
    except IntegrityError as error:
        db.session.rollback()
        raise Refused("conflict", N_("This item is being carried over already."), basis=ARTICLE) from error
    except Refused as refused:
        if refused.code != "invalid":
            raise
        db.session.rollback()
        catalogue, left, _entries = _asked(year)
        blame(form, refused)
        return _page(catalogue, left, form, 422)
    commit()
    count = len(form.chosen)
    flash(
        ngettext(
            "%(num)d item is carried over. It is public when its batch is published.",
            "%(num)d items are carried over. They are public when their batch is published.",
            count,
        )
    )
    return redirect(url_for("decisions.desk", year=year), 303)


@bp.post("/desk/decisions/carried/<int:carry_id>/drop")
@requires(Capability.MANAGE_CATALOGUE)
def drop_carry(carry_id: int) -> Response:
    row = queries.carry(carry_id) or abort(404)
    year = row.catalogue.year
    service.drop_carry(row, actor=current_actor(), now=clock.now())
    commit()
    flash(_("The item stays in its earlier year."))
    return redirect(url_for("decisions.desk", year=year), 303)
