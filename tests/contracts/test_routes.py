"""Every route, method and role: the table in docs/routes.md is generated from `url_map`, and the
application behaves as it says. A view that names no capability fails."""

from pathlib import Path

import pytest

from participation.access import GRANTS, Role
from participation.web.guards import capability_of
from participation.web.route_table import rows, table

DOCUMENT = Path(__file__).parents[2] / "docs" / "routes.md"


def test_every_route_names_its_capability(app):
    unnamed = [rule.endpoint for rule in app.url_map.iter_rules() if capability_of(app, rule.endpoint) is None]
    assert [name for name in unnamed if name != "static"] == []


def test_the_committed_table_is_today_s(app):
    assert DOCUMENT.read_text("utf-8") == table(app), "run: flask --app run routes-table > docs/routes.md"


LOGINS = {
    Role.OFFICER: "officer",
    Role.HEAD: "head",
    Role.OFFICE: "office",
    Role.AUDITOR: "auditor",
    Role.ADMINISTRATOR: "administrator",
}


@pytest.mark.parametrize("role", [Role.PUBLIC, *LOGINS])
def test_a_role_gets_past_the_guard_only_where_the_table_grants_it(app, world, role):
    client = app.test_client()
    if role is not Role.PUBLIC:
        world.sign_in(client, LOGINS[role])
    token = client.token()
    for row in rows(app):
        if row.endpoint == "accounts.sign_out":
            continue
        path = row.example
        for method in row.methods:
            data = {"csrf_token": token} if method == "POST" else None
            answer = client.open(path, method=method, data=data)
            answer.close()
            granted = row.capability in GRANTS[role]
            to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in?next=")
            if granted:
                # Past the guard: found or not, accepted or refused by the rule - but never turned away.
                # (503: no migration laid these tables, and /readyz says so.)
                unready = row.endpoint == "watching.readyz" and answer.status_code == 503
                assert answer.status_code < 500 or unready, f"{role} {method} {path}"
                assert not to_sign_in, f"{role} {method} {path}"
            else:
                assert answer.status_code == 403 or to_sign_in, f"{role} {method} {path}: {answer.status_code}"
