"""A browser without pictures: one connection that stays open, one session, forms read from the page. Cheap enough
to drive hundreds of them from the machine that is being measured."""

import asyncio
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from tests.browse import hidden_fields

IDLE = 1.0
"""Seconds after which a connection is opened anew: gunicorn closes what has been idle for two."""
_LENGTH = re.compile(rb"content-length: *(\d+)", re.I)
_COOKIE = re.compile(rb"set-cookie: *([^=;\r\n]+)=([^;\r\n]*)", re.I)
_LOCATION = re.compile(rb"\r\nlocation: *([^\r\n]+)", re.I)


class Broken(Exception):
    """The server ended the connection before it had answered. Nothing is sent a second time."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    location: str
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def fields(self) -> dict[str, str]:
        return hidden_fields(self.text)


@dataclass(slots=True)
class Browser:
    """`address` is where it seems to come from: said to a server that trusts its proxy, together with https."""

    port: int
    host: str = "127.0.0.1"
    address: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None
    _used: float = 0.0

    async def get(self, path: str) -> Answer:
        return await self._ask(f"GET {path} HTTP/1.1\r\n{self._headers()}\r\n".encode())

    async def post(self, path: str, fields: dict[str, str]) -> Answer:
        return await self.send(self.written(path, fields))

    def written(self, path: str, fields: dict[str, str]) -> tuple[str, bytes]:
        """A request made ready; the cookies are those of the moment in which it is sent."""
        body = urlencode(fields).encode()
        head = f"POST {path} HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        return f"{head}Content-Length: {len(body)}\r\n", body

    async def send(self, request: tuple[str, bytes]) -> Answer:
        head, body = request
        return await self._ask(f"{head}{self._headers()}\r\n".encode() + body)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._writer = self._reader = None

    def _headers(self) -> str:
        scheme = "https" if self.address else "http"
        lines = [f"Host: {self.host}", f"Origin: {scheme}://{self.host}", f"Referer: {scheme}://{self.host}/"]
        if self.address:
            lines += [f"X-Forwarded-For: {self.address}", "X-Forwarded-Proto: https"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        return "\r\n".join(lines) + "\r\n"

    async def _ask(self, request: bytes) -> Answer:
        if self._writer is None or time.monotonic() - self._used > IDLE:
            self.close()
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**22)
        reader, writer = self._reader, self._writer
        assert reader is not None
        assert writer is not None
        try:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            if length is None:
                raise Broken("an answer without its length")
            body = await reader.readexactly(int(length[1]))
        except (OSError, asyncio.IncompleteReadError) as error:
            self.close()
            raise Broken(type(error).__name__) from error
        self._used = time.monotonic()
        for name, value in _COOKIE.findall(head):
            self.cookies[name.decode()] = value.decode()
        if b"connection: close" in head.lower():
            self.close()
        found = _LOCATION.search(head)
        location = urlsplit(found[1].decode()) if found else None
        path = f"{location.path}?{location.query}".rstrip("?") if location else ""
        return Answer(int(head[9:12]), path, body)
