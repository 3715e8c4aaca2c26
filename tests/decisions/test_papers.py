"""The papers of a decision at the service: what is refused, by whom it is checked, what stays."""

import hashlib
from datetime import date

import pytest
from msgspec.structs import replace

from participation.access import ANYONE
from participation.decisions import service
from participation.decisions.papers import PAPER_ROLES
from participation.decisions.queries import papers as queries
from participation.decisions.service import paper_checks, papers
from participation.documents.models import Document
from participation.errors import Refused
from participation.evidence import service as evidence
from participation.evidence import verification
from participation.extensions import db
from participation.files.models import StoredFile
from tests.decisions.district import at, catalogue, item, published_item
from tests.decisions.paper_shelf import KEY, TEXT, checked, enter, published, reference, stage, word
from tests.files import samples as s

INTERNAL = ["legality_opinion", "meeting_minutes", "party_paper"]
NEVER = "This paper is internal and is never stored on this site. Name its title, its day and who keeps it instead."


def said(call, *args, **kwargs) -> tuple[str, str, str]:
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    db.session.rollback()
    return refused.value.code, refused.value.message, refused.value.field


def test_the_internal_papers_are_these():
    assert [role for role, paper in PAPER_ROLES.items() if paper.internal] == INTERNAL


@pytest.mark.parametrize("role", INTERNAL)
@pytest.mark.parametrize("form", ["text", "file"])
@pytest.mark.parametrize("attribute", ["public", "on_request", "not_public"])
def test_an_internal_role_cannot_be_uploaded_at_the_service_not_only_at_the_form(world, role, form, attribute):
    decision = published_item(world)
    stage(world, "意见.pdf", s.pdf())
    answer = said(
        enter, world, decision, role=role, form=form, attribute=attribute, ground_kind="process", form_key=KEY
    )
    assert answer == ("invalid", NEVER, "form")
    assert (queries.of(decision.id, actor=world.actor("office")), db.session.query(Document).count()) == ([], 0)


def test_a_report_that_is_not_public_is_only_named(world):
    decision = published_item(world)
    code, message, field = said(
        enter, world, decision, role="risk_report", attribute="not_public", ground_kind="third_party"
    )
    assert (code, field) == ("invalid", "form")
    assert message.startswith("What is not public is never stored on this site.")


def test_on_the_government_network_an_internal_paper_may_be_stored(world, app, monkeypatch):
    settings = app.extensions["settings"]
    monkeypatch.setitem(app.extensions, "settings", replace(settings, intranet=True))
    paper = enter(
        world, published_item(world), role="legality_opinion", attribute="not_public", ground_kind="process",
        title="合法性审查意见",
    )  # fmt: skip
    assert (paper.form, paper.step) == ("text", "legality")


def test_a_reference_says_title_day_and_who_keeps_it(world):
    decision = published_item(world)
    assert said(reference, world, decision, custodian="") == (
        "invalid", "Name the unit that keeps the paper.", "custodian"
    )  # fmt: skip
    assert said(reference, world, decision, signed_on=None) == (
        "invalid", "Write the day of the paper.", "signed_on"
    )  # fmt: skip
    paper = reference(world, decision)
    assert (paper.step, paper.custodian, paper.signed_on) == ("legality", "区司法局", date(2026, 7, 9))
    assert queries.roles_present(decision.id, 1) == {"legality_opinion": "reference"}


@pytest.mark.parametrize("attribute", ["on_request", "not_public"])
def test_what_not_everybody_reads_has_its_ground(world, attribute):
    decision = published_item(world)
    answer = said(reference, world, decision, attribute=attribute, ground_kind="")
    assert answer == ("invalid", "Say on what ground the paper is not public to everybody.", "ground_kind")


def test_without_an_attribute_no_paper_is_entered(world):
    answer = said(enter, world, published_item(world), attribute="")
    assert answer == ("invalid", "Say whether the paper is public.", "attribute")


