"""What lies beside a matter: dossiers, requests about it, others' texts; and what the search for traces is worth."""

import pytest
from sqlalchemy import select

from participation.access import SYSTEM, actor_for
from participation.consultations.models import Assignment
from participation.decisions.models import Catalogue
from participation.decisions.models.dossier import DecisionDossier
from participation.decisions.models.dossier_filing import DecisionDossierFiling
from participation.duties import queries as duties
from participation.evidence import service as evidence
from participation.extensions import db
from participation.mailbox.models import Letter
from participation.notices.models import Notice
from participation.oversight.models import Finding, Inquiry
from participation.privacy import clearing, dossiers, jobs, physical, service
from participation.privacy.holdings import Proved
from participation.privacy.models import DataRequest
from participation.web import packed, word
from participation.web.packed import Part
from tests.decisions import proposed
from tests.district import at
from tests.mailbox import answered
from tests.privacy.citizens import citizen
from tests.privacy.test_erasure import consultation as opened
from tests.privacy.test_erasure import end_of_grounds, erase, live
from tests.privacy.traces import traces

consultation = opened
NOW = at("2026-11-23T09:00")
TITLE = "学校周边停车怎么管"


@pytest.fixture
def taken(world):
    """A proposal that became an item of the catalogue."""
    proposed.called(world)
    proposal = proposed.studied(world, proposed.received(world))
    item = proposed.taken(world, proposal, db.session.query(Catalogue).one())
    proposal.public_title, proposal.checked_at = TITLE, NOW
    evidence.record("proposal.shown", subject=proposal, actor=SYSTEM, now=NOW)
    db.session.commit()
    return proposal, item.id


