"""What each figure is called and how exactly it is counted: the sentences beside the numbers. Pure.

`figures` counts; a test holds both together.
"""

from collections.abc import Callable
from dataclasses import dataclass

from participation.errors import N_
from participation.mailbox.figures import Figures


@dataclass(frozen=True)
class Definition:
    """`value` reads the figure: a number, a text such as "87.5%", or None where there are too few
    letters. `kind` is how it is drawn: "", kept or late."""

    key: str
    label: str
    sentence: str
    value: Callable[[Figures], int | str | None]
    kind: str = ""


def _sum(key: str) -> Callable[[Figures], int]:
    return lambda figures: figures[key]


DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "received",
        N_("Received"),
        N_("Letters whose five workdays began in the month, by every channel, by the date in Zhoucun."),
        _sum("received"),
    ),
    Definition(
        "valid",
        N_("Valid"),
        N_("Received, without those withdrawn and without advertising recognised in time."),
        lambda figures: figures.valid,
    ),
    Definition(
        "on_time",
        N_("On time"),
        N_("First answered with a real answer before 24:00 of the due day, without an extension. Passing a letter"
           " on, refusing it or answering it together with another one is not an answer on time."),
        _sum("on_time"),
        "kept",
    ),
    Definition(
        "extended",
        N_("With more time"),
        N_("The government office approved more time, and that time has not been exceeded. Never on time."),
        _sum("extended"),
    ),
    Definition(
        "late",
        N_("Late"),
        N_("First answered or refused after the due day, or after the end of its extension."),
        _sum("late"),
        "late",
    ),
    Definition(
        "overdue",
        N_("Overdue and open"),
        N_("The due day has passed and there is no answer. They count in the rate as not on time."),
        _sum("overdue"),
        "late",
    ),
    Definition("within", N_("Within the period"), N_("Open, and the due day has not passed."), _sum("within")),
    Definition(
        "rate",
        N_("Rate on time"),
        N_("On time ÷ (on time + with more time + late + overdue and open). What is refused in time or merged is in"
           " neither part, and what was late stays late whatever becomes of it. No rate under six letters."),
        lambda figures: figures.percent,
    ),
    Definition(
        "mean",
        N_("Mean workdays"),
        N_("Workdays from the day after receipt to the first real answer, on average; extended and late ones"
           " included, refusals and merged letters not. None under six answers."),
        lambda figures: figures.mean,
    ),
    Definition(
        "median",
        N_("Median workdays"),
        N_("Half of the same answers took this long or less. None under six answers."),
        lambda figures: figures.median,
    ),
    Definition(
        "returned",
        N_("Returned"),
        N_("A unit returned the letter to the government office at least once. The clock ran on."),
        _sum("returned"),
    ),
    Definition(
        "reopened",
        N_("Reopened"),
        N_("Answered anew because the writer or a review asked for it. The first answer's verdict stays; how fast"
           " they were answered again is counted apart."),
        _sum("reopened"),
    ),
    Definition(
        "refused",
        N_("Refused"),
        N_("Not taken, with the ground and the right door, advertising included. They never improve a rate; refused"
           " after the due day they are late."),
        _sum("refused"),
    ),
    Definition(
        "repeated",
        N_("Repeats"),
        N_("Merged with an earlier letter of the same writer. Each is answered; none is counted as on time, and late"
           " ones are late."),
        _sum("repeated"),
    ),
    Definition("spam", N_("Advertising"), N_("Refused in time as advertising or sent by a machine."), _sum("spam")),
    Definition(
        "withdrawn",
        N_("Withdrawn"),
        N_("Taken back by the writer. They count as received only."),
        _sum("withdrawn"),
    ),
)  # fmt: skip
BY_KEY = {definition.key: definition for definition in DEFINITIONS}

SATISFACTION = N_(
    "The writer's latest rating of a letter that was answered or refused. Nothing is filled in beforehand; whoever"
    " rated nothing is shown as not rated and counts as neither satisfied nor dissatisfied."
)
DISTRIBUTION = N_("Real first answers by the workdays they took; an answer on the day of receipt stands with day 1.")
AGAIN_LABELS: dict[str, str] = {
    "again_on_time": N_("Answered again on time"),
    "again_extended": N_("Again, with more time"),
    "again_late": N_("Answered again late"),
    "again_overdue": N_("Again overdue and open"),
    "again_within": N_("Being answered again"),
    "again_withdrawn": N_("Withdrawn meanwhile"),
}
ASIDE: dict[str, str] = {
    "refused_in_time": N_("Refused in time"),
    "repeated_in_time": N_("Repeats answered in time or still running"),
}
"""Valid letters that are in neither part of the rate."""
