"""The nightly files: whole or not at all, in slices, the same rows as the answers, gone when withdrawn."""

import csv
import hashlib
import io
import json
from datetime import timedelta

import pytest

from participation import clock
from participation.api import jobs
from participation.api.filing import shelf, writing
from participation.api.parts import site
from participation.api.resources import FILED, LISTED
from participation.extensions import db
from participation.mailbox import service as mailbox
from participation.mailbox.models import Letter
from tests import district


@pytest.fixture
def settled(world, played):
    shelf_empty()
    place = district.settle(world)
    with played(district.NOW):
        yield place
    shelf_empty()


def shelf_empty() -> None:
    import shutil

    shutil.rmtree(shelf.root(), ignore_errors=True)


def all_done(now, seconds: float = 60) -> int:
    finished = 0
    for _ in range(200):
        finished += writing.write(now=now, seconds=seconds)
        if not shelf.making().exists():
            return finished
    raise AssertionError("the files are never finished")


def test_the_files_hold_the_rows_of_the_answers(client, settled):
    assert all_done(clock.now()) == 1
    run = shelf.newest()
    for resource in LISTED:
        if resource.name == "calendar":
            continue
        lines = (run.folder / f"{resource.name}.jsonl").read_text("utf-8").splitlines()
        told = client.get(f"/api/v1/{resource.name}?limit=200", base_url=site()).json["data"]
        # The moment at which something was counted is the run's.
        assert [without(json.loads(line), "as_of") for line in lines] == [without(row, "as_of") for row in told]
        table = list(csv.reader(io.StringIO((run.folder / f"{resource.name}.csv").read_text("utf-8-sig"))))
        assert len(table) == 1 + len(lines)
        assert {len(row) for row in table} == {len(table[0])}
        assert run.file(f"{resource.name}.csv").rows == len(lines)


def without(row: dict, name: str) -> dict:
    return {key: value for key, value in row.items() if key != name}


def test_every_file_has_its_fingerprint_and_the_dictionary_every_field(settled):
    all_done(clock.now())
    run = shelf.newest()
    assert {file.name for file in run.files} == {
        *(f"{resource.name}.{form}" for resource in FILED for form in ("csv", "jsonl")), "dictionary.csv",
        "licence.txt",
    }  # fmt: skip
    for file in run.files:
        data = (run.folder / file.name).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (file.sha256, file.size)
    table = list(csv.DictReader(io.StringIO((run.folder / "dictionary.csv").read_text("utf-8-sig"))))
    for resource in FILED:
        with (run.folder / f"{resource.name}.csv").open(encoding="utf-8-sig") as file:
            heading = next(csv.reader(file))
        assert heading == [row["表格列名"] for row in table if row["文件"] == resource.name and row["表格列名"]]
    assert all(row["含义"] and row["类型"] for row in table)
    assert "署明来源" in (run.folder / "licence.txt").read_text("utf-8")


def test_a_day_has_its_files_once(settled):
    now = clock.now()
    assert all_done(now) == 1
    assert writing.write(now=now + timedelta(hours=3)) == 0
    assert all_done(now + timedelta(days=1)) == 1
    assert [run.day.isoformat() for run in shelf.runs()] == ["2026-11-24", "2026-11-23"]


def test_slices_and_crashes_leave_the_same_files(settled, monkeypatch):
    now = clock.now()
    monkeypatch.setattr(writing, "MOST", 100)
    all_done(now)
    first = {file.name: file.sha256 for file in shelf.newest().files}
    shelf_empty()
    kept, failing = writing._keep, {"after": 0}

    def broken(state):
        failing["after"] += 1
        if failing["after"] % 3 == 0:
            raise OSError("the power is gone")
        kept(state)

    monkeypatch.setattr(writing, "_keep", broken)
    for _ in range(1000):
        try:
            if writing.write(now=now, seconds=0):
                break
        except OSError:
            db.session.rollback()
    assert {file.name: file.sha256 for file in shelf.newest().files} == first
    assert not shelf.making().exists()


def test_what_is_withdrawn_leaves_every_file_with_the_next_run(client, world, settled):
    now = clock.now()
    all_done(now - timedelta(days=1))
    all_done(now)
    assert client.get("/data/latest/letters.csv", buffered=True).status_code == 200
    old, new = shelf.runs()[1], shelf.newest()
    assert old.file("letters.csv") is None, "of what may be withdrawn only the newest is kept"
    assert old.file("calendar.csv") is not None
    later = now + timedelta(minutes=1)
    letter = db.session.get(Letter, settled.letter)
    number = letter.public_title
    assert number in client.get("/data/latest/letters.jsonl", buffered=True).text
    with clock.played(later):
        mailbox.take_back(letter, reason="写信人撤回同意", actor=world.actor("head"), now=later)
        db.session.commit()
        assert all_done(later + timedelta(seconds=5)) == 1
        assert client.get("/data/latest/letters.jsonl", buffered=True).text == ""
        assert client.get(f"/data/{new.name}/letters.jsonl", buffered=True).status_code == 404
        assert client.get("/api/v1/letters").json["data"] == []
        assert all_done(later + timedelta(seconds=10)) == 0
    for path in shelf.root().rglob("*"):
        assert not path.is_file() or number not in path.read_text("utf-8"), path


def test_old_files_go(app, settled):
    now = clock.now()
    days = app.extensions["settings"].data_files_kept_days
    all_done(now)
    all_done(now + timedelta(days=days))
    assert len(shelf.runs()) == 2
    all_done(now + timedelta(days=days + 1))
    assert [run.day for run in shelf.runs()] == [clock.local_date(now) + timedelta(days=n) for n in (days + 1, days)]


def test_a_file_is_sent_in_parts_to_any_page_and_only_by_its_name(client, settled):
    all_done(clock.now())
    run = shelf.newest()
    answer = client.get(f"/data/{run.name}/letters.csv", buffered=True)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Content-Disposition"] == "attachment; filename=letters-2026-11-23.csv"
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert "Set-Cookie" not in answer.headers
    again = client.get(
        f"/data/{run.name}/letters.csv", buffered=True, headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    part = client.get(f"/data/{run.name}/letters.csv", buffered=True, headers={"Range": "bytes=0-2"})
    assert (part.status_code, part.data) == (206, b"\xef\xbb\xbf")
    for path in (
        f"/data/{run.name}/manifest.json", f"/data/{run.name}/state.json", "/data/.making/letters.csv",
        "/data/../letters.csv", "/data/latest/participation.db", "/data/x/letters.csv", "/data/latest/..",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_the_page_names_every_file_and_works_before_the_first_run(client, settled):
    assert "文件正在生成" in client.get("/data").text
    all_done(clock.now())
    page = client.get("/data").text
    for file in shelf.newest().files:
        assert file.sha256 in page
        assert f"/{file.name}" in page or file.name == "licence.txt"


def test_the_demonstration_s_nights_make_no_files(settled):
    assert jobs.files(now=clock.now()) == 0
    assert not shelf.root().exists()
