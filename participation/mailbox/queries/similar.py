"""Published letters like one that is about to be sent. Only what is public is looked at."""

from collections.abc import Sequence

from participation.duties.calendar import load_calendar
from participation.extensions import db
from participation.mailbox.models import Letter
from participation.mailbox.queries.public import PublicRow, _published, _row
from participation.textindex.likeness import similar

ENOUGH = 0.3
"""How much of what is rare in the letter must stand in the other one too: less is chance."""
SHOWN = 3


def answered_like(*texts: str) -> Sequence[PublicRow]:
    """At most three published letters with their answers, the most like first; often none."""
    found = [one for one in similar("letter_public", "\n".join(texts), limit=2 * SHOWN) if one.score >= ENOUGH]
    if not found:
        return []
    ids = [one.subject_id for one in found]
    query = _published().where(Letter.id.in_(ids), Letter.about_department_id.is_(None))
    calendar = load_calendar()
    rows = {letter.id: _row(calendar, letter, duty) for letter, duty in db.session.execute(query)}
    return [rows[number] for number in ids if number in rows][:SHOWN]
