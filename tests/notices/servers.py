"""A mail server and an SMS gateway as small as they can be: they keep what they were sent, and
refuse as often as they are told to."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer


class Received:
    def __init__(self) -> None:
        self.items: list = []
        self.refusals = 0

    def refuses(self) -> bool:
        self.refusals -= 1
        return self.refusals >= 0


@contextmanager
def running(server: socketserver.TCPServer) -> Iterator[str]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def sms_gateway(received: Received) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            refused = received.refuses()
            if not refused:
                received.items.append((self.path, self.headers.get("Authorization"), body))
            self.send_response(503 if refused else 204)
            self.end_headers()

        def log_message(self, *_values: object) -> None:
            pass

    with running(HTTPServer(("127.0.0.1", 0), Handler)) as place:
        yield place


@contextmanager
def mail_server(received: Received) -> Iterator[str]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 test\r\n")
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word == b"DATA":
                    self.wfile.write(b"354 go\r\n")
                    self._keep(b"".join(iter(self.rfile.readline, b".\r\n")))
                elif word == b"QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                elif word == b"MAIL" and received.refuses():
                    self.wfile.write(b"451 later\r\n")
                else:
                    self.wfile.write(b"250 ok\r\n")

        def _keep(self, data: bytes) -> None:
            mail: Message = message_from_bytes(data)
            received.items.append(mail)
            self.wfile.write(b"250 kept\r\n")

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with running(Server(("127.0.0.1", 0), Handler)) as place:
        yield place
