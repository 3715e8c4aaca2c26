"""Where a list goes on: a place in its order, signed, so that nobody can make one up; it belongs to one
list with its filters."""

import base64
import binascii
import hmac
import json
from collections.abc import Mapping
from typing import Any

from participation.api.problems import Problem
from participation.api.resource import Place
from participation.errors import N_
from participation.web.secrets import keyed_digest

_MAC = 32
LONGEST = 600


def made(resource: str, filters: Mapping[str, Any], place: Place) -> str:
    """The cursor of the page after this place."""
    body = json.dumps([resource, _written(filters), list(place)], separators=(",", ":"), ensure_ascii=False)
    return _encoded(body.encode()) + "." + _mac(body)


def read(text: str, resource: str, filters: Mapping[str, Any]) -> Place:
    """The place of a cursor that was made for this list. Raises `Problem` (400) for any other text."""
    body = _opened(text)
    if body is None:
        raise Problem(400, N_("This cursor is not one of ours. Take it from the answer of the page before."))
    of, with_filters, place = json.loads(body)
    if of != resource or with_filters != _written(filters):
        raise Problem(400, N_("This cursor belongs to another list. Keep the filters while you turn pages."))
    return list(place)


def _opened(text: str) -> str | None:
    encoded, dot, mac = text.partition(".")
    if not dot or len(text) > LONGEST or not text.isascii():
        return None
    try:
        body = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    except (binascii.Error, ValueError):
        return None
    # Decoding forgives: only the text that was made is a cursor.
    if _encoded(body.encode()) != encoded or not hmac.compare_digest(_mac(body).encode(), mac.encode()):
        return None
    return body


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def _mac(body: str) -> str:
    return keyed_digest(body, purpose="api cursor")[:_MAC]


def _written(filters: Mapping[str, Any]) -> list[list[str]]:
    return [[name, str(value)] for name, value in sorted(filters.items())]
