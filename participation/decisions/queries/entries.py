"""What a year's catalogue lists: its own items, and those that it took over from an earlier year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import defaultload, lazyload

from participation.access import ANYONE, Actor, Capability
from participation.decisions.models import Catalogue, CatalogueBatch, CatalogueCarry, Decision
from participation.decisions.queries.items import visible_to
from participation.extensions import db

_STANDS = CatalogueCarry.withdrawn_at.is_(None)


@dataclass(frozen=True)
class Entry:
    """One line of a year. `came` is the carrying-over into this year, `went` the one out of it; `said` what
    this year said of an item that went on, None while the item's own fields are what it says."""

    decision: Decision
    number: int
    batch: CatalogueBatch
    came: CatalogueCarry | None = None
    went: CatalogueCarry | None = None

    @property
    def said(self) -> Mapping[str, Any] | None:
        return self.went.said if self.went is not None and self.went.said else None

    @property
    def listed(self) -> bool:
        """Whether the year still lists it: what went on was taken out, if at all, by a later year."""
        return self.decision.removed_at is None or self.went is not None

    def shown(self, name: str) -> Any:
        """What this year says in the field `name` (of `service.public_fields`)."""
        return self.said[name] if self.said is not None and name in self.said else getattr(self.decision, name)


def entries(catalogue: Catalogue, *, actor: Actor = ANYONE, everything: bool = False) -> list[Entry]:
    """The year's lines in the order of their numbers; with `everything` also those taken out again. Whoever
    keeps the catalogue sees the batch in preparation. Two queries, however many items, when the catalogues of
    the years are loaded."""
    rows = _rows(catalogue, actor)
    carries = [carry for _row, carry in rows if carry is not None]
    came = {carry.decision_id: carry for carry in carries if carry.catalogue_id == catalogue.id}
    if not (actor.can(Capability.MANAGE_CATALOGUE) or actor.can(Capability.READ_ALL)):
        came = {key: carry for key, carry in came.items() if carry.published}
    # Before its batch is published nothing has left the earlier year.
    went = {row.decision_id: row for row in carries if row.from_catalogue_id == catalogue.id and row.published}
    found = []
    for row in {decision.id: decision for decision, _carry in rows}.values():
        if row.catalogue_id == catalogue.id:
            found.append(Entry(row, row.number, row.batch, went=went.get(row.id)))
        elif row.id in came:
            carry = came[row.id]
            found.append(Entry(row, carry.number, carry.batch, came=carry, went=went.get(row.id)))
    return sorted((entry for entry in found if everything or entry.listed), key=lambda entry: entry.number)


def _rows(catalogue: Catalogue, actor: Actor) -> Sequence[tuple[Decision, CatalogueCarry | None]]:
    """The decisions of the year, its own and those carried in, each beside its carryings in and out."""
    here = or_(CatalogueCarry.catalogue_id == catalogue.id, CatalogueCarry.from_catalogue_id == catalogue.id)
    query = (
        select(Decision, CatalogueCarry)
        .outerjoin(CatalogueCarry, and_(CatalogueCarry.decision_id == Decision.id, here, _STANDS))
        .where(or_(Decision.catalogue_id == catalogue.id, CatalogueCarry.id.is_not(None)), visible_to(actor))
        .options(
            # All of these are in the session with the catalogues of the years, or are the row's own decision.
            *(lazyload(name) for name in (Decision.catalogue, Decision.batch, CatalogueCarry.decision)),
            *(lazyload(name) for name in (CatalogueCarry.catalogue, CatalogueCarry.from_catalogue)),
            lazyload(CatalogueCarry.batch),
        )
    )
    return [(row, carry) for row, carry in db.session.execute(query)]


def carry(carry_id: int) -> CatalogueCarry | None:
    return db.session.get(CatalogueCarry, carry_id)


def carries_of(decision_id: int) -> list[CatalogueCarry]:
    """Every standing carrying-over of a decision, the oldest first, the one in preparation last."""
    query = select(CatalogueCarry).where(CatalogueCarry.decision_id == decision_id, _STANDS)
    # The decision is at hand already; of the two years nobody asks for the other batches.
    alone = (
        lazyload(CatalogueCarry.decision),
        defaultload(CatalogueCarry.catalogue).lazyload(Catalogue.batches),
        defaultload(CatalogueCarry.from_catalogue).lazyload(Catalogue.batches),
    )
    return list(db.session.scalars(query.order_by(CatalogueCarry.id).options(*alone)))


def carries_of_batch(batch_id: int) -> list[CatalogueCarry]:
    query = select(CatalogueCarry).where(CatalogueCarry.batch_id == batch_id, _STANDS)
    return list(db.session.scalars(query.order_by(CatalogueCarry.number)))


def home_of(decision: Decision) -> tuple[int, int]:
    """The catalogue that lists the decision now, as (its id, the number there): the last published one."""
    last = next((row for row in reversed(carries_of(decision.id)) if row.published), None)
    return (last.catalogue_id, last.number) if last else (decision.catalogue_id, decision.number)


def unfinished(catalogue: Catalogue, *, actor: Actor) -> list[Entry]:
    """The published items of this year that a later catalogue has still to take over: not taken out, not
    ended, not decided and published, and not carried over already, not even in a batch in preparation."""
    on_their_way = set(
        db.session.scalars(
            select(CatalogueCarry.decision_id).where(CatalogueCarry.from_catalogue_id == catalogue.id, _STANDS)
        )
    )
    return [
        entry
        for entry in entries(catalogue, actor=actor)
        if entry.batch.published_at is not None
        and entry.decision.id not in on_their_way
        and is_unfinished(entry.decision)
    ]


def is_unfinished(decision: Decision) -> bool:
    """Still on its way to a decision: neither published, nor ended, nor taken out."""
    if decision.removed_at is not None or decision.stage == "terminated":
        return False
    return not any(row.step == "published" and row.state != "now" for row in decision.steps)
