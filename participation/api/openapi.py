"""The description of the interface (OpenAPI 3.1), made from the same tables that write the answers."""

from collections.abc import Mapping
from typing import Any

from participation.accounts.throttle import API_NETWORK
from participation.api.fields import LABEL_MEANING, Say, schema
from participation.api.licence import Licence
from participation.api.resource import DEFAULT_LIMIT, MOST, Param, Resource
from participation.api.resources import LISTED
from participation.errors import N_

VERSION = "1.0.0"
ROW_LARGEST = 2**31 - 1
PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "parameter": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": False,
}
ABOUT = N_(
    "Read-only data of the public participation platform. Everything in it is public: no names of citizens, no"
    " contacts, nothing that was not published. Moments are in UTC, days are days in Zhoucun. Codes have their"
    " words beside them in the language of Accept-Language or of the parameter lang."
)
TOLD: dict[str, str] = {
    "400": N_("A parameter cannot be read; parameter says which"),
    "404": N_("There is nothing at this address, or it is not public"),
    "406": N_("Only application/json is to be had"),
    "429": N_("Too many requests from this network; Retry-After says when to go on"),
    "500": N_("Something went wrong on our side"),
    "503": N_("The data is not available just now"),
}


def document(*, server: str, title: str, licence: Licence, say: Say, language: str) -> dict[str, Any]:
    """The whole description. `server` is the address that the paths follow."""
    info_licence: dict[str, str] = {"name": licence.name}
    if licence.url:
        info_licence["url"] = licence.url
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": VERSION, "description": say(ABOUT), "license": info_licence},
        "servers": [{"url": server}],
        "tags": [
            {"name": resource.name, "description": say(resource.meaning)} for resource in LISTED
        ],
        "paths": dict(_paths(say)),
        "components": {
            "schemas": {"Problem": PROBLEM, **dict(_schemas(say))},
            "responses": {code: _problem(say(text), code) for code, text in TOLD.items()},
            "headers": _headers(say),
            "parameters": {"lang": _lang(say), "limit": _limit(say), "cursor": _cursor(say)},
        },
        "x-language": language,
    }  # fmt: skip


def _paths(say: Say) -> Any:
    for resource in LISTED:
        yield f"/{resource.name}", {"get": _list(resource, say)}
        if resource.one is not None:
            yield f"/{resource.name}/{{{resource.key_name}}}", {"get": _single(resource, say)}


def _list(resource: Resource, say: Say) -> dict[str, Any]:
    own = [_parameter(param, say) for param in resource.params]
    shared = [{"$ref": f"#/components/parameters/{name}"} for name in ("limit", "cursor", "lang")]
    return {
        "operationId": f"list_{resource.name}",
        "tags": [resource.name],
        "summary": say(resource.label),
        "description": say(resource.meaning),
        "parameters": [*own, *shared],
        "responses": _responses(f"{resource.name}_page", say, single=False),
    }


def _single(resource: Resource, say: Say) -> dict[str, Any]:
    key: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": ROW_LARGEST}
    if resource.key == "string":
        key = {"type": "string", "format": "date"}
    example: Any = resource.key_example if resource.key == "string" else int(resource.key_example)
    return {
        "operationId": f"get_{resource.name}",
        "tags": [resource.name],
        "summary": say(N_("%(what)s: one of them")) % {"what": say(resource.label)},
        "parameters": [
            {
                "name": resource.key_name,
                "in": "path",
                "required": True,
                "description": say(resource.key_meaning),
                "schema": key,
                "example": example,
            },
            {"$ref": "#/components/parameters/lang"},
        ],
        "responses": _responses(f"{resource.name}_one", say, single=True),
    }


def _responses(name: str, say: Say, *, single: bool) -> dict[str, Any]:
    headers = ("ETag", "Link", "RateLimit", "RateLimit-Policy", "Content-Language")
    found: dict[str, Any] = {
        "200": {
            "description": say(N_("What was asked for")),
            "headers": {
                each: {"$ref": f"#/components/headers/{each}"} for each in headers if each != "Link" or not single
            },
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}},
        },
        "304": {"description": say(N_("Nothing has changed since the fingerprint in If-None-Match"))},
    }
    return found | {
        code: {"$ref": f"#/components/responses/{code}"} for code in TOLD if single or code != "404"
    }  # fmt: skip


def _schemas(say: Say) -> Any:
    for resource in LISTED:
        yield f"{resource.name}_row", schema(resource.fields, say)
        beside = schema(resource.beside, say)
        yield (
            f"{resource.name}_page",
            {
                "type": "object",
                "properties": {
                    "data": {"type": "array", "items": {"$ref": f"#/components/schemas/{resource.name}_row"}},
                    "next": {
                        "type": ["string", "null"],
                        "format": "uri",
                        "description": say(N_("Address of the next page; null on the last one")),
                    },
                    **beside["properties"],
                },
                "required": ["data", "next", *beside["required"]],
                "additionalProperties": False,
            },
        )
        if resource.one is not None:
            yield f"{resource.name}_one", schema((*resource.fields, *resource.more), say)


def _parameter(param: Param, say: Say) -> dict[str, Any]:
    example: Any = int(param.example) if param.schema.get("type") == "integer" else param.example
    return {
        "name": param.name,
        "in": "query",
        "description": say(param.meaning),
        "schema": dict(param.schema),
        "example": example,
    }


def _limit(say: Say) -> dict[str, Any]:
    return {
        "name": "limit",
        "in": "query",
        "description": say(N_("How many rows a page has at most")),
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT},
    }


def _cursor(say: Say) -> dict[str, Any]:
    return {
        "name": "cursor",
        "in": "query",
        "description": say(N_("Where the page begins: taken from next of the page before, never made up")),
        "schema": {"type": "string", "minLength": 1, "maxLength": 600},
    }


def _lang(say: Say) -> dict[str, Any]:
    return {
        "name": "lang",
        "in": "query",
        "description": say(N_("Language of the words beside the codes; stronger than Accept-Language")),
        "schema": {"type": "string", "enum": ["zh", "en"]},
    }


def _problem(text: str, code: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": text,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if code in ("429", "503"):
        found["headers"] = {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}
    return found


def _headers(say: Say) -> dict[str, Any]:
    window = int(API_NETWORK.window.total_seconds())
    texts: Mapping[str, str] = {
        "ETag": say(N_("Fingerprint of the answer; send it back in If-None-Match")),
        "Link": say(N_("The next page, as rel=next, and this description")),
        "RateLimit-Policy": say(N_("How many requests a network may make in how many seconds"))
        + f": {API_NETWORK.most} / {window}",
        "RateLimit": say(N_("How many are left, and the seconds until they are full again")),
        "Content-Language": say(LABEL_MEANING),
        "Retry-After": say(N_("Seconds to wait")),
    }
    return {name: {"description": text, "schema": {"type": "string"}} for name, text in texts.items()}
