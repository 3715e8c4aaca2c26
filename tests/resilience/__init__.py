"""Trials of "nothing lost": each kills, fills, floods or starves a real server and counts afterwards.

`make resilience` runs every trial to its full size on both databases and writes docs/resilience.md. Each
trial has a twin with a planted fault (`faults`), which must fail: a trial that cannot fail proves nothing.
"""
