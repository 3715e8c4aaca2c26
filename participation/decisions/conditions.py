"""When a gate is asked at all: conditions with a name that the public page prints. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from participation.errors import N_


@dataclass(frozen=True)
class Condition:
    """When a gate is asked at all: `label` for the public page, `holds` for a decision's facts."""

    label: str
    holds: Callable[[Any], bool]

    def __call__(self, facts: Any) -> bool:
        return self.holds(facts)


ALWAYS = Condition(N_("always"), lambda _facts: True)


PARTICIPATES = Condition(N_("where public participation applies"), lambda f: f.applies("participation"))
ARGUES = Condition(N_("where the expert argument applies"), lambda f: f.applies("expert"))
ASSESSES = Condition(N_("where the risk assessment applies"), lambda f: f.applies("risk"))
MEETS = Condition(
    N_("where people were also heard in other ways"), lambda f: f.applies("participation") and f.means > 0
)
HEARS = Condition(N_("where a hearing applies"), lambda f: f.applies("participation") and f.hearing == "applicable")
SURVEYS = Condition(
    N_("in the fields for which the province wants an opinion survey"),
    lambda f: f.applies("participation") and f.survey_required,
)
ASKS_BUSINESS = Condition(
    N_("where businesses are affected"), lambda f: f.applies("participation") and f.affects_business
)
COMMENTED = Condition(N_("where comments were asked for"), lambda f: f.applies("participation") and f.consultations > 0)
NAMED = Condition(
    N_("where the decision touches special groups"), lambda f: f.applies("participation") and f.special_named
)
ASKED = Condition(N_("where experts were asked"), lambda f: f.applies("expert") and f.experts > 0)
ASSESSED = Condition(N_("where the risks were assessed"), lambda f: f.applies("risk") and f.risk_level != "")
COMPETES = Condition(N_("where businesses are affected"), lambda f: f.affects_business)
CORRECTED = Condition(N_("where the reviewer wants changes"), lambda f: f.legality == "lawful_with_changes")
REJECTED = Condition(N_("where the review found the draft unlawful"), lambda f: f.legality == "unlawful")
REVIEWED = Condition(
    N_("where the draft was reviewed here"), lambda f: bool(f.legality) and "legality" not in f.earlier
)
EXPLAINS = Condition(N_("for policy documents"), lambda f: f.is_policy)
