"""An auditor draws duties of every kind by lot; nobody can know the seed while the population is recorded."""

import hashlib
import io
import json
import re
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict

from participation import clock
from participation.duties import service as duties
from participation.errors import Refused
from participation.evidence import queries as proofs
from participation.evidence import service as evidence
from participation.evidence import verification
from participation.evidence.sealing import seal
from participation.extensions import db
from participation.mailbox.sampling import digest_of, drawn
from participation.oversight import draws, jobs
from participation.oversight.filtering import filter_of
from participation.oversight.models import DutyDraw, DutyDrawItem, Finding, Inquiry
from tests.browse import words

KINDS = ("letter_answer", "feedback", "decision_publication", "catalogue")


@pytest.fixture
def owed(world, played):
    """Twelve duties of letters, consultations and decisions in two units, one of them about a unit."""
    with played("2026-11-02T09:00"):
        for number in range(12):
            duties.open_duty(
                KINDS[number % 4], subject_kind=("letter", "consultation", "item", "item")[number % 4],
                subject_id=100 + number, department_id=world.department["housing" if number % 3 else "utilities"],
                started_at=clock.now(), due_on=date(2026, 11, 16), actor=world.actor("head"), now=clock.now(),
            )  # fmt: skip
        db.session.commit()


def fixed(world, query="state=all", size=5, login="auditor") -> DutyDraw:
    made = draws.fix(
        filters=filter_of(MultiDict(pair.split("=") for pair in query.split("&"))), query=query, size=size,
        actor=world.actor(login), now=clock.now(),
    )  # fmt: skip
    db.session.commit()
    return made


def sealed_and_drawn() -> None:
    seal(clock.now())
    db.session.commit()
    jobs.draw(now=clock.now())


def chosen() -> list[int]:
    return [one.duty_id for one in db.session.query(DutyDrawItem).order_by(DutyDrawItem.position)]


def test_a_draw_takes_duties_of_every_kind(world, owed, played):
    with played("2026-11-23T09:00"):
        fixed(world, size=12)
        sealed_and_drawn()
    kinds = {duty.kind for duty in db.session.query(duties.Duty).filter(duties.Duty.id.in_(chosen()))}
    assert kinds == set(KINDS)


def test_nothing_is_drawn_before_the_list_is_sealed(world, owed, played):
    with played("2026-11-23T09:00"):
        made = fixed(world)
        jobs.draw(now=clock.now())
        assert (made.seed, made.drawn_at, chosen()) == ("", None, [])


def test_the_seed_is_the_first_signed_root_over_the_list(world, owed, played):
    with played("2026-11-23T09:00"):
        made = fixed(world)
        before = proofs.newest_head()
        sealed_and_drawn()
        head = proofs.head_at(made.seed_size)
        fixing = evidence.entry_for("duty_draw", made.id, "draw.fixed")
    assert made.seed == head.root
    assert proofs.proof_of(fixing).head.tree_size == made.seed_size
    assert before is None or before.tree_size <= proofs.proof_of(fixing).leaf_index < made.seed_size


def test_a_later_head_changes_nothing(world, owed, played):
    with played("2026-11-23T09:00"):
        fixed(world)
        sealed_and_drawn()
        first = chosen()
        evidence.record("jobs.begun", subject=None, actor=world.actor("office"), now=clock.now())
        db.session.commit()
        sealed_and_drawn()
    assert chosen() == first
    assert len(first) == 5


def test_the_log_names_the_list_before_the_seed_and_what_came_out_after(world, owed, played):
    with played("2026-11-23T09:00"):
        made = fixed(world)
        sealed_and_drawn()
        told = [(one.verb, json.loads(one.payload)["facts"]) for one in evidence.entries_of("duty_draw", made.id)]
    (first, facts), (second, outcome) = told
    assert (first, second) == ("draw.fixed", "draw.drawn")
    assert facts == {"population": 12, "digest": digest_of(made.numbers.split("\n")), "filter": "state=all", "size": 5}
    assert outcome == {"seed": made.seed, "head": made.seed_size, "drawn": chosen()}
    db.session.rollback()
    assert verification.verify().first_bad is None


