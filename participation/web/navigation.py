"""The tabs of the staff pages. Each feature adds its own; the layout shows what the actor may use.

A tab may stand `under` another: then it is in the second row, which is shown on the pages of its group, so
that a phone is not filled with tabs. Who may not use the leading tab sees it in the first row.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import g, has_request_context, request, url_for

from participation.access import Actor, Capability


@dataclass(frozen=True)
class Tab:
    endpoint: str
    label: str  # English, marked with N_
    capability: Capability | tuple[Capability, ...]  # of several, any
    order: int
    waiting: Callable[[Actor], int] | None = None  # how many matters behind the tab wait for this person
    under: tuple[str, ...] = ()  # endpoints of leading tabs; the first that the actor may use

    def open_to(self, actor: Actor) -> bool:
        any_of = self.capability if isinstance(self.capability, tuple) else (self.capability,)
        return any(actor.can(capability) for capability in any_of)


_tabs: list[Tab] = []


def add_tab(
    endpoint: str,
    label: str,
    capability: Capability | tuple[Capability, ...],
    order: int,
    *,
    waiting: Callable[[Actor], int] | None = None,
    under: Sequence[str] = (),
) -> None:
    """Called when a feature's views are imported. Adding the same endpoint twice is one tab."""
    if all(tab.endpoint != endpoint for tab in _tabs):
        _tabs.append(Tab(endpoint, label, capability, order, waiting, tuple(under)))


def tabs_for(actor: Actor) -> list[Tab]:
    """The first row."""
    mine = _all_for(actor)
    return [tab for tab in mine if _leader(tab, mine) is None]


def group_of(actor: Actor, lead: Tab | None) -> list[Tab]:
    """The second row below this tab, the tab itself first; empty when nothing stands under it."""
    if lead is None:
        return []
    mine = _all_for(actor)
    led = [tab for tab in mine if _leader(tab, mine) is lead]
    return [lead, *led] if led else []


def current_tab(actor: Actor) -> Tab | None:
    """The tab, of whichever row, under which the requested page lies: the one whose address begins the page's,
    the longest wins."""
    here = request.path.rstrip("/") + "/"
    above = [
        (len(url), tab) for tab in _all_for(actor) if here.startswith((url := url_for(tab.endpoint).rstrip("/")) + "/")
    ]
    return max(above, key=lambda each: each[0])[1] if above else None


def leading(actor: Actor, tab: Tab | None) -> Tab | None:
    """The tab of the first row to which this one belongs."""
    return (_leader(tab, _all_for(actor)) or tab) if tab is not None else None


def waiting_in(actor: Actor, tab: Tab) -> int:
    """How much waits for this person behind the tab and behind those under it."""
    whole = group_of(actor, tab) or [tab]
    return sum(waiting_at(actor, one) for one in whole)


def waiting_at(actor: Actor, tab: Tab) -> int:
    """How much waits behind this tab alone; both rows of a page ask, the database once."""
    if tab.waiting is None:
        return 0
    if not has_request_context():
        return tab.waiting(actor)
    known: dict[str, int] = g.setdefault("waiting_at", {})
    if tab.endpoint not in known:
        known[tab.endpoint] = tab.waiting(actor)
    return known[tab.endpoint]


def _all_for(actor: Actor) -> list[Tab]:
    return sorted((tab for tab in _tabs if tab.open_to(actor)), key=lambda tab: tab.order)


def _leader(tab: Tab, mine: Sequence[Tab]) -> Tab | None:
    by_endpoint = {each.endpoint: each for each in mine}
    return next((by_endpoint[lead] for lead in tab.under if lead in by_endpoint), None)
