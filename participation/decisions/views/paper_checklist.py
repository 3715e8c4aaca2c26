"""What a paper needs before it goes out, as the check component draws it: what is missing stands first."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from participation.decisions import papers as rules
from participation.decisions.models import DecisionPaper
from participation.decisions.paper_findings import Finding
from participation.decisions.papers import PaperFacts
from participation.web.filters import day, gap


def checklist(
    paper: DecisionPaper, facts: PaperFacts, findings: Sequence[Finding], names: Mapping[int, str]
) -> list[dict[str, str]]:
    """Rows of `components/check.html`."""
    if not facts.goes_out:
        return [_attribute(paper)]
    rows = [
        _attribute(paper),
        _secrecy(paper, names),
        _personal(paper, findings, names),
    ]
    message, article = facts.waits_for
    if message:
        rows.append(_row("no", _("Its place in the chain"), _(message), article))
    order = {"no": 0, "warn": 1, "ok": 2, "na": 3}
    return sorted(rows, key=lambda row: order[row["state"]])


def missing(checks: Sequence[Mapping[str, str]]) -> int:
    return sum(1 for row in checks if row["state"] == "no")


def _row(state: str, title: str, text: str, law: str) -> dict[str, str]:
    return {"state": state, "title": title, "text": text, "law": law}


def _attribute(paper: DecisionPaper) -> dict[str, str]:
    ground = rules.GROUNDS.get(paper.ground_kind)
    words = [_(ground.label)] if ground else []
    if paper.ground:
        words.append(paper.ground)
    said = _(rules.ATTRIBUTES[paper.attribute])
    title = _("Publication attribute: %(attribute)s", attribute=said)
    return _row("ok", title, "；".join(words), ground.article if ground else rules.ATTRIBUTE_RULE)


def _secrecy(paper: DecisionPaper, names: Mapping[int, str]) -> dict[str, str]:
    title = _("Checked for secrets")
    if paper.secrecy_by is None or paper.secrecy_at is None:
        text = _("A colleague who did not enter the paper reads it.")
        return _row("no", title, text, rules.SECRECY_RULE)
    return _row("ok", title, _by(paper.secrecy_by, paper.secrecy_at, names), rules.SECRECY_RULE)


def _personal(paper: DecisionPaper, findings: Sequence[Finding], names: Mapping[int, str]) -> dict[str, str]:
    title = _("Checked for personal data")
    if paper.personal_by is None or paper.personal_at is None:
        if findings:
            count = len(findings)
            text = ngettext(
                "A second colleague decides about %(num)d place that may be personal.",
                "A second colleague decides about %(num)d places that may be personal.",
                count,
            )
        else:
            text = _("A second colleague reads it. Nothing that looks personal was found.")
        return _row("no", title, text, rules.PERSONAL_RULE)
    text = _by(paper.personal_by, paper.personal_at, names)
    if paper.kept:
        text += gap() + ngettext("%(num)d place may stay.", "%(num)d places may stay.", len(paper.kept))
    return _row("ok", title, text, rules.PERSONAL_RULE)


def _by(person: int, at, names: Mapping[int, str]) -> str:  # type: ignore[no-untyped-def]
    return _("By %(name)s on %(day)s.", name=names.get(person, ""), day=day(at))
