"""A sealed file opens as it was written, or not at all."""

import io
import random
import resource
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.backup import keys
from participation.backup.sealed import CHUNK, Damaged, Reader, Writer

KEY = X25519PrivateKey.generate()
LENGTHS = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7)


def sealed(plain: bytes, *, key: X25519PrivateKey = KEY) -> bytes:
    file = io.BytesIO()
    writer = Writer(file, about={"form": "test"}, recipient=key.public_key())
    writer.write(plain)
    writer.close()
    return file.getvalue()


def opened(file: bytes, *, key: X25519PrivateKey = KEY) -> bytes:
    reader = Reader(io.BytesIO(file), key=key)
    return b"".join(iter(lambda: reader.read(100_000), b""))


@pytest.mark.parametrize("length", LENGTHS)
def test_what_is_sealed_opens_whole(length: int):
    plain = random.Random(length).randbytes(length)
    assert opened(sealed(plain)) == plain


@pytest.mark.parametrize("length", LENGTHS)
def test_a_file_that_is_cut_anywhere_is_refused(length: int):
    whole = sealed(bytes(length))
    places = {0, 1, len(whole) // 2, len(whole) - 1, len(whole) - 16, len(whole) - CHUNK - 16}
    for place in sorted(place for place in places if 0 <= place < len(whole)):
        with pytest.raises((Damaged, keys.WrongKey)):
            opened(whole[:place])


def test_a_file_cut_between_two_chunks_and_one_that_goes_on_are_refused():
    whole = sealed(bytes(3 * CHUNK))
    step = CHUNK + 16
    head = len(whole) - 3 * step
    first, second, third = (whole[head + number * step : head + (number + 1) * step] for number in range(3))
    for rest in (first, first + second, first + third, second + first + third, first + second + third + third):
        with pytest.raises(Damaged, match="chunk"):
            opened(whole[:head] + rest)


@settings(max_examples=300)
@given(st.data())
def test_one_bit_flipped_anywhere_is_found(data):
    whole = bytearray(SMALL)
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((Damaged, keys.WrongKey)):
        opened(bytes(whole))


SMALL = sealed(b"a small backup" * 20)


def test_the_chunks_of_another_file_do_not_fit():
    one, other = sealed(bytes(100)), sealed(bytes(100))
    with pytest.raises(Damaged):
        opened(one[:-116] + other[-116:])


def test_another_key_is_told_in_a_sentence():
    other = X25519PrivateKey.generate()
    with pytest.raises(keys.WrongKey, match=f"made for the key {keys.identity(KEY.public_key())}; the key given is"):
        opened(SMALL, key=other)


def test_a_key_is_read_as_it_was_written_and_never_overwritten(tmp_path: Path):
    key = keys.write_new(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert keys.read(tmp_path / "key").private_bytes_raw() == key.private_bytes_raw()
    text = keys.public_text(key.public_key())
    assert keys.public_of(text).public_bytes_raw() == key.public_key().public_bytes_raw()
    with pytest.raises(FileExistsError):
        keys.write_new(tmp_path / "key")


@pytest.mark.parametrize("place", range(16, 60, 5))
def test_a_slip_in_a_public_key_is_found(place: int):
    text = keys.public_text(KEY.public_key())
    slipped = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
    with pytest.raises(keys.WrongKey):
        keys.public_of(slipped)


def test_two_backups_of_the_same_bytes_share_nothing():
    assert sealed(bytes(100))[-116:] != sealed(bytes(100))[-116:]


def test_memory_does_not_grow_with_the_file(tmp_path: Path):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with (tmp_path / "large").open("wb") as file:
        writer = Writer(file, about={}, recipient=KEY.public_key())
        for _piece in range(150):
            writer.write(bytes(CHUNK))
        writer.close()
    with (tmp_path / "large").open("rb") as file:
        reader = Reader(file, key=KEY)
        while reader.read(CHUNK):
            pass
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40 * 1024
