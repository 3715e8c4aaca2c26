"""What everybody may see of the log: that it fits, never whom it is about."""

import pytest

from participation.evidence import checkpoint, keeping, queries, tree, verbs
from participation.extensions import db
from tests.evidence.parcel import Parcel
from tests.evidence.tampering import tamper

pytestmark = pytest.mark.usefixtures("log")


def test_a_sealed_entry_is_shown_as_genuine(client):
    page = client.get("/evidence/4")
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "这条记录是真的，时间没有改过" in text
    assert text.count("对得上</strong>") == 3
    assert "2026年11月23日 10:26:41" in text


def test_an_entry_shows_neither_subject_nor_actor_nor_facts(client):
    text = client.get("/evidence/1").get_data(as_text=True)
    assert [word for word in ("A-1", "王小明", "朱敏", "person:9", "parcel") if word in text] == []


def test_an_unsealed_entry_says_when_it_will_be_sealed(client):
    text = client.get("/evidence/8").get_data(as_text=True)
    assert "几秒后封存" in text
    assert client.get("/evidence/8/proof.json").status_code == 404


def test_a_changed_entry_is_shown_in_red(client):
    tamper("UPDATE evidence_entry SET payload = '{}' WHERE id = 4")
    text = client.get("/evidence/4").get_data(as_text=True)
    assert "这条记录对不上" in text
    assert text.count('class="bad"') == 1


def test_a_changed_head_is_shown_in_red(client):
    tamper("UPDATE evidence_head SET note = 'x' WHERE tree_size = 5")
    assert client.get("/evidence/4").get_data(as_text=True).count('class="bad"') == 1


def test_the_page_speaks_english_too(client):
    text = client.get("/evidence/4?lang=en", follow_redirects=True).get_data(as_text=True)
    assert "This record is genuine, and its time has not been changed" in text
    assert "23 November 2026, 10:26:41" in text


@pytest.mark.parametrize(
    "path",
    [
        "/evidence/99",
        "/evidence/0",
        "/evidence/9223372036854775808",
        "/evidence/99/proof.json",
        "/transparency/4",
        "/transparency/9223372036854775808",
    ],
)
def test_what_is_unknown_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_the_downloaded_proof_can_be_computed_again(client):
    found = client.get("/evidence/4/proof.json").get_json()
    signed = checkpoint.parse(found["checkpoint"])
    path = [bytes.fromhex(neighbour) for neighbour in found["path"]]
    leaf, said = bytes.fromhex(found["digest"]), signed.checkpoint
    assert tree.verify_inclusion(leaf, found["leaf_index"], found["tree_size"], path, said.root)
    assert checkpoint.is_signed_by(signed, keeping.public_key())
    assert (said.size, found["tree_size"]) == (5, 5)


def test_the_heads_are_listed_and_published_as_text(client):
    text = client.get("/transparency").get_data(as_text=True)
    assert [f'href="/transparency/{size}"' in text for size in (3, 5, 7)] == [True, True, True]
    newest = client.get("/transparency/checkpoint")
    assert newest.mimetype == "text/plain"
    assert newest.get_data(as_text=True) == keeping.kept_head(7)
    assert client.get("/transparency/5").get_data(as_text=True) == keeping.kept_head(5)


@pytest.mark.parametrize("copied", ["4", "第 4 条", " ４ ", "0,004"])
def test_the_number_on_a_paper_receipt_opens_its_record(client, copied):
    answer = client.get("/transparency", query_string={"record": copied})
    assert answer.headers["Location"] == "/evidence/4"


@pytest.mark.parametrize("copied", ["99", "x", "-1", "二", "9" * 30])
def test_a_number_that_no_record_has_is_explained(client, copied):
    answer = client.get("/transparency", query_string={"record": copied})
    assert answer.status_code == 404
    assert 'id="record-error"' in answer.text


@pytest.mark.parametrize("below", ["5", "x", "", "９", "99999999999999999999", "-1"])
def test_the_list_of_heads_bears_any_query(client, below):
    assert client.get("/transparency", query_string={"below": below}).status_code == 200
    assert client.get("/evidence/4", query_string={"entry_id": below, "_scheme": below}).status_code == 200


def test_any_two_heads_are_consistent():
    roots = {head.tree_size: bytes.fromhex(head.root) for head in queries.heads()}
    for first, second in ((3, 5), (3, 7), (5, 7), (7, 7)):
        proof = queries.consistency(first, second)
        assert tree.verify_consistency(first, second, roots[first], roots[second], proof)


def test_people_and_posts_share_one_label():
    assert verbs.label("person.disabled") == verbs.label("post.ended") == verbs.OTHER
    assert verbs.label("letter.received") == "A letter was received"
    assert verbs.label("letter.something_new") == "An act on a letter"


def test_an_empty_log_has_a_page_and_no_checkpoint(client):
    tamper("DELETE FROM evidence_head", "DELETE FROM evidence_seal")
    assert client.get("/transparency").status_code == 200
    assert client.get("/transparency/checkpoint").status_code == 404
    assert db.session.get(Parcel, 1) is not None