def test_a_ground_in_words_tells_nobodys_name_or_number(world):
    answer = said(reference, world, published_item(world), ground_kind="", ground="涉及投诉人王建国，电话13805331234")
    assert answer == ("invalid", "The ground is public and says “%(text)s”. Leave that out.", "ground")


@pytest.mark.parametrize("login", ["utilities", "town_head", "auditor", "administrator"])
def test_only_the_unit_in_the_lead_and_the_office_keep_papers(world, login):
    assert said(enter, world, published_item(world), login)[0] == "forbidden"


def test_three_persons_stand_behind_a_public_paper(world):
    paper = enter(world, published_item(world))
    writer, head, office = (world.actor(login) for login in ("officer", "head", "office"))
    now = at("2026-07-10T14:00")
    own = "Whoever entered a paper does not check it: ask a colleague."
    assert said(paper_checks.pass_secrecy, paper, actor=writer, now=now) == ("forbidden", own, "")
    assert said(paper_checks.pass_personal, paper, decided={}, actor=writer, now=now) == ("forbidden", own, "")
    assert said(paper_checks.publish, paper, actor=writer, now=now) == (
        "wrong_time", "A colleague checks the paper for secrets first.", ""
    )  # fmt: skip
    paper_checks.pass_secrecy(paper, actor=head, now=now)
    db.session.commit()
    assert said(paper_checks.publish, paper, actor=writer, now=now) == (
        "wrong_time", "A colleague checks the paper for personal data first.", ""
    )  # fmt: skip
    assert said(paper_checks.pass_personal, paper, decided={}, actor=head, now=now) == (
        "forbidden", "The two checks are made by two different persons: ask another colleague.", ""
    )  # fmt: skip
    paper_checks.pass_personal(paper, decided={}, actor=office, now=now)
    paper_checks.publish(paper, actor=writer, now=now)
    db.session.commit()
    assert (paper.published_on, paper.secrecy_by, paper.personal_by) == (
        date(2026, 7, 10), world.person["head"], world.person["office"]
    )  # fmt: skip
    assert queries.roles_present(paper.decision_id, 1) == {"draft": "published"}


def test_the_database_too_wants_two_other_persons(world):
    from sqlalchemy.exc import IntegrityError

    paper = enter(world, published_item(world))
    paper.secrecy_by, paper.secrecy_at = paper.entered_by, at("2026-07-10T14:00")
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_every_place_that_may_be_personal_is_decided_before_the_check_passes(world):
    paper = enter(world, published_item(world), text="联系人：王建国，电话 13805331234，身份证号 370306198001012359。")
    found = paper_checks.findings_of(paper)
    assert [(one.kind, one.text) for one in found] == [
        ("name", "王建国"), ("phone", "13805331234"), ("id", "370306198001012359")
    ]  # fmt: skip
    office, now = world.actor("office"), at("2026-07-10T15:00")
    some = {found[0].key: "office", found[1].key: "contact"}
    assert said(paper_checks.pass_personal, paper, decided=some, actor=office, now=now) == (
        "invalid", "Decide about every place, or return the paper: “%(text)s” is open.", found[2].key
    )  # fmt: skip
    paper_checks.pass_personal(paper, decided={**some, found[2].key: "agreed"}, actor=office, now=now)
    db.session.commit()
    assert [(row["kind"], row["why"]) for row in paper.kept] == [
        ("name", "office"), ("phone", "contact"), ("id", "agreed")
    ]  # fmt: skip


def test_a_changed_paper_is_checked_anew(world):
    paper = checked(world, enter(world, published_item(world)))
    fields = papers.PaperFields(role="draft", form="text", title="草案", attribute="public", text="第一条 改了。")
    papers.rewrite(paper, fields=fields, actor=world.actor("head"), now=at("2026-07-11T09:00"))
    db.session.commit()
    assert (paper.secrecy_by, paper.personal_by, paper.entered_by) == (None, None, world.person["head"])
    head = said(paper_checks.pass_secrecy, paper, actor=world.actor("head"), now=at("2026-07-11T10:00"))
    assert head[0] == "forbidden"


