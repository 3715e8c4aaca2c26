"""The signed heads of the record: whoever keeps one can prove later that nothing before it was changed."""

from datetime import datetime
from typing import Any

from participation.api.fields import Field
from participation.api.parts import address
from participation.api.resource import Asked, Found, Resource
from participation.errors import N_
from participation.evidence import queries
from participation.evidence.models import EvidenceHead

LARGEST = 2**63 - 1

FIELDS = (
    Field("tree_size", "integer", N_("How many entries the head covers"), unit=N_("entries")),
    Field("root", "text", N_("Root of the tree over them (SHA-256, hexadecimal)"), article="RFC 9162"),
    Field("sealed_at", "instant", N_("When the head was signed")),
    Field("key_id", "text", N_("Which key signed it")),
    Field("note", "text", N_("The head as signed text, in the checkpoint format")),
    Field("url", "url", N_("The same text alone"), lambda row: address("evidence.head", tree_size=row.tree_size)),
)


def page(asked: Asked) -> Found:
    """The newest first."""
    rows = queries.heads(below=asked.after[0] if asked.after else None, limit=asked.limit + 1)
    more = len(rows) > asked.limit
    rows = rows[: asked.limit]
    return Found(rows, [rows[-1].tree_size] if more else None)


def one(key: Any, _now: datetime) -> EvidenceHead | None:
    return queries.head_at(key) if key <= LARGEST else None


RESOURCE = Resource(
    "checkpoints",
    N_("Checkpoints"),
    N_("The signed heads of the record. Keep one: with it anybody can prove that nothing before it was changed."),
    FIELDS,
    page,
    one=one,
    key_name="tree_size",
    key_meaning=N_("How many entries the head covers"),
)
