"""What an answer says, in one line of a list. Pure."""

import re

_GREETING = re.compile(
    r"^(?:(?:尊敬的[^，。：:！\n]{0,12}|市民朋友)[，：:]\s*)?(?:[您你]好[，。：:！!]?\s*)?"
    r"(?:(?:您的)?来信(?:已经|已)?(?:收悉|收到|知悉)了?[，。：:！]?\s*)?"
)
_SENTENCE_END = "。！？"


def gist(answer: str, length: int = 46) -> str:
    """The beginning of an answer without its greeting, on one line: whole sentences if at least one
    fits into `length` characters, else cut with an ellipsis."""
    text = " ".join(_GREETING.sub("", answer.strip()).split())
    if len(text) <= length:
        return text
    head = text[:length]
    end = max(head.rfind(mark) for mark in _SENTENCE_END)
    return head[: end + 1] if end >= length // 3 else head[:-1].rstrip("，、 ") + "…"
