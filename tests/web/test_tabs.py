"""The tabs of the staff pages: few in the first row, the rest with their group, none without work."""

import pytest

from participation.web import navigation

FIRST_ROW = {
    "office": ["Dispatch", "Ledger", "Consultations", "Major decisions", "Notices"],
    "officer": ["Letters", "Consultations", "Major decisions", "Notices"],
    "head": ["Approvals", "Letters", "Ledger", "Consultations", "Major decisions", "Notices"],
    "auditor": ["Ledger", "Consultations", "Major decisions", "Notices"],
    "administrator": ["People and posts", "Notices"],
}


@pytest.mark.parametrize("login", FIRST_ROW)
def test_the_first_row_has_what_the_person_works_with(world, login):
    assert [tab.label for tab in navigation.tabs_for(world.actor(login))] == FIRST_ROW[login]


def test_a_tab_stands_under_the_first_leading_one_that_the_person_may_use(app, world):
    def leads(login: str, endpoint: str) -> str | None:
        actor = world.actor(login)
        for lead in navigation.tabs_for(actor):
            if endpoint in [tab.endpoint for tab in navigation.group_of(actor, lead)[1:]]:
                return lead.endpoint
        return None

    assert leads("office", "mailbox.refused") == "mailbox.dispatch"
    assert leads("auditor", "mailbox.refused") == "oversight.ledger"
    assert leads("officer", "mailbox.enter") == "mailbox.desk"
    assert leads("officer", "mailbox.supervision") is None
    assert leads("auditor", "mailbox.gaps") is None


def test_the_second_row_is_on_the_pages_of_its_group_and_the_first_row_says_how_much_waits(client, world):
    world.sign_in(client, "officer")
    assert 'href="/desk/promises"' in client.get("/desk").text
    assert 'href="/desk/promises"' in client.get("/desk/enter").text
    assert 'href="/desk/promises"' not in client.get("/notices").text
