"""The Word file an office uploads: kept as it is, read as text."""

from datetime import datetime
from typing import TYPE_CHECKING

from werkzeug.datastructures import FileStorage

from participation.access import Actor
from participation.documents.models import Document
from participation.documents.word import read_word
from participation.errors import N_, Refused
from participation.files import queries as files
from participation.files import service as file_service
from participation.files.models import StoredFile
from participation.files.rules import MAX_BYTES, extension_of

if TYPE_CHECKING:
    from participation.documents.word.reading import WordText


def take(upload: FileStorage, *, form_key: str, actor: Actor, now: datetime) -> "WordText":
    """Keeps the file under the form's key and returns its text. It replaces an earlier try. Raises
    Refused("invalid", field="file") with what the person can do; then nothing new is kept."""
    if extension_of(upload.filename or "") != "docx":
        message = N_("Choose a Word file that ends in .docx. An older .doc can be saved as .docx in Word")
        raise Refused("invalid", message, field="file")
    data = upload.stream.read(MAX_BYTES + 1)
    upload.stream.seek(0)
    before = {file.id for file in files.staged(form_key)}
    try:
        file_service.stage([upload], form_key=form_key, actor=actor, now=now)
    except Refused as refused:
        raise Refused(refused.code, refused.message, refused.basis, field="file", args_=refused.args_) from None
    try:
        read = read_word(data)
    except Refused:
        for file in files.staged(form_key):
            if file.id not in before:
                file_service.unstage(form_key, file.id)
        raise
    for file_id in before:
        file_service.unstage(form_key, file_id)
    return read


def waiting(form_key: str) -> StoredFile | None:
    """The file that will become the original when the form is saved."""
    found = files.staged(form_key) if form_key else []
    return found[-1] if found else None


def original_of(document: Document) -> StoredFile | None:
    if document.source_file_id is None:
        return None
    return files.attachment(document.source_file_id, subject_kind="document", subject_id=document.id)
