"""What in a text could tell who somebody is, and a copy in which it is covered. Pure.

Detectors only propose. Whatever nobody has decided about stays covered.
"""

from participation.redaction.covering import COVERS, Decision, cover, leftovers, proposal
from participation.redaction.detecting import detect
from participation.redaction.hit import KINDS, Hit

__all__ = ["COVERS", "KINDS", "Decision", "Hit", "cover", "detect", "leftovers", "proposal"]
