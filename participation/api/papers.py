"""Papers of major decisions: the texts and originals that are public, and that there are others, with the ground."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from participation.api.fields import Field
from participation.api.params import LARGEST, choice, numbered
from participation.api.parts import address
from participation.api.resource import Asked, Found, Resource
from participation.decisions.models import DecisionPaper
from participation.decisions.papers import ATTRIBUTE_RULE, ATTRIBUTES, GROUNDS, PAPER_ROLES, VALIDITIES
from participation.decisions.queries import papers as queries
from participation.decisions.steps import STEPS
from participation.errors import N_

STEP_LABELS: dict[str, str] = {key: step.label for key, step in STEPS.items()}
ROLES: dict[str, str] = {key: role.label for key, role in PAPER_ROLES.items()}


def _named(name: str) -> Callable[[DecisionPaper], Any]:
    """A column of a paper that may be named; of one that is not public only its ground is told."""
    return lambda paper: None if paper.attribute == "not_public" else getattr(paper, name)


def _read(name: str) -> Callable[[DecisionPaper], Any]:
    """A column of a paper that everybody may read."""
    return lambda paper: getattr(paper, name) if paper.is_readable else None


def _file(paper: DecisionPaper) -> str | None:
    if not paper.is_readable or paper.file_id is None:
        return None
    return address("decisions.paper_file", decision_id=paper.decision_id, paper_id=paper.id)


def _ground(paper: DecisionPaper) -> str | None:
    if paper.attribute == "public":
        return None
    return GROUNDS[paper.ground_kind].article if paper.ground_kind else paper.ground


FIELDS = (
    Field("id", "integer", N_("Number of the paper in addresses")),
    Field("url", "url", N_("Its page on the website, with its text"),
          lambda paper: address("decisions.paper", decision_id=paper.decision_id, paper_id=paper.id)),
    Field("decision_id", "integer", N_("The decision it belongs to, as in decisions")),
    Field("run", "integer", N_("Which run of the chain it belongs to"), lambda paper: paper.round),
    Field("step", "code", N_("The step it belongs to"), codes=STEP_LABELS),
    Field("attribute", "code", N_("Whether it is public"), codes=ATTRIBUTES, article=ATTRIBUTE_RULE),
    Field("ground", "text", N_("Why it is not public, or only on request"), _ground, nullable=True,
          article=ATTRIBUTE_RULE),
    Field("role", "code", N_("What kind of paper it is"), _named("role"), nullable=True, codes=ROLES),
    Field("title", "text", N_("Title, in Chinese"), _named("title"), nullable=True),
    Field("version", "integer", N_("Which version it is"), _named("number"), nullable=True),
    Field("document_number", "text", N_("Its number"), _named("doc_number"), nullable=True),
    Field("index_number", "text", N_("Its number in the index of public information"), _named("index_number"),
          nullable=True),
    Field("issuer", "text", N_("Who issued it"), _named("issuer"), nullable=True),
    Field("signed_on", "day", N_("The day it was signed"), _named("signed_on"), nullable=True),
    Field("published_on", "day", N_("The day it was published"), _named("published_on"), nullable=True),
    Field("file", "url", N_("The original, where there is one"), _file, nullable=True),
    Field("sha256", "text", N_("SHA-256 of the original, or of title and text"), _read("sha256"), nullable=True),
    Field("validity", "code", N_("Whether it is in force"), _named("validity"), nullable=True, codes=VALIDITIES),
    Field("validity_on", "day", N_("Since when it is no longer in force"), _named("validity_on"), nullable=True),
    Field("taken_back_at", "instant", N_("When it was taken back"), nullable=True),
)  # fmt: skip


def page(asked: Asked) -> Found:
    """The newest first, every version."""
    rows = queries.public_page(
        before=asked.after[0] if asked.after else None,
        limit=asked.limit + 1,
        decision_id=asked.filters.get("decision"),
        role=asked.filters.get("role", ""),
    )
    more = len(rows) > asked.limit
    rows = rows[: asked.limit]
    return Found(rows, [rows[-1].id] if more else None)


def one(key: Any, now: datetime) -> DecisionPaper | None:
    return queries.public_one(key)


RESOURCE = Resource(
    "papers",
    N_("Papers of decisions"),
    N_("Every version of every public paper of the major decisions; of papers that are not public only the ground."),
    FIELDS,
    page,
    (
        numbered("decision", N_("Only papers of this decision, by its id"), 1, LARGEST, "1"),
        choice("role", N_("Only papers of this kind"), ROLES, "draft"),
    ),
    one=one,
    key_meaning=N_("Number of the paper in addresses"),
    retractable=True,
)
