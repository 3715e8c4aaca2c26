"""docs/nginx/participation.conf as it stands, TLS and all: only ports, folders and the key are this test's."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from config import HERE
from tests.benchmarks.behind_nginx import _AROUND, TEMPLATE
from tests.postgresql import _free_port as free_port

NAME = "participation.example.gov.cn"


@dataclass(frozen=True)
class Proxy:
    """`port` speaks HTTPS, `plain` only leads there; both on 127.0.0.1 and on ::1."""

    port: int
    plain: int
    folder: Path
    pid: int = 0

    def only(self, *hosts: int) -> None:
        """What an operator does before a host is restarted: the others alone are named, `nginx -s reload`, and
        what was begun under the former configuration is ended."""
        former = self.workers()
        _write(self, hosts)
        os.kill(self.pid, signal.SIGHUP)
        deadline = time.monotonic() + 30
        while not self.workers() or self.workers() & former:
            if time.monotonic() > deadline:
                raise RuntimeError("nginx does not take its new configuration")
            time.sleep(0.05)

    def workers(self) -> set[str]:
        told = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return {child for child in told if "worker process" in Path(f"/proc/{child}/cmdline").read_text()}


def adapted(template: str, *, proxy: Proxy, hosts: tuple[int, ...]) -> str:
    """The configuration for this machine. Raises ValueError where it does not say what is exchanged here."""
    servers = " ".join(f"server 127.0.0.1:{port};" for port in hosts)
    for pattern, instead in (
        (r"server 127\.0\.0\.1:5000;", servers),
        (r"proxy_cache_path \S+", f"proxy_cache_path {proxy.folder}/cache"),
        (r"listen 443 ", f"listen 127.0.0.1:{proxy.port} "),
        (r"listen \[::\]:443 ", f"listen [::1]:{proxy.port} "),
        (r"listen 80;", f"listen 127.0.0.1:{proxy.plain};"),
        (r"listen \[::\]:80;", f"listen [::1]:{proxy.plain};"),
        (r"/etc/ssl/participation/", f"{proxy.folder}/"),
        (r"/srv/participation/static/", f"{HERE}/static/"),
    ):
        template, count = re.subn(pattern, instead, template)
        if not count:
            raise ValueError(f"docs/nginx/participation.conf has no {pattern}")
    return template


@contextmanager
def proxy(folder: Path, hosts: tuple[int, ...]) -> Iterator[Proxy]:
    """nginx before the application hosts on these ports."""
    folder.mkdir(parents=True)
    found = Proxy(free_port(), free_port(), folder)
    _self_signed(folder)
    file, errors = _write(found, hosts), folder / "error.log"
    # Debian keeps it where only root looks.
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen([program, "-p", str(folder), "-c", str(file), "-e", str(errors)])
    try:
        deadline = time.monotonic() + 20
        while not (folder / "nginx.pid").exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"nginx does not start: {errors.read_text()[-2000:]}")
            time.sleep(0.05)
        yield replace(found, pid=process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _write(found: Proxy, hosts: tuple[int, ...]) -> Path:
    server = adapted(TEMPLATE.read_text("utf-8"), proxy=found, hosts=hosts)
    user = "user root;" if os.geteuid() == 0 else ""
    file = found.folder / "nginx.conf"
    file.write_text(_AROUND.format(folder=found.folder, server=server, user=user), "utf-8")
    return file


def _self_signed(folder: Path) -> None:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)  # noqa: TID251 - a certificate is real
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(secret)
