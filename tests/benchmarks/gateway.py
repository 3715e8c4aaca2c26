"""A gateway for text messages that keeps the codes it is given, as a telephone would show them."""

import asyncio
import json
import re

_LENGTH = re.compile(rb"content-length: *(\d+)", re.I)
_CODE = re.compile(r"验证码 (\d{6})")
_OK = b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Gateway:
    """`async with Gateway(port)`; `codes` by number, `messages` counts all that came."""

    def __init__(self, port: int) -> None:
        self.port, self.codes, self.messages = port, dict[str, str](), 0

    async def __aenter__(self) -> "Gateway":
        self._server = await asyncio.start_server(self._take, "127.0.0.1", self.port)
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._server.close()

    async def code_for(self, number: str, *, seconds: float) -> str:
        """The code that was sent to a number; empty when none has come in time."""
        for _ in range(int(seconds * 10)):
            if number in self.codes:
                return self.codes[number]
            await asyncio.sleep(0.1)
        return ""

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            body = await reader.readexactly(int(length[1]) if length else 0)
            self.note(json.loads(body))
            writer.write(_OK)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, ValueError):
            pass
        finally:
            writer.close()

    def note(self, message: dict[str, str]) -> None:
        self.messages += 1
        found = _CODE.search(message["text"])
        if found:
            self.codes[message["to"]] = found[1]
