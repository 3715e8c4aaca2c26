"""Reading the papers of a decision; who sees what is decided here."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select

from participation.access import ANYONE, Actor, Capability
from participation.decisions.models.decision import Decision
from participation.decisions.models.paper import DecisionPaper
from participation.decisions.papers import PAPER_ROLES, may_keep
from participation.decisions.queries.items import visible_to as decisions_visible_to
from participation.decisions.steps import STEPS
from participation.documents.models import Document
from participation.extensions import db

_PLACE = {role: place for place, role in enumerate(PAPER_ROLES)}
_STEP = {step: place for place, step in enumerate(STEPS)}


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Everybody knows of papers that are published, and that there is one that is not public (its page
    names only the ground). The unit in the lead, the government office and auditors see all of them."""
    listed = or_(
        DecisionPaper.published_at.is_not(None),
        (DecisionPaper.attribute == "not_public") & DecisionPaper.taken_back_at.is_(None),
    )
    shown = DecisionPaper.decision_id.in_(select(Decision.id).where(decisions_visible_to(actor)))
    if actor.can(Capability.MANAGE_CATALOGUE) or actor.can(Capability.READ_ALL):
        return shown
    if actor.can(Capability.USE_DESK) and actor.department_ids:
        led = select(Decision.id).where(Decision.lead_department_id.in_(actor.department_ids))
        return shown & or_(listed, DecisionPaper.decision_id.in_(led))
    return shown & listed


def sees_inside(actor: Actor, decision: Decision) -> bool:
    """Whether this person reads drafts and the names of what is not public."""
    return actor.can(Capability.READ_ALL) or may_keep(actor, decision.lead_department_id)


def paper(paper_id: int, *, decision_id: int, actor: Actor = ANYONE) -> DecisionPaper | None:
    asked = select(DecisionPaper).where(
        DecisionPaper.id == paper_id, DecisionPaper.decision_id == decision_id, visible_to(actor)
    )
    return db.session.scalar(asked)


def of(
    decision_id: int, *, round: int | None = None, actor: Actor = ANYONE, versions: bool = False
) -> list[DecisionPaper]:
    """The papers of a decision (of one run, when it is given) in the order of the chain: of each the
    newest version that this person sees; with `versions` all of them."""
    asked = select(DecisionPaper).where(DecisionPaper.decision_id == decision_id, visible_to(actor))
    if round is not None:
        asked = asked.where(DecisionPaper.round == round)
    rows = list(db.session.scalars(asked.order_by(DecisionPaper.id)))
    if not versions:
        newest = {row.series: row for row in sorted(rows, key=lambda row: row.number)}
        rows = list(newest.values())
    return sorted(rows, key=_in_chain)


def public_of(decision_ids: Collection[int]) -> dict[int, list[DecisionPaper]]:
    """The papers of many decisions as everybody knows of them, in one query; of each its newest version, in the
    order of the chain."""
    asked = select(DecisionPaper).where(DecisionPaper.decision_id.in_(sorted(decision_ids)), visible_to(ANYONE))
    newest = {row.series: row for row in db.session.scalars(asked.order_by(DecisionPaper.number))}
    found: dict[int, list[DecisionPaper]] = {decision_id: [] for decision_id in decision_ids}
    for row in sorted(newest.values(), key=_in_chain):
        found[row.decision_id].append(row)
    return found


def public_page(
    *, before: int | None, limit: int, decision_id: int | None = None, role: str = ""
) -> list[DecisionPaper]:
    """Every version of every paper that everybody knows of, the newest first."""
    asked = select(DecisionPaper).where(visible_to(ANYONE))
    if before is not None:
        asked = asked.where(DecisionPaper.id < before)
    if decision_id is not None:
        asked = asked.where(DecisionPaper.decision_id == decision_id)
    if role:
        # What a paper is that is not public nobody is told.
        asked = asked.where(DecisionPaper.role == role, DecisionPaper.attribute != "not_public")
    return list(db.session.scalars(asked.order_by(DecisionPaper.id.desc()).limit(limit)))


def public_one(paper_id: int) -> DecisionPaper | None:
    return db.session.scalar(select(DecisionPaper).where(DecisionPaper.id == paper_id, visible_to(ANYONE)))


