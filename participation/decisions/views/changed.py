"""What changed while somebody wrote: said on the page of whoever came second (409)."""

import re
from dataclasses import dataclass
from datetime import datetime

from participation.accounts import queries as accounts
from participation.evidence import service as evidence
from participation.evidence.verbs import label


@dataclass(frozen=True)
class Changed:
    """The newest act on a matter: what (an English source), when, and by which post, for colleagues."""

    what: str
    at: datetime
    post: str


def what_changed(kind: str, subject_id: int) -> Changed | None:
    entry = evidence.entry_for(kind, subject_id)
    if entry is None:
        return None
    post = re.match(r"post:(\d+)", entry.actor)
    return Changed(label(entry.verb), entry.recorded_at, accounts.post_title(int(post.group(1))) if post else "")
