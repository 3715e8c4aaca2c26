"""The program that checks receipts offline: RFC vectors, receipts of this log, receipts tampered with."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from participation.evidence import canonical, checkpoint, keeping, queries, service, verifier
from participation.extensions import db
from tests.evidence.conftest import seal
from tests.evidence.parcel import NOW
from tests.evidence.test_sealing import write
from tests.mailbox.letters import mailboxes, received

# RFC 8032 section 7.1: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
        "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_signatures_of_rfc_8032_are_valid_and_any_other_is_not(public, message, signature):
    public, message, signature = (bytes.fromhex(text) for text in (public, message, signature))
    assert verifier.signed_by(public, message, signature)
    assert not verifier.signed_by(public, message + b"x", signature)
    for place in (0, 31, 32, 63):
        changed = bytearray(signature)
        changed[place] ^= 1
        assert not verifier.signed_by(public, message, bytes(changed))
    # S + L would be a second signature for the same message.
    larger = int.from_bytes(signature[32:], "little") + verifier.L
    assert not verifier.signed_by(public, message, signature[:32] + larger.to_bytes(32, "little"))
    assert not verifier.signed_by(public, message, signature[:63])
    assert not verifier.signed_by(b"\xff" * 32, message, signature)


def test_it_agrees_with_the_library_that_signs():
    for number in range(40):
        signing = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(bytes([number])).digest())
        message = bytes(range(number))
        assert verifier.signed_by(checkpoint.public_bytes(signing), message, signing.sign(message))


def key() -> str:
    return checkpoint.verifier_text(keeping.origin(), keeping.public_key())


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """The program as a citizen runs it: alone in a folder, without this project."""
    program = folder / "verifier.py"
    program.write_text(Path(verifier.__file__).read_text("utf-8"), "utf-8")
    command = [sys.executable, "-I", str(program), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def receipt(log, tmp_path) -> dict[str, object]:
    return queries.proof_of(queries.entry(4)).as_json(whole=True)


def put(folder: Path, name: str, content: object) -> str:
    (folder / name).write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return name


def test_a_receipt_is_checked_without_this_site(receipt, tmp_path):
    status, said = run(tmp_path, "receipt", put(tmp_path, "r.json", receipt), "--key", key())
    assert (status, said.count("OK"), "parcel.moved" in said, "sorted" in said) == (0, 3, True, True)


def test_a_receipt_without_the_entry_proves_its_fingerprint(receipt, tmp_path):
    del receipt["payload"]
    status, said = run(tmp_path, "receipt", put(tmp_path, "r.json", receipt | {"key": key()}))
    assert (status, said.count("OK"), "compare it" in said) == (0, 2, True)


def flipped(text: str) -> str:
    return text[:-1] + ("0" if text[-1] != "0" else "1")


@pytest.mark.parametrize(
    "change",
    [
        lambda receipt: {"payload": receipt["payload"].replace("sorted", "closed")},
        lambda receipt: {"payload": receipt["payload"].replace("2026-11-23", "2026-11-22")},
        lambda receipt: {"digest": flipped(receipt["digest"])},
        lambda receipt: {"leaf_index": receipt["leaf_index"] + 1},
        lambda receipt: {"path": receipt["path"][:-1]},
        lambda receipt: {"path": [flipped(receipt["path"][0]), *receipt["path"][1:]]},
        lambda receipt: {"path": [*receipt["path"], "00" * 32]},
        lambda receipt: {"checkpoint": receipt["checkpoint"].replace("\n5\n", "\n6\n")},
        lambda receipt: {"checkpoint": receipt["checkpoint"].replace("time 2026", "time 2025")},
        lambda receipt: {"checkpoint": queries.head_at(3).note},
    ],
)
def test_a_receipt_that_was_tampered_with_does_not_fit(receipt, change):
    receipt |= change(receipt)
    assert not all(fits for _question, fits in verifier.check_receipt(receipt, key()))


def test_an_entry_rewritten_with_its_digest_does_not_fit(receipt):
    payload = receipt["payload"].replace("sorted", "closed")
    receipt |= {"payload": payload, "digest": canonical.leaf_digest(payload).hex()}
    assert [fits for _question, fits in verifier.check_receipt(receipt, key())] == [True, False, True]


def test_a_head_is_checked_against_the_key(log, tmp_path):
    note = queries.newest_head().note
    assert run(tmp_path, "head", put(tmp_path, "h.txt", note), "--key", key())[0] == 0
    assert run(tmp_path, "head", put(tmp_path, "h.txt", note.replace("\n7\n", "\n8\n")), "--key", key())[0] == 1
    assert run(tmp_path, "head", put(tmp_path, "h.txt", note))[0] == 2
    assert run(tmp_path, "head", put(tmp_path, "h.txt", "nothing"), "--key", key())[0] == 2
    assert run(tmp_path, "head", put(tmp_path, "h.txt", note), "--key", "nonsense")[0] == 2
    other = checkpoint.verifier_text(keeping.origin(), b"\x01" * 32)
    assert run(tmp_path, "head", put(tmp_path, "h.txt", note), "--key", other)[0] == 1


def test_two_heads_are_checked_for_consistency(log, client, tmp_path):
    proof = client.get("/transparency/consistency.json?from=3&to=7").json
    name = put(tmp_path, "proof.json", proof)
    assert run(tmp_path, "consistency", name, "--key", key())[0] == 0
    old = put(tmp_path, "old.txt", queries.head_at(3).note)
    assert run(tmp_path, "consistency", name, "--from", old, "--key", key())[0] == 0
    other = put(tmp_path, "old.txt", queries.head_at(5).note)
    assert run(tmp_path, "consistency", name, "--from", other, "--key", key())[0] == 1
    broken = put(tmp_path, "proof.json", proof | {"path": [flipped(each) for each in proof["path"]]})
    assert run(tmp_path, "consistency", broken, "--key", key())[0] == 1


def test_every_pair_of_sizes_in_a_longer_log(app, played):
    with played("2026-11-23T10:26:41"):
        for count in (1, 1, 2, 3, 5, 8, 13, 300):
            write(count)
            seal()
    found = [checkpoint.parse(head.note).checkpoint for head in queries.heads()]
    for second in found:
        for first in found:
            if first.size <= second.size:
                path = queries.consistency_of(first, second).path
                assert verifier.consistent(first.size, second.size, first.root, second.root, path)
                assert not verifier.consistent(first.size, second.size, second.root, first.root, path) or (
                    first == second
                )
    for entry_id in (1, 2, 7, 33, 290, 333):
        said = queries.proof_of(queries.entry(entry_id)).as_json(whole=True)
        assert all(fits for _question, fits in verifier.check_receipt(said, key()))
    db.session.rollback()


def test_a_letter_s_receipt_proves_its_day_and_its_due_day(world, client, tmp_path):
    mailboxes(NOW)
    letter = received(NOW)
    db.session.commit()
    seal(1)
    entry = service.entry_for("letter", letter.id, "letter.received")
    opens = client.application.jinja_env.globals["opens_receipt"](entry)
    page = client.get(f"/evidence/{entry.id}?opens={opens}&lang=en").text
    assert (
        "Due by 30\N{NO-BREAK SPACE}November" in page,
        "Due by" in client.get(f"/evidence/{entry.id}?lang=en").text,
    ) == (True, False)
    said = client.get(f"/evidence/{entry.id}/proof.json?opens={opens}").json
    status, told = run(tmp_path, "receipt", put(tmp_path, "r.json", said), "--key", key())
    assert (status, told.count("OK"), "due_on: 2026-11-30" in told) == (0, 6, True)
    (beside,) = said["beside"]
    beside["payload"] = beside["payload"].replace("2026-11-30", "2026-12-30")
    assert run(tmp_path, "receipt", put(tmp_path, "r.json", said), "--key", key())[0] == 1
