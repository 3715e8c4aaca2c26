"""A9: erasing citizens leaves no trace of a canary in database, files, search and exports; the log verifies."""

import os
from pathlib import Path

import pytest
from flask import current_app
from sqlalchemy import select

from participation import clock
from participation.access import SYSTEM, actor_for
from participation.api.filing import writing
from participation.consultations.models import Consultation
from participation.decisions.models.proposal import Proposal
from participation.decisions.service import studying
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.evidence import verification
from participation.evidence.sealing import seal
from participation.extensions import db
from participation.mailbox.models import Letter
from participation.mailbox.rules import ContactAddress
from participation.privacy import clearing, holdings, jobs, physical, service
from participation.privacy.holdings import Proved
from participation.textindex.queries import ids_matching
from tests.consultations import periods
from tests.decisions import proposed
from tests.district import at
from tests.mailbox import answered, letters
from tests.privacy.citizens import CANARY, Citizen, citizen, stain, surround

NOW = at("2026-11-23T09:00")
CITIZENS = int(os.environ.get("CITIZENS", "8"))
"""`make prove-erasure` erases 1,000, which takes half an hour: building them does."""


def live(world, consultation_id: int, who: Citizen, *, answer: bool = True) -> None:
    """One citizen's letter, comment and proposal."""
    mine = actor_for(person_id=who.person, name="", posts=(), is_citizen=True)
    contact = ContactAddress("sms", who.address)
    made = answered.answered if answer else answered.assigned
    letter = made(world, contact=contact, actor=mine, title=who.canary, text=who.canary, author_name=who.canary)
    consultation = db.session.get(Consultation, consultation_id)
    comment = periods.commented(consultation, contact=contact, actor=mine, text=who.canary, author_name=who.canary)
    proposal = proposed.received(world, now="2026-10-20T20:14", contact=contact, author_name=who.canary)
    for kind, row in (("letter", letter), ("comment", comment), ("proposal", proposal)):
        stain(row, who.canary, now=NOW)
        surround(kind, row.id, who, now=NOW)
    db.session.commit()


def proved(who: Citizen) -> Proved:
    return Proved(who.person, (("sms", who.address),))


def erase(who: Citizen, now=NOW):
    mine = proved(who)
    actor = actor_for(person_id=who.person, name="", posts=(), is_citizen=True)
    done = service.erase(mine, holdings.matters(mine), close_account=True, actor=actor, now=now)
    db.session.commit()
    clearing.remove_bytes(done.bytes_)
    if done.was_public:
        physical.drop_published_files()
    return done


def traces(words: list[str]) -> list[str]:
    """Where any of the words stands: in a table, or in the bytes of any file of the installation."""
    found = []
    db.session.commit()
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(table.select()):
            if any(word in repr(tuple(row)) for word in words):
                found.append(table.name)
    db.session.commit()
    db.session.remove()
    for path in Path(current_app.instance_path).rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            if any(word.encode() in data or word in path.name for word in words):
                found.append(str(path))
    return sorted(set(found))


@pytest.fixture
def consultation(world):
    made = periods.opened(world)
    db.session.commit()
    return made.id


def log_of_faults() -> list[str]:
    seal(now=at("2027-01-06T09:00"))
    db.session.commit()
    return [f"{one.row} {one.reason}" for one in verification.verify().findings]


def end_of_grounds(consultation) -> None:
    """The consultation is answered and the proposals are decided: set by hand, with its entry."""
    consultation = db.session.get(Consultation, consultation)
    consultation.stage, consultation.feedback_published_at = "answered", NOW
    for proposal in db.session.scalars(select(Proposal)):
        proposal.stage, proposal.study_begun_on = "not_taken", NOW.date()
    evidence.record("consultation.answered", subject=consultation, actor=SYSTEM, now=NOW)
    db.session.commit()


def found_in(drawer: str, word: str) -> list[int]:
    return list(db.session.scalars(ids_matching(drawer, [(word,)])))


def test_a_citizen_is_gone_from_everywhere(world, consultation):
    gone_with_everybody(world, consultation, 2)


@pytest.mark.long
def test_a_thousand_citizens_are_gone_from_everywhere(world, consultation):
    gone_with_everybody(world, consultation, CITIZENS)


