"""Texts with numbered clauses, their versions and frozen fingerprints.

A draft that is out for comment never changes silently (713号 art. 15): a correction is a new,
visible version with its reason.
"""
