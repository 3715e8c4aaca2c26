"""What an upload really is: by its signature, its inner structure and its name, all three."""

from collections.abc import Callable

from participation.errors import N_, Refused
from participation.files.images import check_image
from participation.files.office import check_office
from participation.files.pdf import check_pdf
from participation.files.rules import EXTENSIONS, MAX_BYTES, FileKind, extension_of
from participation.files.unfit import Unfit

_CHECKS: dict[FileKind, Callable[[bytes, FileKind], None]] = {
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


def recognise(data: bytes, filename: str) -> FileKind:
    """The kind of the file. Raises Refused("invalid", field="files") with what the person can do."""
    named = EXTENSIONS.get(extension_of(filename))
    if named is None:
        raise _refused(
            N_("“%(name)s” cannot be taken. Attach PDF, Word (docx), Excel (xlsx), JPEG or PNG files."), filename
        )
    if not data:
        raise _refused(N_("“%(name)s” is empty. Choose the file again."), filename)
    if len(data) > MAX_BYTES:
        raise _refused(N_("“%(name)s” is larger than 10 MB. Attach a smaller file."), filename)
    if not any(data.startswith(start) and named in kinds for start, kinds in _SIGNATURES):
        raise _refused(
            N_("The content of “%(name)s” is not what its name says. Save it again in the right format."), filename
        )
    try:
        _CHECKS[named](data, named)
    except Unfit as unfit:
        raise _refused(unfit.message, filename) from None
    return named


def _refused(message: str, filename: str) -> Refused:
    return Refused("invalid", message, field="files", args_={"name": filename})
