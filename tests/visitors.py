"""Browsers as programs: the real forms over real sockets, for trials and benchmarks.

A visitor keeps its cookies and one connection. Each has a telephone number and, behind one trusted
proxy (PROXY_HOPS=1), an address of its own, so that the limits on codes count it as a person.
"""

import http.client
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from tests.browse import hidden_fields

CODE = re.compile(r"\b(\d{6})\b")
TAG = re.compile(r"<[^>]+>")

COMMENT = {"consent": "yes"}
LETTER = {
    "title": "永安街 23 号院夜里路灯不亮",
    "place": "永安街 23 号院",
    "kind": "complain",
    "topic": "城市管理",
    "consent": "yes",
    "about": "",
}


@dataclass(frozen=True)
class Reply:
    status: int
    location: str
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Gone(Exception):
    """The server closed the connection, or there is none: whether it did anything is not known."""


@dataclass
class Visitor:
    """`number` makes the telephone number and the address; two visitors need two numbers."""

    host: str
    port: int
    number: int
    timeout: float = 60.0
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    @property
    def telephone(self) -> str:
        return f"139{self.number:08d}"

    def get(self, path: str) -> Reply:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> Reply:
        return self._ask("POST", path, urlencode(fields).encode())

    def send(self, path: str, body: bytes, content_type: str) -> Reply:
        """A POST whose body is made already: uploads."""
        return self._ask("POST", path, body, content_type)

    def headers(self) -> dict[str, str]:
        address = f"10.{self.number >> 16 & 255}.{self.number >> 8 & 255}.{self.number & 255}"
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"X-Forwarded-For": address} | ({"Cookie": cookies} if cookies else {})

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _ask(
        self, method: str, path: str, body: bytes | None, kind: str = "application/x-www-form-urlencoded"
    ) -> Reply:
        headers = self.headers() | ({"Content-Type": kind} if body is not None else {})
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection(self.host, self.port, timeout=self.timeout)
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Gone(type(error).__name__) from error
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()
        if answer.will_close:
            self.close()
        location = urlsplit(answer.headers.get("Location", ""))
        where = location.path + (f"?{location.query}" if location.query else "")
        return Reply(answer.status, where, {k.lower(): v for k, v in answer.headers.items()}, content)

    # The forms, step by step. Each step may be repeated as it is.

    def form(self, path: str) -> dict[str, str]:
        """The hidden fields of the form at this address, the submission key among them."""
        return hidden_fields(self._page(path).text)

    def comment(self, hidden: dict[str, str], text: str) -> dict[str, str]:
        return hidden | COMMENT | {"text": text, "name": "王芳", "contact": self.telephone}

    def letter(self, hidden: dict[str, str], text: str) -> dict[str, str]:
        return hidden | LETTER | {"text": text, "name": "李秀英", "contact": self.telephone}

    def confirmation(self, path: str) -> dict[str, str]:
        """What the last step sends: its hidden fields, and the code that a demonstration shows, if any."""
        page = self._page(path).text
        shown = CODE.search(TAG.sub(" ", page)) if 'name="code"' in page else None
        return hidden_fields(page) | {"code": shown.group(1) if shown else ""}

    def _page(self, path: str) -> Reply:
        reply = self.get(path)
        if reply.status != 200:
            raise Unexpected(path, reply)
        return reply


class Unexpected(Exception):
    """Another answer than the one that leads on."""

    def __init__(self, path: str, reply: Reply) -> None:
        super().__init__(f"{path} answered {reply.status}")
        self.path, self.reply = path, reply
