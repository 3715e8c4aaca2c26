"""The final text beside the draft, and each change with its reason."""

import pytest

from participation.consultations import service
from participation.consultations.queries import changes, points
from participation.documents import queries as documents
from participation.errors import Refused
from participation.extensions import db
from tests.browse import words
from tests.consultations.periods import TEXT, answered, at, clause_ids, closed, commented, opened

FINAL = TEXT.replace("十五万元", "二十万元").replace("协商分担。", "协商分担，协商不成的由社区调解。")
NOW = at("2026-12-05T10:00")


@pytest.fixture
def sorted_out(world):
    """One comment adopted in clause 3 and one in clause 2; the consultation is being answered."""
    consultation = opened(world)
    first, second = commented(consultation), commented(consultation)
    closed(consultation)
    ids = clause_ids(consultation)
    officer = world.actor("officer")
    for comment, title, clause in ((first, "补助要提高", ids[2]), (second, "谈不拢怎么办", ids[1])):
        point = service.create_point(consultation, title=title, actor=officer, now=NOW)
        service.assign(consultation, point, [comment.id], actor=officer, now=NOW)
        service.answer_point(
            consultation, point, outcome="adopted", reason="", clause_id=clause, change="", actor=officer, now=NOW
        )
    db.session.commit()
    return consultation


def write(world, consultation, text=FINAL):
    return service.write_final(consultation, title="实施办法", text=text, actor=world.actor("officer"), now=NOW)


def told(consultation) -> list[tuple[str, list[str], str]]:
    titles = {line.point.id: line.point.title for line in points.points_of(consultation.id)}
    return [
        (change.kind, [titles[point] for point in sorted(change.point_ids)], change.reason)
        for change in changes.changes_of(consultation.id)
    ]


def test_changes_take_the_opinions_that_named_their_clause(world, sorted_out):
    write(world, sorted_out)
    assert told(sorted_out) == [("changed", ["谈不拢怎么办"], ""), ("changed", ["补助要提高"], "")]


def test_an_unexplained_change_holds_the_feedback_back(world, sorted_out):
    write(world, sorted_out, FINAL + "\n第四条 本办法自公布之日起施行。")
    officer, head = world.actor("officer"), world.actor("head")
    with pytest.raises(Refused, match="1 changes of the text do not say yet why"):
        service.submit_feedback(sorted_out, actor=officer, now=NOW)
    change = changes.changes_of(sorted_out.id)[2]
    assert change.kind == "added"
    with pytest.raises(Refused, match="Choose the opinions") as refused:
        service.explain_change(sorted_out, change, point_ids=[], reason="无", actor=officer, now=NOW)
    assert refused.value.field == "reason"
    service.explain_change(sorted_out, change, point_ids=[], reason="合法性审查时补上的", actor=officer, now=NOW)
    service.submit_feedback(sorted_out, actor=officer, now=NOW)
    service.publish_feedback(sorted_out, actor=head, now=NOW)
    final = changes.final_of(sorted_out.id)
    assert final is not None
    assert final.frozen_at == NOW


def test_an_opinion_of_another_consultation_explains_nothing(world, sorted_out):
    other = opened(world)
    foreign = answered(world, other, [commented(other)], "adopted")
    write(world, sorted_out)
    change = changes.changes_of(sorted_out.id)[0]
    with pytest.raises(Refused, match="Choose opinions from the list"):
        service.explain_change(
            sorted_out, change, point_ids=[foreign.id], reason="", actor=world.actor("officer"), now=NOW
        )


def test_a_final_text_given_again_keeps_what_was_explained(world, sorted_out):
    write(world, sorted_out, FINAL + "\n第四条 施行。")
    change = changes.changes_of(sorted_out.id)[2]
    service.explain_change(
        sorted_out, change, point_ids=[], reason="立法技术需要", actor=world.actor("officer"), now=NOW
    )
    write(world, sorted_out, FINAL + "\n第四条 自公布之日起施行。")
    assert told(sorted_out)[2] == ("added", [], "立法技术需要")
    write(world, sorted_out, TEXT)
    assert told(sorted_out) == []


def test_an_adopted_opinion_without_a_change_is_named(world, sorted_out):
    write(world, sorted_out, TEXT.replace("十五万元", "二十万元"))
    lines = points.points_of(sorted_out.id)
    found = changes.without_change(changes.changes_of(sorted_out.id), lines)
    assert [line.point.title for line in found] == ["谈不拢怎么办"]


def test_the_final_text_is_given_only_after_the_period_and_by_the_department(world):
    consultation = opened(world)
    closed(consultation)
    with pytest.raises(Refused) as refused:
        service.write_final(consultation, title="x", text=FINAL, actor=world.actor("utilities"), now=NOW)
    assert refused.value.code == "forbidden"


def test_everybody_reads_the_comparison_once_the_feedback_is_out(world, app, client, played, sorted_out):
    officer = app.test_client()
    path = f"/consultations/{sorted_out.id}/changes"
    with played("2026-12-05T10:00"):
        world.sign_in(officer, "officer")
        form = {"title": "实施办法", "text": FINAL + "\n第四条 本办法自公布之日起施行。"}
        assert officer.submit(f"/desk/consultations/{sorted_out.id}/final", form).status_code == 303
        assert client.get(path).status_code == 404
        page = officer.get(f"/desk/consultations/{sorted_out.id}/changes")
        assert "1 处改动还没有写明原因" in words(page.text)
        change = changes.changes_of(sorted_out.id)[2].id
        here = f"/desk/consultations/{sorted_out.id}/changes"
        wrong = officer.submit(here, {"reason": ""}, to=f"{here}/{change}")
        assert (wrong.status_code, "请选择因为哪些观点" in words(wrong.text)) == (422, True)
        assert officer.submit(here, {"reason": "合法性审查时补上的"}, to=f"{here}/{change}").status_code == 303
        consultation = db.session.merge(sorted_out)
        service.submit_feedback(consultation, actor=world.actor("officer"), now=NOW)
        service.publish_feedback(consultation, actor=world.actor("head"), now=NOW)
        db.session.commit()
        shown = client.get(path)
        text = words(shown.text)
        assert "4 条里改了 3 条，2 条因为大家的意见" in text
        assert '<del><span class="sr">删去：</span>十五</del>' in shown.text
        assert "不是因为意见 合法性审查时补上的" in text
        for view in ("all", "sides", "new", "nonsense"):
            assert client.get(path + f"?view={view}").status_code == 200


def test_two_versions_of_a_draft_are_compared(world, app, client, played):
    consultation = opened(world)
    service.correct(
        consultation, text=TEXT.replace("十五", "十六"), reason="数字写错", actor=world.actor("head"),
        now=at("2026-11-05T10:00"),
    )  # fmt: skip
    db.session.commit()
    with played("2026-11-06T10:00"):
        page = client.get(f"/consultations/{consultation.id}/draft/1/2")
        assert "草案改了 1 条" in words(page.text)
        assert "数字写错" in words(page.text)
        for path in ("2/1", "1/3", "0/1"):
            assert client.get(f"/consultations/{consultation.id}/draft/{path}").status_code == 404
    assert documents.current("consultation", consultation.id).number == 2  # type: ignore[union-attr]
