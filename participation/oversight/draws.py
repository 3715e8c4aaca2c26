"""Drawing duties by lot, as answers are drawn (`mailbox.sampling`): an auditor takes a filter of the ledger, the
list of what fits it is recorded, and the root of the first signed head over that record is the seed.

Until its last entry is sealed nobody knows that root, neither the auditor nor who runs the machine's clock;
afterwards it is public at /transparency. Every draw stays in the list, so that drawing until something
convenient comes out would show.
"""

from datetime import datetime

from sqlalchemy import select

from participation.access import SYSTEM, Actor, Capability
from participation.duties import ledger
from participation.duties.ledger import LedgerFilter
from participation.errors import N_, Refused
from participation.evidence import queries as proofs
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox.sampling import MOST_DRAWN, digest_of, drawn
from participation.oversight.inquiring import RULE
from participation.oversight.models import DutyDraw, DutyDrawItem

LARGEST = 100_000
"""So many duties a draw is taken from at most: their list is kept with it."""
FIXED = "draw.fixed"


def fix(*, filters: LedgerFilter, query: str, size: int, actor: Actor, now: datetime) -> DutyDraw:
    """Records what is drawn from: all duties that fit and that this auditor may see. `query` is the filter as an
    address has it. Nothing is drawn yet: the seed does not exist before this record is sealed."""
    posts = [post for post in actor.posts if actor.can(Capability.WRITE_FINDING, post.department_id)]
    if not posts or actor.person_id is None:
        raise Refused("forbidden", N_("Only an auditor may do this."), RULE)
    if not 1 <= size <= MOST_DRAWN:
        raise Refused("invalid", N_("Draw between 1 and %(most)d dates"), field="size", args_={"most": MOST_DRAWN})
    found = ledger.places(now=now, actor=actor, filters=filters, limit=LARGEST + 1)
    if not found:
        raise Refused("invalid", N_("No date fits this filter."), field="size")
    if len(found) > LARGEST:
        message = N_("More than %(most)s dates fit this filter. Choose a shorter period or one department.")
        raise Refused("invalid", message, field="size", args_={"most": f"{LARGEST:,}"})
    names = sorted(str(place.duty_id) for place in found)
    made = DutyDraw(
        query=query, asked=size, population=len(names), population_digest=digest_of(names), numbers="\n".join(names),
        fixed_at=now, fixed_by=actor.person_id, post_id=posts[0].post_id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    facts = {"population": made.population, "digest": made.population_digest, "filter": query, "size": size}
    evidence.record(FIXED, subject=made, actor=actor, now=now, facts=facts)
    return made


def waiting() -> list[int]:
    """Draws that have no seed yet."""
    return list(db.session.scalars(select(DutyDraw.id).where(DutyDraw.drawn_at.is_(None)).order_by(DutyDraw.id)))


def draw(draw_id: int, *, now: datetime) -> int:
    """Takes the seed from the first head over the record of the population and keeps what comes out. Returns 0
    while that record is not sealed, or when it was drawn already."""
    found = db.session.scalar(select(DutyDraw).where(DutyDraw.id == draw_id).with_for_update())
    fixed = evidence.entry_for("duty_draw", draw_id, FIXED)
    if found is None or fixed is None or found.drawn_at is not None:
        return 0
    proof = proofs.proof_of(fixed)
    if proof is None:
        return 0
    found.seed, found.seed_size, found.drawn_at = proof.head.root, proof.head.tree_size, now
    chosen = drawn(found.numbers.split("\n"), seed=found.seed, size=found.asked)
    for position, name in enumerate(chosen, start=1):
        db.session.add(DutyDrawItem(draw_id=draw_id, position=position, duty_id=int(name)))
    db.session.flush()
    facts = {"seed": found.seed, "head": found.seed_size, "drawn": [int(name) for name in chosen]}
    evidence.record("draw.drawn", subject=found, actor=SYSTEM, now=now, facts=facts)
    return 1
