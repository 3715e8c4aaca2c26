"""The first, the fourth and the fifth trial in small, each with its twin. `make resilience` does the whole."""

from pathlib import Path

import pytest

from tests.resilience import closing, identical, killed
from tests.resilience.site import Site

pytestmark = pytest.mark.long


def test_what_was_acknowledged_survives_the_death_of_the_whole_server(tmp_path: Path):
    outcome = killed.run(Site(tmp_path), submissions=24, kills=1, people=4, seal=False)
    assert outcome.wrong == []
    assert outcome.counts["acknowledged and present"] == 24


def test_a_site_that_acknowledges_before_it_commits_is_found_out(tmp_path: Path):
    outcome = killed.run(Site(tmp_path, fault="acknowledge_first"), submissions=24, kills=2, people=4, seal=False)
    assert any("of those acknowledged are there" in said for said in outcome.wrong)


def test_a_form_sent_forty_times_at_once_is_one_row_with_one_receipt(tmp_path: Path):
    outcome = identical.run(Site(tmp_path), rounds=2, times=40)
    assert outcome.wrong == []
    assert outcome.counts["answers"] == {"303": 80}


def test_a_site_that_asks_first_and_stores_later_is_found_out(tmp_path: Path):
    outcome = identical.run(Site(tmp_path, fault="check_then_insert"), rounds=2, times=12)
    assert any("stored more than once" in said for said in outcome.wrong)


@pytest.mark.parametrize("fault", ["", "clock_before_lock"])
def test_at_the_closing_instant_the_clock_is_read_under_the_lock(tmp_path: Path, fault: str):
    outcome = closing.run(Site(tmp_path, fault=fault), submissions=48, runs=1)
    if fault:
        assert any("who waited for the lock" in said for said in outcome.wrong)
    else:
        assert outcome.wrong == []
        assert outcome.counts["accepted"]
        assert outcome.counts["refused"]
