"""Gathering what belongs in a dossier: only what is public, and references to the rest."""

import json
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import or_, select

from participation.access import Actor
from participation.consultations import queries as consultations
from participation.consultations.reporting.content import report_of
from participation.decisions.dossier.parts import Reference, Section
from participation.decisions.models import Decision, DecisionPaper
from participation.decisions.papers import PAPER_ROLES
from participation.decisions.queries import papers as paper_queries
from participation.decisions.queries.records import kinds, records
from participation.decisions.steps import STEPS
from participation.documents import queries as documents
from participation.duties import queries as duties
from participation.evidence import queries as evidence
from participation.evidence import registry
from participation.evidence.models import EvidenceEntry
from participation.extensions import db
from participation.files.disk import path_of
from participation.files.models import StoredFile
from participation.web.packed import Part, file_name

STATES = {
    "done": "已完成",
    "not_public": "已完成，材料不公开",
    "not_applicable": "不适用",
    "now": "正在进行",
    "": "未进行",
}


def sections(decision: Decision, *, actor: Actor) -> list[Section]:
    """Every step of the present run, in the order of the procedure, with papers and references. Titles of what is
    not public are told: the dossier goes to the archive, not to the public (713号 art. 33)."""
    states = {row.step: row for row in decision.steps}
    found = []
    all_papers = paper_queries.of(decision.id, round=decision.round, actor=actor, versions=True)
    for number, (key, step) in enumerate(STEPS.items(), start=1):
        row = states.get(key)
        state = STATES["done"] if key == "listed" else STATES[row.state if row else ""]
        day = f"（{row.on.isoformat()}）" if row and row.on else ""
        mine = [paper for paper in all_papers if paper.step == key and paper.taken_back_at is None]
        parts = [part for paper in mine if paper.is_readable for part in _files_of(paper)]
        if key == "participation":
            parts += _reports(decision)
        references = [_reference(paper) for paper in mine if not paper.is_readable]
        found.append(Section(number, key, _(step.label), step.article, state + day, tuple(parts), tuple(references)))
    return found


def _files_of(paper: DecisionPaper) -> list[Part]:
    what, day = _(PAPER_ROLES[paper.role].label), paper.signed_on.isoformat() if paper.signed_on else ""
    title = f"{paper.title}（第 {paper.number} 稿）" if paper.number > 1 else paper.title
    found = []
    document = documents.current("decision_paper", paper.id)
    if document is not None and document.text:
        data = f"{document.title}\n\n{document.text}\n".encode()
        found.append(Part(f"{file_name(title)}.txt", title, what, data, on=day, number=paper.doc_number))
    if paper.file_id is not None:
        file = db.session.get(StoredFile, paper.file_id)
        if file is not None:
            name = f"{file_name(title)}（原件）.{file.kind}"
            found.append(
                Part(name, title, f"{what}（原件）", path=path_of(file.sha256), known=file.sha256, on=day,
                     number=paper.doc_number)
            )  # fmt: skip
    return found


def _reference(paper: DecisionPaper) -> Reference:
    return Reference(
        title=paper.title,
        what=_(PAPER_ROLES[paper.role].label),
        custodian=paper.custodian or paper.issuer or paper.decision.lead_unit,
        on=paper.signed_on.isoformat() if paper.signed_on else "",
        number=paper.doc_number,
    )


def _reports(decision: Decision) -> list[Part]:
    """What became of the comments, as published."""
    from participation.consultations.reporting.as_word import word  # here: it brings python-docx

    found = []
    for row, _tally in consultations.for_decisions({decision.id}).get(decision.id, []):
        if row.feedback_published_at is not None:
            title = f"意见采纳情况报告：{row.title}"
            found.append(Part(f"{file_name(title)}.docx", title, "意见采纳情况报告", word(report_of(row))))
    return found


def entries(decision: Decision, *, actor: Actor) -> list[EvidenceEntry]:
    """The entries of the log about the decision, its papers and records, its comment periods and its dates; what was
    done by the public itself is not among them."""
    periods = [row.id for row, _tally in consultations.for_decisions({decision.id}).get(decision.id, [])]
    papers = [paper.id for paper in paper_queries.of(decision.id, actor=actor, versions=True)]
    owed = [duty.id for kind, ids in (("decision", [decision.id]), ("consultation", periods)) for one in ids
            for duty in duties.duties_of(kind, one)]  # fmt: skip
    about = {"decision": [decision.id], "decision_paper": papers, "consultation": periods, "duty": owed}
    for model, rows in records(decision.id, kinds()).items():
        kind = registry.kind_of_table(model.__table__.name)
        if kind is not None:
            about[kind.name] = [row.id for row in rows]
    told = [
        (EvidenceEntry.subject_kind == kind) & EvidenceEntry.subject_id.in_(ids) for kind, ids in about.items() if ids
    ]
    return list(db.session.scalars(select(EvidenceEntry).where(or_(*told)).order_by(EvidenceEntry.id)))


def proofs(found: list[EvidenceEntry], *, key: str) -> tuple[list[Part], list[int]]:
    """A receipt for each sealed entry, and the numbers of those that wait for their seal."""
    parts, waiting = [], []
    for entry in found:
        proof = evidence.proof_of(entry)
        if proof is None:
            waiting.append(entry.id)
            continue
        said = proof.as_json(whole=True) | {"key": key}
        data = json.dumps(said, ensure_ascii=False, indent=1).encode()
        parts.append(Part(f"存证/receipt-{entry.id}.json", f"第 {entry.id} 条记录", "存证凭条", data))
    return parts, waiting


def public_facts(decision: Decision, *, made_at: datetime) -> dict[str, object]:
    return {
        "decision": {
            "id": decision.id,
            "title": decision.title,
            "year": decision.catalogue.year,
            "number": decision.number,
            "lead_unit": decision.lead_unit,
            "joint_units": list(decision.joint_units or []),
            "stage": decision.stage,
            "run": decision.round,
        },
        "made_at": made_at.isoformat(),
        "basis": "国务院令第713号 第三十三条",
    }
