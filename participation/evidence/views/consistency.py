"""That a later head goes on from an earlier one (RFC 9162 section 2.1.4): as a page and as a file."""

import json

from flask import Response, abort, render_template, request

from participation.evidence import checkpoint, queries
from participation.evidence.models import EvidenceHead
from participation.evidence.views.blueprint import LARGEST_ID, bp, number_of
from participation.evidence.views.heads import key_text
from participation.web.guards import public


def _head(name: str) -> EvidenceHead | None:
    size = number_of(request.args.get(name, ""))
    return queries.head_at(size) if size is not None and size <= LARGEST_ID else None


def _asked() -> tuple[EvidenceHead, EvidenceHead] | None:
    first, second = _head("from"), _head("to")
    if first is None or second is None or not first.tree_size <= second.tree_size:
        return None
    return first, second


@bp.get("/transparency/consistency")
@public
def consistency() -> str | tuple[str, int]:
    """Two sizes from the list of heads; the page says whether the later tree begins with the earlier one."""
    asked = bool(request.args.get("from", "").strip() or request.args.get("to", "").strip())
    pair = _asked()
    values = {"from": request.args.get("from", "")[:20], "to": request.args.get("to", "")[:20]}
    newest = queries.newest_head()
    if not asked and newest is not None:
        values["to"] = str(newest.tree_size)
    page = render_template(
        "evidence/consistency.html",
        values=values,
        missing=asked and pair is None,
        pair=pair,
        proof=_proof(*pair) if pair else None,
        newest=newest,
    )
    return (page, 404) if asked and pair is None else page


@bp.get("/transparency/consistency.json")
@public
def consistency_file() -> Response:
    pair = _asked()
    if pair is None:
        abort(404)
    first, second = pair
    said = {
        "format": "participation-consistency-1",
        "from": first.tree_size,
        "to": second.tree_size,
        "path": [neighbour.hex() for neighbour in _proof(first, second).path],
        "from_checkpoint": first.note,
        "to_checkpoint": second.note,
        "key": key_text(),
    }
    answer = Response(json.dumps(said, ensure_ascii=False, indent=1), mimetype="application/json")
    name = f"consistency-{first.tree_size}-{second.tree_size}.json"
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


def _proof(first: EvidenceHead, second: EvidenceHead) -> queries.Consistency:
    """From the signed texts, not from the columns beside them."""
    try:
        pair = [checkpoint.parse(head.note).checkpoint for head in (first, second)]
        return queries.consistency_of(*pair)
    except ValueError:
        said = [checkpoint.Checkpoint("", head.tree_size, b"", head.sealed_at) for head in (first, second)]
        return queries.Consistency(*said, path=(), holds=False)
