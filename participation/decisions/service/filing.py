"""The dossier was filed (713号 art. 33). Nothing here commits."""

from datetime import date, datetime

from participation.access import Actor
from participation.decisions import lifecycle, queries
from participation.decisions.means import day_refusal
from participation.decisions.models import Decision
from participation.decisions.models.dossier_filing import DecisionDossierFiling
from participation.decisions.queries.dossiers import dossiers_of
from participation.decisions.service import owing
from participation.decisions.service.permission import check_version
from participation.decisions.service.recording import enter
from participation.errors import N_, Refused
from participation.workdays import day_of

ART_33 = lifecycle.ART_33
RECEIVER = "区司法局"


def filing_refusal(decision: Decision, actor: Actor) -> Refused | None:
    """Why the filing cannot be recorded now."""
    facts = queries.facts_of(decision)
    refused = lifecycle.work_refusal(facts, actor)
    if refused:
        return refused
    if facts.steps.get("published") not in lifecycle.SETTLED:
        return Refused("wrong_time", N_("Publish the decision first."), ART_33)
    if facts.dossier_filed:
        return Refused("wrong_time", N_("The dossier is filed already."), ART_33)
    return None


def file_dossier(
    decision: Decision, *, on: date | None, receiver: str, receipt_number: str, made_at: datetime | None = None,
    sha256: str = "", seen: int | None = None, actor: Actor, now: datetime,
) -> DecisionDossierFiling:  # fmt: skip
    """Records when the dossier was handed to whom. `made_at` and `sha256` are those of the file; where they
    are not given, those of the newest dossier made on this site."""
    refused = filing_refusal(decision, actor)
    if refused:
        raise refused
    check_version(decision, seen)
    if not receiver.strip():
        raise Refused("invalid", N_("Write who received the dossier."), ART_33, field="receiver")
    if not receipt_number.strip():
        raise Refused("invalid", N_("Write the number of the receipt."), ART_33, field="receipt_number")
    out = next((row.on for row in decision.steps if row.step == "published"), None)
    refused = day_refusal(on, today=day_of(now), not_before=out, field="on", article=ART_33)
    if refused:
        raise refused
    made = next((row for row in dossiers_of(decision.id) if row.round == decision.round), None)
    record = DecisionDossierFiling(
        made_at=made_at or (made.made_at if made else now), filed_on=on, receiver=receiver.strip(),
        receipt_number=receipt_number.strip(), sha256=sha256 or (made.sha256 if made else ""),
    )  # fmt: skip
    enter(record, decision=decision, verb="decision.dossier_filed", actor=actor, now=now)
    owing.dossier_filed(decision, actor=actor, now=now)
    return record
