"""The public side of evidence: checking one entry, and the signed heads."""

import json
import unicodedata

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask_babel import format_datetime
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from participation.evidence import checking, checkpoint, keeping, queries, verbs
from participation.evidence.models import EvidenceEntry
from participation.web.guards import public

bp = Blueprint("evidence", __name__)
blueprints = (bp,)

LARGEST_ID = 2**63 - 1
PAGE = 20


def _found(entry_id: int) -> EvidenceEntry:
    entry = queries.entry(entry_id) if entry_id <= LARGEST_ID else None
    if entry is None:
        abort(404)
    return entry


@bp.app_template_filter("second")
def second(instant: object) -> str:
    """An instant to the second, as evidence needs it: 2026年11月23日 10:26:41."""
    return str(format_datetime(instant, _("d MMMM y, HH:mm:ss")))


@bp.app_template_filter("fingerprint")
def fingerprint(digest: str) -> str:
    """A digest in groups of four, so that it can be compared by eye with a printed one."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


@bp.get("/evidence/<int:entry_id>")
@public
def entry(entry_id: int) -> str:
    """No facts, no subject and no actor: whoever holds the receipt knows them, nobody else may."""
    found = _found(entry_id)
    return render_template("evidence/entry.html", check=checking.check(found), label=_(verbs.label(found.verb)))


@bp.get("/evidence/<int:entry_id>/proof.json")
@public
def proof(entry_id: int) -> Response:
    found = queries.proof_of(_found(entry_id))
    if found is None:
        abort(404)
    answer = Response(json.dumps(found.as_json(), ensure_ascii=False, indent=1), mimetype="application/json")
    answer.headers["Content-Disposition"] = f"attachment; filename=proof-{entry_id}.json"
    return answer


@bp.get("/transparency")
@public
def heads() -> str | AnyResponse | tuple[str, int]:
    wanted = request.args.get("record", "")[:40]
    found = _record(wanted)
    if found is not None:
        return redirect(url_for("evidence.entry", entry_id=found.id))
    below = request.args.get("below", "")
    limit = int(below) if below.isascii() and below.isdecimal() and len(below) < 19 else None
    shown = queries.heads(below=limit, limit=PAGE + 1)
    key = keeping.public_key()
    page = render_template(
        "evidence/heads.html",
        wanted=wanted,
        newest=queries.newest_head(),
        heads=shown[:PAGE],
        below=shown[PAGE - 1].tree_size if len(shown) > PAGE else None,
        key=checkpoint.verifier_text(keeping.origin(), key) if key else "",
    )
    return (page, 404) if wanted.strip() else page


def _record(wanted: str) -> EvidenceEntry | None:
    """The entry whose number somebody copied from a paper receipt: 第 2,220 条, ２２２０."""
    number = "".join(sign for sign in unicodedata.normalize("NFKC", wanted) if sign not in " ,第条")
    return queries.entry(int(number)) if number.isascii() and number.isdecimal() and len(number) < 19 else None


@bp.get("/transparency/checkpoint")
@public
def newest() -> Response:
    return _note(None)


@bp.get("/transparency/<int:tree_size>")
@public
def head(tree_size: int) -> Response:
    return _note(tree_size)


def _note(size: int | None) -> Response:
    if size is not None and size > LARGEST_ID:
        abort(404)
    found = queries.newest_head() if size is None else queries.head_at(size)
    if found is None:
        abort(404)
    return Response(found.note, mimetype="text/plain")
