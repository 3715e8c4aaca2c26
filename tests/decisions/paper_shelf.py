"""Papers of the small test district, made by the services."""

import io
from datetime import date

import docx
from werkzeug.datastructures import FileStorage

from participation.decisions.models import Decision, DecisionPaper
from participation.decisions.service import paper_checks, papers
from participation.extensions import db
from participation.files import service as files
from participation.files.rules import PAPERS
from tests.decisions.district import at
from tests.world import World

ENTERED = "2026-07-10T09:00"
TEXT = "第一条 为规范机动车停车管理，制定本办法。\n第二条 本办法适用于本区。"
KEY = "key of one paper form"


def enter(world: World, decision: Decision, login: str = "officer", now: str = ENTERED, **values: object):
    given = {
        "role": "draft",
        "form": "text",
        "title": "机动车停车管理办法（草案）",
        "attribute": "public",
        "text": TEXT,
    }
    made = papers.enter(decision, **(given | values), actor=world.actor(login), now=at(now))
    db.session.commit()
    return made


def reference(world: World, decision: Decision, **values: object):
    given = {
        "role": "legality_opinion", "form": "reference", "title": "关于停车管理办法的合法性审查意见", "text": "",
        "attribute": "not_public", "ground_kind": "process", "custodian": "区司法局", "signed_on": date(2026, 7, 9),
    }  # fmt: skip
    return enter(world, decision, **(given | values))


def word(*lines: str, title: str = "") -> bytes:
    """A Word file as an office saves it."""
    document = docx.Document()
    if title:
        document.add_heading(title, 0)
    for line in lines or TEXT.split("\n"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def stage(world: World, name: str, data: bytes, key: str = KEY):
    upload = FileStorage(io.BytesIO(data), filename=name)
    return files.stage([upload], form_key=key, actor=world.actor("officer"), now=at(ENTERED), allowance=PAPERS)


def checked(world: World, paper: DecisionPaper, *, why: str = "office") -> DecisionPaper:
    """Both checks, by two persons of whom neither entered the paper."""
    paper_checks.pass_secrecy(paper, actor=world.actor("head"), now=at("2026-07-10T14:00"))
    decided = {found.key: why for found in paper_checks.findings_of(paper)}
    paper_checks.pass_personal(paper, decided=decided, actor=world.actor("office"), now=at("2026-07-10T15:00"))
    db.session.commit()
    return paper


def published(world: World, decision: Decision, now: str = "2026-07-10T16:00", **values: object) -> DecisionPaper:
    paper = checked(world, enter(world, decision, **values))
    paper_checks.publish(paper, actor=world.actor("officer"), now=at(now))
    db.session.commit()
    return paper
