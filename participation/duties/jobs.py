"""Due work of duties: reading the sealed log into the history of the ledger, and counting its months ahead."""

from datetime import timedelta

from participation.duties.history.reading import read_on
from participation.duties.months import count_ahead

JOBS = (
    # After the seal (80): what is read is what is sealed.
    ("duties.history", 81, read_on),
    # After the history: a new version of a duty says that its month has changed.
    ("duties.months", 82, count_ahead, timedelta(minutes=10)),
)
