"""A text in sentences and clauses, without what every official letter begins and ends with. Pure."""

import re
import unicodedata

_END = re.compile(r"(?<=[。！？!?；;\n])")
_CLAUSE = re.compile(r"[，,、：:；;。！？!?\n]")
_COURTESY = re.compile(
    r"^(?:尊敬的.{0,10}|.{0,6}(?:市民|网友|来信人|女士|先生|同志|家长|居民)(?:朋友)?(?:您好|你好)?|您好|你好"
    r"|.{0,14}(?:收悉|来信收到了?|收到(?:了)?您的来信)"
    r"|(?:经查|经核实|经研判|关于|针对|对于|就|对)?(?:您|你|您好)?(?:所)?(?:反映|咨询|提出|投诉|来信|申请|关心)(?:的)?.{0,24}(?:问题|事项|情况|诉求|建议|一事)"
    r"|(?:再次|首先|非常|衷心)*(?:感谢|谢谢).{0,30}|祝您.{0,20}|特此(?:回复|答复).{0,6}|此致|敬礼"
    r"|(?:敬)?请.{0,6}(?:谅解|理解|放心|监督|支持)|.{0,6}(?:给予)?理解(?:和|与)支持|希望您.{0,30}"
    r"|现(?:将|就).{0,20}(?:如下|如下答复|答复如下|回复如下)|.{0,10}(?:答复|回复|情况)如下)$"
)


def plain(text: str) -> str:
    """Full-width letters and digits made narrow, Chinese punctuation kept, spaces between Chinese gone."""
    narrow = "".join(unicodedata.normalize("NFKC", char) if char not in "，。！？；：（）“”" else char for char in text)
    return re.sub(r"(?<![A-Za-z0-9])[ \t\u3000]+|[ \t\u3000]+(?![A-Za-z0-9])", "", narrow).strip()


def sentences(text: str) -> list[str]:
    """Sentences with their marks, in order."""
    return [part.strip() for part in _END.split(text) if part.strip(" \t\n。！？!?；;")]


def clauses(text: str) -> list[str]:
    """The pieces between any two marks, courtesies left out. A decimal point, a clock time and a
    thousands comma are no marks."""
    held = re.sub(r"(?<=\d)([:：,，])(?=\d{2,3})", lambda found: "\ue000" if found[1] in ":：" else "", text)
    parts = (part.replace("\ue000", ":").strip(" “”\"'") for part in _CLAUSE.split(held))
    return [part for part in parts if part and not _COURTESY.match(part)]
