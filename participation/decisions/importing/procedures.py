"""The five procedures and the hearing, read out of free text (713号 art. 14-31)."""

import re
from dataclasses import dataclass, field
from typing import Literal

PROCEDURES = ("participation", "expert", "risk", "legality", "deliberation")
State = Literal["applicable", "not", "unknown"]

_WORDS: dict[str, tuple[str, ...]] = {
    "participation": (
        "公众参与", "公开征求社会公众意见", "公开征求公众意见", "公开征求意见", "征求公众意见", "征求社会意见",
        "听取公众意见",
        "向社会公开征求意见", "民意调查", "问卷调查", "意见征集",
    ),
    "expert": ("专家论证会", "专家论证", "专家咨询论证", "专家咨询", "专家评审"),
    "risk": ("社会稳定风险评估", "社会风险评估", "决策风险评估", "风险评估", "稳评"),
    "legality": ("合法性审查", "合法性审核", "合法性论证", "合法合规性审查"),
    "deliberation": (
        "集体讨论决定", "集体讨论", "集体审议", "集体决策", "集体研究决定", "集体研究", "会议讨论决定",
        "常务会议审议",
        "常务会议讨论", "区政府常务会议", "政府常务会议",
    ),
    "hearing": ("举行听证会", "召开听证会", "组织听证", "举行听证", "听证会", "听证程序", "听证"),
}  # fmt: skip
_ALL_FIVE = re.compile(r"(五道|五项|五大|5项|5道|全部|各项)(法定)?(决策)?程序|法定五(项|道)?程序")
_NO = re.compile(
    r"不适用|不需要?|无需|无须|不涉及|免于|不举行|不组织|不开展|不听证|未列入|没有|不履行|否$|×$|✗$|^无$|^否|^×"
)
_YES = re.compile(r"^(是|需要?|适用|应当?|有|√|✓|✔|☑|●|1|yes|y|必须|已?履行|已?完成)", re.IGNORECASE)
_SPLIT = re.compile(r"[、，,；;。\n|/→]|(?<=[^法社])(?:以及|及|和|并)(?=[公专风合集听征])")
_COUNTER = re.compile(r"^[\s(（]*([0-9]{1,2}|[一二三四五六七八九十]|[①-⑩])[)）.．、:：]?\s*|^[①-⑩]")
_FILLER = re.compile(
    r"[\s()（）:：.．]|^(按规定|依法|应当|需要?|拟|将|进行|开展|履行|组织|实施|是|适用|等)+|(等)?(法定)?(决策)?程序$|等$|决定$"
)


@dataclass
class Procedures:
    """What each of the five is (`states`), the hearing likewise, the reasons, and what has no place."""

    states: dict[str, State] = field(default_factory=lambda: dict.fromkeys(PROCEDURES, "unknown"))
    hearing: State = "unknown"
    reasons: dict[str, str] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)

    def set(self, name: str, state: State, reason: str = "") -> None:
        if name == "hearing":
            self.hearing = state
        else:
            self.states[name] = state
        if reason:
            self.reasons[name] = reason


def read(text: str) -> Procedures:
    """Splits 公众参与、专家论证、无需听证 into its parts. Procedures that are not named stay unknown:
    that an office did not list one does not say that it does not apply."""
    found = Procedures()
    if _ALL_FIVE.search(text) and not _NO.search(text):
        found.states = dict.fromkeys(PROCEDURES, "applicable")
        text = _ALL_FIVE.sub("", text)
    for part in _SPLIT.split(text):
        part = _COUNTER.sub("", part.strip())
        if part:
            _place(part, found)
    return found


def _place(part: str, found: Procedures) -> None:
    rest, placed = part, False
    refused = bool(_NO.search(part))
    for name, words in _WORDS.items():
        word = next((word for word in words if word in rest), None)
        if word:
            found.set(name, "not" if refused else "applicable")
            rest, placed = rest.replace(word, "", 1), True
    if not placed:
        if _FILLER.sub("", part):
            found.rest.append(part)
        return
    rest = _FILLER.sub("", _NO.sub("", rest).strip())
    if len(rest) > 1:
        found.rest.append(part)


def answer(text: str) -> tuple[State, str]:
    """A column of its own: 是, √, 适用; 否, ×, 不适用：理由. The reason comes second."""
    text = text.strip()
    if not text or text in ("-", "—", "/", "——"):
        return "unknown", ""
    state: State = "not" if _NO.search(text) else "applicable" if _YES.search(text) else "unknown"
    reason = re.sub(r"^(不适用|不需要?|无需|不涉及|否|×|是|√|适用|需要?)[\s:：,，()（）]*", "", text).rstrip(")）")
    return state, reason
