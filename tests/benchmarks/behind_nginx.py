"""docs/nginx/participation.conf as it stands, with ports and folders of its own and without TLS."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import HERE
from tests.benchmarks.servers import HOST, free_port

TEMPLATE = HERE / "docs" / "nginx" / "participation.conf"
_AROUND = """daemon off;
{user}
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    types {{ text/html html; text/css css; application/javascript js; }}
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{server}
}}
"""


def adapted(template: str, *, port: int, application: int, folder: Path) -> str:
    """The configuration for this machine: one server, its cache and static files where they are. Raises
    ValueError where the template does not say what is exchanged here."""
    text, _second = _parted(template)
    for pattern, instead in (
        (r"server 127\.0\.0\.1:5000;", f"server 127.0.0.1:{application};"),
        (r"proxy_cache_path \S+", f"proxy_cache_path {folder}/cache"),
        (r"listen 443[^;]*;", f"listen 127.0.0.1:{port};"),
        (r"\n *listen \[::\]:443[^;]*;", ""),
        (r"server_name [^;]*;", f"server_name {HOST};"),
        (r"alias /srv/participation/static/;", f"alias {HERE}/static/;"),
        (r"X-Forwarded-Proto \$scheme;", "X-Forwarded-Proto https;"),
    ):
        text, count = re.subn(pattern, instead, text)
        if not count:
            raise ValueError(f"the template has no {pattern}")
    return re.sub(r"\n *ssl_[^;]*;", "", text)


def _parted(template: str) -> tuple[str, str]:
    """Without the server that only leads to HTTPS."""
    before, found, after = template.rpartition("\nserver {")
    if not found or "return 301" not in after:
        raise ValueError("the template's last server does not lead to HTTPS")
    return before, after


@contextmanager
def nginx(folder: Path, application: int) -> Iterator[int]:
    """Starts it before the application on that port; the value is its own port."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    server = adapted(TEMPLATE.read_text("utf-8"), port=port, application=application, folder=folder)
    file = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    file.write_text(_AROUND.format(folder=folder, server=server, user=user), "utf-8")
    process = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(file), "-e", str(folder / "error.log")])
    try:
        time.sleep(1)
        if process.poll() is not None:
            raise SystemExit(f"nginx ended at once: {(folder / 'error.log').read_text()[-2000:]}")
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)
