"""A dossier was made (713号 art. 33). Nothing here commits."""

from datetime import datetime

from participation.access import Actor
from participation.decisions import lifecycle, queries
from participation.decisions.models import Decision
from participation.decisions.models.dossier import DecisionDossier
from participation.decisions.papers import may_keep
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db

ART_33 = lifecycle.ART_33


def making_refusal(decision: Decision, actor: Actor) -> Refused | None:
    """Why the dossier cannot be made now: by whom, and not before the decision is published, ended or closed."""
    if not may_keep(actor, decision.lead_department_id):
        return Refused(
            "forbidden", N_("Only the unit in the lead and the government office may make the dossier."), ART_33
        )
    settled = queries.facts_of(decision).steps.get("published") in lifecycle.SETTLED
    if not settled and decision.stage not in ("terminated", "closed"):
        return Refused("wrong_time", N_("The dossier is made when the decision is published or has ended."), ART_33)
    return None


def record_dossier(
    decision: Decision, *, sha256: str, size: int, files: int, entries: int, unsealed: int, actor: Actor, now: datetime
) -> DecisionDossier:
    """Records that the dossier with this fingerprint was made."""
    refused = making_refusal(decision, actor)
    if refused:
        raise refused
    made = DecisionDossier(
        decision_id=decision.id,
        round=decision.round,
        made_at=now,
        made_by=actor.person_id,
        sha256=sha256,
        size=size,
        files=files,
        entries=entries,
        unsealed=unsealed,
    )
    db.session.add(made)
    db.session.flush()
    evidence.record(
        "decision.dossier_made",
        subject=made,
        actor=actor,
        now=now,
        facts={"decision": decision.id, "sha256": sha256, "files": files, "entries": entries},
    )
    return made
