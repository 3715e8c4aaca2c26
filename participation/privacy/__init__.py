"""What is held about a person: seeing it, correcting it, having it erased; and how long it is kept.

The law stands in the tables of `rules.py`; `clearing` empties rows; `service` decides and records.
"""
