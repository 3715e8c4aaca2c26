"""What a mailbox takes, and the right door for the rest. Pure.

Nobody is turned away here: a letter that names another door is still received, counted and answered.
"""

import re
from dataclasses import dataclass

from participation.errors import N_

TAKES = "对区政府及其部门、街道、镇工作的咨询、意见、建议、批评，生活中遇到的困难和求助。"
REFUSES = (
    "已经或者应当通过诉讼、仲裁、行政复议解决的事项；检举党员、干部违纪的，请打 12388；"
    "已在信访程序中的事项；政府信息公开申请；广告和没有具体内容的来信。"
)
"""What the district's own mailboxes say of themselves, in Chinese."""
TAKES_ELSEWHERE = N_(
    "Questions, opinions, suggestions and criticism about the work of the district government, its departments,"
    " sub-districts and towns; difficulties of daily life and requests for help."
)
REFUSES_ELSEWHERE = N_(
    "Matters that a court, an arbitrator or a review body decides or has decided; accusations against officials"
    " (telephone 12388); matters already in the petition procedure; requests for government information;"
    " advertising and letters without a concrete matter."
)
"""The same in other languages; a mailbox that says something else of itself says it in Chinese."""

PERSON_NEEDS_UNIT = N_("Say which unit this person belongs to: that unit will then not see the letter")


@dataclass(frozen=True)
class Door:
    """Where a matter is taken. `address` may be empty; `name` is what the link is called."""

    matter: str
    where: str
    address: str = ""
    name: str = ""


ACCUSATION = Door(
    N_("Reporting an official's misconduct"),
    N_("Discipline inspection commission, telephone 12388"),
    "https://www.12388.gov.cn/",
    N_("Report online"),
)
DOORS = (
    Door(N_("In danger now"), N_("Police 110, fire 119, ambulance 120")),
    Door(N_("Already in court, arbitration or review"), N_("The court, arbitrator or review body decides")),
    Door(
        N_("Already a petition"),
        N_("District Petition Office (信访局)"),
        "https://wsxf.gjxfj.gov.cn/",
        N_("Petition online"),
    ),
    Door(
        N_("Asking for government information"),
        N_("Request for disclosure, answered within 20 workdays"),
        "https://www.zhoucun.gov.cn/",
        N_("Ask for disclosure"),
    ),
    ACCUSATION,
    Door(N_("Not sure who is in charge, or not in this district"), N_("Hotline 12345, day and night")),
)

_ACCUSES = re.compile(
    r"违纪|违法乱纪|贪污|受贿|行贿|索贿|索要(?:好处|红包|回扣)|收(?:红包|好处费|回扣|黑钱)|吃拿卡要|腐败|以权谋私|"
    r"滥用职权|玩忽职守|徇私|挪用(?:公款|资金|专款)|公款(?:吃喝|消费|旅游)|侵吞|保护伞|买官|卖官|权钱交易|利益输送"
)


def accuses_an_official(*texts: str, kind: str = "", person: str = "") -> bool:
    """Whether kind or wording accuse somebody in office of misconduct (违纪): 12388 is in charge of
    it. A report that names a person does."""
    return (kind == "report" and bool(person)) or any(_ACCUSES.search(text) for text in texts)
