"""The index of words for letters that were written in bulk."""

from sqlalchemy import Connection, select, text

from participation.demo.scale.writing import write
from participation.mailbox.models import Answer, Letter
from participation.textindex import ddl
from participation.textindex.service import rows_of

CHUNK = 20_000


def index(connection: Connection, *, letters: int, answers: int) -> None:
    """What stands in letters and answers with ids above these can be found, once `finish` has run on SQLite."""
    public = select(Letter.id, Letter.public_title, Letter.public_text, Letter.public_answer)
    drawers = (
        ("letter_public", public.where(Letter.published_at.is_not(None)), letters),
        ("letter_desk", select(Letter.id, Letter.title, Letter.text), letters),
        ("answer", select(Answer.id, Answer.text), answers),
    )
    for kind, query, last in drawers:
        table = query.selected_columns.id.table
        while found := connection.execute(query.where(table.c.id > last).order_by(table.c.id).limit(CHUNK)).all():
            last = found[-1][0]
            write(
                connection,
                (("text_part", row) for line in found for row in rows_of(kind, line[0], "\n".join(line[1:]))),
            )


def finish(connection: Connection) -> None:
    """SQLite's full-text table is made anew from the rows beside it."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"INSERT INTO {ddl.FTS}({ddl.FTS}) VALUES ('rebuild')"))
