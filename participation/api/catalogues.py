"""The catalogues of major decisions: every year, its batches, and every later version of an item."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from participation.api.fields import Field
from participation.api.parts import address
from participation.api.resource import Asked, Found, Resource
from participation.decisions import queries
from participation.decisions.models import Catalogue
from participation.decisions.queries import public_lists
from participation.decisions.queries.entries import entries
from participation.decisions.rules import ADJUSTING, SCOPE, deadline
from participation.errors import N_

ADJUSTMENTS: dict[str, str] = {
    "added": N_("Added after publication"),
    "changed": N_("Changed after publication"),
    "removed": N_("Taken out after publication"),
}

BATCH = (
    Field("number", "integer", N_("Number of the batch in its year")),
    Field("government_meeting", "text", N_("The meeting of the government that decided on it"), nullable=True),
    Field("government_approved_on", "day", N_("The day on which the government decided on it"), article=SCOPE,
          nullable=True),
    Field("published_at", "instant", N_("When it was published")),
)  # fmt: skip
FIELDS = (
    Field("year", "integer", N_("The year of the catalogue")),
    Field("url", "url", N_("Its page on the website"), lambda row: address("decisions.catalogue", year=row.year)),
    Field("criteria", "text", N_("What belongs in it, in Chinese"), nullable=True, article=SCOPE),
    Field("note", "text", N_("What the office says about it"), nullable=True),
    Field("due_on", "day", N_("The day by which it must be published"), lambda row: deadline(row.year),
          article="山东省重大行政决策公众参与工作办法"),
    Field("published_at", "instant", N_("When its first batch was published")),
    Field("batches", "list", N_("Its published batches"),
          lambda row: [batch for batch in row.batches if batch.published_at is not None], fields=BATCH),
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """What one field said before and says now."""

    field: str
    before: Any
    after: Any


def _changes(row: Any) -> list[Change]:
    names = list(dict.fromkeys([*row.before, *row.after]))
    pairs = [Change(name, row.before.get(name), row.after.get(name)) for name in names]
    return [pair for pair in pairs if pair.before != pair.after]


CHANGE = (
    Field("field", "text", N_("Name of the field, as in decisions")),
    Field("before", "any", N_("What it said before"), nullable=True),
    Field("after", "any", N_("What it said afterwards"), nullable=True),
)
ADJUSTMENT = (
    Field("number", "integer", N_("Number of the adjustment in its year")),
    Field("kind", "code", N_("What was done"), codes=ADJUSTMENTS),
    Field("decision_id", "integer", N_("The decision, as in decisions"), nullable=True),
    Field("reason", "text", N_("Why"), article=ADJUSTING),
    Field("approved_on", "day", N_("The day of the approval")),
    Field("made_at", "instant", N_("When the catalogue was changed")),
    Field("changes", "list", N_("Each field that changed"), _changes, fields=CHANGE),
)
ITEM = (
    Field("number", "integer", N_("Its number in this year")),
    Field("decision_id", "integer", N_("The decision, as in decisions"), lambda entry: entry.decision.id),
    Field("title", "text", N_("Its title, as this year has it"), lambda entry: entry.shown("title")),
    Field("batch", "integer", N_("The batch in which it was published"), lambda entry: entry.batch.number),
    Field("carried_over", "boolean", N_("Whether it came from an earlier year"),
          lambda entry: entry.came is not None),
    Field("listed", "boolean", N_("Whether the year still lists it")),
)  # fmt: skip
MORE = (
    Field("items", "list", N_("Its items in the order of their numbers, also those taken out again"),
          lambda row: entries(row, everything=True), fields=ITEM),
    Field("adjustments", "list", N_("What was changed after publication, the newest first"),
          lambda row: queries.adjustments_of(row.id), fields=ADJUSTMENT, article=ADJUSTING),
)  # fmt: skip


def page(asked: Asked) -> Found:
    """The newest year first."""
    rows = public_lists.catalogues(before=asked.after[0] if asked.after else None, limit=asked.limit + 1)
    more = len(rows) > asked.limit
    rows = rows[: asked.limit]
    return Found(rows, [rows[-1].year] if more else None)


def one(key: Any, _now: datetime) -> Catalogue | None:
    found = queries.catalogue_of(key)
    return found if found is not None and found.published_at is not None else None


RESOURCE = Resource(
    "catalogues",
    N_("Catalogues"),
    N_("The district's catalogues of major decisions, one a year, with every version of their items."),
    FIELDS,
    page,
    more=MORE,
    one=one,
    key_name="year",
    key_meaning=N_("The year of the catalogue"),
    key_example="2026",
)