def gone_with_everybody(world, consultation, many: int) -> None:
    people = []
    for number in range(many):
        who = citizen(number, now=at("2026-01-05T10:00"))
        db.session.commit()
        live(world, consultation, who)
        people.append(who)
    stays = letters.received(NOW, title="留下的信", contact=ContactAddress("sms", "13700001111")).id
    db.session.commit()
    words = [CANARY, *(who.address for who in people)]
    before = traces(words)
    assert len(before) > 10, before
    assert found_in("letter_desk", CANARY)

    for who in people:
        done = erase(who)
        results = {line["kind"]: line["ground"] for line in done.request.outcome if line["result"] == "limited"}
        assert results == {"comment": "comment_running", "proposal": "proposal_open"}
    assert not found_in("letter_desk", CANARY)

    # The grounds end: the consultation is withdrawn with its comments counted, the proposals are decided.
    end_of_grounds(consultation)
    assert jobs.release(now=at("2027-01-05T09:00")) == 2 * many
    assert jobs.release(now=at("2027-01-05T10:00")) == 0
    assert jobs.fold(now=at("2027-01-05T11:00")) == 0
    assert traces(words) == []
    assert log_of_faults() == []
    kept = db.session.get(Letter, stays)
    assert (kept.title, kept.erased_at) == ("留下的信", None)


def test_what_is_public_goes_at_once_and_stays_away(world, consultation):
    """A published letter, a read comment and a shown proposal: gone from pages, feeds, search and files."""
    who = citizen(1, now=at("2026-01-05T10:00"))
    db.session.commit()
    live(world, consultation, who)
    mine = {holdings.kind_of(row): row for row in holdings.matters(proved(who))}
    letter, comment, proposal = mine["letter"], mine["comment"], mine["proposal"]
    letter.published_at, letter.consent_public = NOW, True
    letter.public_title = letter.public_text = letter.public_answer = who.canary
    comment.consent_public, comment.reviewed_at = True, NOW
    proposal.public_title, proposal.checked_at = who.canary, NOW
    for row in mine.values():
        evidence.record("letter.published", subject=row, actor=SYSTEM, now=NOW)
    db.session.commit()
    with clock.played(NOW):
        assert len(public_traces(world, consultation)) >= 4
        while writing.write(now=NOW):
            pass
        assert any("open-data" in place for place in traces([CANARY]))
        erase(who)
        assert public_traces(world, consultation) == []
        assert not any("open-data" in place for place in traces([CANARY]))
    with pytest.raises(Refused):
        studying.show(db.session.merge(proposal), title="停车", actor=world.actor("office"), now=NOW)
    db.session.rollback()


def public_traces(world, consultation: int) -> list[str]:
    """Public pages, feeds, search and API that show the canary."""
    client = world.app.test_client()
    paths = [
        "/", "/letters", "/letters/1", "/letters.atom", "/questions", f"/search?q={CANARY}", "/api/v1/letters",
        "/api/v1/consultations", "/api/v1/feedback", f"/consultations/{consultation}", "/board",
        f"/consultations/{consultation}/comments", "/decisions/proposals?year=2026", "/track", "/transparency",
    ]  # fmt: skip
    found = []
    for path in paths:
        # The search page repeats what was looked for; every citizen's own canary is longer.
        if f"{CANARY}N" in client.get(path).text:
            found.append(path)
    return found


def test_killed_between_two_rows_nothing_is_done_twice(world, consultation, monkeypatch):
    """The release job dies at the second matter; the next run does the rest, once."""
    who = citizen(1, now=at("2026-01-05T10:00"))
    db.session.commit()
    live(world, consultation, who)
    erase(who)
    end_of_grounds(consultation)
    real, calls = service.erase_matter, []

    def dies(row, **kwargs):
        calls.append(row.id)
        if len(calls) == 2:
            raise RuntimeError("killed")
        return real(row, **kwargs)

    monkeypatch.setattr(service, "erase_matter", dies)
    with pytest.raises(RuntimeError):
        jobs.release(now=at("2027-01-05T09:00"))
    db.session.rollback()
    monkeypatch.setattr(service, "erase_matter", real)
    assert jobs.release(now=at("2027-01-05T09:00")) == 1
    jobs.fold(now=at("2027-01-05T11:00"))
    assert traces([CANARY, who.address]) == []
    assert log_of_faults() == []


def test_the_years_of_the_table_end(world, consultation):
    """Ten years after its arrival an answered letter goes; a comment in a dossier stays for thirty."""
    who = citizen(1, now=at("2026-01-05T10:00"))
    db.session.commit()
    live(world, consultation, who)
    end_of_grounds(consultation)
    found = db.session.get(Consultation, consultation)
    found.catalogue_year = 2026
    evidence.record("consultation.answered", subject=found, actor=SYSTEM, now=NOW)
    db.session.commit()
    assert jobs.retire(now=at("2036-11-01T09:00")) == 1  # the proposal of October
    assert jobs.retire(now=at("2036-11-30T09:00")) == 1  # the letter of November
    assert jobs.retire(now=at("2056-11-01T09:00")) == 0
    assert jobs.retire(now=at("2056-11-30T09:00")) == 1  # the comment in the dossier
    assert jobs.retire(now=at("2056-11-30T10:00")) == 0
