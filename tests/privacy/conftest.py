"""Each test begins without what earlier ones left beside the database."""

from pathlib import Path

import pytest

from participation.privacy import register


@pytest.fixture(autouse=True)
def nothing_beside(app):
    yield
    for name in ("rewritten", register.NAME):
        (Path(app.instance_path) / name).unlink(missing_ok=True)
