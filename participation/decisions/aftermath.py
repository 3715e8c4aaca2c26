"""Words of what follows a decision: how it is published and explained, carried out, assessed and turned. Pure."""

from typing import Final

from participation.errors import N_

CHANNELS: Final[dict[str, str]] = {
    "gazette": N_("The government's gazette"),
    "portal": N_("The government's website"),
    "press": N_("A newspaper"),
    "conference": N_("A press conference"),
    "other": N_("Another way"),
}
"""Where a decision is published (713号 art. 32)."""

REQUIRED_CHANNEL: Final = "portal"

INTERPRETATION_KINDS: Final[dict[str, str]] = {
    "plan": N_("Plan of the interpretation"),
    "material": N_("Interpretation"),
}

INTERPRETATION_FORMS: Final[dict[str, str]] = {
    "text": N_("In writing"),
    "qa": N_("Questions and answers"),
    "picture": N_("Pictures and charts"),
    "video": N_("Video or sound"),
    "conference": N_("Press conference or interview"),
    "expert": N_("An expert explains"),
}

CAUSES: Final[dict[str, str]] = {
    "ineffective": N_("It clearly does not have the expected effect"),
    "comments": N_("Many people commented on how it works"),
    "government": N_("The government finds it necessary"),
}
"""When a decision in force is assessed (713号 art. 36)."""

ASSESSORS: Final[dict[str, str]] = {
    "unit": N_("A unit of the government"),
    "institution": N_("A professional institution"),
    "association": N_("A social organisation"),
    "expert": N_("Experts"),
}

CONCLUSIONS: Final[dict[str, str]] = {
    "keep": N_("Carry on as it is"),
    "amend": N_("Change it in substance"),
    "suspend": N_("Suspend it"),
    "end": N_("End it"),
}

TURNS: Final[dict[str, str]] = {
    "suspend": N_("Suspended"),
    "resume": N_("Goes on"),
    "terminate": N_("Ended without a decision"),
    "drop": N_("The change was given up; the decision in force stays"),
    "rerun": N_("Changed in substance: the procedure runs again"),
    "close": N_("Closed, with its dossier filed"),
}

MOST_FIGURES: Final = 12
"""Figures that one progress report shows."""

DOSSIER_DAYS: Final = 10
"""Natural days from publication to filing the dossier, as promised."""

PUBLICATION_WORKDAYS: Final = 20
PROGRESS_WORKDAYS: Final = 10
"""Workdays from the end of a quarter to its report."""
