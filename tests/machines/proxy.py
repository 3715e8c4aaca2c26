"""docs/nginx/participation.conf as it stands, TLS and all: only ports, folders and the key are this test's."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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


def adapted(template: str, *, proxy: Proxy, hosts: tuple[int, ...], folder: Path) -> str:
    """The configuration for this machine. Raises ValueError where it does not say what is exchanged here."""
    servers = " ".join(f"server 127.0.0.1:{port};" for port in hosts)
    for pattern, instead in (
        (r"server 127\.0\.0\.1:5000;", servers),
        (r"proxy_cache_path \S+", f"proxy_cache_path {folder}/cache"),
        (r"listen 443 ", f"listen 127.0.0.1:{proxy.port} "),
        (r"listen \[::\]:443 ", f"listen [::1]:{proxy.port} "),
        (r"listen 80;", f"listen 127.0.0.1:{proxy.plain};"),
        (r"listen \[::\]:80;", f"listen [::1]:{proxy.plain};"),
        (r"/etc/ssl/participation/", f"{folder}/"),
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
    found = Proxy(free_port(), free_port())
    _self_signed(folder)
    server = adapted(TEMPLATE.read_text("utf-8"), proxy=found, hosts=hosts, folder=folder)
    file, errors = folder / "nginx.conf", folder / "error.log"
    user = "user root;" if os.geteuid() == 0 else ""
    file.write_text(_AROUND.format(folder=folder, server=server, user=user), "utf-8")
    # Debian keeps it where only root looks.
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen([program, "-p", str(folder), "-c", str(file), "-e", str(errors)])
    try:
        deadline = time.monotonic() + 20
        while not (folder / "nginx.pid").exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"nginx does not start: {errors.read_text()[-2000:]}")
            time.sleep(0.05)
        yield found
    finally:
        process.terminate()
        process.wait(timeout=30)


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
