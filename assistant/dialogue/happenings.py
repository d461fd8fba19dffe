"""What a question says happened on each of its days: received, told to complete, asked the third party, answered.

Each day is read with the words of its own clause and with no others; what happened without a day is kept too,
for a fact half told is a fact to be asked for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.dialogue.written_days import WrittenDay, masked, sign

DAY = "[\ue000-\uf8ff]"
PARTY = r"(?:第三[方人者]|利害关系人|权利人)"
_ALIAS = r"(?:对方|人家|他们|企业|公司|厂里)"
COMAKER = r"(?:共同制作|联合制作|联合发文|联合印发|会签)"
ORGAN = r"(?:其他机关|其他部门|别的(?:单位|部门|机关)|有关(?:单位|部门)|上级(?:机关|部门)?|主管部门|保密\w{0,3}|\w{1,4}[局委厅])"
WHEN = r"(?:哪一?[天日]|几[号日]|几月几[号日]|什么时候|啥时候|什么时间|何时|何日|多会儿)"
DAY_CUE = rf"(?:最晚|最迟|至迟|{WHEN}|到期|届满|期满|截止|截至|怎么算|咋算|起算|算到|算起|开始算|期限(?:是|呢|到)|延(?:期|长)(?:之?后|的话)?呢)"
STATUS_CUE = r"(?:还剩|还有几|还有多少|来得及|来不来得及|赶得上|超期|逾期|超时|过期|超限|晚不晚|晚了[吗没]|算晚|合规|按时|按期)"
CUE = rf"(?:{DAY_CUE}|{STATUS_CUE})"

# The noun a question asks about goes with the question, not with the day before it.
_LEAD = r"(?:的)?(?:我们|本机关|机关|法定|应该?|应当|必须|要|得|该|能|可以|会|算不算|算|就|还|是不是|是否|有没有|已经)*"
_REST = rf"[^{DAY[1:-1]},;。!?]*"
_TAIL = re.compile(
    rf"{_LEAD}(?:(?:给|作出)?(?:答复|回复|办理|办结|补正|意见|缴费|复议|起诉|诉讼|延期|通知)的?)?(?:的)?(?:通知书?|告知书?)?"
    rf"(?:期限|时限|时间|最后期限|最后一天|日子|截止日期?)?(?:是|到|在|于|从|自|为|算)*{DAY_CUE}{_REST}"
    rf"|{_LEAD}(?:期限|时限)?{STATUS_CUE}{_REST}"
)
_CLAIM = re.compile(
    rf"(?:在|的|应该?|应当|要|得|须|必须)*(?:\d+|[一二两三四五六七八九十]+|半)(?:个)?(?:工作日|自然日|天|日|周|星期|月)[之以]?内?[^{DAY[1:-1]},;。!?]*"
)
_STRONG_FILLED = (
    r"补(?:齐|全|好|完|来|交|送|上来|回来)|补正(?:完|好|了|齐|材料|后?的?申请|件)|补的?材料|材料.{0,3}补"
)
_TOLD_TO = r"补正(?:通知|告知|要求)|(?:通知|告知|要求|让|叫|请|发|寄)[^,]{0,8}补|补正.{0,4}(?:发|寄|送达|出)|一次性告知"
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "received",
        r"\|(?:我们|本机关|我局|局里|单位)?(?:收到|签收|接到|收)(?:的|了)?(?:一?[份件封个])?[^,补复副]{0,8}申请(?!书副本|复议)",
    ),
    ("as_of", r"(?:现在|截至|截止|到|今[天日])(?:是|为)?\|"),
    ("fee_notice", r"(?:收费|缴费|交费|费用)(?:的)?通知"),
    ("fee_paid", r"[缴交]清|[缴交付](?:完|了|齐|纳)?了?(?:费|钱|款)|费.{0,4}到账|(?:缴|付)(?:完|清)"),
    (
        "reasons_given",
        r"说明了理由|理由.{0,4}(?:收到|交来|送来)|(?:收到|交来|送来).{0,6}理由",
    ),
    ("reasons_asked", r"说明理由"),
    ("delay_notice", r"延迟答复"),
    ("review_decision_received", r"复议决定"),
    ("complaint_received", r"起诉状|应诉通知"),
    (
        "review_copy_received",
        r"复议[^,]{0,8}副本|副本[^,]{0,8}复议|申请书副本|提出答复通知|(?:行政)?复议答复通知",
    ),
    ("review_accepted", r"受理.{0,6}复议|复议.{0,8}受理"),
    (
        "comaker_answered",
        rf"{COMAKER}.*(?:回复|答复|回函|复函|回了|回的|提出意见|反馈)|收到.*{COMAKER}.*(?:意见|复函|回复)",
    ),
    ("comaker_served", rf"{COMAKER}.*(?:收到|签收|收悉)|(?:送达|送到)了?{COMAKER}"),
    ("comaker_sent", rf"(?:征求|征询|发函|去函|函|向|给).*{COMAKER}|{COMAKER}.*征求"),
    (
        "party_answered",
        rf"(?:{PARTY}|PARTY).*(?:回复|答复|回函|复函|回了|回的|回来|提(?:出|交|了)?[^,]{{0,4}}意见|反馈|同意|反对|表态|来函|回信|说)"
        rf"|(?:收到|收悉|接到|拿到).*(?:{PARTY}|PARTY).*(?:意见|回复|答复|回函|复函|反馈)"
        r"|(?:意见|反馈)(?:书)?.{0,3}(?:回来|收到|返回|交来|送来)|回函|复函|回了?意见|反馈意见",
    ),
    (
        "party_served",
        rf"(?:{PARTY}|PARTY).*(?:收到|签收|拿到|收悉|接到|收的)|(?:送达|送到|寄到|交到|送给|交给)了?(?:{PARTY}|PARTY)"
        r"|征求意见[书函].*(?:送达|送到|签收|收到)",
    ),
    (
        "party_sent",
        rf"(?:征求|征询|征|询问|问)(?:了|过)?.{{0,4}}(?:{PARTY}|PARTY)|(?:向|给)(?:{PARTY}|PARTY).*(?:发|寄|送|征求)"
        rf"|(?:发|寄|送)(?:给|往|到)?(?:了)?(?:{PARTY}|PARTY)|征求意见[书函稿]?|(?:{PARTY}|PARTY).*(?:发|寄)(?:出|的|了|函)|征求意见",
    ),
    ("organ_answered", rf"{ORGAN}.*(?:回复|答复|回函|复函|回了|回的|反馈)|收到.*{ORGAN}.*(?:意见|复函|回复)"),
    ("organ_consulted", rf"(?:征求|征询|请示|函询|去函|发函|商请?|问了?).*{ORGAN}"),
    ("own_section", r"(?:征求|征询|问了?).*(?:科|股|处|室|内设机构)(?:意见|的意见)?"),
    (
        "correction_received",
        _STRONG_FILLED
        + r"|收到(?:了|的|他|她|其|申请人)*补正(?!通知|告知|要求)|补正.{0,4}(?:收到|交来|送来|寄来|回来|到了)",
    ),
    ("correction_notice", _TOLD_TO + r"|补正"),
    ("extension", r"延期|延长|展期"),
    (
        "reply_received",
        r"(?:收到|签收|拿到|接到|收悉).{0,8}(?:答复|告知书|回复)|答复书?.{0,4}(?:送达|签收|收到)",
    ),
    (
        "internal",
        r"(?:转|分|批|派|流转)(?:到|给|办|来|至)|领导批|到(?:我|承办|科|股|办公室)|才到|(?:科|股|承办人?|手[上里]).{0,4}(?:收到|拿到|才|接到)|交到?(?:科|股|承办)",
    ),
    ("registered", r"登记|受理|立案|录入"),
    ("published", r"形成|制作(?:完成|好|的)|印发|出台|制定|变更|成文"),
    ("confirmed", r"确认"),
    ("received", r"收到|签收|接到|收悉|收[的件下文]|接收|寄到|送达我|代收|收发室|门卫"),
    (
        "handed_in",
        r"当面|窗口|上门|现场|当场|来人|送来|交来|跑来|亲自|前台",
    ),
    ("replied", r"(?:作出|发出|寄出|送出|送达)[^,]{0,4}(?:答复|回复)|答复|回复|回的|办结|交邮"),
    ("sent_in", r"寄出|投递|投邮|邮出|传真|传来|发过来|寄来|寄的|寄了|发来|发的|发了|邮寄"),
    ("submitted", r"提交|递交|提出|提的|交的|交了|申请的|填的|上传|申请日"),
)
_READ = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_UNTOLD = re.compile(r"(?:没有?|未|不|还没|尚未|别)(?:再|有|曾|去|办|办理|作)?$")


@dataclass(frozen=True)
class Happening:
    """One thing said: its kind as these patterns call it, the number of its day (None: no day), its words."""

    kind: str | None
    day: int | None
    words: str


def happenings(text: str, days: tuple[WrittenDay, ...]) -> tuple[Happening, ...]:
    """What happened on each day of a plain text, and what happened without one."""
    whole = "".join(masked(text, days))
    party = _ALIAS if re.search(PARTY + "|征求", whole) else "(?!)"
    clauses = re.split(r"[,;。!?:、]", whole)
    return tuple(_joined(clauses, party))


def _joined(clauses: list[str], party: str) -> Iterator[Happening]:
    """The clauses one by one; a clause that is a day and nothing else is read with the one after it."""
    held = ""
    for number, clause in enumerate(clauses):
        piece, held = held + clause, ""
        last = number == len(clauses) - 1
        if not last and re.fullmatch(
            rf"(?:我们?|本机关|于|在|是)*{DAY}(?:我们?|那天|上午|下午|当天)*", piece
        ):
            held = piece
            continue
        yield from _clause(piece, party)


def _clause(clause: str, party: str) -> Iterator[Happening]:
    numbers = [ord(one) - 0xE000 for one in re.findall(DAY, clause)]
    bare = _TAIL.sub("?", _CLAIM.sub("?", clause))
    if not numbers:
        kind = kind_of(bare, party)
        if kind:
            yield Happening(kind, None, clause)
        return
    pieces = re.split(DAY, bare)
    before = pieces[0]
    for place, number in enumerate(numbers):
        after, rest = pieces[place + 1], ""
        if place < len(numbers) - 1:
            after, rest = _share(after, pieces[place + 2], party)
        words = f"{before}{sign(number)}{after}"
        yield Happening(kind_of(f"{before}|{after}", party), number, words)
        before = rest


def _share(between: str, beyond: str, party: str) -> tuple[str, str]:
    """The words between two days: all to the first where the second has its own, else as few as tell what it was."""
    if kind_of(beyond, party):
        return between, ""
    for end in range(1, len(between) + 1):
        if kind_of(between[:end], party):
            return between[:end], between[end:]
    return "", between


def kind_of(words: str, party: str = "(?!)") -> str | None:
    """The first kind whose words stand there and are not denied."""
    read = re.sub(party, "PARTY", words)
    for kind, pattern in _READ:
        for match in pattern.finditer(read):
            if not _UNTOLD.search(read[: match.start()]):
                return kind
    return None
