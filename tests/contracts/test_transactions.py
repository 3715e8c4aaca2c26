"""Services flush; only views, commands and jobs commit. The syntax tree says so."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "participation"
MAY_COMMIT = {"views", "commands", "jobs"}
# Reasons: `prepare` and `demo` are commands; a throttle must count even when the request is refused.
WITH_REASON = {"prepare.py", "demo", "throttle.py"}
# The API counts a request before it reads; the ledger's history is read a batch a transaction, to go on when killed.
# Sums ahead are counted a month a transaction; a change of the signing key is recorded before it is sealed; SQLite
# is written anew outside of any transaction; a restore is a command that brings its own application.
FILES_WITH_REASON = {
    "api/answers.py",
    "duties/history/reading.py",
    "duties/months.py",
    "evidence/rotation.py",
    "privacy/shredding.py",
    "backup/whole.py",
}


def _commits(tree: ast.AST) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]


def test_only_views_commands_and_jobs_commit():
    found = {}
    for path in PACKAGE.rglob("*.py"):
        within = path.relative_to(PACKAGE)
        names = {*within.parts, path.stem}
        if names & (MAY_COMMIT | WITH_REASON) or within.as_posix() in FILES_WITH_REASON:
            continue
        lines = _commits(ast.parse(path.read_text("utf-8")))
        if lines:
            found[within.as_posix()] = lines
    assert found == {}


def test_the_finder_sees_a_planted_commit():
    assert _commits(ast.parse("def save():\n    db.session.commit()\n")) == [2]
