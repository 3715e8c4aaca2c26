"""For everybody: the mailbox with its promise, and the letters that were answered."""

from flask import abort, request
from werkzeug.wrappers import Response

from participation import clock
from participation.accounts.names import marked_names, public_names
from participation.duties import service as duties
from participation.duties.strip import day_strip
from participation.evidence import service as evidence
from participation.files import queries as files
from participation.files.models import StoredFile
from participation.files.sending import send_stripped
from participation.mailbox import public_page
from participation.mailbox.models import Letter
from participation.mailbox.queries import letters, mailboxes, promises, public, questions, rounds
from participation.mailbox.queries.public import Filters
from participation.mailbox.queries.rounds import Round
from participation.mailbox.views.blueprint import LETTER, bp, page
from participation.web.guards import public as everybody
from participation.web.guards import published
from participation.web.matching import MANY


@bp.get("/mailbox")
@published
def show() -> tuple[str, int]:
    """The mayor's mailbox: what is promised for a letter written today."""
    now = clock.now()
    boxes = mailboxes.mailboxes()
    if not boxes:
        return page("show.html", box=None)
    count = duties.load_calendar().due(clock.local_date(now), boxes[0].limit_workdays)
    found = public.letters(Filters(), limit=6)
    return page(
        "show.html",
        box=boxes[0],
        others=boxes[1:],
        count=count,
        strip=day_strip(count, now, preview=True),
        now=now,
        rows=found.rows,
        more=found.after,
        topics=public.topics_used(),
        names=marked_names(),
        questions=questions.live(limit=4),
    )


@bp.get("/letters", endpoint="letters")
@published
def public_letters() -> tuple[str, int]:
    filters = asked_filters()
    return page(
        "letters.html",
        filters=filters,
        found=public.letters(filters, after=request.args.get("after", "")),
        count=public.count(filters),
        many=MANY,
        topics=public.topics_used(10),
        months=_months(filters.month),
        units=public_names(),
        names=marked_names(),
        questions=bool(questions.topics()),
    )


@bp.get(f"/letters/{LETTER}")
@published
def letter(letter_id: int) -> tuple[str, int] | Response:
    row = public.letter(letter_id)
    if row is None:
        abort(404)
    found, now = row.letter, clock.now()
    every = rounds.rounds_of(found, now=now)
    return page(
        "letter.html",
        row=row,
        letter=found,
        strip=day_strip(row.duty, now, answered_at=row.answered_at),
        rounds=every,
        shown=_shown_rounds(found, every),
        steps=public_page.steps(letters.events_of(letter_id), writer=found.author_name),
        covered=lambda text: public_page.covered(text, writer=found.author_name),
        promises=promises.promises_of(letter_id),
        pictures=_pictures(row),
        questions=questions.of_letter(letter_id),
        entry=evidence.entry_for("letter", letter_id, "letter.received"),
        names=marked_names(),
    )


@bp.get(f"/letters/{LETTER}/files/<int(max=2147483647):file_id>")
@everybody
def public_file(letter_id: int, file_id: int) -> Response:
    """A picture of a public letter that staff chose to publish, drawn anew."""
    row = public.letter(letter_id)
    chosen = [] if row is None else [file for file in _pictures(row) if file.id == file_id]
    if not chosen:
        abort(404)
    return send_stripped(chosen[0])


def asked_filters() -> Filters:
    """The filters in this request's address."""
    asked = request.args
    return Filters.read(
        asked.get("topic", ""),
        asked.get("department", ""),
        asked.get("month", ""),
        asked.get("late", ""),
        asked.get("q", ""),
    )


def _shown_rounds(letter: Letter, every: list[Round]) -> list[tuple[Round, str]]:
    """The rounds whose answers stand in the public copy, each with its public words. The last of them
    is the last one that was answered before the copy went out."""
    assert letter.published_at is not None
    answered = [one for one in every if one.answer is not None]
    before = [one for one in answered if one.answer.approved_at <= letter.published_at]
    last = (before or answered or every)[-1]
    texts = {int(round): words for round, words in letter.public_earlier.items()} | {last.number: letter.public_answer}
    return [(one, texts[one.number]) for one in every if one.number in texts]


def _pictures(row: public.PublicRow) -> list[StoredFile]:
    if row.copy is None or not row.copy.public_files:
        return []
    return [file for file in files.attachments_of("letter", row.letter.id) if file.id in row.copy.public_files]


def _months(asked: str) -> list[str]:
    """This month and the eleven before it, as the filter names them, and the month that was asked for."""
    today = clock.local_date(clock.now())
    first = today.year * 12 + today.month - 1
    months = [f"{(first - back) // 12}-{(first - back) % 12 + 1:02d}" for back in range(12)]
    return [*months, *([asked] if asked and asked not in months else [])]
