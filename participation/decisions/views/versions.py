"""Every version of a year's catalogue, and any two of them side by side."""

from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from participation.decisions.models import Catalogue
from participation.decisions.queries.versions import versions as versions_of_year
from participation.decisions.rules import PROCEDURES
from participation.decisions.versions import ItemChange, Version, differ
from participation.decisions.views import wording
from participation.decisions.views.blueprint import bp, found_catalogue
from participation.documents.comparison import Piece, pieces
from participation.web.guards import public, published

READ_IN_PIECES = frozenset({"title", "summary", "basis", "joint_units", "links"})
"""Sentences and lists. A date or a yes that changed reads better whole."""


@dataclass(frozen=True)
class FieldChange:
    """A field that changed, as pieces that stayed, went and came."""

    label: str
    pieces: tuple[Piece, ...]


def _known(year: int) -> tuple[Catalogue, list[Version]]:
    catalogue = found_catalogue(year)
    found = versions_of_year(catalogue)
    return (catalogue, found) if found else abort(404)


def _version(found: list[Version], number: int) -> Version:
    return next((each for each in found if each.number == number), None) or abort(404)


@bp.get("/decisions/<int:year>/versions")
@published
def versions(year: int) -> str:
    catalogue, found = _known(year)
    return render_template(
        "decisions/versions.html",
        catalogue=catalogue,
        versions=found[::-1],
        titles={each.number: _titles(found, each) for each in found},
    )


def _titles(found: list[Version], version: Version) -> list[str]:
    """The titles of the items that the version added, changed or took out."""
    before = found[version.number - 2].items if version.number > 1 else {}
    rows = (version.items.get(key) or before.get(key) for key in version.touched)
    return [str(row["title"]) for row in rows if row]


@bp.get("/decisions/<int:year>/versions/<int:number>")
@published
def version(year: int, number: int) -> str:
    catalogue, found = _known(year)
    return render_template(
        "decisions/version.html",
        catalogue=catalogue,
        version=_version(found, number),
        newest=found[-1].number,
        facts=wording.facts,
    )


@bp.get("/decisions/<int:year>/compare")
@public
def compare_asked(year: int) -> Response:
    """The form's two numbers become an address that can be sent to somebody."""
    _known(year)
    old, new = (request.args.get(name, "") for name in ("a", "b"))
    if not all(text.isascii() and text.isdigit() and len(text) < 6 for text in (old, new)):
        abort(404)
    return redirect(url_for("decisions.compare", year=year, old=int(old), new=int(new)), 303)


@bp.get("/decisions/<int:year>/compare/<int:old>/<int:new>")
@published
def compare(year: int, old: int, new: int) -> str:
    """From the earlier to the later version, in whichever order they are named."""
    catalogue, found = _known(year)
    first, last = (_version(found, number) for number in sorted((old, new)))
    difference = differ(first, last)
    return render_template(
        "decisions/compare.html",
        catalogue=catalogue,
        first=first,
        last=last,
        difference=difference,
        fields={each.decision_id: _fields(each) for each in difference.changed},
        steps=[each for each in found if first.number < each.number <= last.number],
        count=len(found),
        facts=wording.facts,
    )


def _fields(change: ItemChange) -> list[FieldChange]:
    assert change.old is not None
    assert change.new is not None
    found = []
    names = [name for name in change.names if name != "procedures"]
    names += PROCEDURES if "procedures" in change.names else ()
    for name in (each for each in wording.LABELS if each in names):
        old, new = wording.said(change.old, name), wording.said(change.new, name)
        if old != new:
            nothing = _("(nothing)")
            whole = (Piece("del", old or nothing), Piece("ins", new or nothing))
            parts = pieces(old, new) if old and new and name in READ_IN_PIECES else whole
            found.append(FieldChange(_(wording.LABELS[name]), parts))
    return found


@bp.get("/decisions/adjustments/<int:year>")
@public
def adjustments(year: int) -> Response:
    """The address that this page had before every version had one."""
    _known(year)
    return redirect(url_for("decisions.versions", year=year), 301)
