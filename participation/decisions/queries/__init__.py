"""Reading catalogues and decisions."""

from participation.decisions.queries.catalogues import (
    adjustments_of,
    catalogue_of,
    catalogue_with_id,
    item_titled,
    items_of_batch,
    last_adjustment,
    last_number,
    number_taken,
    titles_of,
    years,
)
from participation.decisions.queries.facts import facts_of
from participation.decisions.queries.items import decision, highlights, of_year, visible_to
from participation.decisions.queries.unit_names import departments_by_key, unit_key

__all__ = [
    "adjustments_of",
    "catalogue_of",
    "catalogue_with_id",
    "decision",
    "departments_by_key",
    "facts_of",
    "highlights",
    "item_titled",
    "items_of_batch",
    "last_adjustment",
    "last_number",
    "number_taken",
    "of_year",
    "titles_of",
    "unit_key",
    "visible_to",
    "years",
]
