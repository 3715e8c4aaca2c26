"""Counting of readers while nothing can be written: less is allowed, and each process counts for itself.

A full disk must neither close what only reads nor open its limit. The database counts again with the first
request that it can write.
"""

import threading
from collections import Counter
from datetime import datetime

from participation.accounts.throttle import Limit, Spent, window_of

SHARE = 4
"""One request where the database would have counted this many: several processes together stay below the limit."""
NETWORKS = 10_000
"""So many networks are told apart within a window; further ones wait for the next."""

_lock = threading.Lock()
_used: Counter[tuple[str, str]] = Counter()
_until: dict[str, datetime] = {}


def spend(limit: Limit, key: str, *, now: datetime) -> Spent:
    """As `throttle.spend`, with a quarter of the allowance and nothing written."""
    until, seconds = window_of(limit, now)
    most = max(1, limit.most // SHARE)
    with _lock:
        if _until.get(limit.scope) != until:
            _until[limit.scope] = until
            for each in [each for each in _used if each[0] == limit.scope]:
                del _used[each]
        place = (limit.scope, key)
        if _used[place] >= most or (place not in _used and len(_used) >= NETWORKS):
            return Spent(0, seconds, refused=True)
        _used[place] += 1
        return Spent(most - _used[place], seconds, refused=False)
