"""Beginning a year, its criteria, the approvals of a batch and its publication (R2, R3)."""

from datetime import date, datetime

from participation.access import Actor
from participation.accounts import queries as accounts
from participation.decisions import gates, queries, rules
from participation.decisions.models import Catalogue, CatalogueAdjustment, CatalogueBatch, CatalogueCarry, Decision
from participation.decisions.service.carries import no_longer_open, settle_carries
from participation.decisions.service.fields import public_fields
from participation.decisions.service.permission import check_keeper, check_version
from participation.duties import queries as duty_queries
from participation.duties import service as duties
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.workdays import day_of, start_of


def begin_year(*, year: int, criteria: str = "", actor: Actor, now: datetime) -> Catalogue:
    """Opens the year's catalogue with an empty first batch, and the duty to publish it by 30 June."""
    check_keeper(actor)
    if not 2000 <= year <= 2100:
        raise Refused("invalid", N_("Write the year with four digits, like 2026."), field="year")
    if queries.catalogue_of(year) is not None:
        raise Refused("conflict", N_("The catalogue of this year exists already."), field="year")
    catalogue = Catalogue(year=year, criteria=criteria.strip(), begun_at=now, batches=[CatalogueBatch(number=1)])
    db.session.add(catalogue)
    db.session.flush()
    evidence.record("catalogue.begun", subject=catalogue, actor=actor, now=now, facts={"year": year})
    if rules.owes_publication(year):
        _open_duty(catalogue, actor=actor, now=now)
    return catalogue


def _open_duty(catalogue: Catalogue, *, actor: Actor, now: datetime) -> None:
    try:
        office = accounts.government_office()
    except LookupError as error:
        raise Refused("wrong_time", N_("Enter the government office among the departments first.")) from error
    # The year owes its catalogue from 1 January, however late somebody begins to write it.
    duties.open_duty(
        "catalogue",
        subject_kind="catalogue",
        subject_id=catalogue.id,
        department_id=office.id,
        started_at=min(now, start_of(rules.open_period_begins(catalogue.year))),
        due_on=rules.deadline(catalogue.year),
        actor=actor,
        now=now,
    )


def write_criteria(
    catalogue: Catalogue, *, criteria: str, note: str = "", seen: int | None = None, actor: Actor, now: datetime
) -> None:
    """The public text that says what enters the catalogue (the plan of 2021, row 46: 目录、标准)."""
    check_keeper(actor)
    check_version(catalogue, seen)
    catalogue.criteria, catalogue.note = criteria.strip(), note.strip()
    db.session.flush()
    evidence.record(
        "catalogue.criteria_written", subject=catalogue, actor=actor, now=now, facts={"year": catalogue.year}
    )


def record_approvals(
    batch: CatalogueBatch,
    *,
    government_approved_on: date,
    party_agreed_on: date | None = None,
    government_meeting: str = "",
    party_document_no: str | None = None,
    seen: int | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """713号 art. 3: the government decides, then the Party committee of the same level agrees. The
    number of the Party's paper is optional and never public."""
    check_keeper(actor)
    check_version(batch.catalogue, seen)
    if batch.published_at is not None:
        raise Refused("wrong_time", N_("This batch is published; its approvals stay as they are."), basis=rules.SCOPE)
    today = day_of(now)
    for name, day in (("government_approved_on", government_approved_on), ("party_agreed_on", party_agreed_on)):
        if day is not None and day > today:
            raise Refused(
                "invalid", N_("This day is still to come. Record an approval when it has been given."), field=name
            )
    if party_agreed_on is not None and party_agreed_on < government_approved_on:
        raise Refused(
            "invalid",
            N_("The Party committee agrees after the government has decided: this day is too early."),
            basis=rules.SCOPE,
            field="party_agreed_on",
        )
    batch.government_approved_on, batch.party_agreed_on = government_approved_on, party_agreed_on
    batch.government_meeting, batch.party_document_no = (
        government_meeting.strip(),
        (party_document_no or "").strip() or None,
    )
    _touch(batch.catalogue)
    evidence.record(
        "catalogue.approved",
        subject=batch.catalogue,
        actor=actor,
        now=now,
        facts={"year": batch.catalogue.year, "batch": batch.number},
    )


def publish_batch(
    batch: CatalogueBatch, *, reason: str = "", seen: int | None = None, actor: Actor, now: datetime
) -> None:
    """Publishes a batch. The first one meets the year's duty; a later one is an addition and needs a
    reason (山东省重大行政决策事项目录管理办法 art. 15)."""
    check_keeper(actor)
    catalogue = batch.catalogue
    check_version(catalogue, seen)
    if batch.published_at is not None:
        raise Refused("wrong_time", N_("This batch is published already."), basis=rules.SCOPE)
    items, carries = queries.items_of_batch(batch.id), queries.carries_of_batch(batch.id)
    facts = rules.publication_facts(batch, [*items, *(carry.decision for carry in carries)])
    refused = gates.refusal("publish_catalogue", facts) or no_longer_open(carries)
    if refused:
        raise refused
    if batch.number > 1 and not reason.strip():
        raise Refused(
            "invalid", N_("Write why items are added; the reason is published."), basis=rules.ADJUSTING, field="reason"
        )
    batch.published_at = now
    settle_carries(carries)
    if batch.number == 1:
        catalogue.published_at = now
        _meet_duty(catalogue, actor=actor, now=now)
    else:
        _note_additions(catalogue, batch, items, carries, reason=reason.strip(), now=now)
    for item in items:
        item.stage_at = now
    _touch(catalogue)
    evidence.record(
        "catalogue.published",
        subject=catalogue,
        actor=actor,
        now=now,
        facts={"year": catalogue.year, "batch": batch.number, "items": len(items) + len(carries)},
    )


def _meet_duty(catalogue: Catalogue, *, actor: Actor, now: datetime) -> None:
    duty = duty_queries.duty_for("catalogue", catalogue.id, "catalogue")
    if duty is not None and duty.met_at is None and duty.cancelled_at is None:
        duties.meet(duty, actor=actor, now=now)


def _note_additions(
    catalogue: Catalogue,
    batch: CatalogueBatch,
    items: list[Decision],
    carries: list[CatalogueCarry],
    *,
    reason: str,
    now: datetime,
) -> None:
    number = queries.last_adjustment(catalogue.id)
    for item, own in [(row, row.number) for row in items] + [(row.decision, row.number) for row in carries]:
        number += 1
        # The Party committee's day is not public, so the history shows the government's.
        assert batch.government_approved_on is not None
        db.session.add(
            CatalogueAdjustment(
                catalogue_id=catalogue.id,
                decision_id=item.id,
                number=number,
                kind="added",
                reason=reason,
                approved_on=batch.government_approved_on,
                before={},
                after=public_fields(item, number=own),
                made_at=now,
            )
        )


def draft_batch(catalogue: Catalogue) -> CatalogueBatch:
    """The batch in preparation; after a publication the next one is opened."""
    draft = catalogue.draft
    if draft is None:
        draft = CatalogueBatch(number=len(catalogue.batches) + 1)
        catalogue.batches.append(draft)
        db.session.flush()
    return draft


def _touch(catalogue: Catalogue) -> None:
    # The approvals are in another table; whoever holds an older page of the catalogue must notice.
    from sqlalchemy.orm.attributes import flag_modified

    flag_modified(catalogue, "criteria")
    db.session.flush()
