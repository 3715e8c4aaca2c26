"""Afterwards: does the database hold what was acknowledged, once, with all that belongs to it?

Every text of a trial begins with a token of its own, so a row is found whatever key it was stored under.
"""

import re
import time
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import select

from participation.consultations.models import Comment
from participation.duties.models import Duty
from participation.evidence.models import EvidenceEntry, EvidenceSeal
from participation.evidence.verification import verify
from participation.extensions import db
from participation.mailbox.models import Letter
from participation.notices.models import Notice

TOKEN = re.compile(r"第 (\d{7}) 份")


def token(number: int) -> str:
    """With what the text of submission `number` begins."""
    return f"第 {number:07d} 份："


@dataclass
class Outcome:
    """What a trial counted. It is held when `wrong` is empty."""

    counts: dict[str, object] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def held(self) -> bool:
        return not self.wrong

    def expect(self, name: str, found: int, wanted: int, sentence: str) -> None:
        """Keeps the count, and the sentence if it is not the wanted one."""
        self.counts[name] = found
        if found != wanted:
            self.wrong.append(f"{sentence}: {found}, not {wanted}")


def stored(outcome: Outcome, *, acknowledged: Collection[int], asked: Collection[int]) -> None:
    """Holds what was acknowledged against the rows. `asked` is everything that was ever sent."""
    comments = _by_token(Comment)
    letters = _by_token(Letter)
    found = Counter({number: len(ids) for number, ids in comments.items()})
    found.update({number: len(ids) for number, ids in letters.items()})
    there = sum(1 for number in acknowledged if found[number] >= 1)
    outcome.expect("acknowledged and present", there, len(acknowledged), "of those acknowledged are there")
    outcome.expect("stored twice", sum(1 for times in found.values() if times > 1), 0, "stored more than once")
    outcome.expect("never asked for", len(set(found) - set(asked)), 0, "rows that nobody sent")
    outcome.counts["stored without a receipt"] = len(set(found) - set(acknowledged))
    rows = [("comment", row) for ids in comments.values() for row in ids]
    rows += [("letter", row) for ids in letters.values() for row in ids]
    _belongings(outcome, rows)


def _belongings(outcome: Outcome, rows: list[tuple[str, int]]) -> None:
    """Each row with exactly one entry, one notice and, a letter, each of its two duties once."""
    entries = Counter(
        (kind, subject)
        for kind, subject in db.session.execute(
            select(EvidenceEntry.subject_kind, EvidenceEntry.subject_id).where(
                EvidenceEntry.verb.in_(("comment.received", "letter.received"))
            )
        )
    )
    notices = Counter(
        (kind, subject)
        for kind, subject in db.session.execute(
            select(Notice.subject_kind, Notice.subject_id).where(
                Notice.verb.in_(("comment_received", "letter_received"))
            )
        )
    )
    duties = Counter(
        (subject, kind)
        for subject, kind in db.session.execute(select(Duty.subject_id, Duty.kind).where(Duty.subject_kind == "letter"))
    )
    feedback = Counter(
        db.session.scalars(select(Duty.subject_id).where(Duty.kind == "feedback", Duty.subject_kind == "consultation"))
    )
    of = {row.id: row.consultation_id for row in db.session.execute(select(Comment.id, Comment.consultation_id))}
    outcome.expect("without its entry", sum(entries[row] != 1 for row in rows), 0, "without exactly one entry")
    outcome.expect("without its notice", sum(notices[row] != 1 for row in rows), 0, "without exactly one notice")
    lacking = sum(
        any(duties[number, duty] != 1 for duty in ("letter_answer", "letter_dispatch"))
        if kind == "letter"
        else feedback[of[number]] != 1
        for kind, number in rows
    )
    outcome.expect("without its duty", lacking, 0, "without exactly their duties")


def _by_token(model: type) -> dict[int, list[int]]:
    rows: dict[int, list[int]] = {}
    for number, text in db.session.execute(select(model.id, model.text)):  # type: ignore[attr-defined]
        said = TOKEN.match(text)
        if said:
            rows.setdefault(int(said.group(1)), []).append(number)
    return rows


def sealed(outcome: Outcome, *, seconds: float = 150) -> None:
    """Waits for the runner to seal everything, then verifies the whole log. A killed runner leaves its lease
    behind, which nobody takes for a quarter of a minute."""
    deadline = time.monotonic() + seconds
    while _unsealed() and time.monotonic() < deadline:
        time.sleep(0.5)
    outcome.expect("entries not sealed", _unsealed(), 0, "entries without a seal")
    db.session.rollback()
    report = verify()
    outcome.counts["entries verified"] = report.entries
    if report.findings:
        outcome.wrong.append(f"the log does not verify: {report.findings[0]}")
    db.session.rollback()


def _unsealed() -> int:
    all_entries = set(db.session.scalars(select(EvidenceEntry.id)))
    waiting = all_entries - set(db.session.scalars(select(EvidenceSeal.entry_id)))
    db.session.rollback()
    return len(waiting)
