"""Text as grams: pairs of neighbouring Chinese characters, and words of letters and digits. Pure.

`集中供热 5 号` is `集中 中供 供热 热 5 号`. The last character of a run stands alone, so pairs never
reach across a comma or a line break, and a word found is a word that stands there as it is.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

LONGEST = 40
"""Characters of one word of letters and digits; a longer one is several grams."""
GAP = "。"
"""Stands where a mark separates a word of letters from its neighbour."""
COMMON = frozenset(
    (
        "能不 不能 否能 能否 可以 可不 以不 请问 问题 什么 么时 "
        "时候 怎么 么办 为什 如何 是否 有没 没有 我们 你们 他们 "
        "咱们 我家 我的 我想 我是 我在 您好 你好 领导 尊敬 敬的 "
        "区长 希望 建议 请求 求助 反映 反应 解决 尽快 快解 谢谢 "
        "感谢 感激 帮忙 麻烦 现在 已经 一直 这个 那个 这里 那里 "
        "这些 那些 一个 几个 好几 多个 每天 今天 昨天 最近 目前 "
        "以前 以后 之前 之后 时间 因为 所以 但是 而且 如果 或者 "
        "还有 还是 不是 不知 知道 应该 需要 想要 觉得 认为 有关 "
        "部门 相关 单位 政府 工作 人员 处理 办理 给予 进行 情况 "
        "事情 的问 个问 的时 的人 了一 一下 小区 们小 答复 回复 "
        "来信 电话 联系 同志 市民 "
    ).split()
)
"""What letters of all kinds say; it makes no two of them alike."""
_IN_WORD = frozenset("-_./:@+&'’")
_IDEOGRAPHS = frozenset("々〇〻")


def grams(text: str) -> list[str]:
    """All grams of a text, in order. Full and half width, capitals and invisible characters make no
    difference."""
    found: list[str] = []
    for run, is_ideographic in _runs(text):
        found += _pairs(run) if is_ideographic else _chunks(run)
    return found


def phrase(word: str) -> list[str]:
    """The grams that follow one another wherever the word occurs. The last may be a beginning only:
    it ends with `*`. Empty when nothing can be looked for."""
    runs = list(_runs(word))
    while runs and runs[-1][0] == GAP:
        runs.pop()
    while runs and runs[0][0] == GAP:
        runs.pop(0)
    if not runs:
        return []
    found: list[str] = []
    for run, is_ideographic in runs[:-1]:
        found += _pairs(run) if is_ideographic else _chunks(run)
    run, is_ideographic = runs[-1]
    if not is_ideographic:
        chunks = _chunks(run)
        return [*found, *chunks[:-1], chunks[-1] + "*"]
    return [*found, *_pairs(run)[:-1]] if len(run) > 1 else [*found, run + "*"]


def distinct(text: str) -> list[str]:
    """The grams that say something about what a text is about, each once: pairs and words, no
    single characters, nothing that every letter says."""
    return [gram for gram in dict.fromkeys(grams(text)) if len(gram) > 1 and gram not in COMMON]


def parts(found: Sequence[str], *, size: int, overlap: int) -> list[Sequence[str]]:
    """A long text in pieces of at most `size` grams that share `overlap` with the next, so that a
    word at the seam is whole in one of them. At least one piece."""
    if len(found) <= size:
        return [found]
    step = size - overlap
    return [found[start : start + size] for start in range(0, len(found) - overlap, step)]


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run))]


def _chunks(run: str) -> list[str]:
    return [run[place : place + LONGEST] for place in range(0, len(run), LONGEST)]


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    """Runs of ideographs, and of letters and digits; True for ideographs. A separating mark beside
    a word of letters is a run `GAP`; between ideographs the end of the run says it already."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    run, sort, marked, last = "", "", False, ""
    for char in folded:
        now = _sort(char)
        if now == "":  # invisible: as if it were not there
            continue
        if now == sort and now in "iw":
            run += char
            continue
        if run:
            yield run, sort == "i"
            last, run = sort, ""
        if now in "iw":
            if marked and last and "w" in (last, now):
                yield GAP, False
            run, marked = char, False
        elif now == "m":
            marked = True
        sort = now
    if run:
        yield run, sort == "i"


@lru_cache(maxsize=16384)
def _sort(char: str) -> str:
    """i: ideograph and other letters without case, w: part of a word, m: a mark that separates, s: a
    space or a mark inside words, empty: invisible."""
    category = unicodedata.category(char)
    if category == "Lo" or char in _IDEOGRAPHS or (category == "Cn" and 0x20000 <= ord(char) < 0x3FFFE):
        # GB 18030-2022 names ideographs that Python's own table does not know yet.
        return "i"
    if category[0] in "LNM":
        return "w"
    if category == "Cf":
        return ""
    return "s" if category == "Zs" or char in _IN_WORD else "m"
