"""What no form and no link would ever send: every route answers it with 2xx, 3xx or 4xx, never 500."""

import pytest

from participation.access import GRANTS, Role
from participation.web.route_table import rows
from tests import district
from tests.mailbox import letters

pytestmark = pytest.mark.long

FINE = range(200, 500)
LONG = "长" * 1500
HOSTILE = (
    "9223372036854775808", "-1", "１２", "0", "1e9", "NaN", "null", "'\";--", "%", "<script>alert(1)</script>", LONG,
    "\x00", "\ud800".encode("utf-8", "surrogatepass"), b"\xff\xfe", "\u202e", "𮯰", "2026-02-30", "2026-13", "../..",
    "9999-12-31", "0001-01-01", "10000000000000000000000000000", "²", "٣", "{{7*7}}", "=1+1",
)  # fmt: skip
FILLED = ("", "9223372036854775808", "\x00", "１２", LONG, "2026-02-30", "-1", "[]", "\u202e<b>", "1")
TURNS = 2
# No migration laid the tests' tables, and /readyz says so with a 503.
LEFT_OUT = ("accounts.sign_out", "watching.readyz")
IN_PATHS = (
    "9223372036854775808",
    "99999999999999999999999",
    "-1",
    "１",
    "0",
    "%FF",
    "%00",
    "a" * 3000,
    "%F0%90%80",
    "²",
)
NAMES = (
    "q after before below page kind state stage unit year month day from until due_from due_until department topic "
    "late outcome clause next draft start days point show lang size number secret words category number basis"
).split()
# Each route is tried by the first of these who gets past its guard.
ROLES = {
    None: Role.PUBLIC,
    "officer": Role.OFFICER,
    "office": Role.OFFICE,
    "head": Role.HEAD,
    "auditor": Role.AUDITOR,
    "administrator": Role.ADMINISTRATOR,
}
TRIED = list(ROLES)


@pytest.fixture
def settled(kept, played):
    place = kept(district.settle)
    with played(district.NOW):
        yield place


def browser(app, world, role):
    client = app.test_client()
    if role:
        world.sign_in(client, role)
    return client


def routes(app, method, role):
    """The routes that this role is the first to get past the guard of."""
    earlier = TRIED[: TRIED.index(role)]
    return [
        row
        for row in rows(app)
        if method in row.methods
        and row.endpoint not in LEFT_OUT
        and row.capability in GRANTS[ROLES[role]]
        and not any(row.capability in GRANTS[ROLES[name]] for name in earlier)
    ]


def mixed(names, values, turn):
    """Every name with a value of its own; in another turn with another one."""
    return {name: values[(7 * turn + place) % len(values)] for place, name in enumerate(names)}


def gets(app, role):
    return routes(app, "GET", role)


def posts(app, role):
    return routes(app, "POST", role)


def every(app, method):
    return [row for row in rows(app) if method in row.methods and row.endpoint not in LEFT_OUT]


def status(client, path, method="GET", **kwargs):
    """The status, with the request named when the application itself breaks."""
    try:
        with client.open(path, method=method, **kwargs) as answer:
            return answer.status_code
    except Exception as error:
        pytest.fail(f"{method} {path[:100]} {str(kwargs)[:120]}: {type(error).__name__}: {str(error)[:300]}")


@pytest.mark.parametrize("role", TRIED)
def test_hostile_query_strings(app, world, settled, role):
    client, broken = browser(app, world, role), []
    for row in gets(app, role):
        for turn in range(TURNS):
            query = mixed(NAMES, HOSTILE, turn)
            if status(client, row.example, query_string=query) not in FINE:
                broken.append((row.example, query))
    assert broken == []


def test_queries_that_are_no_utf8_or_no_pairs(app, world, settled):
    client, broken = browser(app, world, "office"), []
    for row in every(app, "GET"):
        for text in ("q=%ff&year=%ff&after=%c3%28&&&=;=%", "q=" + "a" * 60000):
            if status(client, f"{row.example}?{text}") not in FINE:
                broken.append((row.example, text[:20]))
    assert broken == []


