"""What an upload really is: by its signature, its inner structure and its name, all three."""

from collections.abc import Callable
from pathlib import Path

from participation.errors import N_, Refused
from participation.files.held import Held, held
from participation.files.images import check_image
from participation.files.office import check_office
from participation.files.pdf import check_pdf
from participation.files.rules import ATTACHMENTS, EXTENSIONS, Allowance, FileKind, extension_of
from participation.files.unfit import Unfit

_CHECKS: dict[FileKind, Callable[[Held, FileKind], None]] = {
    FileKind.PDF: check_pdf,
    FileKind.DOCX: check_office,
    FileKind.XLSX: check_office,
    FileKind.JPEG: check_image,
    FileKind.PNG: check_image,
}

_SIGNATURES: tuple[tuple[bytes, frozenset[FileKind]], ...] = (
    (b"%PDF-", frozenset({FileKind.PDF})),
    (b"PK\x03\x04", frozenset({FileKind.DOCX, FileKind.XLSX})),
    (b"\xff\xd8\xff", frozenset({FileKind.JPEG})),
    (b"\x89PNG\r\n\x1a\n", frozenset({FileKind.PNG})),
)


def recognise(content: bytes | Path, filename: str, allowance: Allowance = ATTACHMENTS) -> FileKind:
    """The kind of the file, which is in memory or on the disk. Raises Refused("invalid", field="files")
    with what the person can do."""
    named = EXTENSIONS.get(extension_of(filename))
    if named is None or named not in allowance.kinds:
        raise _refused(allowance.other_kind, filename)
    size = len(content) if isinstance(content, bytes) else content.stat().st_size
    if not size:
        raise _refused(N_("“%(name)s” is empty. Choose the file again."), filename)
    if size > allowance.size:
        raise _refused(allowance.too_large, filename)
    with held(content) as one:
        if not any(one.starts(start) and named in kinds for start, kinds in _SIGNATURES):
            raise _refused(
                N_("The content of “%(name)s” is not what its name says. Save it again in the right format."), filename
            )
        try:
            _CHECKS[named](one, named)
        except Unfit as unfit:
            raise _refused(unfit.message, filename) from None
    return named


def _refused(message: str, filename: str) -> Refused:
    return Refused("invalid", message, field="files", args_={"name": filename})
