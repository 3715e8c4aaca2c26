"""The letter's questions underlined where they stand. Texts come from people: everything is escaped."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from participation.mailbox.checker import Question


def underlined(text: str, asked: Sequence[Question], *, numbered: bool = False) -> Markup:
    """Paragraphs with each question in <mark>; with its number before it when `numbered`."""
    out: list[Markup] = []
    left = [one.text for one in asked]
    number = 0
    for paragraph in (part.strip() for part in text.replace("\r\n", "\n").split("\n")):
        if not paragraph:
            continue
        pieces, rest = Markup(""), paragraph
        while left and (at := _found(rest, left[0])) is not None:
            start, end = at
            number += 1
            sign = Markup('<span class="pp-no pp-no--small">{}</span> ').format(number) if numbered else Markup("")
            pieces += escape(rest[:start]) + sign + Markup("<mark>{}</mark>").format(rest[start:end])
            rest = rest[end:]
            left.pop(0)
        out.append(Markup("<p>{}</p>").format(pieces + escape(rest)))
    return Markup("").join(out)


def _found(paragraph: str, question: str) -> tuple[int, int] | None:
    start = paragraph.find(question)
    return (start, start + len(question)) if start >= 0 else None
