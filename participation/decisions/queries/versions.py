"""The versions of a year's catalogue, from its batches, items and adjustments."""

from typing import Any

from participation.decisions.models import Catalogue
from participation.decisions.queries.catalogues import adjustments_of
from participation.decisions.queries.entries import Entry, entries
from participation.decisions.versions import Listed, Version, versions_of

SAID = (
    "title summary category field affects_business lead_unit joint_units basis procedures hearing survey planned_text"
    " body deliberation predisclosure result links"
).split()


def versions(catalogue: Catalogue) -> list[Version]:
    """The first one first; empty while nothing is published. Three queries however many versions."""
    found = entries(catalogue, everything=True)
    return versions_of(
        [batch for batch in catalogue.batches if batch.published_at is not None],
        [Listed(entry.decision.id, entry.batch.number, _final(entry)) for entry in found],
        adjustments_of(catalogue.id),
    )


def _final(entry: Entry) -> dict[str, Any]:
    """What the year says of the item at last: what it said when the item went on, else what it says now."""
    if entry.said is not None:
        return dict(entry.said)
    return {"number": entry.number} | {name: getattr(entry.decision, name) for name in SAID}
