"""The reasons in the ledger's rows, the trends, and the inspection pack."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile

import pytest

from participation import clock
from participation.duties.history.reading import read_on
from participation.evidence.sealing import seal
from participation.extensions import db
from participation.mailbox import service as mailbox
from tests.benchmarks.measuring import _listen
from tests.mailbox import letters


def received(world, number: int) -> None:
    for _ in range(number):
        letter = letters.received(clock.now())
        mailbox.assign(letter, department_id=world.department["housing"], actor=world.actor("office"), now=clock.now())
    db.session.commit()
    seal(now=clock.now())
    read_on(now=clock.now())


@pytest.fixture
def auditor(client, world, played):
    with played("2026-11-09T14:22"):
        received(world, 2)
    with played("2026-11-23T09:00"):
        yield world.sign_in(client, "auditor")


def statements(client, path: str) -> list[str]:
    found: list[str] = []
    client.get(path)
    stop = _listen(found)
    client.get(path)
    stop()
    return found


@pytest.mark.parametrize("at", ["", "&at=2026-11-20+24%3A00"])
def test_a_row_says_how_its_date_came_about(auditor, at):
    page = auditor.get(f"/ledger?lang=zh{at}").text
    for words in (
        "11月16日这个日子怎么来的",
        "起算",
        "当天不计",
        "没有改过期限" if False else "日历",
        "列入复查",
        "向单位询问",
        "核对",
    ):
        assert words in page
    assert page.count("pp-days__row") >= 2


def test_more_rows_ask_no_more(auditor, world, played):
    db.session.remove()
    few = statements(auditor, "/ledger")
    with played("2026-11-10T09:00"):
        received(world, 8)
    with played("2026-11-23T09:00"):
        db.session.remove()
        many = statements(auditor, "/ledger")
        assert len(many) == len(few), [(many.count(one), one[:300]) for one in set(many) if many.count(one) > 2]


def test_a_row_is_marked_where_it_stands(auditor):
    answer = auditor.submit("/ledger", {}, to="/ledger/1/inquiries")
    assert answer.status_code == 303
    assert "Is being followed up" in auditor.get("/ledger?lang=en").text


def test_no_rate_of_few_letters(auditor):
    page = auditor.get("/ledger/trends/letters?lang=zh").text
    assert "不足 6 封" in page
    assert 'data-overdue="2"' in page
    assert "不凭一个数字排名" in page
    assert auditor.get("/ledger/trends/letters?department=99999").status_code == 404


@pytest.mark.parametrize("at", ["", "2026-11-20 24:00"])
def test_the_pack_proves_itself(auditor, world, tmp_path, at):
    answer = auditor.submit("/ledger", {"at": at} if at else {}, to="/ledger/pack")
    data = answer.data
    answer.close()
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        names = pack.namelist()
        for line in pack.read("SHA256SUMS").decode().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256(pack.read(name)).hexdigest() == digest
        said = json.loads(pack.read("manifest.json"))
        pack.extractall(tmp_path)
    assert said["from_the_sealed_record"] is bool(at)
    assert said["receipts"] == sum(name.startswith("receipts/") for name in names) > 0
    receipt = next(name for name in names if name.startswith("receipts/"))
    key = (tmp_path / "key.txt").read_text("utf-8").strip()
    command = [sys.executable, tmp_path / "verifier.py", "receipt", tmp_path / receipt, "--key", key]
    done = subprocess.run(command, capture_output=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_an_auditor_takes_the_pack(client, world, played):
    with played("2026-11-23T09:00"):
        world.sign_in(client, "officer")
        assert client.submit("/desk", {}, to="/ledger/pack").status_code == 403
