"""Who holds these words, and what is like this text. Both look at a bounded number of rows."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, Subquery, cast, column, func, or_, select, table, true, union_all
from sqlalchemy.dialects.postgresql import TSQUERY

from participation.extensions import db
from participation.textindex import ddl
from participation.textindex.grams import phrase
from participation.textindex.kinds import KINDS
from participation.textindex.models import TextPart
from participation.web.matching import MANY, Words

TIMES = 2
"""A search looks at this many times the texts that its page counts, the newest first. PostgreSQL unpacks
the grams of every text it passes on the way, so more of them make a word of everyday speech slow."""
RECENT = 20_000
"""The newest texts of a drawer, which PostgreSQL looks through one by one for what is common in them."""
_FTS = table(ddl.FTS, column("rowid"), column("tokens"))


def ids_matching(kind: str, words: Words, *, many: int = MANY) -> Select[int]:
    """The ids of the texts that hold every word, in one of its spellings: a subquery for
    `Letter.id.in_(...)`. A word in several parts is looked for as it stands. Of words that stand in
    more than twice `many` texts, which is what the page counts, the newest are found; of such as stand
    in more than `many` of the newest `RECENT`, these. Words without letters or digits hold nothing back; no
    words at all match nothing."""
    looked = [one for one in (_spelled(kind, spellings) for spellings in words) if one]
    if not words or not looked:
        return select(TextPart.subject_id).where(~true())
    if not KINDS[kind].long:
        if db.engine.dialect.name == "postgresql":
            return _newest(kind, looked, many)
        rows = holding(looked, newest=TIMES * many)
        return select(rows.c.subject_id).where(rows.c.kind == kind)
    found = select(TextPart.subject_id).where(TextPart.kind == kind, TextPart.part == 0)
    for one in looked:
        found = found.where(TextPart.subject_id.in_(_parts(kind, [one])))
    return found


def _spelled(kind: str, spellings: Sequence[str]) -> list[list[str]]:
    """The different phrases of one word."""
    code = KINDS[kind].code
    found = {tuple(code + gram for gram in phrase(spelling)) for spelling in spellings}
    return [list(one) for one in sorted(found) if one]


def _parts(kind: str, looked: Sequence[Sequence[list[str]]]) -> Select[int]:
    """Parts that hold one phrase of every word."""
    rows = holding(looked)
    return select(rows.c.subject_id).where(rows.c.kind == kind)


def holding(looked: Sequence[Sequence[list[str]]], *, newest: int | None = None, most: int | None = None) -> Subquery:
    """id, subject_id and kind of the rows that hold, for each word, one of its phrases: of the
    `newest` only, for words known to stand in few rows; of `most` rows that are looked at."""
    columns = (TextPart.id, TextPart.subject_id, TextPart.kind)
    if db.engine.dialect.name == "sqlite":
        asked = " AND ".join(f"({' OR '.join(_fts_phrase(one) for one in word)})" for word in looked)
        joined = _FTS.join(TextPart, TextPart.id == _FTS.c.rowid)
        found = select(*columns).select_from(joined).where(_FTS.c.tokens.op("MATCH")(asked))
        # The full-text table reads its own numbers backwards by itself.
        return (found if newest is None else found.order_by(_FTS.c.rowid.desc()).limit(newest)).subquery()
    found = select(*columns).where(*_held(TextPart.tokens, looked))
    if newest is None:
        return found.subquery()
    # Fenced off: with the small LIMIT in sight the planner would walk the table.
    fenced = (found.offset(0) if most is None else found.limit(most)).subquery()
    return select(fenced).order_by(fenced.c.id.desc()).limit(newest).subquery()


def recent(kind: str, looked: Sequence[Sequence[list[str]]], *, newest: int) -> Subquery:
    """The same among the newest `RECENT` texts of a drawer, for what is common in them. PostgreSQL's
    index of words knows no order: of a common word it would fetch every row there is."""
    if db.engine.dialect.name == "sqlite":
        return holding(looked, newest=newest)
    own = select(TextPart.id, TextPart.subject_id, TextPart.kind, TextPart.tokens).where(TextPart.kind == kind)
    last = own.order_by(TextPart.subject_id.desc()).limit(RECENT).subquery()
    held = select(last.c.id, last.c.subject_id, last.c.kind).where(*_held(last.c.tokens, looked))
    return held.limit(newest).subquery()


def _newest(kind: str, looked: Sequence[Sequence[list[str]]], many: int) -> Select[int]:
    """Of a common word the recent texts that hold it; where these are few, the newest of all."""
    common = select(recent(kind, looked, newest=TIMES * many).c.subject_id).cte()
    few = select(func.count()).select_from(common).scalar_subquery() <= many
    rare = holding(looked, newest=TIMES * many)
    both = union_all(
        select(common.c.subject_id).where(~few), select(rare.c.subject_id).where(rare.c.kind == kind, few)
    ).subquery()
    return select(both.c.subject_id)


def _held(tokens: Any, looked: Sequence[Sequence[list[str]]]) -> list[Any]:
    return [or_(*(tokens.op("@@")(_tsquery(one)) for one in word)) for word in looked]


def _fts_phrase(found: Sequence[str]) -> str:
    """Grams hold no quotation marks, so nothing of a visitor's text is read as an operator."""
    star = "*" if found[-1].endswith("*") else ""
    return " + ".join(f'"{gram.rstrip("*")}"' for gram in found) + star


def _tsquery(found: Sequence[str]) -> Any:
    written = " <-> ".join(f"'{gram.rstrip('*')}'" + (":*" if gram.endswith("*") else "") for gram in found)
    return cast(written, TSQUERY)


def counted(searches: Sequence[Select[Any]]) -> list[int]:
    """How many rows each search finds, by one query; counting stops at one over `MANY`."""
    if not searches:
        return []
    counts = [select(func.count()).select_from(one.limit(MANY + 1).subquery()).scalar_subquery() for one in searches]
    return [int(count) for count in db.session.execute(select(*counts)).one()]


def is_empty(kind: str) -> bool:
    return db.session.scalar(select(TextPart.id).where(TextPart.kind == kind).limit(1)) is None
