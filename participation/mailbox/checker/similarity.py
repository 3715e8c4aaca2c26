"""How much of one text stands in another, and which content two texts share. Pure."""

import re

from participation.mailbox.checker.contacts import without_numbers
from participation.mailbox.checker.sentences import clauses, plain

COPY = 0.7
"""From here on an answer is a near-copy: seven of ten pieces of four characters are another's."""
_SHORTEST = 30
_RELATED = 0.22
"""Of the letter's single characters so many occur at least in an answer that shares no pair with it
but says the same in other words (垃圾桶, 桶点). Found on the pairs used for building."""
_HAN = re.compile(r"[\u4e00-\u9fff]+")
# Not content: words of every letter and every answer.
_EMPTY = re.compile(
    "没有|请问|我们|什么|怎么|怎样|如何|多少|为什么|时候|能否|能不能|可以|是否|已经|正在|进行|问题|反映|来信|情况|工作|办理|处理|解决"
    "|联系|电话|有关|相关|部门|单位|感谢|支持|理解|加强|进一步|尽快|周村|上午|下午|晚上|早晨|现在|目前|以后|以前|之前|之后|安排|人员|现场|完成"
    "|[的了是在和与及或也都就还又很太不没有为把被让给向于以请您你我他它这那哪吗呢吧啊谁将已能会要想几个年月日天一二两三四五六七八九十]"
)


def likeness(one: str, other: str) -> float:
    """0 to 1: the share of the longer text's four-character pieces that stand in the other; numbers
    count as one sign, so that a changed date is no new answer. 0 for texts too short to compare."""
    first, second = _pieces(one), _pieces(other)
    if min(len(first), len(second)) < _SHORTEST:
        return 0.0
    return len(first & second) / max(1, max(len(first), len(second)))


def _pieces(text: str) -> set[str]:
    body = re.sub(r"\d+", "0", without_numbers("".join(clauses(plain(text)))))
    return {body[at : at + 4] for at in range(len(body) - 3)}


def content(text: str) -> set[str]:
    """The pairs of characters of a text that carry its topic and its place."""
    found: set[str] = set()
    for run in _HAN.findall(_EMPTY.sub(" ", plain(text))):
        found |= {run[at : at + 2] for at in range(len(run) - 1)}
    return found


def unrelated(letter: str, answer: str) -> bool:
    """Whether an answer speaks of nothing that the letter speaks of."""
    asked, said = _characters(letter), _characters(answer)
    return bool(asked) and not content(letter) & content(answer) and len(asked & said) / len(asked) < _RELATED


def _characters(text: str) -> set[str]:
    return set("".join(_HAN.findall(_EMPTY.sub(" ", plain(text)))))
