"""The two secrets that no backup holds: what signs the heads, and what keys the tracking codes.

Who opens backups sees what citizens wrote; who has these could besides sign another past and make tracking
codes. So they lie in a sealed file of their own, made for another key, in another office's safe.
"""

import json
import os
from io import BytesIO
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from participation.backup import sealed

ABOUT = {"form": "secrets"}


def keep(path: Path, *, recipient: X25519PublicKey, evidence_key: str, secret_key: str) -> None:
    """Writes the sealed file. Raises FileExistsError: nothing is overwritten."""
    held = BytesIO()
    writer = sealed.Writer(held, about=ABOUT, recipient=recipient)
    writer.write(json.dumps({"evidence.key": evidence_key, "SECRET_KEY": secret_key}).encode())
    writer.close()
    _write(path, held.getvalue())


def bring_back(path: Path, *, key: X25519PrivateKey, into: Path) -> str:
    """Writes evidence.key into the folder and returns SECRET_KEY. Raises `Damaged`, `WrongKey`, FileExistsError."""
    with path.open("rb") as file:
        reader = sealed.Reader(file, key=key)
        if reader.about.get("form") != ABOUT["form"]:
            raise sealed.Damaged("this is a backup, not the file of the secrets")
        told = json.loads(b"".join(iter(lambda: reader.read(sealed.CHUNK), b"")))
    into.mkdir(parents=True, exist_ok=True)
    _write(into / "evidence.key", told["evidence.key"].encode())
    return str(told["SECRET_KEY"])


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
