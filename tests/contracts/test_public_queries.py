"""A published page asks the database at most eight times, a decision's chain twelve times."""

import pytest

from participation.web.guards import is_published
from participation.web.route_table import rows
from tests import district

MOST = 8
MORE = {"decisions.item": 12}
"""The chain of a decision: steps, records, papers, periods, letters and proposals each have their tables."""


@pytest.mark.long
def test_no_published_page_asks_the_database_more_than_eight_times(app, client, world, played, queries) -> None:
    district.settle(world)
    asked = {}
    with played(district.NOW):
        for row in rows(app):
            if "GET" in row.methods and is_published(app, row.endpoint):
                client.get(row.example)
                with queries() as made:
                    answer = client.get(row.example)
                if answer.status_code == 200 and answer.mimetype == "text/html":
                    asked[row.endpoint] = (row.example, len([one for one in made if one != "BEGIN"]))
    assert {"oversight.home", "oversight.board", "decisions.item", "mailbox.letter", "consultations.show"} <= set(asked)
    over = {path: count for name, (path, count) in asked.items() if count > MORE.get(name, MOST)}
    assert over == {}