def _in_chain(row: DecisionPaper) -> tuple[int, int, int, int, int]:
    return row.round, _STEP[row.step], _PLACE[row.role], row.series, row.number


def versions_of(found: DecisionPaper, *, actor: Actor = ANYONE) -> list[DecisionPaper]:
    """All versions of a paper that this person sees, the newest first."""
    asked = select(DecisionPaper).where(
        or_(DecisionPaper.id == found.series, DecisionPaper.first_id == found.series), visible_to(actor)
    )
    return list(db.session.scalars(asked.order_by(DecisionPaper.number.desc())))


def last_number(found: DecisionPaper) -> int:
    """The number of the newest version that was not taken back before it was public."""
    asked = select(func.max(DecisionPaper.number)).where(
        or_(DecisionPaper.id == found.series, DecisionPaper.first_id == found.series),
        or_(DecisionPaper.taken_back_at.is_(None), DecisionPaper.published_at.is_not(None)),
    )
    return db.session.scalar(asked) or found.number


def roles_present(decision_id: int, round: int) -> dict[str, str]:
    """Which kinds of paper a run has: role -> reference, draft or published (the most of its papers).
    What was taken back is not there."""
    return roles_present_of({decision_id}, round=round).get(decision_id, {})


def roles_present_of(decision_ids: Collection[int], *, round: int | None = None) -> dict[int, dict[str, str]]:
    """The same for many decisions in one query; without a `round` each in its present run's papers."""
    asked = select(DecisionPaper.decision_id, DecisionPaper.role, DecisionPaper.form, DecisionPaper.published_at).where(
        DecisionPaper.decision_id.in_(list(decision_ids)), DecisionPaper.taken_back_at.is_(None)
    )
    if round is not None:
        asked = asked.where(DecisionPaper.round == round)
    rank = {"draft": 0, "reference": 1, "published": 2}
    found: dict[int, dict[str, str]] = {}
    for decision_id, role, form, published_at in db.session.execute(asked):
        state = "published" if published_at is not None else "reference" if form == "reference" else "draft"
        roles = found.setdefault(decision_id, {})
        if role not in roles or rank[state] > rank[roles[role]]:
            roles[role] = state
    return found


INDEXED = 60_000
"""Characters of a paper that the search knows."""


def public_texts(decision_ids: Collection[int]) -> dict[int, list[str]]:
    """Title and words of the public papers of these decisions, of each its newest version, in one query."""
    asked = (
        select(DecisionPaper, func.substr(Document.text, 1, INDEXED).label("words"))
        .outerjoin(Document, (Document.subject_kind == "decision_paper") & (Document.subject_id == DecisionPaper.id))
        .where(
            DecisionPaper.decision_id.in_(list(decision_ids)),
            DecisionPaper.attribute == "public",
            DecisionPaper.published_at.is_not(None),
            DecisionPaper.taken_back_at.is_(None),
        )
        .order_by(DecisionPaper.number)
    )
    newest = {row[0].series: row for row in db.session.execute(asked)}
    found: dict[int, list[str]] = {}
    for paper_, words in newest.values():
        found.setdefault(paper_.decision_id, []).append(f"{paper_.title}\n{words or ''}")
    return found


@dataclass(frozen=True)
class TextFacts:
    """How the decision's own text stands: what the gate of publication asks. `reviews` are those done,
    of secrecy and personal."""

    paper: DecisionPaper | None = None
    attribute: str = ""
    ground: bool = False
    reviews: frozenset[str] = frozenset()
    published: bool = False


def text_facts(decision_id: int, round: int, role: str = "decision_text") -> TextFacts:
    """The newest paper of that role in the run."""
    asked = select(DecisionPaper).where(
        DecisionPaper.decision_id == decision_id,
        DecisionPaper.round == round,
        DecisionPaper.role == role,
        DecisionPaper.taken_back_at.is_(None),
    )
    found = db.session.scalar(asked.order_by(DecisionPaper.id.desc()).limit(1))
    if found is None:
        return TextFacts()
    reviews = {"secrecy": found.secrecy_by, "personal": found.personal_by}
    return TextFacts(
        paper=found,
        attribute=found.attribute,
        ground=bool(found.ground or found.ground_kind),
        reviews=frozenset(key for key, by in reviews.items() if by is not None),
        published=found.published_at is not None,
    )
