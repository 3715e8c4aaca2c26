from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backup.site import Site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """An installation of its own for one test, which may wipe it."""
    found = Site(tmp_path)
    yield found
    found.close()


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One installation for the tests of a module: it is backed up and read, and only grows."""
    found = Site(tmp_path_factory.mktemp("standing"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def backup(standing: Site) -> Path:
    """A backup of it, made before anything else was written; the head of that moment is `then.txt`."""
    standing.head("then.txt")
    return standing.create()
