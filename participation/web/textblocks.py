"""A text of an office as accessible HTML: paragraphs, and tables written as `| cell | cell |` rows.

The plain text is what is frozen and fingerprinted; the HTML is made from it each time, so it can
never say anything else.
"""

from collections.abc import Iterable
from itertools import groupby

from flask_babel import gettext as _
from markupsafe import Markup


def _is_row(line: str) -> bool:
    return len(line) > 4 and line.startswith("| ") and line.endswith(" |") and " | " in line[1:-1]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line[1:-1].split(" | ")]


def legal_text(text: str | None) -> Markup:
    """Escaped. The first row of a table is its heading; a table alone may scroll, never the page."""
    lines = [line.strip() for line in (text or "").replace("\r\n", "\n").split("\n") if line.strip()]
    runs = [(rows, list(run)) for rows, run in groupby(lines, key=_is_row)]
    return Markup("").join(_table(run) if rows else _paragraphs(run) for rows, run in runs)


def _paragraphs(lines: list[str]) -> Markup:
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)


def _table(lines: list[str]) -> Markup:
    rows = [_cells(line) for line in lines]
    width = max(len(row) for row in rows)
    head, *body = [row + [""] * (width - len(row)) for row in rows]
    heads = _each('<th scope="col">{}</th>', head)
    body_rows = _each("<tr>{}</tr>", [_each("<td>{}</td>", row) for row in body])
    return Markup(
        '<div class="pp-scroll" role="group" tabindex="0" aria-label="{}">'
        "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(_("Table"), heads, body_rows)


def _each(form: str, values: Iterable[str]) -> Markup:
    return Markup("").join(Markup(form).format(value) for value in values)
