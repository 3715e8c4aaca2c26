"""What staff pages show beside a letter: its earlier answers, why it is handled anew, more time, and
the letters that add to it."""

from datetime import datetime
from typing import Any

from participation.access import Actor
from participation.mailbox.models import Letter
from participation.mailbox.queries import extensions, letters, rounds
from participation.mailbox.queries.promises import promises_of


def history_of(letter: Letter, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """For `mailbox/_history.html`. Of a letter that another unit handles a reader learns the number
    only; of one about another unit nothing (信访工作条例 art. 30)."""
    every = rounds.rounds_of(letter, now=now)
    earlier = letters.letter_for(letter.supplements_id, actor) if letter.supplements_id is not None else None
    return {
        "current_round": every[-1],
        "earlier": every[:-1],
        "promises": promises_of(letter.id),
        "more_time": extensions.standing(letter),
        "supplemented": earlier,
        "supplements": [
            (later, letters.letter_for(later.id, actor) is not None)
            for later in rounds.supplements_of(letter)
            if later.about_department_id == letter.about_department_id
        ],
    }
