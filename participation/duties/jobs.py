"""Due work of duties: reading the sealed log into the history of the ledger."""

from participation.duties.history.reading import read_on

# After the seal (80): what is read is what is sealed.
JOBS = (("duties.history", 81, read_on),)
