"""`mailbox check-reply` prints what the page shows, for two files."""

import json
from pathlib import Path

import pytest

LETTER = "东风小区 5 号楼供暖不热\n暖气不热。请问什么时候能来人看？"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    letter, reply = tmp_path / "letter.txt", tmp_path / "reply.txt"
    letter.write_text(LETTER, "utf-8")
    reply.write_text("您好，已转有关部门处理。", "utf-8")
    return letter, reply


def run(app, *words: object):
    return app.test_cli_runner().invoke(args=["mailbox", "check-reply", *map(str, words)])


def test_the_flags_are_json_with_chinese_reasons(app, files) -> None:
    letter, reply = files
    done = run(app, "--letter", letter, "--reply", reply, "--json")
    flags = json.loads(done.output)["flags"]
    assert done.exit_code == 0
    assert set(flags[0]) == {"code", "reason"}
    assert flags[0]["code"] == "transfer_only"
    assert flags[0]["reason"].startswith("只写了收到、转办")
    assert any("请问什么时候能来人看？" in flag["reason"] for flag in flags)


def test_english_and_plain_sentences(app, files) -> None:
    letter, reply = files
    assert "passed on" in run(app, "--letter", letter, "--reply", reply, "--json", "--lang", "en").output
    assert "这份答复像是敷衍" in run(app, "--letter", letter, "--reply", reply).output


def test_a_good_answer_has_no_flags(app, files) -> None:
    letter, reply = files
    reply.write_text(
        "\ufeff供暖不热：11月23日上门看过，阀门没有复位，当天全开，室温 18.2 度。供热科 0533-6195678。", "utf-8"
    )
    assert json.loads(run(app, "--letter", letter, "--reply", reply, "--json").output) == {"flags": []}


@pytest.mark.parametrize("bad", [b"\xff\xfe\x00", "您好".encode("gb18030"), b"", b" \n"])
def test_a_file_that_cannot_be_read_is_said_with_exit_code_2(app, files, bad: bytes) -> None:
    letter, reply = files
    reply.write_bytes(bad)
    done = run(app, "--letter", letter, "--reply", reply, "--json")
    assert done.exit_code == 2
    assert "reply" in done.output


def test_a_missing_file_or_a_folder_is_said_with_exit_code_2(app, files, tmp_path) -> None:
    _letter, reply = files
    for wrong in (tmp_path / "none.txt", tmp_path):
        assert run(app, "--letter", wrong, "--reply", reply).exit_code == 2