def test_it_is_drawn_as_answers_to_letters_are(world, owed, played):
    with played("2026-11-23T09:00"):
        made = fixed(world)
        sealed_and_drawn()
    names = made.numbers.split("\n")
    assert [str(one) for one in chosen()] == drawn(names, seed=made.seed, size=5)
    by_hand = sorted(names, key=lambda name: hashlib.sha256(f"{made.seed}:{name}".encode()).hexdigest())
    assert [str(one) for one in chosen()] == by_hand[:5]


def test_whoever_edits_the_list_afterwards_is_found(world, owed, played):
    with played("2026-11-23T09:00"):
        made = fixed(world)
        sealed_and_drawn()
        db.session.execute(db.text("UPDATE duty_draw SET numbers = '1'"))
        db.session.commit()
    bad = verification.verify().first_bad
    assert (bad.row, bad.reason) == (f"duty_draw:{made.id}", "the row was changed without an entry")


def test_the_filter_says_what_is_drawn_from(world, owed, played):
    with played("2026-11-23T09:00"):
        by_kind = fixed(world, "kind=feedback&state=all")
        by_unit = fixed(world, f"department={world.department['utilities']}&state=overdue")
    assert (by_kind.population, by_unit.population) == (3, 4)


def test_a_matter_about_the_auditors_own_unit_is_not_drawn(world, owed, played):
    with played("2026-11-23T09:00"):
        duties.open_duty(
            "feedback", subject_kind="consultation", subject_id=7, department_id=world.department["housing"],
            restricted_from=min(world.actor("auditor").department_ids), started_at=clock.now(),
            due_on=date(2026, 12, 1), actor=world.actor("head"), now=clock.now(),
        )  # fmt: skip
        db.session.commit()
        assert fixed(world).population == 12


@pytest.mark.parametrize(("query", "size", "field"), [
    ("kind=inquiry_reply&state=all", 5, "size"), ("state=all", 0, "size"), ("state=all", 201, "size"),
])  # fmt: skip
def test_a_draw_that_cannot_be_is_refused(world, owed, played, query, size, field):
    with played("2026-11-23T09:00"), pytest.raises(Refused) as refused:
        fixed(world, query, size)
    assert (refused.value.code, refused.value.field) == ("invalid", field)


def test_too_large_a_list_is_refused_with_what_to_do(world, owed, played, monkeypatch):
    monkeypatch.setattr(draws, "LARGEST", 11)
    with played("2026-11-23T09:00"), pytest.raises(Refused) as refused:
        fixed(world)
    assert str(refused.value.message).startswith("More than")


def test_only_an_auditor_draws_and_reads_draws(world, owed, played, app):
    with played("2026-11-23T09:00"):
        made = fixed(world)
        for who in ("office", "head", "officer", "administrator"):
            with pytest.raises(Refused):
                fixed(world, login=who)
            client = world.sign_in(app.test_client(), who)
            for path in ("", f"/{made.id}", f"/{made.id}/list.txt"):
                assert client.get(f"/ledger/draws{path}").status_code in (403, 404)


@pytest.fixture
def auditor(client, world, owed, played):
    with played("2026-11-23T09:00"):
        yield world.sign_in(client, "auditor")


