"""A list asks the database as often for fifty rows as for one, and at most eight times."""

import pytest

from participation.api.resources import LISTED
from tests.api.life import lived_in
from tests.contracts.test_query_counts import live, many_more

MOST = 8


def full(world) -> None:
    lived_in(world)
    live(world, 1)
    many_more(world)


@pytest.fixture
def settled(world, kept):
    kept(full)
    return world


@pytest.mark.parametrize("resource", LISTED, ids=lambda each: each.name)
def test_a_list_takes_as_many_queries_for_many_rows_as_for_one(client, settled, played, queries, resource):
    # Each sort of matter is named by its feature, with one query: the same sorts on both pages.
    path = f"/api/v1/{resource.name}?{'kind=letter_answer&' if resource.name == 'duties' else ''}"
    with played("2026-11-23T11:00"):
        client.get(f"{path}limit=1")
        with queries() as one:
            few = client.get(f"{path}limit=1")
        with queries() as many:
            all_ = client.get(f"{path}limit=200")
    assert few.status_code == all_.status_code == 200
    assert len(few.json["data"]) == 1
    # The first counts the request against the network's allowance.
    assert "allowance" in one[1] or "allowance" in one[0], one[:2]
    assert len(many) == len(one)
    assert asked(many) <= MOST


def asked(statements: list[str]) -> int:
    """Without the allowance and the beginnings of transactions."""
    return len([each for each in statements if "allowance" not in each and not each.startswith("BEGIN")])


def test_duties_of_every_sort_stay_within_the_bound(client, settled, played, queries):
    with played("2026-11-23T11:00"), queries() as found:
        kinds = {
            row["subject_kind"] for row in client.get("/api/v1/duties?limit=200&due_until=2026-12-31").json["data"]
        }
    assert {"letter", "consultation"} <= kinds
    assert asked(found) <= MOST


def test_single_things_stay_within_the_bound(client, settled, played, queries):
    with played("2026-11-23T11:00"):
        for resource in LISTED:
            rows = client.get(f"/api/v1/{resource.name}?limit=1").json["data"]
            if resource.one is None:
                continue
            with queries() as found:
                assert client.get(f"/api/v1/{resource.name}/{rows[0][resource.key_name]}").status_code == 200
            assert asked(found) <= 14, resource.name