@pytest.mark.parametrize("role", TRIED)
def test_paths_that_name_nothing(app, world, settled, role):
    client, broken = browser(app, world, role), []
    for row in gets(app, role):
        before, opening, after = row.path.partition("<")
        if not opening:
            continue
        rest = after.partition(">")[2].replace("<", "1<")
        rest = "".join(part.rpartition(">")[2] for part in rest.split("<"))
        for value in IN_PATHS:
            if status(client, f"{before}{value}{rest}") not in FINE:
                broken.append(f"{before}{value[:20]}{rest}")
    assert broken == []


BODIES = (
    ("application/json", b'{"a": [1, {"b": null}]}'),
    ("application/json", b"{"),
    ("text/plain", b"hello"),
    ("application/x-www-form-urlencoded", b"text=%ff%fe&title=%00&number=%c3%28"),
    ("application/x-www-form-urlencoded", b"&" * 2000),
    ("application/x-www-form-urlencoded; charset=nonsense", b"text=1"),
    ("multipart/form-data", b"--x\r\n"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhello"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n\xff\r\n--x--\r\n"),
    ("multipart/form-data; boundary=" + "y" * 400, b"\x00" * 100),
    ("", b"\xff"),
)  # fmt: skip


@pytest.mark.parametrize("role", TRIED)
def test_bodies_that_are_no_form(app, world, settled, role):
    client, wrong = browser(app, world, role), []
    for row in posts(app, role):
        for kind, body in BODIES:
            found = status(client, row.example, "POST", data=body, content_type=kind)
            if not 400 <= found < 500:
                wrong.append((row.example, kind, found))
    assert wrong == []


@pytest.mark.parametrize("role", TRIED)
def test_fields_filled_with_hostile_values(app, world, settled, role):
    client, broken = browser(app, world, role), []
    token = client.token()
    names = _field_names()
    for row in posts(app, role):
        for turn in range(TURNS):
            data = mixed(names, FILLED, turn) | {"csrf_token": token}
            if status(client, row.example, "POST", data=data) not in FINE:
                broken.append((row.path, data))
    assert broken == []


def _field_names() -> list[str]:
    """Every field that any form of the site has, read from the forms themselves."""
    from wtforms.fields.core import UnboundField

    from participation.web.forms import Form

    def below(kind):
        for child in kind.__subclasses__():
            yield child
            yield from below(child)

    found = {name for form in below(Form) for name, field in vars(form).items() if isinstance(field, UnboundField)}
    return sorted(found | {"step", "name", "data", "draft", "drop", "sure", "do", "to", "show", "point", "comment"})


def test_a_form_that_is_far_too_large_is_413(app, world, settled):
    client = app.test_client()
    answer = client.post("/mailbox/mayor/write", data={"text": "长" * 1_000_000})
    assert answer.status_code == 413
    many = client.post("/mailbox/mayor/write", data={f"f{n}": "x" for n in range(2)} | {"text": "x" * 3_000_000})
    assert many.status_code == 413


def test_a_missing_token_is_400_and_the_text_is_kept(app, world, settled):
    client = app.test_client()
    for path in ("/mailbox/mayor/write", f"/consultations/{settled.consultation}/comment"):
        answer = client.post(path, data=letters.FORM)
        assert answer.status_code == 400, path
        assert letters.FORM["text"].split("\n")[0] in answer.text, path


def test_every_post_without_a_token_is_refused_and_changes_nothing(app, world, settled):
    for role in TRIED:
        client, wrong = browser(app, world, role), []
        for row in posts(app, role):
            found = status(client, row.example, "POST", data={"text": "一段很长的正文，写了很久。"})
            if found not in (400, 403, 404, 409):
                wrong.append((role, row.example, found))
        assert wrong == []


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example", ""])
def test_every_post_from_a_foreign_origin_is_403(app, world, settled, origin):
    client = browser(app, world, "office")
    token = client.token()
    for row in every(app, "POST"):
        found = status(client, row.example, "POST", data={"csrf_token": token}, headers={"Origin": origin})
        assert found == 403, row.example


def test_an_unknown_host_is_400(app, world):
    client = app.test_client()
    for host in ("evil.example", "localhost.evil.example", "127.0.0.1@evil.example", "[::1"):
        assert client.get("/", headers={"Host": host}).status_code == 400, host


@pytest.mark.parametrize("method", ["PUT", "NONSENSE"])
def test_other_methods_are_refused(app, world, settled, method):
    client = browser(app, world, "office")
    for row in rows(app):
        assert status(client, row.example, method) in (400, 403, 404, 405), row.example