def dossier(decision_id: int, world, words: str, *, at_=NOW) -> str:
    """A dossier in whose record these words stand."""
    document = word.new_document("全过程记录", size=12)
    word.add_lines(document, words, size=12)
    files = [("00-全过程记录.docx", Part("00-全过程记录.docx", "全过程记录", "过程记录", word.saved(document)))]
    sha256, size = packed.write(dossiers.path_of("x").parent, files, made_at=at_)
    row = DecisionDossier(
        decision_id=decision_id, round=1, made_at=at_, made_by=world.person["officer"], sha256=sha256, size=size,
        files=1, entries=0, unsealed=0,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    evidence.record("decision.dossier_made", subject=row, actor=SYSTEM, now=at_)
    db.session.commit()
    return sha256


def filed(decision_id: int, world, sha256: str) -> None:
    row = DecisionDossierFiling(
        decision_id=decision_id, round=1, recorded_at=NOW, recorded_by=world.person["officer"], made_at=NOW,
        filed_on=NOW.date(), receiver="区司法局", receipt_number="2026-7", sha256=sha256,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    evidence.record("decision.dossier_filed", subject=row, actor=SYSTEM, now=NOW)
    db.session.commit()


def ask_to_erase(row) -> dict[str, str]:
    mine = Proved(opened=(("proposal", row.id),))
    done = service.erase(mine, [row], close_account=False, actor=SYSTEM, now=NOW)
    db.session.commit()
    physical.settle(done.bytes_, was_public=done.was_public)
    (line,) = done.request.outcome
    return line


def test_a_working_copy_of_a_dossier_that_names_it_goes_and_the_filed_one_stays(world, taken):
    proposal, decision_id = taken
    kept = dossier(decision_id, world, f"来源：公民提出“{TITLE}”。")
    copy = dossier(decision_id, world, f"来源：公民提出“{TITLE}”，第二次。")
    other = dossier(decision_id, world, "走访 6 个小区。")
    filed(decision_id, world, kept)
    assert ask_to_erase(proposal)["ground"] == "dossier"
    there = [dossiers.path_of(one).is_file() for one in (kept, copy, other)]
    assert there == [True, False, True]


def test_when_the_office_grants_the_objection_the_filed_one_goes_too(world, taken):
    proposal, decision_id = taken
    kept = dossier(decision_id, world, f"来源：公民提出“{TITLE}”。")
    filed(decision_id, world, kept)
    ask_to_erase(proposal)
    wish = service.ask("object", proposal, text="三十年太久，请删除我的建议。", person_id=None, actor=SYSTEM, now=NOW)
    office = world.actor("office")
    gone = service.decide(wish, granted=True, answer="同意删除，档案馆已有副本。", version=None, actor=office, now=NOW)
    db.session.commit()
    physical.settle(gone, was_public=False)
    assert not dossiers.path_of(kept).exists()
    assert proposal.erased_at == NOW


def test_a_dossier_that_cannot_be_read_is_taken_for_one_that_names_it(world, taken):
    proposal, decision_id = taken
    broken = dossier(decision_id, world, "走访 6 个小区。")
    dossiers.path_of(broken).write_bytes(b"PK")
    assert dossiers.naming(proposal, filed=False) == [broken]


def test_nobody_waits_for_a_decision_about_what_was_erased(world):
    letter = answered.answered(world)
    asked = service.ask("correct", letter, text="我叫李秀荣，名字写错了。", person_id=None, actor=SYSTEM, now=NOW)
    db.session.commit()
    service.erase_matter(letter, why="asked", actor=SYSTEM, now=NOW)
    db.session.commit()
    request = db.session.get(DataRequest, asked.id)
    assert (request.state, "李秀荣" in request.text, request.emptied_at) == ("done", False, NOW)
    assert [duty.is_open for duty in duties.duties_of("data_request", request.id)] == [False]


def test_what_an_auditor_wrote_loses_the_person_and_keeps_the_department(world, consultation):
    who = citizen(1, now=at("2026-01-05T10:00"))
    live(world, consultation, who)
    erase(who)
    finding = db.session.scalar(select(Finding))
    assert finding.text == "〔已依法删除〕的信：住建局超期两天，应当说明原因。来电 〔已依法删除〕。"
    assert finding.person_id == world.person["auditor"]
    inquiry = db.session.scalar(select(Inquiry))
    assert (inquiry.why, inquiry.question) == ("〔已依法删除〕再次来信", "为什么没有答复〔已依法删除〕？")


def test_a_person_stays_one_person_in_the_counts_under_a_number_that_says_nothing(world, consultation):
    who = citizen(1, now=at("2026-01-05T10:00"))
    live(world, consultation, who)
    pair = db.session.scalar(select(Assignment))
    before = pair.holder
    erase(who)
    end_of_grounds(world, consultation)
    jobs.release(now=at("2027-01-05T09:00"))
    db.session.expire_all()
    assert pair.holder not in (before, None)


def test_who_closes_the_account_still_gets_the_answer_that_is_owed(world):
    who = citizen(1, now=at("2026-01-05T10:00"))
    mine = actor_for(person_id=who.person, name="", posts=(), is_citizen=True)
    letter = answered.assigned(world, contact=None, person_id=who.person, actor=mine)
    service.erase(Proved(who.person), [letter], close_account=True, actor=mine, now=at("2026-11-16T11:00"))
    db.session.commit()
    assert (letter.limited_ground, letter.person_id, letter.contact_address) == ("letter_open", None, who.address)
    answered.answer(world, letter, "2026-11-18T15:00")
    told = db.session.scalar(select(Notice).where(Notice.verb == "letter_answered"))
    assert (told.channel, told.address) == ("sms", who.address)


def test_an_answer_can_be_read_for_fifteen_days_before_the_letter_goes(world):
    letter = answered.assigned(world)
    service.limit(letter, ground="letter_open", actor=SYSTEM, now=at("2026-11-16T11:00"))
    answered.answer(world, letter, "2026-11-18T15:00")
    assert jobs.release(now=at("2026-12-03T14:59")) == 0
    assert jobs.release(now=at("2026-12-03T15:00")) == 1
    assert letter.erased_at is not None


FAULTS = (
    (clearing, "mask_quotes", lambda *_a, **_n: None, "finding"),
    (clearing, "_drop_files", lambda *_a, **_n: [], "stored_file"),
    (clearing, "drop_drafts_of", lambda *_a, **_n: [], "comment_draft"),
    (clearing, "_clear_notices", lambda *_a, **_n: None, "notice"),
    (service, "_settle_requests", lambda *_a, **_n: None, "data_request"),
    (clearing, "remove_bytes", lambda *_a: 0, "files/"),
)


@pytest.mark.parametrize(("where", "what", "fault", "found"), FAULTS, ids=[fault[1] for fault in FAULTS])
def test_the_search_finds_what_a_fault_leaves(world, consultation, monkeypatch, where, what, fault, found):
    who = citizen(1, now=at("2026-01-05T10:00"))
    live(world, consultation, who)
    monkeypatch.setattr(where, what, fault)
    erase(who)
    assert any(place.startswith(found) for place in traces())
    assert db.session.scalar(select(Letter.erased_at)) is not None
