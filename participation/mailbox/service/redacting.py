"""Preparing the public copy: every place that may be personal gets a person's decision."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from participation import redaction
from participation.access import Actor, Capability
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.files import queries as files
from participation.mailbox.lifecycle import CONFLICT_RULE
from participation.mailbox.models import Answer, Letter, PublicCopy
from participation.mailbox.rules import TITLE_LIMIT
from participation.redaction import Decision, Hit

CONSENT_RULE = "个人信息保护法 第二十五条"
FIELDS: dict[str, str] = {
    "title": N_("Title"), "text": N_("Letter"), "answer": N_("Answer"),
    "answer2": N_("Second answer"), "answer3": N_("Third answer"),
}  # fmt: skip
PICTURES = ("jpeg", "png")


@dataclass(frozen=True)
class Sheet:
    """A letter beside its public copy. `texts` and `public` by field; `decisions` by place."""

    texts: Mapping[str, str]
    hits: list[Hit]
    decisions: dict[tuple[str, int, int], dict[str, object]]
    public: Mapping[str, str]
    source: str

    @property
    def undecided(self) -> list[Hit]:
        return [hit for hit in self.hits if _place(hit) not in self.decisions]

    def of(self, hit: Hit) -> dict[str, object] | None:
        return self.decisions.get(_place(hit))


def _place(hit: Hit) -> tuple[str, int, int]:
    return hit.field, hit.start, hit.end


def copy_of(letter: Letter) -> PublicCopy | None:
    return db.session.scalar(select(PublicCopy).where(PublicCopy.letter_id == letter.id))


def answer_for_all(letter: Letter) -> Answer | None:
    """The answer of the running round that went out: what a copy is made of."""
    return db.session.scalar(
        select(Answer).where(
            Answer.letter_id == letter.id,
            Answer.round == letter.round,
            Answer.approved_at.is_not(None),
            Answer.kind == "answer",
        )
    )


def field_of(round: int) -> str:
    """What the answer of a round is called in a copy."""
    return "answer" if round == 1 else f"answer{round}"


def _texts(letter: Letter, *, until: int) -> dict[str, str]:
    """Title, letter, and every answer up to a round that went out, the first one first."""
    query = select(Answer.round, Answer.text).where(
        Answer.letter_id == letter.id, Answer.round <= until, Answer.approved_at.is_not(None), Answer.kind == "answer"
    )
    answers = {field_of(round): text for round, text in db.session.execute(query.order_by(Answer.round))}
    return {"title": letter.title, "text": letter.text, **(answers or {"answer": ""})}


def _digest(texts: Mapping[str, str]) -> str:
    return hashlib.sha256("\0".join(texts.values()).encode("utf-8", "surrogatepass")).hexdigest()


def fits(letter: Letter, copy: PublicCopy) -> bool:
    """Whether the copy was made of these very texts; there may be a later answer beside them."""
    return copy.source == _digest(_texts(letter, until=copy.round))


def sheet_of(letter: Letter, copy: PublicCopy | None) -> Sheet:
    """The places found in title, letter and answers, with what was decided. A decision counts only
    for the very texts it was made about; a later answer leaves it in force."""
    texts = _texts(letter, until=letter.round)
    source = _digest(texts)
    fitting = copy if copy is not None and fits(letter, copy) else None
    rows = fitting.decisions if fitting is not None else []
    marked = [
        Hit(row["field"], row["start"], row["end"], "passage", texts[row["field"]][row["start"] : row["end"]], "")
        for row in rows
        if row["kind"] == "passage"
    ]
    hits: list[Hit] = []
    for field, text in texts.items():
        own = [hit for hit in marked if hit.field == field]
        found = redaction.detect(field, text, writer=letter.author_name)
        hits += sorted([*own, *(hit for hit in found if not any(_overlap(hit, one) for one in own))])
    decisions = {(row["field"], row["start"], row["end"]): row for row in rows}
    known = {place: Decision(bool(row["keep"]), str(row["put"])) for place, row in decisions.items()}
    public = {
        field: redaction.cover(text, [hit for hit in hits if hit.field == field], known)
        for field, text in texts.items()
    }
    if fitting is not None and fitting.title:
        public["title"] = fitting.title
    return Sheet(texts, hits, decisions, public, source)


def _overlap(one: Hit, other: Hit) -> bool:
    return one.start < other.end and other.start < one.end


def prepare_refusal(letter: Letter, *, actor: Actor) -> Refused | None:
    """Why this person may not prepare a copy of the letter now; None when they may."""
    refused = public_refusal(letter)
    if refused is not None:
        return refused
    if letter.department_id is None or not actor.can(Capability.ANSWER, letter.department_id):
        return Refused("forbidden", N_("This letter is not with your unit"))
    if letter.stage != "answered" or answer_for_all(letter) is None:
        return Refused("wrong_time", N_("Only a letter that was answered can be published"))
    return None


def public_refusal(letter: Letter) -> Refused | None:
    """Never a letter about a unit (信访工作条例 art. 30), never without consent (个人信息保护法 art. 25)."""
    if letter.about_department_id is not None:
        return Refused(
            "forbidden",
            N_("The letter is about a unit, and that unit reads what is public: it stays private"),
            CONFLICT_RULE,
            field="publish",
        )
    if not letter.consent_public:
        return Refused("forbidden", N_("The writer does not want this letter published"), CONSENT_RULE, field="publish")
    return None


def decide(
    letter: Letter, *, place: tuple[str, int, int], keep: bool, put: str, reason: str, actor: Actor, now: datetime
) -> None:
    """What becomes of one found place. Keeping it needs a reason; `put` empty: as proposed."""
    copy = _begun(letter, actor, now)
    hit = next((hit for hit in sheet_of(letter, copy).hits if _place(hit) == place), None)
    if hit is None:
        raise Refused("conflict", N_("This place is not in the text any more. Look at the page again"))
    if keep and not reason:
        raise Refused("invalid", N_("Write why it may stay: it is kept on record"), field="reason")
    row = _row(hit, keep, "" if keep else put, reason if keep else "")
    _put(copy, row, actor, now)


def mark(letter: Letter, *, field: str, passage: str, put: str, actor: Actor, now: datetime) -> int:
    """Covers a passage that was not found, wherever it stands. Returns how many places that are."""
    copy = _begun(letter, actor, now)
    sheet, wanted = sheet_of(letter, copy), passage.strip()
    places = []
    for name in sheet.texts if field not in sheet.texts else [field]:
        at = sheet.texts[name].find(wanted) if wanted else -1
        while at >= 0:
            places.append((name, at, at + len(wanted)))
            at = sheet.texts[name].find(wanted, at + len(wanted))
    if not places:
        raise Refused("invalid", N_("This passage is not in the letter. Copy it exactly as it stands"), field="passage")
    for name, start, end in places:
        touching = [hit for hit in sheet.hits if hit.field == name and hit.start < end and start < hit.end]
        first, last = min([start, *(hit.start for hit in touching)]), max([end, *(hit.end for hit in touching)])
        gone = {_place(hit) for hit in touching}
        copy.decisions = [row for row in copy.decisions if (row["field"], row["start"], row["end"]) not in gone]
        whole = Hit(name, first, last, "passage", sheet.texts[name][first:last], "")
        _put(copy, _row(whole, False, put, ""), actor, now)
    return len(places)


def unmark(letter: Letter, *, place: tuple[str, int, int], actor: Actor, now: datetime) -> None:
    """Takes a decision back: a found place is covered as undecided again, a marked one is as written."""
    copy = _begun(letter, actor, now)
    copy.decisions = [row for row in copy.decisions if (row["field"], row["start"], row["end"]) != place]
    _touch(copy, actor, now)


def arrange(letter: Letter, *, title: str, file_ids: list[int], actor: Actor, now: datetime) -> None:
    """A title of one's own (empty: the covered one), and which pictures are public too."""
    copy = _begun(letter, actor, now)
    if len(title) > TITLE_LIMIT:
        raise Refused("invalid", N_("The title is too long"), field="title")
    pictures = {file.id for file in files.attachments_of("letter", letter.id) if file.kind in PICTURES}
    copy.title = title
    copy.files = sorted(pictures & set(file_ids))
    _touch(copy, actor, now)


