"""The random changes of `make prove-evidence`, few of them."""

import pytest

from tests.benchmarks import proving


@pytest.mark.long
def test_random_single_changes_are_found_and_honest_work_is_not(tmp_path, monkeypatch):
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    app, world = proving.build(tmp_path)
    changed = proving.prove(app, tmp_path / "proof.db", changes=60, seed=7)
    assert (changed.tried.total(), changed.missed, changed.false_alarms) == (60, [], [])
    worked = proving.work(app, world, runs=12, seed=7)
    assert (worked.clean, worked.false_alarms) == (12, [])
