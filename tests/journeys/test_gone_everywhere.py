"""What is hidden or withdrawn is gone from every page, search, feed, file and data at the next request."""

import io
import zipfile

import pytest

from participation.consultations import service
from participation.extensions import db
from tests.consultations.periods import answered, at, closed, commented, opened

SECRET = "王建军的手机是一三八零零"
KEPT = "第二条请写清楚楼道照明归谁管。"


def everywhere(client, number: int, phrase: str) -> dict[str, str]:
    """What each public address says now, unpacked where it is an archive."""
    page = f"/consultations/{number}"
    paths = [
        "/", "/consultations", f"/consultations?q={phrase}", f"/search?q={phrase}", "/consultations.atom",
        "/consultations.ics", page, f"{page}?clause=第二条", f"{page}.json", f"{page}.csv", f"{page}/feedback",
        f"{page}/feedback.docx", f"{page}/feedback.xlsx",
    ]  # fmt: skip
    found = {}
    for path in paths:
        answer = client.get(path)
        if answer.status_code == 404:
            continue
        assert answer.status_code == 200, path
        assert answer.cache_control.max_age is None or answer.cache_control.max_age <= 60, path
        # The search page repeats what was asked for; what it found stands in the list.
        text = str(answer.get_json()) if answer.is_json else unpacked(answer.data)
        found[path] = text.replace(f"q={phrase}", "")
    return found


def unpacked(data: bytes) -> str:
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.fixture
def shown(world):
    consultation = opened(world)
    leaked = commented(consultation, text=f"{SECRET}，他反对。", consent_public=True)
    kept = commented(consultation, text=KEPT, consent_public=True)
    service.show(consultation, [leaked.id, kept.id], actor=world.actor("officer"), now=at("2026-11-11T09:00"))
    db.session.commit()
    return consultation, leaked, kept


def holding(client, number: int, phrase: str) -> set[str]:
    asked = {f"/consultations?q={phrase}", f"/search?q={phrase}"}
    return {path for path, text in everywhere(client, number, phrase).items() if phrase in text and path not in asked}


@pytest.mark.parametrize("way", ["hidden", "withdrawn"])
def test_gone_from_everything_at_the_next_request(world, client, played, shown, way):
    consultation, leaked, _kept = shown
    number, page, tombstone = consultation.id, f"/consultations/{consultation.id}", leaked.number
    with played("2026-11-12T09:00"):
        assert {page, f"{page}.json", f"{page}.csv"} <= holding(client, number, SECRET)
        now = at("2026-11-12T09:00")
        if way == "hidden":
            service.propose_hiding(consultation, leaked, ground="personal_data", actor=world.actor("officer"), now=now)
        else:
            service.withdraw_comment(leaked, consultation, actor=world.actor("officer"), now=now)
        db.session.commit()
        assert holding(client, number, SECRET) == set()
        assert page in holding(client, number, KEPT)
        assert tombstone in client.get(page).text


def test_gone_from_the_published_feedback_and_its_files_too(world, client, played, shown):
    consultation, leaked, kept = shown
    closed(consultation)
    answered(world, consultation, [leaked, kept], "adopted")
    now = at("2026-12-05T09:00")
    service.submit_feedback(consultation, actor=world.actor("officer"), now=now)
    service.publish_feedback(consultation, actor=world.actor("head"), now=now)
    db.session.commit()
    number = consultation.id
    with played("2026-12-06T09:00"):
        assert holding(client, number, SECRET)
        now = at("2026-12-06T09:00")
        service.propose_hiding(consultation, leaked, ground="personal_data", actor=world.actor("officer"), now=now)
        db.session.commit()
        assert holding(client, number, SECRET) == set()
        counts = client.get(f"/consultations/{number}.json").get_json()["counts"]
        assert (counts["received"], counts["adopted"]) == (2, 2), "it is answered all the same"
