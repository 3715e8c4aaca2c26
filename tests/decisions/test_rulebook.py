"""The public page of gates and lifecycle and its document say what the tables say."""

from pathlib import Path

import pytest

from participation.decisions import gates, rulebook
from participation.decisions.commands import gates_document
from participation.decisions.lifecycle import STAGES, TRANSITIONS
from participation.decisions.steps import STEPS

DOCUMENT = Path(__file__).parents[2] / "docs" / "decisions-gates.md"


def test_the_document_is_current(app):
    written = DOCUMENT.read_text("utf-8")
    assert written == gates_document(), "run: flask --app run decisions gates-table > docs/decisions-gates.md"


def test_the_command_prints_the_document(app):
    printed = app.test_cli_runner().invoke(args=["decisions", "gates-table"])
    assert printed.output == gates_document()


def test_every_gate_is_a_row_of_its_act():
    rows = [(act.key, row.key) for act in rulebook.acts() for row in act.rows]
    assert sorted(rows) == sorted((gate.act, gate.key) for gate in gates.GATES)


def test_every_move_of_the_lifecycle_is_a_row():
    keys = {move.key for move in rulebook.moves()}
    assert keys == {key for key in TRANSITIONS if not key.startswith("reverse:")} | {"reverse"}


def test_the_spans_of_a_move_hold_exactly_its_stages():
    stages = list(STAGES)
    for move in rulebook.moves():
        spread = {stage for first, last in move.spans for stage in stages[stages.index(first) : stages.index(last) + 1]}
        rule = TRANSITIONS["reverse:started" if move.key == "reverse" else move.key]
        assert spread == rule.sources


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_shows_every_gate_every_step_and_every_move(client, language):
    page = client.get(f"/decisions/gates?lang={language}")
    assert page.status_code == 200
    for gate in gates.GATES:
        assert f'id="{gate.key.replace(".", "-")}"' in page.text
    assert page.text.count("<tr") == len(gates.GATES) + len(STEPS) + len(rulebook.moves()) + len(gates.ACTS) + 2


def test_the_catalogue_and_the_explanation_lead_to_the_page(client, world):
    assert "/decisions/gates" in client.get("/about/decisions").text