def test_the_pages_from_the_ledger_to_the_outcome(auditor, world):
    ledger = auditor.get("/ledger?kind=feedback&state=all&lang=zh")
    offered = re.search(r'href="(/ledger/draws[^"]*)"', ledger.text).group(1).replace("&amp;", "&")
    page = auditor.get(offered)
    assert "公布意见采纳情况" in words(page.text)
    assert "全部状态" in words(page.text)
    form = {"query": "kind=feedback&state=all"}
    for size, said in (("", "请写明抽取多少项"), ("500", "1 到 200 项之间")):
        wrong = auditor.submit(offered, form | {"size": size}, to="/ledger/draws")
        assert (wrong.status_code, said in words(wrong.text)) == (422, True)
    shown = auditor.submit(offered, form | {"size": "2"}, to="/ledger/draws").headers["Location"]
    assert "等待签名" in words(auditor.get(shown).text)
    sealed_and_drawn()
    page = words(auditor.get(shown).text)
    made = db.session.query(DutyDraw).one()
    assert "还有 2 项期限待查看" in page
    assert all(text in page for text in (made.seed, made.population_digest, "3 项期限"))
    assert "共 3 项，抽取 2 项" in words(auditor.get("/ledger/draws").text)


def test_what_was_drawn_is_marked_asked_about_and_found_on(auditor):
    auditor.submit("/ledger/draws", {"query": "state=all", "size": "3"}, to="/ledger/draws")
    sealed_and_drawn()
    one, two, _three = chosen()
    path = "/ledger/draws/1"
    assert auditor.submit(path, {"text": "为什么超期？"}, to=f"/ledger/{one}/inquiries").status_code == 303
    assert auditor.submit(f"/ledger/{two}", {"text": "超期三天。"}, to=f"/ledger/{two}/findings").status_code == 303
    page = words(auditor.get(path).text)
    assert "还有 1 项期限待查看" in page
    assert "已提出监督意见" in page
    assert "已查看 2 项" in words(auditor.get("/ledger/draws").text)
    assert (db.session.query(Inquiry).one().stage, db.session.query(Finding).one().duty_id) == ("asked", two)


def test_anybody_draws_again_with_the_two_lines_on_the_page(auditor, tmp_path):
    auditor.submit("/ledger/draws", {"query": "state=all", "size": "4"}, to="/ledger/draws")
    sealed_and_drawn()
    listed = auditor.get("/ledger/draws/1/list.txt")
    (tmp_path / "list-1.txt").write_bytes(listed.data)
    page = auditor.get("/ledger/draws/1").text
    printed = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL).group(1)
    for sign, meant in (("&#39;", "'"), ("&#34;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        printed = printed.replace(sign, meant)
    said = subprocess.run(printed, shell=True, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    digest, numbers = said.splitlines()
    assert digest.split()[0] == db.session.query(DutyDraw).one().population_digest
    assert [int(one) for one in numbers.split()] == chosen()


def test_the_inspection_pack_has_the_draws_to_draw_again(auditor):
    auditor.submit("/ledger/draws", {"query": "state=all", "size": "4"}, to="/ledger/draws")
    sealed_and_drawn()
    answer = auditor.submit("/ledger", {"state": "all"}, to="/ledger/pack")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as pack:
        (told,) = json.loads(pack.read("draws.json"))
    answer.close()
    assert digest_of(told["numbers"]) == told["population_sha256"]
    assert drawn(told["numbers"], seed=told["seed"], size=4) == told["drawn"] == [str(one) for one in chosen()]


def test_nothing_of_a_pack_stays_on_the_disk(auditor, app):
    auditor.submit("/ledger", {"state": "all"}, to="/ledger/pack").close()
    assert list((Path(app.instance_path) / "packs").iterdir()) == []


def test_one_draw_takes_as_many_queries_for_many_dates_as_for_one(auditor, queries):
    seen = []
    for number, size in enumerate((1, 3), start=1):
        form = {"query": "kind=feedback&state=all", "size": str(size)}
        auditor.submit("/ledger/draws", form, to="/ledger/draws")
        sealed_and_drawn()
        auditor.get(f"/ledger/draws/{number}")
        with queries() as found:
            auditor.get(f"/ledger/draws/{number}")
        seen.append(len(found))
    assert seen[0] == seen[1]