def test_a_returned_paper_waits_until_it_is_changed(world):
    paper = enter(world, published_item(world))
    head, now = world.actor("head"), at("2026-07-10T14:00")
    assert said(paper_checks.send_back, paper, reason=" ", actor=head, now=now)[2] == "reason"
    paper_checks.send_back(paper, reason="请删去电话号码", actor=head, now=now)
    db.session.commit()
    assert said(paper_checks.pass_secrecy, paper, actor=head, now=now) == (
        "wrong_time", "The paper was returned to be changed. Check it when it is changed.", ""
    )  # fmt: skip


def test_a_public_paper_is_frozen_and_a_correction_is_a_new_version_with_its_reason(world):
    paper = published(world, published_item(world))
    fingerprint = hashlib.sha256(f"{paper.title}\n{TEXT}".encode()).hexdigest()
    assert paper.sha256 == fingerprint
    fields = papers.PaperFields(role="draft", form="text", title=paper.title, attribute="public", text=TEXT + "改")
    writer, now = world.actor("officer"), at("2026-08-03T09:00")
    assert said(papers.rewrite, paper, fields=fields, actor=writer, now=now) == (
        "wrong_time", "This paper is public and frozen. Enter a new version, with the reason.", ""
    )  # fmt: skip
    assert said(papers.renew, paper, fields=fields, reason="", actor=writer, now=now)[2] == "reason"
    newer = papers.renew(paper, fields=fields, reason="第二条有笔误", actor=writer, now=now)
    db.session.commit()
    assert [row.number for row in queries.versions_of(paper)] == [1]
    checked(world, newer)
    paper_checks.publish(newer, actor=writer, now=at("2026-08-04T09:00"))
    db.session.commit()
    assert [row.number for row in queries.versions_of(paper)] == [2, 1]
    assert queries.of(paper.decision_id) == [newer]
    assert paper.sha256 == fingerprint
    assert said(papers.renew, paper, fields=fields, reason="再改", actor=writer, now=now)[1] == (
        "There is a newer version of this paper already."
    )


def test_the_decision_is_not_published_before_the_meeting_that_took_it(world):
    paper = checked(world, enter(world, published_item(world), role="decision_text", title="机动车停车管理办法"))
    assert said(paper_checks.publish, paper, actor=world.actor("office"), now=at("2026-07-10T16:00")) == (
        "wrong_time", "Record the meeting that decided first.", ""
    )  # fmt: skip


def test_validity_is_an_act_of_its_own_and_leaves_the_text_alone(world):
    paper = published(world, published_item(world), signed_on=date(2026, 7, 8))
    before, office, now = paper.sha256, world.actor("office"), at("2027-03-01T09:00")
    act = paper_checks.set_validity
    assert (
        said(act, paper, validity="repealed", on=date(2026, 7, 1), reason="新办法施行", actor=office, now=now)[2]
        == "on"
    )
    assert said(act, paper, validity="repealed", on=date(2027, 3, 1), reason="", actor=office, now=now)[2] == "reason"
    act(paper, validity="repealed", on=date(2027, 3, 1), reason="新办法施行", actor=office, now=now)
    db.session.commit()
    assert (paper.validity, paper.validity_on, paper.sha256) == ("repealed", date(2027, 3, 1), before)
    assert evidence.entry_for("decision_paper", paper.id).verb == "decision.paper_validity_set"


