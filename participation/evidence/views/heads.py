"""The signed heads: as a page, as checkpoints, as a feed; and the program that checks them."""

import unicodedata
from pathlib import Path

from flask import Response, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from participation.evidence import checkpoint, corrections, doubt, holding, keeping, queries, verifier
from participation.evidence.models import EvidenceEntry
from participation.evidence.views.blueprint import LARGEST_ID, bp, number_of
from participation.web.feeds import ENTRIES, Entry, atom
from participation.web.guards import public, published

PAGE = 20


def key_text() -> str:
    key = keeping.public_key()
    return checkpoint.verifier_text(keeping.origin(), key) if key else ""


@bp.get("/transparency")
@published
def heads() -> str | AnyResponse | tuple[str, int]:
    wanted = request.args.get("record", "")[:40]
    found = _record(wanted)
    if found is not None:
        return redirect(url_for("evidence.entry", entry_id=found.id))
    shown = queries.heads(below=number_of(request.args.get("below", "")), limit=PAGE + 1)
    page = render_template(
        "evidence/heads.html",
        wanted=wanted,
        newest=queries.newest_head(),
        heads=shown[:PAGE],
        below=shown[PAGE - 1].tree_size if len(shown) > PAGE else None,
        key=key_text(),
        held=holding.held(),
        health=doubt.health(),
        corrections=corrections.decided(),
    )
    return (page, 404) if wanted.strip() else page


def _record(wanted: str) -> EvidenceEntry | None:
    """The entry whose number somebody copied from a paper receipt: 第 2,220 条, ２２２０."""
    number = number_of("".join(sign for sign in unicodedata.normalize("NFKC", wanted) if sign not in " ,第条"))
    return None if number is None else queries.entry(number)


@bp.get("/transparency/feed")
@published
def feed() -> AnyResponse:
    """The newest heads as Atom: whoever subscribes holds them."""
    entries = [
        Entry(
            key=f"{keeping.origin()}/{head.tree_size}",
            title=_("%(number)s records, signed", number=f"{head.tree_size:,}"),
            url=url_for("evidence.head", tree_size=head.tree_size, _external=True),
            updated=head.sealed_at,
            published=head.sealed_at,
            author=keeping.origin(),
            content=head.note,
        )
        for head in queries.heads(limit=ENTRIES)
    ]
    own, page = url_for("evidence.feed", _external=True), url_for("evidence.heads", _external=True)
    return atom(_("Signed numbers of the record"), key=f"{keeping.origin()}/heads", own=own, page=page, entries=entries)


@bp.get("/transparency/checkpoint")
@published
def newest() -> Response:
    return _note(None)


@bp.get("/transparency/<int:tree_size>")
@published
def head(tree_size: int) -> Response:
    return _note(tree_size)


@bp.get("/transparency/key")
@public
def key() -> Response:
    """The public key as C2SP tools take it."""
    text = key_text()
    return Response(f"{text}\n", mimetype="text/plain") if text else abort(404)


@bp.get("/transparency/verifier.py")
@public
def program() -> Response:
    answer = Response(Path(verifier.__file__).read_text("utf-8"), mimetype="text/plain")
    answer.headers["Content-Disposition"] = "attachment; filename=verifier.py"
    return answer


def _note(size: int | None) -> Response:
    if size is not None and size > LARGEST_ID:
        abort(404)
    found = queries.newest_head() if size is None else queries.head_at(size)
    if found is None:
        abort(404)
    return Response(found.note, mimetype="text/plain")
