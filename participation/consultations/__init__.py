"""Comment periods, comments and what became of each (713号 arts. 14, 15, 18, 29, 32).

A citizen follows one sentence of theirs from the day it was sent to the clause it changed, or to
the reason why it changed nothing.
"""
