"""Sealing numbers what is committed, whenever it was committed."""

import json
import stat

from sqlalchemy import select, text

from participation.evidence import keeping, queries, sealing, service, tree, verification
from participation.evidence.models import EvidenceSeal, EvidenceTile
from participation.extensions import db
from tests.conftest import make_app
from tests.evidence.conftest import seal
from tests.evidence.parcel import CLERK, NOW, move, receive
from tests.evidence.tampering import found, tamper


def write(count: int) -> None:
    for number in range(count):
        service.record("platform.noted", subject=None, actor=CLERK, now=NOW, facts={"number": number})
    db.session.commit()


def test_sealing_twice_seals_once(log):
    assert (seal(3), seal(4)) == (1, 0)


def test_a_lower_id_that_is_committed_later_is_sealed_later(app, played):
    with played("2026-11-23T10:26:41"):
        write(3)
    tamper("UPDATE evidence_entry SET id = id + 10 WHERE id > 1")
    seal()
    rest = "recorded_at, format, algorithm, verb, subject_kind, subject_id, actor, payload, digest"
    tamper(f"INSERT INTO evidence_entry (id, {rest}) SELECT 5, {rest} FROM evidence_entry WHERE id = 1")
    seal(1)
    order = db.session.scalars(select(EvidenceSeal.entry_id).order_by(EvidenceSeal.leaf_index)).all()
    assert (order, found()) == ([1, 12, 13, 5], None)


def test_a_log_of_several_tiles_proves_each_entry(app, played):
    with played("2026-11-23T10:26:41"):
        for count in (100, 200, 256, 77):
            write(count)
            seal()
    assert found() is None
    assert db.session.scalars(select(EvidenceTile.number)).all() == [0, 1]
    digests = [bytes.fromhex(digest) for digest in db.session.scalars(select(EvidenceSeal.digest))]
    assert queries.stored_subtree(0, 512) == tree.root(digests[:512])
    assert queries.stored_subtree(512, 633) == tree.root(digests[512:])
    for entry_id in (1, 100, 101, 256, 257, 300, 556, 633):
        assert queries.proof_of(queries.entry(entry_id)).holds
    roots = {head.tree_size: bytes.fromhex(head.root) for head in queries.heads()}
    assert sorted(roots) == [100, 300, 556, 633]
    proof = queries.consistency(300, 633)
    assert tree.verify_consistency(300, 633, roots[300], roots[633], proof)


def test_a_rewritten_leaf_among_many_is_narrowed_down_to_its_tile(app, played):
    with played("2026-11-23T10:26:41"):
        write(600)
        seal()
    sealed = "(SELECT digest FROM evidence_seal WHERE leaf_index = 300)"
    tamper(
        "UPDATE evidence_seal SET digest = substr(digest, 2) || '0' WHERE leaf_index = 300",
        f"UPDATE evidence_entry SET digest = {sealed} WHERE id = 301",
    )
    assert found().entry == 301


def test_the_key_is_made_once_and_is_its_owners_alone(app):
    first = keeping.signing_key().private_bytes_raw()
    assert keeping.signing_key().private_bytes_raw() == first
    assert stat.S_IMODE(keeping.key_file().stat().st_mode) == 0o600


def test_a_sealing_that_is_rolled_back_publishes_nothing(log):
    sealing.seal(NOW)
    db.session.rollback()
    assert sorted(keeping.kept_heads()) == [3, 5, 7]
    db.session.execute(text("SELECT 1"))
    db.session.commit()
    assert sorted(keeping.kept_heads()) == [3, 5, 7]


def test_a_copy_that_was_not_written_is_written_by_the_next_run(log):
    seal(3)
    keeping.kept_heads()[8].unlink()
    assert seal(4) == 0
    assert keeping.kept_head(8) == queries.newest_head().note


def test_a_demonstration_that_begins_anew_moves_the_old_heads_aside(app, played):
    keeping.keep_head(40, "of an earlier log\n")
    write(1)
    assert (seal(), sorted(keeping.kept_heads())) == (1, [1])
    assert (keeping.heads_folder() / "earlier-1" / "40.txt").exists()


def test_an_installation_at_work_asks_when_entries_were_recorded(tmp_path, played):
    production = {
        "environment": "production",
        "cookies_secure": True,
        "trusted_hosts": "localhost",
        "database_url": f"sqlite:///{tmp_path / 'log.db'}",
    }
    with make_app(tmp_path, **production).app_context():
        write(1)
        parcel = receive("A-1")
        db.session.commit()
        sealing.seal(service.entry_for("parcel", parcel.id).recorded_at)
        db.session.commit()
        assert found() is None
        with played("2026-01-05T10:00"):
            move(parcel, "answered")
            db.session.commit()
        reasons = [finding.reason for finding in verification.verify().findings]
        assert reasons == [
            "its time was set, not read from a clock",
            "it is dated before the last head, but not sealed under it",
        ]
        db.session.remove()
        db.engine.dispose()


def test_the_commands_seal_verify_and_print(log, app, tmp_path):
    run = app.test_cli_runner().invoke
    assert run(args=["evidence", "seal"]).output == "sealed 1\n"
    head = run(args=["evidence", "head"]).output
    key = run(args=["evidence", "key"]).output.strip()
    held = tmp_path / "held.txt"
    held.write_text(head, "utf-8")
    good = run(args=["evidence", "verify", "--head", str(held), "--key", key, "--json"])
    assert (good.exit_code, json.loads(good.output)["ok"]) == (0, True)
    assert run(args=["evidence", "verify", "--key", "nonsense"]).exit_code == 2
    tamper("UPDATE test_parcel SET stage = 'lost' WHERE number = 'A-3'")
    bad = run(args=["evidence", "verify", "--json"])
    assert bad.exit_code == 1
    assert json.loads(bad.output)["first_bad"] == {
        "entry": 3,
        "reason": "the row was changed without an entry",
        "row": "parcel:3",
    }
    assert "DOES NOT FIT" in run(args=["evidence", "verify"]).output
