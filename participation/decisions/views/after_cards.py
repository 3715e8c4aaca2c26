"""The records after the meeting as cards, for colleagues."""

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from participation.decisions import aftermath
from participation.decisions.models import (
    DecisionCompletion,
    DecisionDossierFiling,
    DecisionEvaluation,
    DecisionEvaluationResult,
    DecisionExecution,
    DecisionInterpretation,
    DecisionPolicyMark,
    DecisionProgressReport,
    DecisionPublication,
    DecisionSigning,
    DecisionTurn,
)
from participation.decisions.views.acting import Card
from participation.decisions.views.cards import CARDS
from participation.web.filters import day, full_day, moment, number


def _policy(row: Any) -> Card:
    title = _("The text is a policy document") if row.is_policy else _("The text is not a policy document")
    return Card(title, [(_("Why"), row.reason)])


def _interpretation(row: Any) -> Card:
    form = _(aftermath.INTERPRETATION_FORMS[row.form])
    if row.kind == "plan":
        return Card(f"{_(aftermath.INTERPRETATION_KINDS['plan'])} · {form}", [(_("The plan"), row.words)])
    done = row.confirmed_at is not None
    return Card(
        f"{_(aftermath.INTERPRETATION_KINDS['material'])} · {form}",
        [
            (_("What changes"), row.changes),
            (_("For whom"), row.for_whom),
            (_("From when on"), row.from_when),
            (_("Address"), row.url),
            (_("Confirmed by a colleague"), moment(row.confirmed_at) if done else ""),
        ],
        ("kept", _("Substance confirmed")) if done else ("soon", _("Not confirmed yet")),
    )


def _signing(row: Any) -> Card:
    number = len(row.interpretations)
    return Card(
        _("Signed on %(day)s", day=full_day(row.signed_on)),
        [(_("Who signed"), row.signer), (_("Signed together with the text"), str(number) if number else "")],
        ("kept", _("Signed together")),
    )


def _publication(row: Any) -> Card:
    channels = [
        (_(aftermath.CHANNELS[kind]), " ".join(part for part in (where, url) if part) or "✓")
        for kind, where, url in ((one["kind"], one["where"], one["url"]) for one in row.channels)
    ]
    return Card(
        _("Published on %(day)s", day=full_day(row.published_on)),
        [
            (_("Who publishes"), row.issuer),
            (_("Number of the document"), row.doc_number),
            *channels,
            (_("What was adopted of the opinions"), row.adoption),
        ],
        ("kept", _("The text is public")),
    )


def _execution(row: Any) -> Card:
    return Card(
        _("Carried out since %(day)s", day=full_day(row.begun_on)),
        [(_("Unit that carries it out"), row.unit), (_("What is done by when"), row.plan)],
    )


def _completion(row: Any) -> Card:
    done = _("Carried out on %(day)s", day=full_day(row.finished_on))
    return Card(done, [(_("The outcome of the execution"), row.outcome)])


def period(row: Any) -> str:
    return f"{day(row.from_on)} – {day(row.to_on)}"


def _report(row: Any) -> Card:
    quarterly = row.quarter_id is not None
    return Card(
        _("Progress %(period)s", period=period(row)) if quarterly else _("A difficulty, %(day)s", day=day(row.to_on)),
        [
            (_("What was done"), row.text),
            *((one["name"], one["value"]) for one in row.figures),
            (_("Difficulties"), row.problems),
        ],
        ("", "") if quarterly else ("soon", _("Difficulty")),
    )


def _evaluation(row: Any) -> Card:
    return Card(
        _("Evaluation begun on %(day)s", day=full_day(row.begun_on)),
        [
            (_("Why it is evaluated"), f"{_(aftermath.CAUSES[row.cause])}\n{row.reason}"),
            (_("Who evaluates"), f"{row.assessor} · {_(aftermath.ASSESSORS[row.assessor_kind])}"),
            (_("Experts, for colleagues only"), row.people),
            (_("How"), row.method),
        ],
    )


def _result(row: Any) -> Card:
    return Card(
        _("Evaluated on %(day)s", day=full_day(row.finished_on)),
        [
            (_("How people were heard"), row.heard),
            (_("What was found"), row.findings),
            (_("What should change"), row.advice),
        ],
        ("kept" if row.conclusion == "keep" else "soon", _(aftermath.CONCLUSIONS[row.conclusion])),
    )


def _turn(row: Any) -> Card:
    return Card(
        f"{_(aftermath.TURNS[row.kind])} · {full_day(row.decided_on)}",
        [(_("Who decided"), row.decided_by), (_("Reason"), row.reason)],
    )


def _filing(row: Any) -> Card:
    return Card(
        _("Filed on %(day)s", day=full_day(row.filed_on)),
        [(_("Who received it"), row.receiver), (_("Number of the receipt"), row.receipt_number)],
        ("kept", _("Filed")),
    )


AFTERWARDS: dict[Any, Callable[[Any], Card]] = {
    DecisionPolicyMark: _policy, DecisionInterpretation: _interpretation, DecisionSigning: _signing,
    DecisionPublication: _publication, DecisionExecution: _execution, DecisionCompletion: _completion,
    DecisionProgressReport: _report, DecisionEvaluation: _evaluation, DecisionEvaluationResult: _result,
    DecisionTurn: _turn, DecisionDossierFiling: _filing,
}  # fmt: skip

CARDS.update(AFTERWARDS)


def made_card(row: Any) -> Card:
    """A dossier that was made, to be fetched."""
    url = url_for("decisions.fetch_dossier", decision_id=row.decision_id, dossier_id=row.id)
    waits = str(row.unsealed) if row.unsealed else ""
    return Card(
        _("Dossier of %(moment)s", moment=moment(row.made_at)),
        [
            (_("Files"), str(row.files)),
            (_("Size of the file"), _("%(size)s KB", size=number(-(-row.size // 1024)))),
            (_("Proofs"), str(row.entries)),
            (_("Records that waited for their seal"), waits),
            (_("Fingerprint"), row.sha256),
        ],
        links=[(_("Fetch the dossier (ZIP)"), url)],
    )
