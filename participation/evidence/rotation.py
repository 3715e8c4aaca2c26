"""Changing the key that signs heads. The former key says which one follows, and signs a head over that."""

import os
from datetime import datetime

from participation import clock
from participation.access import SYSTEM
from participation.evidence import checkpoint, keeping, sealing, signers
from participation.evidence import service as evidence
from participation.extensions import db


def rotate(*, now: datetime) -> tuple[bytes, bytes]:
    """A new key from the next head on; both public halves. Commits, in steps: begun again after a kill it goes on
    where it was. Raises `sealing.BrokenLog`."""
    former, following = keeping.signing_key(), keeping.next_key()
    old, new = checkpoint.public_bytes(former), checkpoint.public_bytes(following)
    if not any(change.following == new for change in signers.changes(keeping.origin())):
        told = signers.facts(keeping.origin(), former, following)
        evidence.record(signers.VERB, subject=None, actor=SYSTEM, now=now, facts=told)
        db.session.commit()
    # Under the former key: whoever trusts it is told by it whom to trust from here on.
    sealing.seal(max(now, clock.now()), everything=True)
    db.session.commit()
    # Where evidence.key is a link, what it names is replaced: other hosts may link to it as well.
    os.replace(keeping.next_key_file(), keeping.key_file().resolve())
    return old, new
