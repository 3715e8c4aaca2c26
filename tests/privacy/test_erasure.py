"""A9: erasing citizens leaves no trace of a canary in database, files, search and exports; the log verifies."""

import hashlib
import os
import time
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from participation import clock
from participation.access import SYSTEM, actor_for
from participation.accounts import jobs as accounts_jobs
from participation.api.filing import writing
from participation.consultations import drafts as comment_drafts
from participation.consultations.models import Comment, Consultation
from participation.decisions import proposal_drafts
from participation.decisions.models.proposal import Proposal
from participation.decisions.service import studying
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.evidence import verification
from participation.evidence.models import EvidenceSalt
from participation.evidence.sealing import seal
from participation.extensions import db
from participation.files.jobs import drop_staged
from participation.files.models import StoredFile
from participation.mailbox import drafts as mailbox_drafts
from participation.mailbox import service as mailbox
from participation.mailbox.models import Letter
from participation.mailbox.rules import ContactAddress
from participation.mailbox.service import answering, batches
from participation.notices.jobs import forget_delivered
from participation.oversight.models import Finding
from participation.privacy import holdings, jobs, physical, service
from participation.privacy.holdings import Proved
from participation.textindex.queries import ids_matching
from participation.web.secrets import keyed_digest
from tests.consultations import periods
from tests.decisions import proposed
from tests.district import at
from tests.mailbox import answered, letters
from tests.privacy import quoted
from tests.privacy.by_hand import write_everything
from tests.privacy.citizens import CANARY, Citizen, citizen, stain, surround
from tests.privacy.quoted import OURS
from tests.privacy.traces import traces

NOW = at("2026-11-23T09:00")
CITIZENS = int(os.environ.get("CITIZENS", "4"))
"""`make prove-erasure` erases 1,000."""
BATCH = 25


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
    if answer:
        quoted.by_auditor(world, letter, who, now=NOW)
        quoted.by_officer(world, letter, comment, who, now=NOW)
        quoted.by_themselves(letter, who, actor=mine, now=NOW)


def proved(who: Citizen) -> Proved:
    return Proved(who.person, (("sms", who.address),))


def erase(who: Citizen, now=NOW):
    mine = proved(who)
    actor = actor_for(person_id=who.person, name="", posts=(), is_citizen=True)
    done = service.erase(mine, holdings.matters(mine), close_account=True, actor=actor, now=now)
    db.session.commit()
    physical.settle(done.bytes_, was_public=done.was_public)
    return done


@pytest.fixture
def consultation(world):
    made = periods.opened(world)
    db.session.commit()
    return made.id


def log_of_faults() -> list[str]:
    seal(now=at("2027-01-06T09:00"))
    db.session.commit()
    return [f"{one.row} {one.reason}" for one in verification.verify().findings]


def end_of_grounds(world, consultation) -> None:
    """The consultation is answered, the proposals are decided, open letters are answered: set by hand, with its
    entry."""
    consultation = db.session.get(Consultation, consultation)
    consultation.stage, consultation.feedback_published_at = "answered", NOW
    for proposal in db.session.scalars(select(Proposal)):
        proposal.stage, proposal.study_begun_on = "not_taken", NOW.date()
    evidence.record("consultation.answered", subject=consultation, actor=SYSTEM, now=NOW)
    db.session.commit()
    for letter in list(db.session.scalars(select(Letter).where(Letter.limited_ground == "letter_open"))):
        department_id = world.department["housing"]
        mailbox.assign(letter, department_id=department_id, actor=world.actor("office"), now=NOW)
        answered.answer(world, letter, NOW)


def let_pass(*, now) -> None:
    """What goes by itself: codes, sent messages, forms and files that nobody sent or confirmed."""
    for forget in (
        accounts_jobs.forget, forget_delivered, drop_staged, mailbox_drafts.sweep, comment_drafts.sweep,
        proposal_drafts.sweep, batches.sweep,
    ):  # fmt: skip
        forget(now=now)
        db.session.commit()


def found_in(drawer: str, word: str) -> list[int]:
    return list(db.session.scalars(ids_matching(drawer, [(word,)])))


def test_a_citizen_is_gone_from_everywhere(world, consultation, played, caplog):
    gone_with_everybody(world, consultation, played, caplog, many=2, by_hand=1)


@pytest.mark.long
def test_a_thousand_citizens_are_gone_from_everywhere(world, consultation, played, caplog):
    gone_with_everybody(world, consultation, played, caplog, many=CITIZENS, by_hand=5 if CITIZENS > 100 else 1)