def submit_copy(letter: Letter, *, actor: Actor, now: datetime) -> PublicCopy:
    """Hands the copy to a second person, once every place is decided."""
    copy = _begun(letter, actor, now)
    check_whole(letter, copy)
    copy.state = "submitted"
    copy.submitted_at = now
    copy.reason = ""
    evidence.record(
        "letter.copy_submitted", subject=letter, actor=actor, now=now, facts={"decisions": len(copy.decisions)}
    )
    db.session.flush()
    return copy


def check_whole(letter: Letter, copy: PublicCopy) -> Sheet:
    """Nothing undecided, nothing that the detectors still find, the same texts as were looked at."""
    sheet = sheet_of(letter, copy)
    if copy.source != sheet.source:
        raise Refused("conflict", N_("The texts have changed since the copy was prepared. Prepare it again"))
    if sheet.undecided:
        raise Refused(
            "invalid",
            N_("%(count)d places are not decided yet"),
            field="publish",
            args_={"count": len(sheet.undecided)},
        )
    kept = [sheet.texts[field][start:end] for (field, start, end), row in sheet.decisions.items() if row["keep"]]
    for field, text in sheet.public.items():
        left = redaction.leftovers(field, text, kept=kept, writer=letter.author_name)
        if left:
            raise Refused(
                "invalid",
                N_("The copy still says “%(text)s”. Cover it, or change your wording"),
                field="title" if field == "title" else "publish",
                args_={"text": left[0].text},
            )
        if not text.strip():
            raise Refused("invalid", N_("Nothing would be left to read"), field="publish")
    return sheet


