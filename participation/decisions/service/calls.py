"""The criteria go public, and the year's call for proposals is opened, lengthened and ended."""

from datetime import date, datetime

from participation.access import Actor
from participation.decisions.models import Catalogue, ProposalCall
from participation.decisions.proposing import ART_10
from participation.decisions.queries import proposals as queries
from participation.decisions.service.permission import check_keeper, check_version
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.workdays import day_of


def publish_criteria(catalogue: Catalogue, *, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """Everybody can read from now on what belongs in the catalogue (row 46 of the plan: 目录、标准)."""
    check_keeper(actor)
    check_version(catalogue, seen)
    if not catalogue.criteria:
        raise Refused("wrong_time", N_("Write down first what belongs in the catalogue."), field="criteria")
    if catalogue.criteria_published_at is not None:
        raise Refused("wrong_time", N_("The criteria are public already."))
    catalogue.criteria_published_at = now
    db.session.flush()
    evidence.record(
        "catalogue.criteria_published", subject=catalogue, actor=actor, now=now, facts={"year": catalogue.year}
    )


def open_call(
    catalogue: Catalogue,
    *,
    text: str,
    ways: str,
    opens_on: date,
    closes_on: date,
    answer_by: date,
    actor: Actor,
    now: datetime,
) -> ProposalCall:
    """Publishes the call. `closes_on` is its last day (24:00), `answer_by` the day by which every
    proposer is told what became of the proposal: natural days, promised to the public."""
    check_keeper(actor)
    if not catalogue.criteria_public:
        message = N_("Publish the criteria first: proposers must know what belongs in the catalogue.")
        raise Refused("wrong_time", message, ART_10)
    if queries.call_of(catalogue.year) is not None:
        raise Refused("conflict", N_("There is a call for this year already. Look at it again, then decide."))
    _check_words(text, ways)
    if opens_on < day_of(now):
        raise Refused("invalid", N_("The call cannot begin before today."), field="opens_on")
    if closes_on < opens_on:
        raise Refused("invalid", N_("The last day lies before the first."), field="closes_on")
    if answer_by <= closes_on:
        raise Refused("invalid", N_("The day of the answers lies after the last day of the call."), field="answer_by")
    call = ProposalCall(
        catalogue=catalogue,
        text=text.strip(),
        ways=ways.strip(),
        opens_on=opens_on,
        closes_on=closes_on,
        answer_by=answer_by,
        opened_at=now,
    )
    db.session.add(call)
    db.session.flush()
    evidence.record(
        "proposal_call.opened",
        subject=call,
        actor=actor,
        now=now,
        facts={"year": catalogue.year, "opens_on": opens_on, "closes_on": closes_on, "answer_by": answer_by},
    )
    return call


def _check_words(text: str, ways: str) -> None:
    if not text.strip():
        raise Refused("invalid", N_("Write what proposals you ask for."), field="text")
    if not ways.strip():
        raise Refused("invalid", N_("Write how one can send a proposal."), field="ways")


def lengthen_call(
    call: ProposalCall, *, closes_on: date, reason: str, seen: int | None = None, actor: Actor, now: datetime
) -> None:
    """A later last day, with a public reason. The promised day of the answers stays."""
    check_keeper(actor)
    check_version(call, seen)
    if call.state(now) == "closed":
        raise Refused("wrong_time", N_("This call has ended. Proposals are taken all the same."), ART_10)
    if closes_on <= call.closes_on:
        raise Refused("invalid", N_("Choose a day after the present last day."), field="closes_on")
    if closes_on >= call.answer_by:
        raise Refused("invalid", N_("The answers are promised for an earlier day."), field="closes_on")
    if not reason.strip():
        raise Refused("invalid", N_("Write the reason; it is shown to the public."), field="reason")
    call.lengthened_from = call.lengthened_from or call.closes_on
    call.closes_on, call.lengthened_reason = closes_on, reason.strip()
    db.session.flush()
    evidence.record("proposal_call.lengthened", subject=call, actor=actor, now=now, facts={"closes_on": closes_on})


def close_call(call: ProposalCall, *, reason: str, seen: int | None = None, actor: Actor, now: datetime) -> None:
    """Ends a call before its last day; at the last day it ends by itself. The reason is public."""
    check_keeper(actor)
    check_version(call, seen)
    if call.state(now) == "closed":
        raise Refused("wrong_time", N_("This call has ended already."), ART_10)
    if not reason.strip():
        raise Refused("invalid", N_("Write the reason; it is shown to the public."), field="reason")
    call.closed_at, call.closed_reason = now, reason.strip()
    db.session.flush()
    evidence.record("proposal_call.closed", subject=call, actor=actor, now=now, facts={"year": call.catalogue.year})
