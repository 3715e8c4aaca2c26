"""Who may keep the catalogue, and the check against lost updates."""

from typing import Any

from participation.access import SYSTEM, Actor, Capability
from participation.errors import N_, Refused


def check_keeper(actor: Actor) -> None:
    """The government office, or a command run by the administrator of the machine."""
    if actor is not SYSTEM and not actor.can(Capability.MANAGE_CATALOGUE):
        raise Refused(
            "forbidden", N_("Only the government office keeps the catalogue."), basis="国务院令第713号 第三条"
        )


def check_version(row: Any, seen: int | None) -> None:
    """`seen` is the version that the person's page showed; None where no page was involved."""
    if seen is not None and seen != row.version:
        raise Refused("conflict", N_("Somebody changed this in the meantime. Look at it again, then decide."))
