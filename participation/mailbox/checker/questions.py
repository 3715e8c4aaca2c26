"""The questions of a letter, and whether an answer takes them up. Pure."""

import re
from dataclasses import dataclass

from participation.mailbox.checker.sentences import sentences
from participation.mailbox.checker.similarity import content
from participation.mailbox.checker.substance import is_action, is_dated, is_fact

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("why", re.compile(r"为什么|为啥|为何|原因|凭什么|卡在|怎么(?:还|又|就|没|不)(?!办)|咋还")),
    ("when", re.compile(r"什么时候|啥时候|几时|何时|哪天|哪一天|多久|多长时间|几月|几号|什么时间|期限")),
    ("amount", re.compile(r"多少|第几|(?<![这那好])几(?:元|个|块|户|次|天|年)|补多|什么标准")),
    ("who", re.compile(r"谁|哪个(?:部门|单位)|哪里管|归哪")),
    ("how", re.compile(r"怎么|怎样|如何|什么(?:材料|手续|办法|条件|流程)|哪些|办法|到哪|去哪|哪一步")),
    (
        "whether",
        re.compile(r"能不能|能否|可不可以|可否|是不是|是否|行不行|有没有|管不管|(.{1,2})不\1|吗|呢|么$|没有[？?]"),
    ),
)
_WHO = re.compile(r"局|所|中心|站|公司|大队|物业|镇|街道|社区|村委|办|我们|科")
_STOP = re.compile(r"[^。！!；;\n？?]*[？?]")


@dataclass(frozen=True)
class Question:
    """A question as it stands in the letter; `kinds` are what it asks for, `before` what was said
    just before it, for words such as "it"."""

    text: str
    kinds: tuple[str, ...]
    before: str = ""


def questions(letter: str) -> list[Question]:
    """The questions in order: what ends with a question mark, or asks without one."""
    found: list[Question] = []
    before = ""
    for sentence in sentences(letter):
        kinds = tuple(kind for kind, pattern in _KINDS if pattern.search(sentence))
        asks = sentence.rstrip("”\"' ").endswith(("？", "?")) or (kinds and re.search(r"请问|想问|咨询", sentence))
        if asks:
            found.append(Question(sentence, kinds or ("whether",), before))
        before = sentence
    return found


def is_open(question: Question, clauses: list[str]) -> bool:
    """Whether no clause answers it. One that asks several things is open only when none is taken
    up; the reader sees which question it is and judges."""
    telling = [clause for clause in clauses if is_fact(clause) or is_action(clause) or is_dated(clause)]
    return not telling or not any(_taken_up(kind, question, telling, clauses) for kind in question.kinds)


def _taken_up(kind: str, question: Question, telling: list[str], clauses: list[str]) -> bool:
    whole = "，".join(clauses)
    if kind == "when":
        return any(is_dated(clause) for clause in telling) or any(is_action(clause) for clause in telling)
    if kind == "why":
        return any(is_fact(clause) for clause in telling) and bool(
            re.search(r"因|原因|由于|是我们|没有|未|不足|故障|坏|到期|排在|卡", whole)
        )
    if kind == "amount":
        return any(re.search(r"\d|[一二两三四五六七八九十百]", clause) for clause in telling)
    if kind == "who":
        return bool(_WHO.search(whole)) and (
            any(is_action(clause) for clause in telling) or bool(re.search(r"[归由].{2,16}[管查负]", whole))
        )
    if kind == "how":
        return any(is_action(clause) for clause in telling)
    return _shares(question, telling)


def _shares(question: Question, telling: list[str]) -> bool:
    """A yes-or-no question: the answer speaks of the same thing, or says yes or no at its beginning."""
    asked = content(question.text)
    said = "，".join(telling)
    if not asked or asked & content(said):
        return True
    return bool(re.match(r"(?:能|不能|可以|不可以|行|不行|有|没有|管|是|不是|不用|免费|采纳|还)", telling[0]))