def _row(hit: Hit, keep: bool, put: str, reason: str) -> dict[str, object]:
    return {
        "field": hit.field, "start": hit.start, "end": hit.end, "kind": hit.kind,
        "keep": keep, "put": put or redaction.proposal(hit), "reason": reason,
    }  # fmt: skip


def _put(copy: PublicCopy, row: dict[str, object], actor: Actor, now: datetime) -> None:
    place = (row["field"], row["start"], row["end"])
    copy.decisions = [
        *(old for old in copy.decisions if (old["field"], old["start"], old["end"]) != place),
        row,
    ]
    _touch(copy, actor, now)


def _touch(copy: PublicCopy, actor: Actor, now: datetime) -> None:
    copy.prepared_at = now
    copy.prepared_by = actor.person_id
    evidence.record(
        "letter.copy_prepared", subject=copy, actor=actor, now=now, facts={"decisions": len(copy.decisions)}
    )
    db.session.flush()


def _begun(letter: Letter, actor: Actor, now: datetime) -> PublicCopy:
    """The copy that is being prepared, made or begun anew when the texts are others."""
    refused = prepare_refusal(letter, actor=actor)
    if refused is not None:
        raise refused
    copy = copy_of(letter)
    source = sheet_of(letter, None).source
    if copy is None:
        copy = PublicCopy(
            letter_id=letter.id, round=letter.round, source=source, decisions=[], files=[], prepared_at=now,
            prepared_by=actor.person_id,
        )  # fmt: skip
        db.session.add(copy)
        db.session.flush()
        return copy
    current = copy.round == letter.round
    if current and copy.state == "submitted":
        raise Refused("wrong_time", N_("The copy waits for a second person. Ask for it back first"))
    if copy.source != source:
        # What is public stays so until the new copy is let out; what was decided about texts that
        # are still the same needs no second decision.
        if not fits(letter, copy):
            copy.decisions, copy.title, copy.files = [], "", []
        copy.source, copy.round, copy.submitted_at = source, letter.round, None
    elif copy.state == "published":
        raise Refused("wrong_time", N_("The letter is public. Take it back first, then prepare it anew"))
    copy.state = "draft"
    return copy
