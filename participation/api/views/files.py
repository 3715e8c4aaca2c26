"""/data: the nightly files, with their size, day and fingerprint, and everything that can be subscribed to."""

from dataclasses import dataclass

from flask import abort, current_app, render_template, send_file
from werkzeug.wrappers import Response

from participation.api.answers import CROSS_ORIGIN
from participation.api.filing import shelf
from participation.api.licence import licence
from participation.api.resource import Resource
from participation.api.resources import FILED
from participation.api.views.reference import bp
from participation.errors import N_
from participation.web.guards import public, published

MEDIA_TYPES = {"csv": "text/csv", "jsonl": "application/jsonl", "txt": "text/plain"}
FEEDS: tuple[tuple[str, str, str], ...] = (
    ("decisions.feed", N_("Catalogue of major decisions: published and adjusted"), "Atom"),
    ("consultations.feed", N_("Consultations, new and answered"), "Atom"),
    ("consultations.calendar", N_("The days on which consultations close, for your calendar"), "iCalendar"),
    ("mailbox.letters_feed", N_("Published letters and answers"), "Atom"),
    ("evidence.feed", N_("Signed numbers of the record"), "Atom"),
)
"""Endpoints without arguments; a filtered list has the feed of its filter beside it."""


@dataclass(frozen=True)
class Line:
    """A table with its files of the newest run."""

    resource: Resource
    files: tuple[shelf.File, ...]

    @property
    def rows(self) -> int:
        return next((file.rows or 0 for file in self.files), 0)


@bp.get("/data")
@published
def files() -> str:
    every = shelf.runs()
    newest = every[0] if every else None
    return render_template(
        "api/data.html",
        run=newest,
        lines=_lines(newest) if newest else [],
        beside=[file for file in newest.files if not file.resource] if newest else [],
        earlier=[(run, _lines(run)) for run in every[1:] if any(file.resource for file in run.files)],
        feeds=[feed for feed in FEEDS if feed[0] in current_app.view_functions],
        licence=licence(),
        kept=current_app.extensions["settings"].data_files_kept_days,
    )


def _lines(run: shelf.Run) -> list[Line]:
    found = []
    for resource in FILED:
        mine = tuple(file for file in run.files if file.resource == resource.name)
        if mine:
            found.append(Line(resource, mine))
    return found


@bp.get("/data/latest/<name>")
@public
def latest(name: str) -> Response:
    """The newest file of this name: an address that stays."""
    return _sent(shelf.newest(), name)


@bp.get("/data/<run>/<name>")
@public
def file(run: str, name: str) -> Response:
    return _sent(shelf.named(run), name)


def _sent(run: shelf.Run | None, name: str) -> Response:
    """Piece by piece from the disk, whole or in parts; any page of the web may read it."""
    found = run.file(name) if run is not None else None
    if run is None or found is None:
        abort(404)
    stem, _dot, form = name.rpartition(".")
    answer = send_file(
        run.folder / name,
        mimetype=MEDIA_TYPES[form],
        as_attachment=True,
        download_name=f"{stem}-{run.day.isoformat()}.{form}",
        etag=found.sha256,
        conditional=True,
        max_age=0,
    )
    answer.headers.update(CROSS_ORIGIN)
    # A withdrawal makes the files anew: nobody may keep the old ones as today's.
    answer.headers["Cache-Control"] = "public, no-cache"
    return answer
