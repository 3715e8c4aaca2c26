"""The dossier: one click, everything public in the order of the procedure, the rest only named, all provable."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile

import pytest
from docx import Document as WordFile

from participation import clock
from participation.decisions.dossier.parts import Section, placed
from participation.decisions.models import DecisionDossier
from participation.decisions.steps import STEPS
from participation.evidence.sealing import seal
from participation.extensions import db
from participation.web.packed import Part, file_name
from tests.decisions import chained, district

SECRET = "内部讨论记录里的一句话"


def published(world) -> int:
    """A decision that was published, with one internal paper and a note of its own."""
    found = district.published_item(world)
    found.note = SECRET
    found_id = found.id
    district.go_to(world, found, "published")
    chained.reference(world, found, "meeting_minutes", "区政府第 62 次常务会议纪要")
    db.session.commit()
    seal(now=clock.now())
    db.session.commit()
    return found_id


@pytest.fixture
def finished(kept) -> int:
    return kept(published)


def desk(decision_id: int, rest: str = "") -> str:
    return f"/desk/decisions/items/{decision_id}{rest}"


def made(client, decision_id: int) -> zipfile.ZipFile:
    answer = client.submit(desk(decision_id, "/filing"), to=desk(decision_id, "/dossier"))
    assert answer.status_code == 303, answer.text
    row = newest()
    with client.get(desk(decision_id, f"/dossier/{row.id}.zip")) as file:
        assert file.status_code == 200
        data = file.data
    assert hashlib.sha256(data).hexdigest() == row.sha256
    return zipfile.ZipFile(io.BytesIO(data))


def newest() -> DecisionDossier:
    return db.session.query(DecisionDossier).order_by(DecisionDossier.id.desc()).first()


@pytest.fixture
def packed(client, world, finished):
    world.sign_in(client, "officer")
    return made(client, finished)


def test_the_folders_stand_in_the_order_of_the_procedure(packed):
    folders = list(
        dict.fromkeys(name.split("/")[0] for name in packed.namelist() if name[:2].isdigit() and "/" in name)
    )
    assert folders == sorted(folders)
    numbers = [int(folder[:2]) for folder in folders]
    assert set(numbers) <= set(range(1, len(STEPS) + 1))
    assert packed.namelist()[0] == "00-卷内目录.docx"
    assert packed.namelist()[-2:] == ["manifest.json", "SHA256SUMS"]


def test_every_file_has_the_fingerprint_that_the_manifest_and_the_sums_tell(packed):
    said = {one["path"]: (one["sha256"], one["size"]) for one in json.loads(packed.read("manifest.json"))["files"]}
    there = {name for name in packed.namelist() if name not in ("manifest.json", "SHA256SUMS")}
    assert set(said) == there
    for name in there:
        data = packed.read(name)
        assert said[name] == (hashlib.sha256(data).hexdigest(), len(data)), name
    sums = dict(reversed(line.split("  ", 1)) for line in packed.read("SHA256SUMS").decode().splitlines())
    assert sums == {
        name: hashlib.sha256(packed.read(name)).hexdigest() for name in packed.namelist() if name != "SHA256SUMS"
    }


def everything(packed) -> str:
    words = [name + packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    for name in packed.namelist():
        if name.endswith(".docx"):
            file = WordFile(io.BytesIO(packed.read(name)))
            words += [paragraph.text for paragraph in file.paragraphs]
            words += [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join(words)


def test_what_is_internal_is_named_with_its_keeper_and_nothing_else(packed):
    references = json.loads(packed.read("manifest.json"))["references"]
    minutes = [one for one in references if one["title"] == "区政府第 62 次常务会议纪要"]
    assert [(one["step"], one["custodian"], one["on"]) for one in minutes] == [
        ("deliberation", "区住建局", "2026-09-03")
    ]
    words = everything(packed)
    assert SECRET not in words
    assert "区政府第 62 次常务会议纪要" in words


def test_the_index_names_every_step_and_its_article(packed):
    index = WordFile(io.BytesIO(packed.read("00-卷内目录.docx")))
    headings = [p.text for p in index.paragraphs if p.style.name.startswith("Heading")]
    assert len([line for line in headings if line[:1].isdigit()]) == len(STEPS)
    assert any("国务院令第713号 第三十二条" in paragraph.text for paragraph in index.paragraphs)


def test_the_record_says_what_the_public_page_says(packed, client, finished):
    course = WordFile(io.BytesIO(packed.read("00-全过程记录.docx")))
    words = "\n".join(paragraph.text for paragraph in course.paragraphs)
    assert "走访 6 个小区。" in words
    assert words.count("国务院令第713号") >= 8
    assert json.loads(packed.read("00-全过程记录.json"))["steps"][0]["step"] == "listed"


def test_every_proof_is_checked_by_the_program_in_the_dossier_without_this_site(packed, tmp_path):
    packed.extractall(tmp_path)
    receipts = sorted((tmp_path / "存证").glob("receipt-*.json"))
    assert len(receipts) == newest().entries >= 10
    key = (tmp_path / "存证" / "key.txt").read_text().strip()
    for receipt in receipts[:: max(1, len(receipts) // 4)]:
        checked = subprocess.run(
            [sys.executable, "-I", str(tmp_path / "存证" / "verifier.py"), "receipt", str(receipt), "--key", key],
            capture_output=True,
            text=True,
        )
        assert checked.returncode == 0, checked.stdout + checked.stderr
    broken = receipts[0].read_text().replace('"leaf_index": ', '"leaf_index": 1')
    receipts[0].write_text(broken)
    checked = subprocess.run(
        [sys.executable, "-I", str(tmp_path / "存证" / "verifier.py"), "receipt", str(receipts[0]), "--key", key],
        capture_output=True,
    )
    assert checked.returncode == 1


def test_before_the_publication_there_is_nothing_to_file(client, world):
    found = district.published_item(world)
    district.go_to(world, found, "deliberation")
    db.session.commit()
    world.sign_in(client, "officer")
    answer = client.submit(desk(found.id, "/filing"), to=desk(found.id, "/dossier"))
    assert answer.status_code == 409
    assert "国务院令第713号 第三十三条" in answer.text
    assert db.session.query(DecisionDossier).count() == 0


def test_another_unit_finds_no_such_dossier(app, world, finished, packed):
    row, client = newest().id, app.test_client()
    world.sign_in(client, "utilities")
    assert client.get(desk(finished, f"/dossier/{row}.zip")).status_code == 404


def test_an_auditor_reads_it_and_does_not_make_it(app, world, finished, packed):
    row, client = newest().id, app.test_client()
    world.sign_in(client, "auditor")
    with client.get(desk(finished, f"/dossier/{row}.zip")) as file:
        assert file.status_code == 200
    assert client.submit(desk(finished, "/filing"), to=desk(finished, "/dossier")).status_code == 403


def test_the_filing_keeps_the_fingerprint_of_the_dossier(client, world, finished, packed):
    from participation.decisions import queries, service
    from participation.decisions.models import DecisionDossierFiling

    service.file_dossier(
        queries.decision(finished),
        on=district.at("2026-10-12T00:00").date(),
        receiver="区司法局",
        receipt_number="周司备〔2026〕3号",
        actor=world.actor("officer"),
        now=district.at("2026-11-23T10:00"),
    )
    db.session.commit()
    assert db.session.query(DecisionDossierFiling).one().sha256 == newest().sha256


def test_names_of_files_are_such_as_every_system_can_write():
    assert file_name('关于<b>../../etc/passwd</b>\u202e的"规定"?') == "关于 b .. .. etc passwd b 的 规定"
    assert file_name("...") == "无题"
    sections = [Section(1, "a", "同名", "", "", (Part("x.txt", "x", "", b"1"), Part("x.txt", "x", "", b"2")))]
    assert [path for path, _part in placed(sections, ())] == ["01-同名/01-x.txt", "01-同名/02-x.txt"]
