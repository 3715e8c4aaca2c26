"""The words of a rating. Pure.

Nothing is ever chosen beforehand, and what the writer left out is counted as not rated.
"""

from participation.errors import N_

ASPECTS: dict[str, str] = {
    "attitude": N_("How you were treated"),
    "speed": N_("How fast it went"),
    "result": N_("What came of it"),
}
LEVELS: dict[int, str] = {
    5: N_("Very satisfied"),
    4: N_("Satisfied"),
    3: N_("Neither satisfied nor dissatisfied"),
    2: N_("Dissatisfied"),
    1: N_("Very dissatisfied"),
}
"""Best first, as on the form."""

REMARK_LIMIT = 500
