"""The tabs of the staff pages. Each feature adds its own; the layout shows what the actor may use."""

from dataclasses import dataclass

from participation.access import Actor, Capability


@dataclass(frozen=True)
class Tab:
    endpoint: str
    label: str  # English, marked with N_
    capability: Capability
    order: int


_tabs: list[Tab] = []


def add_tab(endpoint: str, label: str, capability: Capability, order: int) -> None:
    """Called when a feature's views are imported. Adding the same endpoint twice is one tab."""
    if all(tab.endpoint != endpoint for tab in _tabs):
        _tabs.append(Tab(endpoint, label, capability, order))


def tabs_for(actor: Actor) -> list[Tab]:
    return sorted((tab for tab in _tabs if actor.can(tab.capability)), key=lambda tab: tab.order)
