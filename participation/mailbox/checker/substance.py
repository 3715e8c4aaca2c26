"""What an answer says that can be checked: facts found, measures taken. Pure."""

import re

from participation.mailbox.checker.contacts import without_numbers
from participation.mailbox.checker.dates import DAY, N, names_day
from participation.mailbox.checker.transfer import passes_on

_UNIT = (
    "(?:平方米|公里|千米|毫米|厘米|米|度|万元|元|%|℃|户|人|位|盏|块|辆|车(?!辆)|处|次|毫克|千伏安|千瓦|部|件|座|张|班|栋|层|吨|袋|台|份|根|套|"
    "场|条|名|家|间|所|个(?!工作日|小时|月|工)|天|路车|摊位|项|样|号窗口|分(?!钟)|成|楼(?!上|下|道)|岁|厘|棵|眼|公斤|斤|箱|趟|遍|种|类|期|页|步|道|支|瓶|桶|亩)"
)
_AMOUNT = re.compile(
    rf"[0-9.,〇零一二两三四五六七八九十百]{{1,12}}(?:多|余|来)?{_UNIT}|百分之{N}{{1,6}}|第{N}{{1,6}}(?:位|条|名|步|批)|[0-9]{{1,6}}(?:\.[0-9]{{1,6}})?(?:%|℃)|半价|一半"
)
_REASON = re.compile(
    r"因为|是因|原因(?:是|为|有|在)|的原因|由于(?!历史)|是由于|系因|故障|烧坏|损坏|到期|被盗|没有(?:做|办|按|盯|排|通过|批|复位|备货|先)"
    r"|未(?:办|按|做|通过|复位)|查到|经(?:检测|测量|鉴定|查明|现场测)|复测|测温|取样|责任在|是我们"
    r"|(?:查明|确认|认定|发现|查出)(?!您).{0,12}(?:老化|破损|破裂|堵塞|脱落|开裂|渗漏|断裂|短路|失灵|欠费|超标|锈蚀|塌陷|松动|漏水|漏电)"
)
_DIRECT = re.compile(
    r"^(?:能(?!源|力|够早)|不能|不行|行$|可以(?!拨打|致电|咨询)|不可以|有$|没有$|免费|不免费|不?收费|不用|不需要|需要(?!各|您)|管$|不管$|还开|不开|恢复$|采纳|不?符合|属实$"
    r"|(?:您的)?建议(?:已经?)?(?:采纳|被采纳)|没有采纳)|采纳(?:您|了)|没有采纳|不用申请|归.{2,16}管|由.{2,16}(?:管$|查$|负责查|牵头管"
    r"|赔)|不收(?:钱|费)|当场办|当天能?办"
)
_VAGUE = re.compile(
    r"进一步|加强|加大|努力|不断|积极|争取|尽快|早日|认真|抓紧|有序|合理|切实|逐步|适时|统筹|力争|着力|持续|健全|完善|严格按照|妥善|共同|各方面|高度|一直|适当"
)
_DONE = re.compile(
    r"(?:已|已经|均已|都已|全部|当天|当晚|当日).{0,16}(?:修好|修复|更换|换|恢复|完|清|拆|装|补|拨付|退|回填|通过|处罚|立案|责令|划|发放|发到|办结|招标|约谈|赔|开工|通车|通水|更正|启动|开放|做|抄告|移|挪|扣|公布|铺|立)"
    r"|(?:修好|换好|装好|清完|办好|补好|装了|换了|立好|拆除|回填压实|清运(?:完|了|\d)|增加|加了|划了|移走|收缴|立案|处罚|约谈了?|责令|下停工|停工通知|拉了|搭了|派|贴了|摆了|补办|更正|上门|做完|退还|退到|赔付|补发|采纳|铺|添|加了|换的?新)"
)
_PLANNED = re.compile(
    r"开工|完工|施工|进场|装好|换成|换好|补办|补签|批复|到账|拨付|发放|补发|退还|赔付|开两个|停业|停工|开到|开放|启用|投用|通气|通水|铺|划好|装完|送到|送水|送餐|供餐|检查|抽查|巡查|"
    r"改为|改停|执行|试行|加两班|交房|选房|腾退|接送|恢复|加|整改|值守|护送|看一次|办完|交完|做完|清一次|消杀|检测|验收|安装|拆除|维修|修"
)
_GUIDE = re.compile(
    r"带(?:身份证|齐|上|原件|着|原)|凭|持.{1,8}(?:证|收据)|手机上|小程序|网上|爱山东|鲁医保"
    r"|(?:窗口|大厅|营业厅|网点|派出所|银行|网站|检票口|微信|视频).{0,10}|不用回来|拍照|申请(?:截止|办理)|可以(?!拨打|致电|咨询).{1,}|需要.{1,4}样"
    r"|留着|挂失|激活"
)


def _bare(clause: str) -> str:
    return without_numbers(clause)


def is_fact(clause: str) -> bool:
    """Whether the clause states something that can be looked at: an amount, a reason, a straight
    yes or no, something done. Passing on is none, whatever dates it names."""
    if passes_on(clause) and not _done(clause):
        return False
    bare = _bare(clause)
    if _AMOUNT.search(bare) or _REASON.search(bare) or _DIRECT.search(bare):
        return True
    return bool(_DONE.search(bare)) and not _VAGUE.search(bare)


def is_action(clause: str) -> bool:
    """Whether the clause says what was done, what is done on a named day, or what the writer can do."""
    if passes_on(clause) and not _done(clause):
        return False
    bare = _bare(clause)
    if _DONE.search(bare) and not _VAGUE.search(bare):
        return True
    if _PLANNED.search(bare) and names_day(bare):
        return True
    return bool(_GUIDE.search(bare) or _DIRECT.search(bare)) and not _VAGUE.search(bare)


def is_dated(clause: str) -> bool:
    """Whether the clause says when something was or will be, outside of passing on."""
    return names_day(_bare(clause)) and (not passes_on(clause) or _done(clause))


def _done(clause: str) -> bool:
    """Somebody else was asked, but something was done: "转给交警，移走三轮车 17 辆"."""
    return bool(_AMOUNT.search(_bare(DAY.sub("", clause))) and _DONE.search(clause))
