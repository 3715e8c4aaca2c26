"""The public side of evidence: checking one entry, the signed heads, and what ties them together."""

from participation.evidence.views import consistency, entry, heads
from participation.evidence.views.blueprint import bp

blueprints = (bp,)
pages = (entry, heads, consistency)
