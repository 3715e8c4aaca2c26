"""The matrix of every route, method and role, written from `url_map` and the grants."""

from dataclasses import dataclass

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from werkzeug.routing import AnyConverter, BaseConverter

from participation.access import GRANTS, Capability, Role
from participation.web.addresses import RowInteger
from participation.web.guards import capability_of


@dataclass(frozen=True)
class Row:
    path: str
    endpoint: str
    methods: tuple[str, ...]
    capability: Capability
    example: str  # a path with every placeholder filled in, for the test that walks it


def rows(app: Flask) -> list[Row]:
    """Every route but the static files, by path."""
    found = []
    for rule in app.url_map.iter_rules():
        capability = capability_of(app, rule.endpoint)
        if capability is None:
            continue
        methods = tuple(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        values = {name: _example(converter) for name, converter in rule._converters.items()}
        with app.test_request_context():
            built = rule.build(values, append_unknown=False)
        found.append(Row(rule.rule, rule.endpoint, methods, capability, built[1] if built else rule.rule))
    return sorted(found, key=lambda row: (row.path, row.methods))


def _example(converter: BaseConverter) -> int | str:
    if isinstance(converter, RowInteger):
        return 1
    return min(converter.items) if isinstance(converter, AnyConverter) else "x"


def table(app: Flask) -> str:
    """docs/routes.md: one line a route, one column a role."""
    roles = list(Role)
    lines = [
        "# Routes, methods and roles",
        "",
        "Generated: `flask --app run routes-table > docs/routes.md`. A dot means: gets past the guard;",
        "what a person may see or do there is then decided by the rules of the feature.",
        "",
        "| path | methods | capability | " + " | ".join(roles) + " |",
        "|---|---|---|" + "---|" * len(roles),
    ]
    for row in rows(app):
        dots = ["•" if row.capability in GRANTS[role] else "" for role in roles]
        path = row.path.replace("|", "\\|")
        lines.append(f"| `{path}` | {' '.join(row.methods)} | {row.capability} | " + " | ".join(dots) + " |")
    return "\n".join(lines) + "\n"


@click.command("routes-table")
@with_appcontext
def routes_table() -> None:
    """Print the matrix of routes, methods and roles."""
    click.echo(table(current_app._get_current_object()), nl=False)


def init_app(app: Flask) -> None:
    app.cli.add_command(routes_table)