def test_what_was_never_public_is_removed_with_its_words_and_its_file(world):
    decision = published_item(world)
    stage(world, "草案.docx", word())
    paper = enter(world, decision, form="file", form_key=KEY, text="")
    assert (db.session.query(Document).count(), db.session.query(StoredFile).count()) == (1, 1)
    papers.take_back(paper, reason="传错了文件", actor=world.actor("officer"), now=at("2026-07-10T17:00"))
    db.session.commit()
    assert (db.session.query(Document).count(), db.session.query(StoredFile).count(), paper.file_id) == (0, 0, None)
    assert queries.roles_present(decision.id, 1) == {}
    assert verification.verify().ok
    assert evidence.entry_for("decision_paper", paper.id).verb == "decision.paper_taken_back"


def test_everybody_knows_that_there_is_a_paper_that_is_not_public_and_nothing_of_a_draft(world):
    decision = published_item(world)
    enter(world, decision)
    hidden = reference(world, decision)
    for actor in (ANYONE, world.actor("utilities"), world.actor("administrator")):
        assert queries.of(decision.id, actor=actor) == [hidden]
    for login in ("officer", "head", "office", "auditor"):
        assert [row.role for row in queries.of(decision.id, actor=world.actor(login))] == ["draft", "legality_opinion"]


def test_two_people_at_one_paper_the_second_is_told(world):
    paper = enter(world, published_item(world))
    seen = paper.version
    paper_checks.pass_secrecy(paper, seen=seen, actor=world.actor("head"), now=at("2026-07-10T14:00"))
    db.session.commit()
    answer = said(
        paper_checks.send_back, paper, reason="再改", seen=seen, actor=world.actor("office"), now=at("2026-07-10T15:00")
    )
    assert answer[0] == "conflict"


def test_every_act_on_papers_is_recorded_and_the_log_verifies(world):
    decision = published_item(world)
    stage(world, "草案.docx", word())
    paper = published(world, decision, form="file", form_key=KEY, text="")
    reference(world, decision)
    assert verification.verify().ok
    assert [entry.verb for entry in evidence.entries_of("decision_paper", paper.id)] == [
        "decision.paper_entered",
        "decision.paper_secrecy_checked",
        "decision.paper_personal_checked",
        "decision.paper_published",
    ]


def test_the_log_holds_nothing_by_which_a_hidden_paper_could_be_guessed(world):
    paper = published(
        world, published_item(world), role="risk_report", attribute="on_request", ground_kind="third_party",
        title="风险评估报告", text="风险点：商户反对。",
    )  # fmt: skip
    payloads = "".join(entry.payload for entry in evidence.entries_of("decision_paper", paper.id))
    assert (paper.sha256 != "", paper.sha256 in payloads, paper.title in payloads) == (True, False, False)
    document = db.session.query(Document).one()
    assert paper.sha256 not in "".join(entry.payload for entry in evidence.entries_of("document", document.id))


def test_nothing_of_a_decision_that_is_not_public_goes_out(world):
    decision = item(world, catalogue(world))
    paper = checked(world, enter(world, decision))
    assert said(paper_checks.publish, paper, actor=world.actor("office"), now=at("2026-07-10T16:00")) == (
        "wrong_time", "Publish the catalogue first, with both approvals.", ""
    )  # fmt: skip
    hidden = reference(world, decision)
    assert queries.paper(hidden.id, decision_id=decision.id) is None


def test_when_a_decision_has_ended_its_papers_can_only_be_taken_back_or_lose_their_force(world):
    decision = published_item(world)
    paper = published(world, decision)
    office, now = world.actor("office"), at("2026-09-01T09:00")
    service.terminate(decision, reason="条件变化", actor=office, now=now)
    db.session.commit()
    ended = ("wrong_time", "This decision has ended; no paper is added or changed.", "")
    assert said(enter, world, decision) == ended
    fields = papers.PaperFields(role="draft", form="text", title="草案", attribute="public", text="改")
    assert said(papers.renew, paper, fields=fields, reason="改", actor=office, now=now) == ended
    papers.take_back(paper, reason="含有个人信息", actor=office, now=now)
    db.session.commit()
    assert (paper.is_readable, queries.of(decision.id)) == (False, [paper])
