"""Where a citizen can be left: every table, every byte of every file, a dump of PostgreSQL, what was logged."""

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

from flask import current_app

from participation.extensions import db
from tests import postgresql

LOOKED_FOR = re.compile(
    # The index keeps pairs of characters; JSON, UTF-16 and base64 write the same words in other bytes.
    "丝雀|kanari7|\\\\u4e1d\\\\u96c0|5Lid6Zu".encode()
    + b"|" + re.escape("丝雀".encode("utf-16-le")) + b"|k\0a\0n\0a\0r\0i\0" + rb"|1390000\d{4}|139 0000 \d{4}",
    re.IGNORECASE,
)  # fmt: skip
"""The canary of all citizens and every one of their numbers, see `citizens.address`."""
_DIGEST = re.compile(rb"[0-9a-f]{64}")


def traces(
    *, digests: frozenset[str] = frozenset(), salts: frozenset[bytes] = frozenset(), logged: str = ""
) -> list[str]:
    """Places in which a canary, a number, one of these digests or of these salts stands."""
    wanted = frozenset(digest.encode() for digest in digests) | {salt.hex().encode() for salt in salts}
    found = {place for place, data in _everything() if _stands(data, wanted, salts)}
    return sorted(found | ({"log"} if _stands(logged.encode(), wanted, salts) else set()))


def _stands(data: bytes, wanted: frozenset[bytes], salts: frozenset[bytes]) -> bool:
    if LOOKED_FOR.search(data) or (wanted and not wanted.isdisjoint(_DIGEST.findall(data))):
        return True
    return any(salt in data for salt in salts)


def _everything() -> Iterator[tuple[str, bytes]]:
    db.session.commit()
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(table.select()):
            values = tuple(value.hex() if isinstance(value, bytes) else value for value in row)
            yield table.name, repr(values).encode()
    db.session.commit()
    db.session.remove()
    if db.engine.dialect.name == "postgresql":
        yield "pg_dump", _dumped()
    for path in sorted(Path(current_app.instance_path).rglob("*")):
        if path.is_file():
            yield from _of_file(path)


def _dumped() -> bytes:
    """Every table as SQL, with what belongs to no model."""
    address = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    dumped = subprocess.run([postgresql._programs() / "pg_dump", "--inserts", address], capture_output=True, check=True)
    return dumped.stdout


def _of_file(path: Path) -> Iterator[tuple[str, bytes]]:
    place = str(path.relative_to(current_app.instance_path))
    yield place, path.name.encode()
    data = path.read_bytes()
    yield place, data
    if data[:4] == b"PK\x03\x04":
        yield from ((place, part) for part in unpacked(data))


def unpacked(data: bytes) -> Iterator[bytes]:
    """The members of a ZIP file, and of those within it."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        for name in opened.namelist():
            part = opened.read(name)
            yield name.encode() + part
            if part[:4] == b"PK\x03\x04":
                yield from unpacked(part)
