"""`flask decisions import` as somebody at the terminal meets it."""

import json

from participation.decisions import queries

TABLE = "序号,决策事项名称,承办单位,完成时限\n1,甲办法,区住建局,第四季度\n2,乙规划,区财政局,\n"


def _run(app, tmp_path, text, *options):
    file = tmp_path / "目录.csv"
    file.write_text(text, "utf-8")
    return app.test_cli_runner().invoke(args=["decisions", "import", str(file), "--year", "2026", *options])


def test_a_dry_run_reports_and_stores_nothing(app, world, tmp_path):
    result = _run(app, tmp_path, TABLE, "--dry-run", "--json")
    said = json.loads(result.output)
    assert result.exit_code == 0
    assert [item["title"] for item in said["items"]] == ["甲办法", "乙规划"]
    assert said["items"][0]["planned"] == {"text": "第四季度", "from": "2026-10-01", "to": "2026-12-31"}
    assert [note["row"] for note in said["notes"]] == [3]
    assert said["errors"] == []
    assert queries.catalogue_of(2026) is None


def test_an_import_stores_a_draft(app, world, tmp_path):
    result = _run(app, tmp_path, TABLE)
    assert result.exit_code == 0
    assert result.output.endswith("2 items, 1 notes, 0 errors: stored, not yet published\n")
    found = queries.catalogue_of(2026)
    assert found is not None
    assert found.published_at is None
    assert queries.titles_of(found.id) == {"甲办法": 1, "乙规划": 2}


def test_one_bad_row_and_nothing_is_stored(app, world, tmp_path):
    result = _run(app, tmp_path, TABLE + "3,,区财政局,\n", "--json")
    assert result.exit_code == 1
    assert json.loads(result.output)["errors"] == [
        {"row": 4, "field": "title", "text": "", "message": "Row 4 has no title."}
    ]
    assert queries.catalogue_of(2026) is None


def test_without_a_government_office_the_year_cannot_begin(app, tmp_path):
    result = _run(app, tmp_path, TABLE, "--json")
    assert result.exit_code == 1
    assert (
        json.loads(result.output)["errors"][0]["message"] == "Enter the government office among the departments first."
    )
