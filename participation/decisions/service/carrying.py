"""Taking an unfinished item over into a later year's catalogue: one decision, one chain, two years that list it."""

from datetime import datetime

from participation.access import Actor
from participation.decisions import queries, rules
from participation.decisions.importing import dates
from participation.decisions.models import Catalogue, CatalogueCarry, Decision
from participation.decisions.service.carries import ARTICLE
from participation.decisions.service.catalogues import draft_batch
from participation.decisions.service.permission import check_keeper
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db


def carry_over(
    decision: Decision, *, into: Catalogue, reason: str, planned_text: str = "", actor: Actor, now: datetime
) -> CatalogueCarry:
    """Enters an unfinished item into the batch in preparation of a later year. Steps, papers and comments stay
    where they are; the new planned time holds once the batch is published. The reason is public."""
    check_keeper(actor)
    catalogue_id, number = queries.home_of(decision)
    home = queries.catalogue_with_id(catalogue_id)
    assert home is not None
    _check(decision, home, into)
    if not reason.strip():
        raise Refused(
            "invalid",
            N_("Write why the item was not finished in its year; the reason is published."),
            basis=ARTICLE,
            field="reason",
        )
    if queries.item_titled(into.id, decision.title) is not None:
        raise Refused("invalid", N_("The catalogue has an item with this title already."), field="items")
    planned = dates.read(planned_text, year=into.year)
    batch = draft_batch(into)
    row = CatalogueCarry(
        decision=decision, from_catalogue=home, from_number=number, catalogue=into, batch=batch,
        number=queries.last_number(into.id) + 1, reason=reason.strip(), planned_text=planned_text.strip(),
        planned_from=planned.start, planned_to=planned.end, carried_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    evidence.record(
        "decision.carried_over",
        subject=decision,
        actor=actor,
        now=now,
        facts={"from": home.year, "into": into.year, "number": row.number},
    )
    return row


def _check(decision: Decision, home: Catalogue, into: Catalogue) -> None:
    if any(not row.published for row in queries.carries_of(decision.id)):
        raise Refused("conflict", N_("This item is being carried over already."), basis=ARTICLE)
    if not decision.published or home.year >= into.year:
        raise Refused("wrong_time", N_("Only published items of an earlier year can be carried over."), basis=ARTICLE)
    if not queries.is_unfinished(decision):
        raise Refused("wrong_time", N_("This item is finished or was ended; it stays in its year."), basis=ARTICLE)


def drop_carry(row: CatalogueCarry, *, actor: Actor, now: datetime) -> None:
    """Takes a carried-over item out of a batch that is still being prepared."""
    check_keeper(actor)
    if row.batch.published_at is not None or row.withdrawn_at is not None:
        raise Refused("wrong_time", N_("This item is published. Adjust it, with the reason."), basis=rules.ADJUSTING)
    row.withdrawn_at = now
    db.session.flush()
    evidence.record(
        "decision.carry_withdrawn", subject=row.decision, actor=actor, now=now, facts={"into": row.catalogue.year}
    )
