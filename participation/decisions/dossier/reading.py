"""The public page of a decision as plain text, step by step: the dossier says what the public read."""

from dataclasses import dataclass

from flask import current_app, request, url_for
from lxml import html

_BLOCKS = {"p", "li", "h2", "h3", "tr", "dt", "dd", "div", "summary", "caption"}
_LEFT_OUT = {"script", "style", "svg", "form", "button"}


@dataclass(frozen=True)
class Told:
    """One step of the page: its heading and its lines."""

    heading: str
    lines: tuple[str, ...]


def public_page(decision_id: int) -> str:
    """The chain page as everybody sees it, in Chinese, whoever makes the dossier."""
    from participation.decisions.views import public

    address = url_for("decisions.item", decision_id=decision_id, lang="zh")
    with current_app.test_request_context(address, base_url=request.host_url):
        return public.item(decision_id)


def steps(page: str) -> list[Told]:
    """The steps of the present run, in their order."""
    chain = html.fromstring(page).xpath('(//ol[contains(@class, "pp-chain")])[1]/li')
    found = []
    for step in chain:
        lines = [line for line in _lines(step) if line]
        heading = " ".join(" ".join(step.xpath(".//h2[1]//text()")).split())
        found.append(Told(heading, tuple(line for line in lines if line != heading)))
    return found


def _lines(element: html.HtmlElement) -> list[str]:
    lines = [""]

    def walk(node: html.HtmlElement) -> None:
        if not isinstance(node.tag, str) or node.tag in _LEFT_OUT:
            return
        block = node.tag in _BLOCKS
        if block and lines[-1]:
            lines.append("")
        _say(lines, node.text)
        for child in node:
            walk(child)
            _say(lines, child.tail)
        if block and lines[-1]:
            lines.append("")

    walk(element)
    return [line.strip() for line in lines]


def _say(lines: list[str], text: str | None) -> None:
    said = " ".join((text or "").split())
    if said:
        lines[-1] = f"{lines[-1]} {said}".strip() if text[:1].isspace() else lines[-1] + said  # type: ignore[index]
