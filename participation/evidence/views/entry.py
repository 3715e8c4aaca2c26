"""Checking one entry, and the receipt file that anybody can check without this site."""

import json

from flask import Response, abort, render_template, request
from flask_babel import gettext as _

from participation.evidence import checking, checkpoint, holding, keeping, queries, signers, verbs
from participation.evidence.models import EvidenceEntry
from participation.evidence.views.blueprint import LARGEST_ID, bp
from participation.web.guards import public
from participation.web.secrets import keyed_digest, keyed_matches

OPENS = 32


def _found(entry_id: int) -> EvidenceEntry:
    entry = queries.entry(entry_id) if entry_id <= LARGEST_ID else None
    if entry is None:
        abort(404)
    return entry


@bp.app_template_global("opens_receipt")
def _opens(entry: EvidenceEntry) -> str:
    """What the address of the check needs for the receipt file to hold the entry itself. Only for pages
    that a person reaches with a secret or a session of their own."""
    return keyed_digest(f"{entry.id}:{entry.digest}", purpose="receipt")[:OPENS]


def _may_see_whole(entry: EvidenceEntry) -> bool:
    given = request.args.get("opens", "")
    return len(given) == OPENS and keyed_matches(f"{entry.id}:{entry.digest}", given, purpose="receipt")


@bp.get("/evidence/<int:entry_id>")
@public
def entry(entry_id: int) -> str:
    """No facts, no subject and no actor: whoever holds the receipt knows them, nobody else may."""
    found = _found(entry_id)
    check, whole = checking.check(found), _may_see_whole(found)
    return render_template(
        "evidence/entry.html",
        check=check,
        label=_(verbs.label(found.verb)),
        opens=_opens(found) if whole else None,
        due=checking.due_beside(found) if whole else None,
        holders=holding.got(check.proof.leaf_index + 1) if check.proof else [],
    )


@bp.get("/evidence/<int:entry_id>/proof.json")
@public
def proof(entry_id: int) -> Response:
    """The receipt file: digest, place, path to the root, signed head, key; with the secret part of the
    address, also the entry itself."""
    subject = _found(entry_id)
    found = queries.proof_of(subject)
    if found is None:
        abort(404)
    # The key of that head, which may have been replaced since.
    key = keeping.public_key()
    if key and found.head.key_id != checkpoint.key_id(keeping.origin(), key).hex():
        key = signers.signers(key, keeping.origin()).key_with(found.head.key_id, keeping.origin())
    whole = _may_see_whole(subject)
    said = found.as_json(whole=whole)
    due = checking.due_beside(subject) if whole else None
    if due is not None and due.check.proof is not None:
        said["beside"] = [due.check.proof.as_json(whole=True)]
    said["key"] = checkpoint.verifier_text(keeping.origin(), key) if key else ""
    answer = Response(json.dumps(said, ensure_ascii=False, indent=1), mimetype="application/json")
    answer.headers["Content-Disposition"] = f"attachment; filename=receipt-{entry_id}.json"
    return answer
