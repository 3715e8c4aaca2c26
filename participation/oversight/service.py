"""What an auditor writes: findings, and nothing else."""

from datetime import datetime

from participation.access import Actor, Capability
from participation.duties.models import Duty
from participation.errors import N_, Refused
from participation.evidence import service as evidence
from participation.extensions import db
from participation.oversight.models import Finding


def write_finding(duty: Duty, *, text: str, actor: Actor, now: datetime) -> Finding:
    """Puts a finding beside a duty. It stays; a correction is another finding."""
    posts = [post for post in actor.posts if actor.can(Capability.WRITE_FINDING, post.department_id)]
    if not posts or actor.person_id is None:
        raise Refused("forbidden", N_("Only an auditor writes findings."))
    if not text.strip():
        raise Refused("invalid", N_("Write what you found."), field="text")
    finding = Finding(
        duty_id=duty.id, post_id=posts[0].post_id, person_id=actor.person_id, text=text.strip(), written_at=now
    )
    db.session.add(finding)
    db.session.flush()
    evidence.record("finding.written", subject=finding, actor=actor, now=now, facts={"duty": duty.id})
    return finding