@contextmanager
def one_transaction():
    """The helpers that make a citizen commit after each act; that the acts of many are one commit saves most of
    the time, and erasing sees the same rows."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(db.session, "commit", db.session.flush)
        # Letters that are all alike take the checker long; what it says of them shows nothing here.
        patched.setattr(answering, "remarks", lambda *_args, **_named: [])
        yield
    db.session.commit()
    db.session.expunge_all()


def gone_with_everybody(world, consultation, played, caplog, *, many: int, by_hand: int) -> None:
    """Most citizens are made by the services, the first `by_hand` of them by the forms too; each is in the texts
    of others as well."""
    caplog.set_level("INFO")
    started, people = time.process_time(), []
    for first in range(0, many, BATCH):
        with one_transaction():
            for number in range(first, min(many, first + BATCH)):
                who = citizen(number, now=at("2026-01-05T10:00"))
                live(world, consultation, who)
                people.append(who)
    for who in people[:by_hand]:
        with played(f"2026-11-20T1{who.number % 10}:00"):
            write_everything(world.app.test_client(), consultation, who)
    stays = letters.received(NOW, title="留下的信", contact=ContactAddress("sms", "13700001111")).id
    db.session.commit()
    known, salts = fingerprints(people[:20]), salts_of(people[:20])
    before = traces(digests=known, salts=salts)
    built, started = time.process_time() - started, time.process_time()
    assert {"letter", "comment", "finding", "inquiry", "opinion_point", "letter_import", "notice", "stored_file",
            "data_request", "letter_draft", "comment_draft", "decision_proposal_draft", "person", "text_part",
            "letter_sample_item", "evidence_salt"} <= set(before), before  # fmt: skip
    assert found_in("letter_desk", CANARY)

    for who in people:
        done = erase(who)
        results = {line["kind"]: line["ground"] for line in done.request.outcome if line["result"] == "limited"}
        assert results.pop("letter", "letter_open") == "letter_open"
        assert results == {"comment": "comment_running", "proposal": "proposal_open"}
    assert not found_in("letter_desk", CANARY)

    end_of_grounds(world, consultation)
    assert jobs.release(now=at("2027-01-05T09:00")) == 2 * many + 3 * by_hand
    assert jobs.release(now=at("2027-01-05T10:00")) == 0
    let_pass(now=at("2027-01-05T11:00"))
    assert jobs.fold(now=at("2027-01-05T11:00")) == 0
    assert traces(digests=known, salts=salts, logged=caplog.text) == []
    assert log_of_faults() == []
    kept = db.session.get(Letter, stays)
    assert (kept.title, kept.erased_at) == ("留下的信", None)
    assert OURS in db.session.scalar(select(Finding.text).limit(1))
    erased = time.process_time() - started
    print(f"{many} citizens: built in {built:.0f} s, erased and looked for in {erased:.0f} s of CPU")


def fingerprints(people: list[Citizen]) -> frozenset[str]:
    """What somebody who knows a citizen could look for: digests of their number and of their files, and who wrote
    a comment."""
    words = [who.canary for who in people] + [who.address for who in people]
    found = {hashlib.sha256(word.encode()).hexdigest() for word in words}
    found |= {keyed_digest(f"sms:{who.address}", purpose="contact") for who in people}
    found |= set(db.session.scalars(select(StoredFile.sha256)))
    theirs = Comment.person_id.in_([who.person for who in people])
    return frozenset(found | set(db.session.scalars(select(Comment.author_digest).where(theirs)))) - {""}


def salts_of(people: list[Citizen]) -> frozenset[bytes]:
    """What opens the record's commitments to their names."""
    names = [f"person:{who.person}" for who in people]
    return frozenset(db.session.scalars(select(EvidenceSalt.salt).where(EvidenceSalt.row_name.in_(names))))


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
        assert any("open-data" in place for place in traces())
        erase(who)
        assert public_traces(world, consultation) == []
        assert not any("open-data" in place for place in traces())
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
    end_of_grounds(world, consultation)
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
    let_pass(now=at("2027-01-05T11:00"))
    jobs.fold(now=at("2027-01-05T11:00"))
    assert traces() == []
    assert log_of_faults() == []


def test_the_years_of_the_table_end(world, consultation):
    """Ten years after its arrival an answered letter goes; a comment in a dossier stays for thirty."""
    who = citizen(1, now=at("2026-01-05T10:00"))
    db.session.commit()
    live(world, consultation, who)
    end_of_grounds(world, consultation)
    found = db.session.get(Consultation, consultation)
    found.catalogue_year = 2026
    evidence.record("consultation.answered", subject=found, actor=SYSTEM, now=NOW)
    db.session.commit()
    assert jobs.retire(now=at("2036-11-01T09:00")) == 1  # the proposal of October
    assert jobs.retire(now=at("2036-11-30T09:00")) == 1  # the letter of November
    assert jobs.retire(now=at("2056-11-01T09:00")) == 0
    assert jobs.retire(now=at("2056-11-30T09:00")) == 1  # the comment in the dossier
    assert jobs.retire(now=at("2056-11-30T10:00")) == 0
