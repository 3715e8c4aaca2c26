"""What evidence keeps outside the database: the signing key and copies of the heads.

`instance/evidence.key` signs; `instance/heads/<size>.txt` holds each head as published. Whoever
changes the database alone is found out by these files, and whoever changes both by the copies that
others hold.
"""

import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app

from config import Settings
from participation.evidence import checkpoint

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def origin() -> str:
    """The name of this log in its checkpoints: unique among logs, without spaces."""
    place = re.sub(r"[^a-z0-9]+", "-", settings().district_en.lower()).strip("-")
    return f"{place or 'district'}/participation"


def key_file() -> Path:
    return settings().instance_dir / "evidence.key"


def heads_folder() -> Path:
    return settings().instance_dir / "heads"


def next_key_file() -> Path:
    """Beside the key itself, also where evidence.key is a link to it: it takes its place by a rename."""
    kept = key_file().resolve()
    return kept.with_name(f"{kept.name}.next")


def signing_key() -> "Ed25519PrivateKey":
    """The key that signs heads, made at first use; only its owner can read the file."""
    return _key_in(key_file())


def next_key() -> "Ed25519PrivateKey":
    """The key that is about to follow, made at first use."""
    return _key_in(next_key_file())


def _key_in(path: Path) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
        try:
            # A link fails if another process was first: two keys would fork the log's identity.
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text("ascii").strip()))


def public_key() -> bytes | None:
    """The public half, without making a key where there is none."""
    return checkpoint.public_bytes(signing_key()) if key_file().exists() else None


def kept_head(size: int) -> str | None:
    """The copy of one head, if it was kept here."""
    try:
        return (heads_folder() / f"{size}.txt").read_text("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return None


def kept_heads() -> dict[int, Path]:
    """The copies of heads in this installation's folder, by tree size."""
    folder = heads_folder()
    return {size: folder / name for size, name in sorted(_copies(folder))}


def newest_kept() -> int:
    """The tree size of the largest head that has a copy, 0 without any. Every sealing asks; there may be
    hundred thousands of them."""
    return max((size for size, _name in _copies(heads_folder())), default=0)


def is_kept(size: int) -> bool:
    return (heads_folder() / f"{size}.txt").is_file()


def _copies(folder: Path) -> Iterator[tuple[int, str]]:
    for name in os.listdir(folder) if folder.is_dir() else ():
        stem, dot, ending = name.rpartition(".")
        if dot and ending == "txt" and stem.isascii() and stem.isdigit():
            yield int(stem), name


def keep_head(size: int, note: str) -> None:
    """Writes a head's copy, whole or not at all; an existing copy is never overwritten."""
    folder = heads_folder()
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{size}.{secrets.token_hex(8)}"
    with fresh.open("w", encoding="utf-8", newline="\n") as file:
        file.write(note)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, folder / f"{size}.txt")
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def set_aside() -> None:
    """A demonstration that begins anew in an old folder: its former heads move out of the way."""
    kept = kept_heads()
    if not kept:
        return
    number = 1
    while (place := heads_folder() / f"earlier-{number}").exists():
        number += 1
    place.mkdir()
    for file in kept.values():
        file.rename(place / file.name)
