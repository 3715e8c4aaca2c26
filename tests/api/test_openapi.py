"""The description: valid OpenAPI 3.1, and what is answered is what it says, field by field."""

import json
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from msgspec.structs import replace
from openapi_spec_validator import OpenAPIV31SpecValidator

from participation.api.resources import LISTED
from tests import district
from tests.api.life import lived_in


@pytest.fixture
def settled(kept, played):
    place = kept(lived_in)
    with played(district.NOW):
        yield place


@pytest.fixture
def document(client, settled):
    return client.get("/api/v1/openapi.json").json


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_document_is_valid_in_both_languages(client, world, played, language):
    with played(district.NOW):
        document = client.get(f"/api/v1/openapi.json?lang={language}").json
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert document["openapi"] == "3.1.0"
    assert document["info"]["license"]["name"] != ""
    chinese = any("一" <= sign <= "鿿" for sign in json.dumps(document["info"], ensure_ascii=False))
    assert chinese == (language == "zh")


def followed(document: dict, schema: dict) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": document["components"]}, format_checker=FormatChecker())


def test_every_answer_is_as_described(client, document):
    told = 0
    for path, operations in document["paths"].items():
        schema = operations["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        for address in addresses(client, path):
            answer = client.get(f"/api/v1{address}")
            assert answer.status_code == 200, address
            assert [error.message for error in followed(document, schema).iter_errors(answer.json)] == [], address
            told += 1
    assert told > 40


def addresses(client, path: str) -> list[str]:
    """The list, each of its filters by its example, and every single thing it has."""
    name = path.strip("/").partition("/")[0]
    resource = next(each for each in LISTED if each.name == name)
    if "{" not in path:
        return [path, f"{path}?lang=en", *(f"{path}?{param.name}={param.example}" for param in resource.params)]
    rows = client.get(f"/api/v1/{name}?limit=200").json["data"][:20]
    return [f"/{name}/{row[resource.key_name]}" for row in rows]


def test_every_problem_is_as_described(client, document):
    schema = document["components"]["schemas"]["Problem"]
    for path, headers in (
        ("letters?limit=0", {}), ("letters/0", {}), ("nothing", {}), ("letters", {"Accept": "text/plain"}),
    ):  # fmt: skip
        answer = client.get(f"/api/v1/{path}", headers=headers)
        assert answer.mimetype == "application/problem+json"
        assert [error.message for error in followed(document, schema).iter_errors(answer.json)] == [], path


def test_every_list_has_something_in_it_or_the_walks_prove_nothing(client, settled):
    empty = [each.name for each in LISTED if not client.get(f"/api/v1/{each.name}").json["data"]]
    assert empty == []


def test_the_schema_is_strict_enough_to_notice(document):
    schema = document["components"]["schemas"]["departments_row"]
    right = {
        "id": 1, "code": "A", "name": "甲", "full_name": "甲局", "full_name_en": None, "kind": "town",
        "kind_label": "镇", "active": True,
    }  # fmt: skip
    assert followed(document, schema).is_valid(right)
    for wrong in ({"id": "1"}, {"kind": "village"}, {"phone": "1"}, {"name": None}):
        assert not followed(document, schema).is_valid(right | wrong), wrong
    assert not followed(document, schema).is_valid({name: right[name] for name in right if name != "code"})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_names_every_resource_field_and_parameter(client, settled, language):
    page = client.get(f"/api?lang={language}")
    assert page.status_code == 200
    document = client.get(f"/api/v1/openapi.json?lang={language}").json
    for resource in LISTED:
        assert f'id="{resource.name}"' in page.text
        for name in document["components"]["schemas"][f"{resource.name}_row"]["properties"]:
            assert f">{name}<" in page.text, name
        for param in resource.params:
            assert f">{param.name}<" in page.text, param.name
    assert "<script" not in unquote(page.text).replace('<script src="', "")


def test_the_installation_chooses_the_licence(app, client, world, monkeypatch):
    settings = replace(
        app.extensions["settings"],
        data_licence="CC BY 4.0",
        data_licence_url="https://creativecommons.org/licenses/by/4.0/",
    )
    monkeypatch.setitem(app.extensions, "settings", settings)
    licence = client.get("/api/v1/openapi.json").json["info"]["license"]
    assert licence == {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
    assert "CC BY 4.0" in client.get("/data").text
