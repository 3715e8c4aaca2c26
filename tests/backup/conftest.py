from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backup.site import Site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """An installation of its own for each test: it is wiped in some."""
    found = Site(tmp_path)
    yield found
    found.close()
