"""Pictures: Pillow reads them whole; nothing else may ride along.

Pillow is loaded where it is used: most processes never see a picture."""

import io
import struct
import warnings
import zipfile

from participation.files.held import Held
from participation.files.rules import MAX_PIXELS, MAX_SIDE, FileKind
from participation.files.unfit import DAMAGED, TOO_WIDE, TWO_IN_ONE, Unfit

PUBLIC_SIDE = 1600
_OTHER_LANGUAGES = (
    b"<script",
    b"<html",
    b"<svg ",
    b"<svg/",
    b"<svg>",
    b"<?php",
    b"<!doctype",
    b"%pdf-",
    b"javascript:",
)


def check_image(one: Held, kind: FileKind) -> None:
    """Raises Unfit unless this is one sound picture of that kind and of a bearable size."""
    data = bytes(one.data[:])
    width, height = _size(data, kind)
    if width > MAX_SIDE or height > MAX_SIDE or width * height > MAX_PIXELS:
        raise Unfit(TOO_WIDE)
    lowered = data.lower()
    if zipfile.is_zipfile(io.BytesIO(data)) or any(mark in lowered for mark in _OTHER_LANGUAGES):
        raise Unfit(TWO_IN_ONE)
    if kind is FileKind.PNG:
        _ends_with_its_last_chunk(data)


def stripped(data: bytes, kind: FileKind) -> bytes:
    """The same picture drawn anew: no place, time, camera, preview or note rides along, and the
    longer side has at most `PUBLIC_SIDE` pixels. Raises Unfit when it cannot be read."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data), formats=(kind.name,)) as picture:
            picture.draft("RGB", (PUBLIC_SIDE, PUBLIC_SIDE))
            turned = ImageOps.exif_transpose(picture)
            turned.thumbnail((PUBLIC_SIDE, PUBLIC_SIDE))
            mode = "RGB" if kind is FileKind.JPEG or turned.mode not in ("RGBA", "LA", "P", "PA") else "RGBA"
            # Only the pixels go on: a new picture knows nothing of the old one's file.
            bare = Image.new(mode, turned.size)
            bare.paste(turned.convert(mode))
            target = io.BytesIO()
            bare.save(target, format=kind.name, **({"quality": 85} if kind is FileKind.JPEG else {}))
            return target.getvalue()
    except Exception:
        raise Unfit(DAMAGED) from None


def _size(data: bytes, kind: FileKind) -> tuple[int, int]:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # We measure ourselves, before anything is unpacked.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=(kind.name,)) as picture:
                size = picture.size
                if size[0] * size[1] > MAX_PIXELS:
                    return size
                if kind is FileKind.JPEG:
                    # An eighth of the size proves the data and keeps memory low.
                    picture.draft("L", (max(1, size[0] // 8), max(1, size[1] // 8)))
                    picture.load()
                else:
                    picture.verify()
                return size
    except Image.DecompressionBombError:
        raise Unfit(TOO_WIDE) from None
    except Exception:
        # Pillow raises whatever its many readers raise; each means the same to the person.
        raise Unfit(DAMAGED) from None


def _ends_with_its_last_chunk(data: bytes) -> None:
    at = 8
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        name = data[at + 4 : at + 8]
        at += 12 + length
        if name == b"IEND":
            if data[at:].strip(b"\x00"):
                raise Unfit(TWO_IN_ONE)
            return
    raise Unfit(DAMAGED)
