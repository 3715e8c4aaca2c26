"""Reads the catalogues that district offices publish, in the columns and words each office uses.

Pure: bytes in, `Outcome` out. A file is read whole or refused whole (R4 names the fields)."""
