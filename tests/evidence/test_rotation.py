"""The signing key is changed: the former one names the next, and whoever trusts either can tell the whole chain."""

import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from participation import clock
from participation.access import SYSTEM
from participation.evidence import checkpoint, keeping, queries, rotation, sealing, signers, verification
from participation.evidence import service as evidence
from participation.evidence.models import EvidenceHead
from participation.extensions import db


def write_and_seal(times: int = 1) -> None:
    for _turn in range(times):
        evidence.record("platform.noted", subject=None, actor=SYSTEM, now=clock.now(), facts={})
        db.session.commit()
    sealing.seal(clock.now(), everything=True)
    db.session.commit()


def test_heads_before_and_after_fit_under_either_key(app, tmp_path):
    write_and_seal(3)
    early = tmp_path / "early.txt"
    early.write_text(queries.newest_head().note, "utf-8")
    old, new = rotation.rotate(now=clock.now())
    write_and_seal(2)
    assert keeping.public_key() == new
    assert not keeping.next_key_file().exists()
    for trusted in (None, old, new):
        report = verification.verify(heads=[early], key=trusted)
        assert report.ok, report.findings
        db.session.rollback()
    newest = checkpoint.parse(queries.newest_head().note)
    assert checkpoint.is_signed_by(newest, new)
    # The head over the entry of the change is still the former key's.
    before = [head for head in queries.heads() if head.tree_size < newest.checkpoint.size]
    assert checkpoint.is_signed_by(checkpoint.parse(before[0].note), old)
    assert signers.signers(old, keeping.origin()).keys == (old, new)


def test_a_linked_key_is_replaced_where_it_lies(app, tmp_path):
    write_and_seal()
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    kept = keeping.key_file().rename(shelf / "of-the-district.key")
    keeping.key_file().symlink_to(kept)
    old, new = rotation.rotate(now=clock.now())
    write_and_seal()
    assert keeping.key_file().is_symlink()
    assert [path.name for path in shelf.iterdir()] == ["of-the-district.key"]
    assert kept.stat().st_mode & 0o777 == 0o600
    assert (keeping.public_key(), old != new) == (new, True)
    assert verification.verify().ok


def test_after_the_change_the_former_key_signs_nothing_more(app):
    write_and_seal()
    former = keeping.key_file().read_text()
    rotation.rotate(now=clock.now())
    write_and_seal()
    keeping.key_file().write_text(former)
    write_and_seal()
    report = verification.verify()
    assert "signed with a key that had been replaced" in " ".join(finding.reason for finding in report.findings)


def test_a_key_that_the_former_one_did_not_name_is_none_of_the_chain(app):
    write_and_seal()
    own = keeping.signing_key()
    stranger, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    told = signers.facts(keeping.origin(), other, stranger)
    told["former"] = checkpoint.verifier_text(keeping.origin(), checkpoint.public_bytes(own))
    evidence.record(signers.VERB, subject=None, actor=SYSTEM, now=clock.now(), facts=told)
    db.session.commit()
    write_and_seal()
    assert signers.changes(keeping.origin()) == []
    keeping.key_file().write_text(stranger.private_bytes_raw().hex())
    write_and_seal()
    report = verification.verify(key=checkpoint.public_bytes(own))
    assert "the signature is not valid" in " ".join(finding.reason for finding in report.findings)


def test_killed_after_its_entry_it_goes_on_with_the_same_key(app):
    write_and_seal()
    following = keeping.next_key()
    told = signers.facts(keeping.origin(), keeping.signing_key(), following)
    evidence.record(signers.VERB, subject=None, actor=SYSTEM, now=clock.now(), facts=told)
    db.session.commit()
    _old, new = rotation.rotate(now=clock.now())
    assert new == checkpoint.public_bytes(following)
    assert len(signers.changes(keeping.origin())) == 1
    write_and_seal()
    assert verification.verify().ok


def test_the_receipt_of_an_entry_before_names_the_key_of_its_head(app, client):
    write_and_seal()
    first = db.session.scalar(db.select(EvidenceHead).order_by(EvidenceHead.tree_size))
    identity = first.key_id
    old, _new = rotation.rotate(now=clock.now())
    write_and_seal()
    said = json.loads(client.get("/evidence/1/proof.json").text)
    assert said["key"] == checkpoint.verifier_text(keeping.origin(), old)
    assert identity in said["key"]
    assert client.get("/evidence/1").status_code == 200
