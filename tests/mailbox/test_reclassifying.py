"""A letter that is also a petition or a disclosure request: the law's clock is added, none is taken."""

import pytest

from participation import clock
from participation.duties import queries as duty_queries
from participation.errors import Refused
from participation.extensions import db
from participation.mailbox import service
from participation.mailbox.models import LegalOutcome, Letter
from participation.notices.models import Notice
from tests.browse import words
from tests.mailbox import letters


@pytest.fixture
def letter(world, played) -> int:
    """Received on Monday 23 November 2026."""
    with played("2026-11-23T09:00"):
        return letters.received(clock.now()).id


def reclassified(world, played, letter_id: int, into: str, at: str = "2026-11-24T09:00") -> Letter:
    stored = db.session.get(Letter, letter_id)
    with played(at):
        service.reclassify(stored, into=into, basis="信里请求重新认定", actor=world.actor("office"), now=clock.now())
        db.session.commit()
    return stored


def owed(letter_id: int) -> dict[str, str]:
    return {duty.kind: str(duty.due_on) for duty in duty_queries.duties_of("letter", letter_id) if duty.is_open}


def test_a_petition_adds_fifteen_days_from_receipt_and_sixty_from_acceptance(world, played, letter):
    reclassified(world, played, letter, "petition")
    assert owed(letter) == {
        "letter_dispatch": "2026-11-24",
        "letter_answer": "2026-11-30",
        "petition_notice": "2026-12-08",
        "petition_handling": "2027-01-23",
    }
    duty = duty_queries.duty_for("letter", letter, "petition_notice")
    assert (duty.article, duty.basis) == ("信访工作条例 第二十三条", "law")


def test_a_disclosure_request_adds_twenty_workdays(world, played, letter):
    reclassified(world, played, letter, "disclosure")
    assert owed(letter)["disclosure_reply"] == "2026-12-22"
    assert owed(letter)["letter_answer"] == "2026-11-30"


def test_the_writer_is_told_what_is_new_and_what_stays(world, played, letter):
    stored = reclassified(world, played, letter, "petition")
    told = db.session.query(Notice).filter_by(verb="letter_reclassified").one().body
    assert stored.number in told
    assert "信访事项" in told
    assert "12月8日" in told.replace(" ", "")
    assert "11月30日" in told.replace(" ", "")


def test_it_needs_a_basis_and_happens_once(world, played, letter):
    stored, office = db.session.get(Letter, letter), world.actor("office")
    with played("2026-11-24T09:00"):
        for values in ({"into": "petition", "basis": ""}, {"into": "nonsense", "basis": "理由"}):
            with pytest.raises(Refused) as refused:
                service.reclassify(stored, **values, actor=office, now=clock.now())
            assert refused.value.code == "invalid"
    reclassified(world, played, letter, "petition")
    with played("2026-11-24T10:00"), pytest.raises(Refused) as again:
        service.reclassify(stored, into="disclosure", basis="理由", actor=office, now=clock.now())
    assert again.value.code == "wrong_time"


def test_the_legal_duty_goes_where_the_letter_goes(world, played, letter):
    stored = reclassified(world, played, letter, "disclosure")
    with played("2026-11-24T10:00"):
        service.assign(stored, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
        db.session.commit()
    assert duty_queries.duty_for("letter", letter, "disclosure_reply").department_id == world.department["housing"]


def test_neither_the_answer_nor_a_refusal_meets_the_legal_duty(world, played, letter):
    stored = reclassified(world, played, letter, "disclosure")
    office = world.actor("office")
    with played("2026-11-24T10:00"):
        service.refuse(
            stored, ground="disclosure", text="请按依申请公开办。", proper_channel="网站", actor=office, now=clock.now()
        )
        db.session.commit()
    assert owed(letter) == {"disclosure_reply": "2026-12-22"}


def test_the_outcome_meets_the_legal_duty_only(world, played, letter):
    stored = reclassified(world, played, letter, "disclosure")
    housing = world.department["housing"]
    with played("2026-11-24T10:00"):
        service.assign(stored, department_id=housing, actor=world.actor("office"), now=clock.now())
        duty = duty_queries.duty_for("letter", letter, "disclosure_reply")
        with pytest.raises(Refused) as refused:
            service.settle(stored, duty, outcome="公开", document_number="", actor=world.actor("town"), now=clock.now())
        assert refused.value.code == "forbidden"
    with played("2026-12-22T23:59:59"):
        service.settle(
            stored,
            duty,
            outcome="予以公开",
            document_number="周住建〔2026〕9号",
            actor=world.actor("officer"),
            now=clock.now(),
        )
        db.session.commit()
    assert (duty.met_late, service.answer_duty(stored).is_open) == (False, True)
    assert db.session.query(LegalOutcome).one().document_number == "周住建〔2026〕9号"


def test_the_pages_list_what_is_open_and_take_the_outcome(app, client, world, played, letter):
    with played("2026-11-24T09:00"):
        world.sign_in(client, "office")
        path = f"/dispatch/{letter}"
        assert client.submit(path, {"into": "petition", "basis": ""}, to=f"{path}/reclassify").status_code == 422
        data = {"into": "petition", "basis": "信里请求重新认定"}
        assert client.submit(path, data, to=f"{path}/reclassify").status_code == 303
        page = words(client.get("/legal").text)
        assert page.count("信访") >= 2
        duty = duty_queries.duty_for("letter", letter, "petition_notice").id
        assert client.submit(f"/legal/{duty}", {"outcome": ""}).status_code == 422
        assert client.submit(f"/legal/{duty}", {"outcome": "已受理", "document_number": ""}).status_code == 303
        assert client.get(f"/legal/{duty}").status_code == 409
        other = world.sign_in(app.test_client(), "town")
        assert "永安街" not in other.get("/legal").text
        assert other.get(f"/legal/{duty}").status_code == 404


def test_the_auditor_reads_every_refusal_with_ground_text_and_who(app, world, played, letter):
    with played("2026-11-24T10:00"):
        service.refuse(
            db.session.get(Letter, letter),
            ground="litigation",
            text="法院已经受理，由法院判决。",
            proper_channel="区人民法院",
            actor=world.actor("office"),
            now=clock.now(),
        )
        db.session.commit()
        auditor = world.sign_in(app.test_client(), "auditor")
        page = words(auditor.get("/refused").text)
        assert all(part in page for part in ("1 封", "法院已经受理", "区人民法院", "孙丽"))
        assert "法院已经受理，由" not in auditor.get("/refused?ground=repeat").text
        assert 'href="/refused"' in auditor.get("/").text or 'href="/refused"' in auditor.get("/refused").text
        assert world.sign_in(app.test_client(), "officer").get("/refused").status_code == 403
