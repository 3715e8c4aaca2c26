"""A session ends when it should, whatever cookie comes back."""

from sqlalchemy import event, select

from participation.accounts.models import SignInSession
from participation.extensions import db
from tests.world import PASSWORD

OWN = "/password"
STAFF = "/notices"


def cookie(client):
    return client.get_cookie("pp").value


def replay(app, value):
    """Another browser with a copied cookie."""
    thief = app.test_client()
    thief.set_cookie("pp", value)
    return thief


def enters(client):
    return client.get(OWN).status_code == 200


def test_signing_in_makes_a_new_session_and_a_new_form_token(world, client):
    client.get("/sign-in")
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
        before = session["csrf_token"]
    world.sign_in(client, "officer")
    client.get("/password")
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session["csrf_token"] != before


def test_the_cookie_from_before_signing_in_stays_anonymous(world, client, app):
    client.get("/sign-in")
    before = cookie(client)
    world.sign_in(client, "officer")
    assert enters(client)
    assert not enters(replay(app, before))


def test_every_sign_in_has_a_token_of_its_own_and_only_its_digest_is_stored(world, app):
    clients = [world.sign_in(app.test_client(), "officer") for _ in range(2)]
    tokens = []
    for client in clients:
        with client.session_transaction() as session:
            tokens.append(session["_user_id"])
    stored = set(db.session.scalars(select(SignInSession.token_digest)))
    assert len(set(tokens)) == 2
    assert len(stored) == 2
    assert not stored & set(tokens)


def test_signing_out_ends_the_session_for_a_copied_cookie_too(world, client, app):
    world.sign_in(client, "officer")
    copied = cookie(client)
    assert client.post("/sign-out", data={"csrf_token": client.token("/password")}).status_code == 303
    assert not enters(client)
    assert not enters(replay(app, copied))


def test_signing_out_takes_a_post_with_a_form_token(world, client):
    world.sign_in(client, "officer")
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").status_code == 400
    assert enters(client)


def test_a_changed_password_ends_all_other_browsers(world, app):
    here, there = (world.sign_in(app.test_client(), "officer") for _ in range(2))
    before = cookie(here)
    changed = here.submit(
        "/password", {"present": PASSWORD, "password": "another long one", "again": "another long one"}
    )
    assert changed.status_code == 303
    assert enters(here)
    assert not enters(there)
    assert not enters(replay(app, before))


def test_a_disabled_account_ends_at_the_next_request(world, app):
    officer, administrator = (
        world.sign_in(app.test_client(), "officer"),
        world.sign_in(app.test_client(), "administrator"),
    )
    token = administrator.token("/password")
    administrator.post(f"/people/accounts/{world.person['officer']}/disable", data={"csrf_token": token})
    assert not enters(officer)
    administrator.post(f"/people/accounts/{world.person['officer']}/enable", data={"csrf_token": token})
    assert not enters(officer)


def test_a_post_taken_away_ends_its_rights_at_the_next_request(world, app):
    officer, administrator = (
        world.sign_in(app.test_client(), "officer"),
        world.sign_in(app.test_client(), "administrator"),
    )
    assert officer.get(STAFF).status_code == 200
    page = administrator.get(f"/people/posts/{world.post['officer']}").text
    assert "/people/holdings/" in page
    holding = page.split("/people/holdings/")[1].split("/")[0]
    administrator.post(f"/people/holdings/{holding}/withdraw", data={"csrf_token": administrator.token("/password")})
    assert officer.get(STAFF).status_code == 403


def test_a_session_ends_after_twelve_hours(world, client, played):
    with played("2026-11-23T08:00"):
        world.sign_in(client, "officer")
    with played("2026-11-23T19:59:59"):
        assert enters(client)
    with played("2026-11-23T20:00:00"):
        assert not enters(client)


def test_recognising_a_person_takes_two_queries(world, client):
    world.sign_in(client, "officer")
    asked = []

    def count(_connection, _cursor, statement, *_rest):
        if statement.startswith("SELECT"):
            asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert client.get("/sign-in?next=/letters").location == "/letters"
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert len([statement for statement in asked if "clock_timestamp" not in statement]) == 2


def test_a_one_time_password_opens_nothing_but_the_page_to_replace_it(world, app):
    administrator = world.sign_in(app.test_client(), "administrator")
    page = administrator.post(
        f"/people/accounts/{world.person['officer']}/reset", data={"csrf_token": administrator.token("/password")}
    )
    assert page.headers["Cache-Control"] == "no-store"
    one_time = page.text.split("<strong>")[1].split("</strong>")[0]
    officer = app.test_client()
    assert officer.submit("/sign-in", {"login": "officer", "password": one_time}).status_code == 303
    assert officer.get(STAFF).location == "/password"
    officer.submit("/password", {"present": one_time, "password": "my own long one", "again": "my own long one"})
    assert enters(officer)
