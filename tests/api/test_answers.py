"""Every list and every single thing: shape, language, fingerprint, who may read it; and wrong requests."""

from datetime import timedelta

import pytest

from participation import clock
from participation.accounts import throttle
from participation.api.resources import LISTED
from tests import district
from tests.mailbox import letters

LISTS = [f"/api/v1/{resource.name}" for resource in LISTED]
PROBLEM = "application/problem+json"


@pytest.fixture
def settled(kept, played):
    place = kept(district.settle)
    with played(district.NOW):
        yield place


@pytest.mark.parametrize("path", LISTS)
def test_a_list_answers_with_rows_a_fingerprint_and_no_cookie(client, settled, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Cache-Control"] == "public, max-age=30, must-revalidate"
    assert isinstance(answer.json["data"], list)
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    head = client.head(path)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", answer.headers["ETag"])


def test_single_things_are_found_by_their_keys_and_hidden_ones_are_not(client, settled):
    for path in (
        "catalogues/2026", f"decisions/{settled.decision}", f"consultations/{settled.consultation}",
        f"letters/{settled.letter}", "calendar/2026-10-01", "departments/1", "duties/1",
    ):  # fmt: skip
        assert client.get(f"/api/v1/{path}").status_code == 200, path
    for path in (
        "catalogues/2025", f"decisions/{settled.hidden_decision}", f"consultations/{settled.hidden_consultation}",
        f"letters/{settled.hidden_letter}", f"feedback/{settled.consultation}", "calendar/2026-13-01",
        "calendar/x", "departments/99", "duties/99999", "checkpoints/5", "letters/99999999999999999999", "nothing",
    ):  # fmt: skip
        answer = client.get(f"/api/v1/{path}")
        assert (answer.status_code, answer.mimetype, answer.json["status"]) == (404, PROBLEM, 404), path


def test_words_stand_beside_codes_in_the_language_asked_for(client, settled):
    path = f"/api/v1/consultations/{settled.consultation}"

    def label(**asked):
        answer = client.get(path, **asked)
        return answer.json["stage"], answer.json["stage_label"], answer.headers["Content-Language"]

    assert label() == ("open", "正在征求意见", "zh-CN")
    assert label(headers={"Accept-Language": "en-GB,en;q=0.8"}) == ("open", "Open for comment", "en")
    assert label(headers={"Accept-Language": "zh-TW"}) == ("open", "正在征求意见", "zh-CN")
    assert label(headers={"Accept-Language": "en"}, query_string={"lang": "zh"}) == ("open", "正在征求意见", "zh-CN")
    client.set_cookie("lang", "en")
    assert label()[2] == "zh-CN"


def test_moments_are_universal_and_days_are_days(client, settled):
    told = client.get(f"/api/v1/consultations/{settled.consultation}").json
    assert (told["starts_on"], told["ends_on"]) == ("2026-11-02", "2026-12-04")
    assert (told["published_at"], told["closes_at"]) == ("2026-11-02T02:00:00Z", "2026-12-04T16:00:00Z")


def test_pages_follow_one_another_and_lose_nothing(client, world, played):
    for minute in range(7):
        with played(f"2026-11-16T09:0{minute}"):
            letters.received(clock.now())
    from participation.extensions import db

    db.session.commit()
    with played(district.NOW):
        path, seen = "/api/v1/duties?limit=3&kind=letter_answer", []
        while path:
            answer = client.get(path)
            seen += [row["id"] for row in answer.json["data"]]
            assert ('rel="next"' in answer.headers["Link"]) == (answer.json["next"] is not None)
            path = answer.json["next"]
        assert len(seen) == 7
        assert len(set(seen)) == 7
        assert sorted(seen) == sorted(
            row["id"] for row in client.get("/api/v1/duties?limit=200&kind=letter_answer").json["data"]
        )


def test_days_go_on_from_page_to_page(client, world, played):
    with played(district.NOW):
        first = client.get("/api/v1/calendar?from=2026-09-30&until=2026-10-09&limit=6").json
        second = client.get(first["next"]).json
    days = [(row["day"], row["kind"]) for row in first["data"] + second["data"]]
    assert [day for day, _kind in days] == [
        f"2026-{m:02}-{d:02}" for m, d in [(9, 30), *((10, n) for n in range(1, 10))]
    ]
    assert days[1] == ("2026-10-01", "festival")
    assert second["next"] is None
    assert first["covered_until"] == "2026-12-31"
    with played(district.NOW):
        assert client.get("/api/v1/calendar/2027-03-01").json["provisional"] is True


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"), ("limit=201", "limit"), ("limit=x", "limit"), ("limit=１", "limit"),
        ("limit=1&limit=2", "limit"),
        ("year=999999", "year"), ("stage=nonsense", "stage"), ("nothing=1", "nothing"), ("lang=fr", "lang"),
        ("cursor=abc", None), ("cursor=abc.def", None), ("cursor=", None), ("cursor=%00", None),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_told_by_its_name(client, settled, query, parameter):
    answer = client.get(f"/api/v1/decisions?{query}")
    assert (answer.status_code, answer.mimetype) == (400, PROBLEM)
    assert answer.json.get("parameter") == parameter
    assert answer.json["type"] == "/api#problem-400"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_cursor_belongs_to_its_list_and_its_filters(client, world, played):
    with played(district.NOW):
        cursor = client.get("/api/v1/departments?limit=1").json["next"].partition("cursor=")[2].partition("&")[0]
        assert client.get(f"/api/v1/departments?limit=1&cursor={cursor}").status_code == 200
        assert client.get(f"/api/v1/departments?limit=3&cursor={cursor}").status_code == 200
        for other in (f"letters?cursor={cursor}", f"departments?cursor={cursor[:-1]}", f"departments?cursor=A{cursor}"):
            assert client.get(f"/api/v1/{other}").status_code == 400, other
        days = client.get("/api/v1/calendar?from=2026-01-01&limit=1").json["next"]
        assert client.get(days).status_code == 200
        assert client.get(days.replace("2026-01-01", "2026-02-01")).status_code == 400


def test_what_cannot_be_done_is_told_as_data(client, settled):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = client.open("/api/v1/letters", method=method)
        assert (answer.status_code, answer.mimetype) == (405, PROBLEM)
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    answer = client.get("/api/v1/letters", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (406, PROBLEM)
    assert client.get("/api/v1/letters", headers={"Accept": "*/*"}).status_code == 200
    answer = client.get("/api/v1/letters", headers={"Host": "elsewhere.example"})
    assert (answer.status_code, answer.mimetype) == (400, PROBLEM)
    answer = client.get("/api/v2/letters?lang=en")
    assert (answer.status_code, answer.json["title"]) == (404, "There is nothing at this address")


def test_a_failure_is_told_as_data_and_says_nothing_of_the_inside(app, client, settled, monkeypatch):
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
    try:
        monkeypatch.setattr("participation.mailbox.queries.public.letters", lambda *_a, **_k: 1 / 0)
        answer = client.get("/api/v1/letters")
    finally:
        app.testing = True
        app.config["PROPAGATE_EXCEPTIONS"] = None
    assert (answer.status_code, answer.mimetype) == (500, PROBLEM)
    assert "division" not in answer.text


def test_a_database_without_calendar_is_not_ready(app, client, played):
    with played(district.NOW):
        answer = client.get("/api/v1/calendar")
    assert (answer.status_code, answer.mimetype, answer.headers["Retry-After"]) == (503, PROBLEM, "300")


def test_a_page_elsewhere_may_ask_before_it_asks(client, settled):
    answer = client.options("/api/v1/letters", headers={"Origin": "https://example.org"})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
    assert "RateLimit" not in answer.headers


def test_a_network_has_an_allowance_each_minute(client, world, played, monkeypatch):
    monkeypatch.setattr(throttle, "API_NETWORK", throttle.Limit("api_network", 3, timedelta(minutes=1)))
    with played("2026-11-23T09:00:10"):
        left = [client.get("/api/v1/departments").headers["RateLimit"] for _ in range(3)]
        assert left == ['"network";r=2;t=50', '"network";r=1;t=50', '"network";r=0;t=50']
        answer = client.get("/api/v1/departments")
        assert (answer.status_code, answer.mimetype, answer.headers["Retry-After"]) == (429, PROBLEM, "50")
        assert answer.headers["RateLimit-Policy"] == '"network";q=3;w=60'
        other = client.get("/api/v1/departments", environ_base={"REMOTE_ADDR": "198.51.100.7"})
        assert other.status_code == 200
    with played("2026-11-23T09:01:00"):
        assert client.get("/api/v1/departments").status_code == 200


def test_a_signed_in_officer_reads_the_same(app, world, settled):
    own = world.sign_in(app.test_client(), "officer")
    for path in LISTS:
        mine, everybodys = own.get(path), app.test_client().get(path)
        assert mine.data == everybodys.data, path
        assert "Set-Cookie" not in mine.headers
