"""What waits for the head is counted beside the tab; a consultation and its decision name each other."""

from sqlalchemy import select

from participation.consultations import service
from participation.consultations.models import Consultation
from participation.extensions import db
from tests.consultations.periods import at, drafted, opened
from tests.decisions.district import play, published_item

WAITS = "项等您办理"


def test_a_submitted_consultation_waits_beside_the_heads_tab(world, app, played):
    officer, head = world.sign_in(app.test_client(), "officer"), world.sign_in(app.test_client(), "head")
    consultation = drafted(world)
    db.session.commit()
    assert WAITS not in head.get("/approvals").text
    service.submit(consultation, actor=world.actor("officer"), now=at("2026-11-02T10:00"))
    db.session.commit()
    assert WAITS in head.get("/approvals").text
    assert "1 项征求意见等您审定" in head.get("/desk/consultations").text
    assert WAITS not in officer.get("/desk").text


def test_a_decision_that_is_not_there_is_refused(client, world):
    world.sign_in(client, "officer")
    given = {"department": world.department["housing"], "title": "停车办法", "kind": "major_decision"}
    answer = client.submit("/desk/consultations/new", given | {"decision": "4242"})
    assert answer.status_code == 422
    assert "没有这个编号的重大决策事项" in answer.text
    assert db.session.scalar(select(Consultation)) is None


def test_from_the_decision_to_its_consultation_and_back(client, world):
    decision = published_item(world, lead_department_id=world.department["housing"])
    play(world, decision, until="drafting")
    consultation = opened(world, decision_id=decision.id)
    assert f'href="/decisions/{decision.id}"' in client.get(f"/consultations/{consultation.id}").text
    world.sign_in(client, "officer")
    assert f"/desk/decisions/items/{decision.id}" in client.get(f"/desk/consultations/{consultation.id}").text
    begun = f"/desk/consultations/new?decision={decision.id}"
    assert begun in client.get(f"/desk/decisions/items/{decision.id}").text
    assert "机动车停车管理办法（征求意见稿）" in client.get(begun).text


def test_the_head_reads_the_special_explanation(world, app, played):
    from tests.consultations.periods import answered, closed, commented

    consultation = opened(world)
    rows = [commented(consultation) for _ in range(3)]
    closed(consultation)
    point = answered(world, consultation, rows, "not_adopted")
    db.session.commit()
    client, page = app.test_client(), f"/desk/consultations/{consultation.id}/feedback"
    with played("2026-12-05T10:00"):
        world.sign_in(client, "head")
        assert "还缺专门说明" in client.get(page).text
        service.answer_point(
            consultation, point, outcome="not_adopted", reason="区财政每年安排的补助总额已经确定。",
            clause_id=None, change="", actor=world.actor("officer"), now=at("2026-12-05T08:00"),
            special="改为试行一年后再评估。",
        )  # fmt: skip
        service.submit_feedback(consultation, actor=world.actor("officer"), now=at("2026-12-05T09:00"))
        db.session.commit()
        shown = client.get(page).text
        assert "改为试行一年后再评估。" in shown
        assert "feedback/publish" in shown
