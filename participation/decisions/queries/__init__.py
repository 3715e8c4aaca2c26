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
from participation.decisions.queries.entries import (
    carries_of,
    carries_of_batch,
    carry,
    entries,
    home_of,
    is_unfinished,
    unfinished,
)
from participation.decisions.queries.facts import facts_of
from participation.decisions.queries.items import decision, highlights, of_year, visible_to
from participation.decisions.queries.unit_names import departments_by_key, unit_key

__all__ = [
    "adjustments_of",
    "carries_of",
    "carries_of_batch",
    "carry",
    "catalogue_of",
    "catalogue_with_id",
    "decision",
    "departments_by_key",
    "entries",
    "facts_of",
    "highlights",
    "home_of",
    "is_unfinished",
    "item_titled",
    "items_of_batch",
    "last_adjustment",
    "last_number",
    "number_taken",
    "of_year",
    "titles_of",
    "unfinished",
    "unit_key",
    "visible_to",
    "years",
]
