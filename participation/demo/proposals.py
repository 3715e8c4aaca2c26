"""The year's call for proposals, six of them with their outcomes, and one that came later."""

import secrets
from datetime import datetime, timedelta

from participation.access import ANYONE, Actor, Role
from participation.consultations.rules.comments import ContactAddress
from participation.decisions import queries
from participation.decisions.queries import proposals as found
from participation.decisions.service import calls, proposing, studying
from participation.decisions.service.proposing import Keys, Said
from participation.demo import decisions
from participation.demo.stage import Stage, moment
from participation.demo.texts import meals
from participation.demo.texts.proposals import BASIS, CALL, LATER, PLAN, PROPOSALS, STUDY, WAYS
from participation.web.secrets import digest_secret, new_secret


def plan(stage: Stage, *, year: int) -> None:
    """Called after the catalogue is begun and before it is published: the call lasts three weeks."""
    begun = decisions.begun_on(stage.today)
    opens = begun + timedelta(days=3)
    office = stage.actor("ZFB", Role.OFFICE)
    stage.at(moment(opens, 9), lambda now: _call(year, office, now))
    for number, row in enumerate(PROPOSALS, start=1):
        day = opens + timedelta(days=row[1])
        stage.at(moment(day, 9 + number, 12), lambda now, row=row: _receive(stage, row, now))
        # What is taken must be in the catalogue before the government decides on it.
        before = 14 if row[7] == "taken" else 3
        decided = moment(decisions.published_on(stage.today) - timedelta(days=before), 9 + number, 40)
        stage.at(
            moment(opens + timedelta(days=row[1] + 6), 16, number),
            lambda now, number=number: _study(stage, year, number, office, now),
        )
        stage.at(decided, lambda now, number=number, row=row: _decide(stage, year, number, row, office, now))
    late = stage.workday(stage.today - timedelta(days=9), 0)
    stage.at(moment(late, 19, 31), lambda now: _later(stage, now))


def _call(year: int, office: Actor, now: datetime) -> None:
    catalogue = queries.catalogue_of(year)
    assert catalogue is not None
    calls.publish_criteria(catalogue, actor=office, now=now)
    calls.open_call(
        catalogue,
        text=CALL,
        ways=WAYS,
        opens_on=now.date(),
        closes_on=now.date() + timedelta(days=22),
        answer_by=now.date() + timedelta(days=75),
        actor=office,
        now=now,
    )


def _keys() -> Keys:
    return Keys(secrets.token_hex(32), digest_secret(new_secret()))


def _receive(stage: Stage, row, now: datetime) -> None:  # type: ignore[no-untyped-def]
    origin, _days, name, shown, title, text, reason = row[:7]
    said = Said(title, text, reason)
    if origin == "department":
        proposing.propose(
            Said(title, text, reason, BASIS, PLAN),
            department_id=stage.department[name],
            keys=_keys(),
            actor=stage.actor(name, Role.OFFICER),
            now=now,
        )
    elif origin in ("citizen", "organisation"):
        contact = ContactAddress("sms", f"139{stage.chance.randrange(10**8):08}")
        proposing.receive(
            said, origin=origin, author_name=name, contact=contact, shown=shown, keys=_keys(), actor=ANYONE, now=now
        )
    else:
        proposing.enter(
            said,
            origin=origin,
            author_name=name,
            contact=None,
            shown=shown,
            paper_on=now.date() - timedelta(days=6),
            received_on=now.date(),
            keys=_keys(),
            actor=stage.actor("ZFB", Role.OFFICE),
            now=now,
        )


def _proposal(year: int, number: int, office: Actor):  # type: ignore[no-untyped-def]
    rows = sorted(found.on_desk(office, year=year).rows, key=lambda row: row.id)
    return rows[number - 1]


def _item(year: int, number: int):  # type: ignore[no-untyped-def]
    catalogue = queries.catalogue_of(year)
    assert catalogue is not None
    batch = catalogue.batches[0]
    return next(row for row in queries.items_of_batch(batch.id) if row.number == number)


def _study(stage: Stage, year: int, number: int, office: Actor, now: datetime) -> None:
    proposal, row = _proposal(year, number, office), PROPOSALS[number - 1]
    other = stage.department["MZJ" if row[7] == "taken" else "ZFJ"]
    lead = _item(year, row[8]).lead_department_id if row[8] else other
    studying.begin_study(proposal, department_id=lead, actor=office, now=now)
    by = next(name for code, name in decisions.NAMES.items() if stage.department[code] == lead)
    studying.record_study(proposal, by=by, on=now.date(), result=STUDY, actor=office, now=now)


def _decide(stage: Stage, year: int, number: int, row, office: Actor, now: datetime) -> None:  # type: ignore[no-untyped-def]
    proposal, (outcome, item, reason, article) = _proposal(year, number, office), row[7:]
    day = now.date() - timedelta(days=1)
    if outcome == "taken":
        fields = decisions.fields(
            stage, meals.ITEM, "services", "MZJ", ("CZJ", "SCJ"), meals.BASIS, planned=f"{year}年7月", year=year
        )
        catalogue = decisions.catalogue_of(year)
        studying.take(
            proposal, catalogue=catalogue, fields=fields, decided_on=day, reason=reason, actor=office, now=now
        )
    elif outcome == "merged":
        studying.merge(proposal, item=_item(year, item), decided_on=day, reason=reason, actor=office, now=now)
    else:
        studying.decline(proposal, reason=reason, article=article, decided_on=day, actor=office, now=now)
    text = "" if proposal.shown == "title" else proposal.text
    studying.show(proposal, title=proposal.title, text=text, actor=office, now=now)


def _later(stage: Stage, now: datetime) -> None:
    origin, name, shown, title, text, reason = LATER
    proposing.receive(
        Said(title, text, reason),
        origin=origin,
        author_name=name,
        contact=ContactAddress("sms", "13900000777"),
        shown=shown,
        keys=_keys(),
        actor=ANYONE,
        now=now,
    )
