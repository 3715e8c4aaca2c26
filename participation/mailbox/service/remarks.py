"""The checker's remarks on an answer, with the answers that it may have been copied from."""

from participation.access import Actor
from participation.mailbox.checker import Flag, LetterText, OtherAnswer, check
from participation.mailbox.models import Letter
from participation.mailbox.queries.likeness import similar_answers


def remarks(letter: Letter, *, text: str, contact: str, actor: Actor) -> list[Flag]:
    """What looks perfunctory in an answer to this letter. Answers that the actor may not see are
    not compared: a remark would tell of them."""
    others = [OtherAnswer(row.answer.text, row.letter.number) for row in similar_answers(letter, text, actor, limit=5)]
    return check(
        LetterText(letter.title, letter.text, letter.place, letter.author_name, letter.contact_address),
        text,
        contact=contact,
        others=others,
    )
