"""The catalogue as files: a table for people and for programs, the annex of an official paper, and a feed."""

from collections.abc import Sequence
from typing import Any

from flask import Response, abort, current_app, jsonify, url_for
from flask_babel import gettext as _

from participation.decisions.models import Catalogue
from participation.decisions.queries.versions import versions
from participation.decisions.rules import BODIES, CATEGORIES, FIELDS, PROCEDURES, survey_required
from participation.decisions.views.blueprint import bp
from participation.decisions.views.lines import Asked, Line, asked
from participation.decisions.views.wording import applies, procedure
from participation.web.feeds import ENTRIES, Entry, atom
from participation.web.guards import public, published
from participation.web.locale import is_chinese
from participation.web.spreadsheet import csv_response
from participation.web.workbook import Sheet, xlsx_response


def _asked() -> Asked:
    return asked() or abort(404)


def header() -> list[str]:
    """The union of the fields that offices publish (R4), in words that the importer reads back."""
    return [
        _("No."),
        _("Title of the decision"),
        _("Category"),
        _("Field"),
        _("Unit in the lead"),
        _("Units that help"),
        _("Basis"),
        *(_(label) for label in PROCEDURES.values()),
        _("Hearing"),
        _("Opinion survey"),
        _("Does it affect business?"),
        _("Planned time"),
        _("Who decides"),
        _("Stage"),
        _("Batch"),
    ]


def row(line: Line) -> list[object]:
    entry = line.entry
    decision, business = entry.decision, entry.shown("affects_business")
    category, field = entry.shown("category"), entry.shown("field")
    return [
        entry.number,
        entry.shown("title"),
        _(CATEGORIES[category]) if category else "",
        _(FIELDS[field]) if field else "",
        entry.shown("lead_unit"),
        "、".join(entry.shown("joint_units") or []),
        entry.shown("basis"),
        *(procedure(entry.shown("procedures"), key) for key in PROCEDURES),
        applies(entry.shown("hearing")),
        applies(entry.shown("survey")),
        "" if business is None else _("Yes") if business else _("No"),
        entry.shown("planned_text"),
        _(BODIES[decision.body]),
        stage(line),
        entry.batch.number,
    ]


def stage(line: Line) -> str:
    """How far the decision has come, in one or two words."""
    if line.entry.decision.stage in ("suspended", "terminated"):
        return _("Suspended") if line.entry.decision.stage == "suspended" else _("Ended without a decision")
    return _(line.progress.current.step.label) if line.progress.current else _("Completed")


@bp.get("/decisions/catalogue.csv")
@published
def export() -> Response:
    """The lines of the filter."""
    found = _asked()
    return csv_response(f"catalogue-{found.year.year}.csv", header(), [row(line) for line in found.lines])


@bp.get("/decisions/catalogue.xlsx")
@public
def export_xlsx() -> Response:
    found = _asked()
    year = found.year.year
    title = _("Catalogue of major decisions %(year)d", year=year)
    source = url_for("decisions.catalogue", _external=True, **found.query)
    sheet = Sheet(title, header(), [row(line) for line in found.lines], notes=[title, source])
    return xlsx_response(f"catalogue-{year}.xlsx", [sheet])


@bp.get("/decisions/catalogue.docx")
@public
def export_docx() -> Response:
    """The annex as offices publish it: of the whole year, whatever the filter."""
    from participation.decisions.views.annex import annex
    from participation.web.word import word_response

    found = _asked()
    settings = current_app.extensions["settings"]
    district = settings.district if is_chinese() else settings.district_en
    document = annex(found.year.catalogue, found.every, district=district)
    return word_response(f"catalogue-{found.year.year}.docx", document)


@bp.get("/decisions/catalogue.json")
@published
def export_json() -> Response:
    """The lines of the filter for programs: keys in English, values as this platform stores them."""
    found = _asked()
    catalogue = found.year.catalogue
    return jsonify(
        {
            "year": catalogue.year,
            "published_at": catalogue.published_at.isoformat() if catalogue.published_at else None,
            "criteria": catalogue.criteria,
            "versions": found.year.changes + 1,
            "batches": [
                {
                    "number": batch.number,
                    "published_at": batch.published_at.isoformat(),
                    "government_approved_on": _iso(batch.government_approved_on),
                    "government_meeting": batch.government_meeting,
                }
                for batch in catalogue.batches
                if batch.published_at is not None
            ],
            "items": [_item(line) for line in found.lines],
        }
    )


def _item(line: Line) -> dict[str, Any]:
    entry = line.entry
    said = {
        name: entry.shown(name)
        for name in (
            "title", "summary", "category", "field", "affects_business", "lead_unit", "joint_units", "basis",
            "procedures", "hearing", "survey", "planned_text", "body", "links",
        )
    }  # fmt: skip
    return {
        "number": entry.number,
        "decision": entry.decision.id,
        **said,
        "planned_from": _iso(entry.shown("planned_from")),
        "planned_to": _iso(entry.shown("planned_to")),
        "survey_required": survey_required(entry.decision),
        "batch": entry.batch.number,
        "stage": entry.decision.stage,
        "current_step": line.progress.current.key if line.progress.current else None,
        "group": line.group,
        "carried_from": _place(entry.came.from_catalogue, entry.came.from_number) if entry.came else None,
        "carried_to": _place(entry.went.catalogue, entry.went.number) if entry.went else None,
        "url": url_for("decisions.item", decision_id=entry.decision.id, _external=True),
    }


def _place(catalogue: Catalogue, number: int) -> dict[str, int]:
    return {"year": catalogue.year, "number": number}


def _iso(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


@bp.get("/decisions/catalogue.atom")
@published
def feed() -> Response:
    """What moved last in the filter; without a filter also the versions of the catalogue itself."""
    found = _asked()
    entries = [_entry(line) for line in found.lines]
    if not found.filters.query():
        entries += _versions(found.year.catalogue)
    title = _("Catalogue of major decisions %(year)d", year=found.year.year)
    return atom(
        title,
        key="catalogue?" + "&".join(f"{name}={value}" for name, value in sorted(found.query.items())),
        own=url_for("decisions.feed", _external=True, **found.query),
        page=url_for("decisions.catalogue", _external=True, **found.query),
        entries=sorted(entries, key=lambda entry: entry.updated, reverse=True)[:ENTRIES],
    )


def _entry(line: Line) -> Entry:
    decision, published = line.entry.decision, line.entry.batch.published_at
    assert published is not None
    return Entry(
        key=f"decision:{decision.id}",
        title=line.entry.shown("title"),
        url=url_for("decisions.item", decision_id=decision.id, _external=True),
        updated=max(decision.stage_at, published),
        published=published,
        author=line.entry.shown("lead_unit"),
        summary=stage(line),
        category=decision.category,
    )


def _versions(catalogue: Catalogue) -> Sequence[Entry]:
    """Each version as an entry: what was added, changed or taken out, and why."""
    return [
        Entry(
            key=f"catalogue:{catalogue.year}:version:{each.number}",
            title=_("Catalogue %(year)d, version %(number)d", year=catalogue.year, number=each.number),
            url=url_for("decisions.version", year=catalogue.year, number=each.number, _external=True),
            updated=each.at,
            published=each.at,
            author=current_app.extensions["settings"].district,
            summary=each.reason,
        )
        for each in versions(catalogue)
    ]
