"""The tabs of the staff pages. Each feature adds its own; the layout shows what the actor may use."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request, url_for

from participation.access import Actor, Capability


@dataclass(frozen=True)
class Tab:
    endpoint: str
    label: str  # English, marked with N_
    capability: Capability
    order: int
    waiting: Callable[[Actor], int] | None = None  # how many matters behind the tab wait for this person


_tabs: list[Tab] = []


def add_tab(
    endpoint: str,
    label: str,
    capability: Capability,
    order: int,
    *,
    waiting: Callable[[Actor], int] | None = None,
) -> None:
    """Called when a feature's views are imported. Adding the same endpoint twice is one tab."""
    if all(tab.endpoint != endpoint for tab in _tabs):
        _tabs.append(Tab(endpoint, label, capability, order, waiting))


def tabs_for(actor: Actor) -> list[Tab]:
    return sorted((tab for tab in _tabs if actor.can(tab.capability)), key=lambda tab: tab.order)


def current_tab(actor: Actor) -> Tab | None:
    """The tab under which the requested page lies: the one whose address begins the page's, the longest wins."""
    here = request.path.rstrip("/") + "/"
    above = [
        (len(url), tab) for tab in tabs_for(actor) if here.startswith((url := url_for(tab.endpoint).rstrip("/")) + "/")
    ]
    return max(above, key=lambda each: each[0])[1] if above else None
