"""The public page of a consultation says both dates of what was lengthened or begun anew."""

from datetime import date

from participation.consultations import service
from participation.extensions import db
from tests.browse import words
from tests.consultations.periods import TEXT, at, commented, opened


def test_an_extended_period_names_the_old_last_day_and_the_new(world, client, played):
    consultation = opened(world)
    service.extend(
        consultation, ends_on=date(2026, 12, 9), feedback_on=None, reason="多听几天。", actor=world.actor("head"),
        now=at("2026-11-20T10:00"),
    )  # fmt: skip
    db.session.commit()
    with played("2026-11-20T12:00"):
        shown = words(client.get(f"/consultations/{consultation.id}").text)
    assert "已延长：原定 12月2日（周三）截止，现为 12月9日（周三）截止" in shown
    assert "12月9日 24:00 截止" in shown
    assert "还剩 19 天" in shown


def test_a_period_begun_anew_says_from_when_and_what_counts(world, client, played):
    consultation = opened(world)
    commented(consultation)
    service.revise(
        consultation, text=TEXT.replace("十五万元", "十八万元"), reason="补助标准提高。", ends_on=date(2026, 12, 21),
        feedback_on=date(2027, 1, 15), actor=world.actor("head"), now=at("2026-11-20T10:00"),
    )  # fmt: skip
    db.session.commit()
    with played("2026-11-20T12:00"):
        page = client.get(f"/consultations/{consultation.id}").text
        data = client.get(f"/consultations/{consultation.id}.json").json
    shown = words(page)
    assert "11月20日起重新征求意见" in shown
    assert "征求意见最早从 11月2日（周一）开始" in shown
    assert "11月20日 公布" in shown
    assert page.count("补助标准提高。") == 1
    assert data["restarted_from"] == "2026-11-02"
    assert data["starts_on"] == "2026-11-20"
