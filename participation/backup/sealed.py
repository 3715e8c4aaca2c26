"""A sealed file: a stream of any length, encrypted and authenticated in numbered chunks of 1 MiB. Pure.

    line 1          participation-sealed-1
    line 2          JSON: what it is, and the wrapped data key
    chunk 0, 1, …   AES-256-GCM, 1 MiB and 16 bytes each; only the last may be shorter

The nonce of a chunk is its number and whether it is the last; what is authenticated beside it is the digest
of the two lines. So nothing can be changed, left out, put elsewhere, cut off or added without the reader seeing it.
"""

import hashlib
import json
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from participation.backup import keys

FORMAT = b"participation-sealed-1\n"
CHUNK = 1024 * 1024
_TAG = 16
_LONGEST_HEAD = 64 * 1024


class Damaged(Exception):
    """What is read is not what was written. Its text is a sentence that names the place."""


class Writer:
    """Takes plain bytes and writes sealed ones. `close` ends the file; a file without it cannot be read."""

    def __init__(self, to: BinaryIO, *, about: dict[str, str], recipient: X25519PublicKey) -> None:
        self.data_key = keys.new_data_key()
        self._to = to
        self._cipher = AESGCM(self.data_key)
        head = FORMAT + json.dumps(about | {"recipient": keys.wrap(self.data_key, recipient)}).encode() + b"\n"
        self._beside = hashlib.sha256(head).digest()
        self._number = 0
        self._waiting = bytearray()
        self._to.write(head)

    def write(self, data: bytes) -> int:
        self._waiting += data
        # The last chunk is only known at the end, so a full one waits for the byte after it.
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def close(self) -> None:
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, plain: bytes, *, last: bool) -> None:
        self._to.write(self._cipher.encrypt(_nonce(self._number, last=last), plain, self._beside))
        self._number += 1


class Reader:
    """Gives plain bytes, each only after its chunk was found to be whole. Raises `Damaged`."""

    def __init__(self, sealed: BinaryIO, *, key: X25519PrivateKey | bytes) -> None:
        """`key` is the recipient's private half, or the data key itself. Raises `WrongKey`, `Damaged`."""
        head, self.about = _head(sealed)
        data_key = key if isinstance(key, bytes) else keys.unwrap(self.about["recipient"], key)
        self._sealed = sealed
        self._cipher = AESGCM(data_key)
        self._beside = hashlib.sha256(head).digest()
        self._number = 0
        self._next = sealed.read(CHUNK + _TAG)
        self._plain = memoryview(b"")
        self._ended = False

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        if not self._plain and not self._ended:
            self._open()
        given, self._plain = self._plain[:size], self._plain[size:]
        return bytes(given)

    def readinto(self, buffer: memoryview) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _open(self) -> None:
        chunk, self._next = self._next, self._sealed.read(CHUNK + _TAG)
        self._ended = not self._next
        try:
            plain = self._cipher.decrypt(_nonce(self._number, last=self._ended), chunk, self._beside)
        except (InvalidTag, ValueError) as error:
            cut = " or the file is cut off" if self._ended else ""
            raise Damaged(f"chunk {self._number} was changed{cut}: this backup cannot be trusted") from error
        self._number += 1
        self._plain = memoryview(plain)


def about(sealed: BinaryIO) -> dict[str, str]:
    """What the file says of itself without any key; nobody has proved it. Raises `Damaged`."""
    told = _head(sealed)[1]
    return {name: value for name, value in told.items() if isinstance(value, str)}


def _head(sealed: BinaryIO) -> tuple[bytes, dict]:  # type: ignore[type-arg]
    first, second = sealed.readline(len(FORMAT)), sealed.readline(_LONGEST_HEAD)
    try:
        told = json.loads(second)
        if first != FORMAT or not second.endswith(b"\n") or not isinstance(told["recipient"], dict):
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Damaged("this is not a backup of the platform, or its beginning was changed") from error
    return first + second, told


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
