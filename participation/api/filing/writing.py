"""Writing the files in slices: each call works for a moment, the next goes on where it stopped, also after
a crash. Memory holds one page of rows; nobody waits for the files."""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app

from participation.api.answers import say
from participation.api.fields import written
from participation.api.filing import shelf, table
from participation.api.licence import licence
from participation.api.parts import site
from participation.api.resource import MOST, Asked, Resource
from participation.api.resources import FILED
from participation.clock import local_date
from participation.errors import N_
from participation.evidence import since
from participation.extensions import db

STATE = "state.json"
SLICE = 2.0
"""Seconds that one call takes at most, give or take a page."""
RETRACTABLE = frozenset(resource.name for resource in FILED if resource.retractable)
WITHDRAWALS = (
    ".unpublished", ".restricted", ".taken_back", ".hidden", ".erased", "letter.withdrawn", ".paper_taken_back",
)  # fmt: skip
"""How the verbs end by which something leaves the public: the files are then made anew at once."""


def write(*, now: datetime, seconds: float = SLICE) -> int:
    """Goes on with the files of this day, if any are due. Returns how many runs were finished: 0 or 1."""
    if not (shelf.making() / STATE).exists() and not _begin(now):
        return 0
    state = json.loads((shelf.making() / STATE).read_text("utf-8"))
    until = time.monotonic() + seconds
    with current_app.test_request_context("/api/v1/", base_url=site()):
        for _page in _pages(state):
            if time.monotonic() > until:
                return 0
        _finish(state)
    kept = timedelta(days=current_app.extensions["settings"].data_files_kept_days)
    shelf.publish(state["name"])
    shelf.tidy(keep_from=local_date(now) - kept, retractable=RETRACTABLE)
    return 1


def _begin(now: datetime) -> bool:
    """Whether there is something to do: no files of this day yet, or something was withdrawn since."""
    newest = shelf.newest()
    last = since.last_number()
    if newest is not None and newest.day >= local_date(now) and not _withdrawn_since(newest.seen):
        db.session.rollback()
        return False
    seen = {"entry": last, "known": since.acts_since(last, WITHDRAWALS)}
    db.session.rollback()
    name = shelf.run_name(now)
    if newest is not None and name <= newest.name:
        return False  # the clock stands before the last run: the next second has a name of its own
    shelf.discard()
    shelf.making().mkdir(parents=True)
    state = {
        "name": name, "began_at": now.isoformat(), "day": local_date(now).isoformat(), "seen": seen,
        "resource": 0, "place": None, "rows": {}, "sizes": {},
    }  # fmt: skip
    _keep(state)
    return True


def _withdrawn_since(seen: dict[str, Any]) -> bool:
    return bool(set(since.acts_since(seen["entry"], WITHDRAWALS)) - set(seen["known"]))


def _keep(state: dict[str, Any]) -> None:
    shelf.write_whole(shelf.making() / STATE, json.dumps(state))


def _pages(state: dict[str, Any]) -> Iterator[None]:
    """Writes page after page, each kept before the next is asked for."""
    began_at = datetime.fromisoformat(state["began_at"])
    while state["resource"] < len(FILED):
        resource = FILED[state["resource"]]
        found = resource.page(Asked(began_at, MOST, state["place"], resource.filed_with))
        rows = [written(resource.fields, row, say) for row in found.rows]
        # What was read is plain by now; the next page begins with an empty session.
        db.session.rollback()
        db.session.expunge_all()
        _append(state, resource, rows)
        state["place"] = list(found.place) if found.place is not None else None
        if found.place is None:
            state["resource"] += 1
        _keep(state)
        yield


def _append(state: dict[str, Any], resource: Resource, rows: list[dict[str, Any]]) -> None:
    first = resource.name not in state["rows"]
    heading = table.MARK + table.csv_text([table.headings(resource.fields)]) if first else ""
    texts = {
        "csv": heading + table.csv_text(table.table_rows(resource.fields, rows)),
        "jsonl": table.json_lines(rows),
    }
    for form, text in texts.items():
        name = f"{resource.name}.{form}"
        with (shelf.making() / name).open("ab") as file:
            # Whatever a crash left behind the last page that was kept is written again.
            file.truncate(state["sizes"].get(name, 0))
            file.seek(0, os.SEEK_END)
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
            state["sizes"][name] = file.tell()
    state["rows"][resource.name] = state["rows"].get(resource.name, 0) + len(rows)


def _finish(state: dict[str, Any]) -> None:
    """Data dictionary, licence and manifest: the run is whole."""
    folder = shelf.making()
    shelf.write_whole(folder / "dictionary.csv", table.MARK + table.csv_text(table.dictionary(FILED, say)))
    shelf.write_whole(folder / "licence.txt", _licence_text(state["day"]))
    files = [
        _told(folder / f"{resource.name}.{form}", resource.name, form, state["rows"][resource.name])
        for resource in FILED
        for form in table.FORMS
    ]
    files += [_told(folder / "dictionary.csv", "", "csv", None), _told(folder / "licence.txt", "", "txt", None)]
    told = {key: state[key] for key in ("day", "began_at", "seen")} | {"files": files}
    shelf.write_whole(folder / shelf.MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))
    (folder / STATE).unlink()


def _told(path: Path, resource: str, form: str, rows: int | None) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    return {"name": path.name, "resource": resource, "form": form, "rows": rows, "size": size, "sha256": digest}


def _licence_text(day: str) -> str:
    found, settings = licence(), current_app.extensions["settings"]
    lines = [
        found.name,
        found.url,
        say(N_("Source to be named: %(office)s, %(district)s public participation platform, data of %(day)s"))
        % {"office": settings.host_office, "district": settings.district, "day": day},
        say(N_("Changed figures must not be shown as ours. There is no personal data in these files.")),
        site(),
    ]
    return "\n".join(line for line in lines if line) + "\n"
