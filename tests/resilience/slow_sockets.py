"""A20: two thousand connections that send a byte now and then, behind nginx; everybody else is served as ever.

The twin has no nginx: gunicorn's threads then wait for whoever is slow.
"""

import contextlib
import resource
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.resilience.counting import Outcome
from tests.resilience.site import Site, free_port, running
from tests.visitors import Gone, Visitor

NAME = "2,000 slow sockets behind nginx"
DATABASES = ("SQLite", "PostgreSQL")
TWINS = ("without_nginx",)
TWIN_SHARE = 0.1
SOCKETS, SECONDS, P95 = 2_000, 300.0, 2.0

CONF = """
worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off;
worker_rlimit_nofile 8192;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  client_header_timeout 15s; client_body_timeout 15s; send_timeout 15s; client_max_body_size 60m;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location / {{
      proxy_pass http://127.0.0.1:{inner};
      proxy_request_buffering on;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto http;
    }}
  }}
}}
"""


def full(site: Site, *, share: float, minutes: float | None = None) -> Outcome:
    return run(site, sockets=round(SOCKETS * share), seconds=min(SECONDS * share, (minutes or 1e6) * 60))


def run(site: Site, *, sockets: int, seconds: float) -> Outcome:
    outcome, took = Outcome(), []
    bare, site.fault, site.jobs = site.fault == "without_nginx", "", False
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 2 * sockets + 500)), hard))
    with running(site), _in_front(site, bare=bare) as port:
        stop, alive = threading.Event(), [0]
        slow = threading.Thread(target=_slow, args=(port, sockets, stop, alive))
        slow.start()
        while not alive[0] and slow.is_alive():
            time.sleep(0.05)
        failed = _normal(port, seconds, took)
        stop.set()
        slow.join()
    took.sort()
    p95 = took[int(len(took) * 0.95)] if took else float("inf")
    outcome.counts |= {
        "slow sockets": alive[0], "pages read": len(took), "p95 in s": round(p95, 2), "not answered": failed,
    }  # fmt: skip
    if p95 >= P95 or failed:
        outcome.wrong.append(f"normal readers waited: p95 {p95:.1f} s, {failed} not answered")
    if alive[0] < sockets * 0.9:
        outcome.wrong.append(f"only {alive[0]} slow sockets of {sockets}")
    return outcome


@contextmanager
def _in_front(site: Site, *, bare: bool) -> Iterator[int]:
    if bare:
        yield site.port
        return
    program = shutil.which("nginx")
    if program is None:
        raise SystemExit("nginx is missing: install the package nginx-light")
    folder, port = site.folder / "nginx", free_port()
    folder.mkdir()
    (folder / "nginx.conf").write_text(CONF.format(folder=folder, port=port, inner=site.port))
    process = subprocess.Popen([program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "user root;"])
    try:
        _until_it_listens(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _until_it_listens(port: int) -> None:
    for _time in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError("nginx does not listen")


def _slow(port: int, sockets: int, stop: threading.Event, alive: list[int]) -> None:
    """Half never end their headers, half never end their body; whoever is thrown out comes again."""
    heads = (
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n",
        b"POST /mailbox/mayor/write HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 100000\r\n\r\n",
    )
    held: list[socket.socket | None] = [None] * sockets
    while not stop.is_set():
        for place in range(sockets):
            held[place] = _drip(port, held[place], heads[place % 2])
        alive[0] = max(alive[0], sum(one is not None for one in held))
        stop.wait(5)
    for one in held:
        if one is not None:
            one.close()


def _drip(port: int, held: socket.socket | None, head: bytes) -> socket.socket | None:
    try:
        if held is None:
            held = socket.create_connection(("127.0.0.1", port), timeout=2)
            held.sendall(head)
        else:
            held.sendall(b"X")
    except OSError:
        if held is not None:
            held.close()
        return None
    return held


def _normal(port: int, seconds: float, took: list[float]) -> int:
    reader, failed, until = Visitor("127.0.0.1", port, 1, timeout=15.0), 0, time.monotonic() + seconds
    while time.monotonic() < until:
        for path in ("/", "/consultations", "/letters", "/mailbox/mayor/write"):
            began = time.monotonic()
            try:
                reader.get(path)
            except Gone:
                failed += 1
            took.append(time.monotonic() - began)
        time.sleep(0.2)
    reader.close()
    return failed
