"""What a worker of the site holds in memory: libraries that write or read files come with the request that needs
them, and what only commands and jobs need never comes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import HERE

SELDOM = (
    "PIL",
    "alembic",
    "cryptography",
    "diff_match_patch",
    "docx",
    "flask_migrate",
    "holidays",
    "huey",
    "icalendar",
    "lxml",
    "mako",
    "numpy",
    "openpyxl",
    "participation.backup",
    "participation.demo",
    "pydantic",
    "pygments",
    "rapidfuzz",
    "reportlab",
    "xlsxwriter",
)
PAGES = (
    "/",
    "/decisions",
    "/consultations",
    "/letters",
    "/letters/figures",
    "/mailbox",
    "/board",
    "/search?q=道路",
    "/api/v1/letters",
    "/calendar",
    "/about/privacy",
    "/readyz",
)
_ASK = """
import json, sys
from run import app
from participation import clock
from participation.duties.calendar import seed_calendar
from participation.extensions import db
with app.app_context():
    db.create_all()
    seed_calendar(clock.now())
    db.session.commit()
client = app.test_client()
answers = {page: client.get(page, base_url="http://127.0.0.1").status_code for page in json.loads(sys.argv[1])}
print(json.dumps([answers, sorted(sys.modules)]))
"""


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, int], list[str]]:
    """A fresh process: what its pages answered, and every module it loaded."""
    folder: Path = tmp_path_factory.mktemp("instance")
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "PYTHONPATH")}
    told = subprocess.run(
        [sys.executable, "-c", _ASK, json.dumps(PAGES)],
        cwd=HERE,
        env=environment | {"INSTANCE_DIR": str(folder)},
        capture_output=True,
        check=True,
        timeout=120,
    )
    answers, modules = json.loads(told.stdout)
    return answers, modules


def test_the_pages_answer(worker: tuple[dict[str, int], list[str]]):
    # Not migrated, by its own word: tables made by hand have no revision.
    assert {page: code for page, code in worker[0].items() if code != 200} == {"/readyz": 503}


def test_a_worker_holds_no_library_that_few_requests_need(worker: tuple[dict[str, int], list[str]]):
    loaded = {name for name in worker[1] for seldom in SELDOM if name == seldom or name.startswith(seldom + ".")}
    assert loaded == set()
