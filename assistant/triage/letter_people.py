"""Who asks: the applicants and their kind, an agent apart from them, what proves identity, how to reach them.

Nothing is guessed: a name that does not tell its kind has none, and of two letters in one with different
applicants neither is taken. Basis: 政府信息公开条例第二十九条第二款第（一）项.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.ingest.personal_finding import Datum
from assistant.triage.letter_rules import NATURAL, ReadingRules
from assistant.triage.letter_spans import EDGE, Said, Span, body_spans, said, sentence, titles

_NUMBERED = r"(?:[一二三四五六七八九十]|[1-9１-９])?"
_BEFORE_VALUE = r"(?:姓名|名称|单位名称)?(?:签名|签字|签章|盖章|或者?|、|/)*\s*(?:[（(][^（）()\n]{0,14}[）)])?\s*[：:]\s*"
_APPLICANT = re.compile(
    rf"(?<![一-龥])(?:共同)?申请人(?!代表|的){_NUMBERED}(?:（[^（）\n]{{1,6}}）)?{_BEFORE_VALUE}(?P<value>[^\n。；;]*)"
)
_NAMED = re.compile(
    r"(?:^|[，,。；;\n|\t])[ \t　]*(?:法人或(?:者)?其他组织名称|单位名称|组织名称|机构名称|公民姓名|姓名)(?:[ \t　]*[：:][ \t　]*|[ \t　|]+)(?P<value>[^\n。；;|]*)"
)
_ORGANISATION = re.compile(r"(?:^|[，,。；;\n|\t])[ \t　]*名称[ \t　]*[：:][ \t　]*(?P<value>[^\n。；;|]*)")
_PRINCIPAL = re.compile(
    r"委托人(?:姓名|名称)?\s*[：:]\s*(?P<value>[^\n。；;]*)|"
    r"(?:^|(?<=[，,。；;\n\s现系是人我所师司]))(?:接受|受)(?:当事人|委托人|患者|考生|原申请人|股东|合伙人|村民|居民|业主)?"
    r"(?P<by>[^，,。；;\n（(受托]{2,30}?)(?:口头)?(?:的)?(?:[（(][^（）()\n]{0,12}[）)])?(?:委托|之托)|"
    r"代(?:理|表)?(?:当事人|委托人)(?P<for>[^，,。；;\n]{2,30}?)(?=向|申请|提出|[，,。])"
)
_CALLED = re.compile(
    r"(?:我叫|我名叫|本人姓名为?|本人叫)(?P<value>[一-龥·]{2,8}?)(?=[，,。；;：:（(\s]|系|$)"
)
_INTRO = re.compile(
    r"(?:^|[，,。；;\n\s])(?:申请人|本人系?|我是|我)(?P<value>[一-龥·]{2,4}?)(?=申请公开|系|，|,|请求|要求|[（(][^（）()\n]{0,12}身份证)"
)
_WE_ARE = re.compile(
    r"(?:我是|本人是|本人系|我单位是|本单位是|我公司是|本公司是|我们是|我单位|本单位|我公司|本公司)(?P<value>[一-龥（）()]{4,40}?)(?=[，,。；;\n])"
)
_AGENT = re.compile(
    rf"(?:(?:委托|诉讼|特别授权)?代理人|受托人|受委托人|代理律师|经办律师|承办律师|代办人){_NUMBERED}{_BEFORE_VALUE}(?P<value>[^\n。；;]*)"
)
_LAWYER = re.compile(
    r"(?:我是|本人是|本律师系|本人系)?(?P<firm>[一-龥（）]{2,20}律师事务所)(?:的)?律师(?P<name>[一-龥]{2,4})?(?=[，,（(。\s])"
)
_SIGNED = re.compile(
    r"\n[ \t　]*(?P<value>[^\n：:，,。；;]{2,40}?)[ \t　]*(?:[（(][^（）()\n]{0,10}[）)])?[ \t　]*(?:\n[ \t　]*)?(?=(?:19|20)\d{2}\s*[年./-]\s*\d{1,2}\s*[月./-]|二[〇○零]{1}[一二三四五六七八九〇○零]{2}年)"
)
_REGARDS = re.compile(
    r"(?:申请人|代理人|姓名)?[^\n]{0,2}?(?P<value>[一-龥·]{2,4})(?:敬上|谨呈|拜上|敬呈|呈上)"
)
_VALUE_ENDS = re.compile(
    r"[，,；;|\t]|\s{2,}|[（(]|\s*(?:身份证|公民身份|证件|联系|电话|手机|地址|住址|性别|出生|民族|法定代表人|统一社会信用代码|邮编|委托代理人|日期|(?:19|20)\d{2}\s*[年./-])|\s(?=[男女]\b)"
)
_NOBODY = re.compile(
    r"^(?:当事人|委托人|客户|他人|其|家属|公民|个人|本人|同上|自然人|法人(?:或(?:者)?其他组织)?|无|没有|签名|签字|盖章|[（(].*|.{0,3}(?:此致|敬礼)|[_＿\-—/\s…]*|信息公开|政府信息.*|申请公开.*|.*[请望谢]{1,2}|.*申请书?)$"
)
_FOREIGN = re.compile(
    r"^(?:[一-龥]{1,10}(?:·[一-龥]{1,10}){1,3}|[A-Z][A-Za-z'.-]+(?: [A-Z][A-Za-z'.-]*){1,3}|[一-龥] {1,3}[一-龥])$"
)
_LIST = re.compile(r"[、]|(?<=[一-龥]{2}) ?(?:和|与|及) ?(?=[一-龥]{2,4}$)")
_CREDIT_CODE = re.compile(r"统一社会信用代码(?:证?号?)?\s*[：:]?\s*(?P<value>[0-9A-Z]{18}|\S{4,})")
_IDENTITY_LINE = re.compile(
    r"(?:身份证(?:号码?|件号码?)?|证件号码?|公民身份号码)\s*[：:]\s*(?P<value>(?!无|没有|不|暂|未|见|[（(]?空|[，,。；;]|联系|电话)\S[^\s，,。；;（(]*)"
)
_PROOF = re.compile(
    r"(?:附(?:件|后|上)?|随附|附上|提供|提交|上传|出示|递交)[^。\n]{0,24}?(?:身份证|户口[簿本]|护照|身份证件|证件|出生证|营业执照|执照|登记证书?|法人证书|执业许可证|身份证明)(?:[^。；;，,\n]{0,8}(?:复印件|扫描件|照片|影印件|原件))?|"
    r"(?:身份证|户口[簿本]|护照|营业执照|登记证书?|法人证书|执业许可证|身份证明)[^。；;，,\n]{0,6}(?:复印件|扫描件|照片|影印件|已上传|附后|见附件|在附件)|(?:身份证明|证件)(?:材料)?\s*[：:]\s*(?!无|没有|未|暂)\S{2,20}"
)
_NO_PROOF = re.compile(r"(?:没有|未|无法|不能|不愿|拒绝|丢失|遗失|不想)[^。；;，,\n]{0,10}$")
_AUTHORITY = re.compile(r"授权委托书|委托书|律师函|授权书")
_CONTACT_LINE = re.compile(
    r"(?:(?:联系|通讯|通信|邮寄|收件|居住|家庭)(?:地址|电话|方式|人)|住址|(?<![箱站办公])地址|邮箱|手机(?:号码?)?|电话)\s*[：:]\s*(?P<value>(?!无|没有|同上)\S[^\n；;。，,]*)"
)
_CONTACTS = ("mobile", "landline", "email", "address", "chat")
_ORGANS_LINE = re.compile(r"被申请(?:人|单位|机关)|受理(?:机关|单位)")
_OTHER_SIDE = re.compile(r"被申请(?:人|单位|机关)|受理(?:机关|单位)|代理|受托|邻居|对方|隔壁")
_APPLICANTS_LINE = re.compile(r"(?<!被)申请人|联系人")
_OWN = re.compile(r"本人|我(?!镇|县|市|村|区|省)|申请人|委托人|寄|联系")


@dataclass(frozen=True)
class Party:
    """Somebody who asks, and the column of the annual report; `kind` is None where the name does not tell."""

    name: Said
    kind: str | None


@dataclass(frozen=True)
class Identity:
    """What the letter gives to prove identity: a number, a copy or certificate it says is enclosed."""

    number: Said | None
    proof: Said | None

    def __bool__(self) -> bool:
        return bool(self.number or self.proof)


@dataclass(frozen=True)
class Known:
    """What names are told by: columns of organisations, surnames, and the names found by label or place."""

    rules: ReadingRules
    person: re.Pattern[str]
    names: frozenset[str]

    def kind(self, name: str) -> str | None:
        """The column of a name; None where nothing tells it."""
        person = self.person.fullmatch(name) or name in self.names or _FOREIGN.match(name)
        return self.rules.kind_of(name) or (NATURAL if person else None)


def applicants_of(text: str, known: Known) -> tuple[tuple[Party, ...], str | None]:
    """Everybody who asks, and a doubt where the letter holds two requests of different people."""
    heads = [start for start, _ in titles(text)][1:]
    labelled = list(_labelled(_APPLICANT, text))
    blocks = {sum(head <= one.start for head in heads): one.text for one in reversed(labelled)}
    if len(set(blocks.values())) > 1:
        names = "、".join(dict.fromkeys(one.text for one in labelled))
        return (
            (),
            f"来件里有不止一份申请书，申请人不同（{names}）。请与来件人确认以哪一份为准（条例第二十九条）。",
        )
    found = labelled or _named(text, known)
    agent = agent_of(text)
    told = (one for one in found if not (agent and one.start == agent.start))
    return tuple(Party(one, known.kind(one.text)) for one in _once(told)), None


def agent_of(text: str) -> Said | None:
    """Who writes for the applicant: a labelled agent, or a lawyer who says that somebody gave the order."""
    labelled = next(_labelled(_AGENT, text), None)
    if labelled:
        return labelled
    lawyer = _LAWYER.search(text)
    if lawyer and _PRINCIPAL.search(text):
        return said(text, *lawyer.span("name" if lawyer["name"] else "firm"))
    return None


def identity_of(text: str, personal: Iterable[Datum], asked: Iterable[Span]) -> Identity:
    """The applicant's number and the proof enclosed; numbers of others inside what is asked for do not count."""
    spans = list(asked)
    numbers = [d for d in personal if d.kind.key in ("id_card", "permit") and not _within(d.start, spans)]
    number = Said(numbers[0].text, numbers[0].start, numbers[0].end) if numbers else None
    for pattern in (_CREDIT_CODE, _IDENTITY_LINE):
        match = pattern.search(text)
        if number is None and match and not _within(match.start(), spans):
            number = said(text, *match.span("value"))
    proofs = (match for match in _PROOF.finditer(text) if not _within(match.start(), spans))
    proof = next((m for m in proofs if not _NO_PROOF.search(text, max(0, m.start() - 14), m.start())), None)
    return Identity(number, said(text, *proof.span()) if proof else None)


def authority_of(text: str) -> Said | None:
    """The power of attorney the letter names."""
    match = _AUTHORITY.search(text)
    return said(text, *match.span()) if match else None


def contacts_of(text: str, personal: Iterable[Datum], asked: Iterable[Span]) -> tuple[Said, ...]:
    """Every way the letter gives to reach its writer, in the order of the text."""
    spans = list(asked)
    found = [Said(d.text, d.start, d.end) for d in personal if d.kind.key in _CONTACTS]
    for match in _CONTACT_LINE.finditer(text):
        value = said(text, *match.span("value"))
        if value.text and not any(one.start < value.end and value.start < one.end for one in found):
            found.append(value)
    outside = (
        one
        for one in found
        if not _within(one.start, spans)
        and not _ORGANS_LINE.search(text, sentence(text, one.start)[0], one.start)
    )
    return tuple(sorted(outside, key=lambda one: one.start))


def own_data(
    text: str, personal: Iterable[Datum], asked: Iterable[Span], applicants: Iterable[str]
) -> Iterator[Datum]:
    """Personal data of whoever asks: on the lines of the form, or said of oneself.

    Not what is asked about, nor what follows another's name: of a neighbour, an agent, the organ's head.
    """
    spans, names, body = list(asked), set(applicants), body_spans(text)
    last: Datum | None = None
    for datum in personal:
        last = datum if datum.kind.key == "name" else last
        begin = sentence(text, datum.start)[0]
        if _within(datum.start, spans) or _OTHER_SIDE.search(text, begin, datum.start):
            continue
        of_another = last is not None and last.start >= begin and last.text not in names
        on_form = not _within(datum.start, body) or _OWN.search(text, begin, datum.start)
        if _APPLICANTS_LINE.search(text, begin, datum.start) or (on_form and not of_another):
            yield datum


def _named(text: str, known: Known) -> list[Said]:
    """A name without the label 申请人: of a principal, on a form, of oneself, under the letter."""
    for pattern, sure in (
        (_PRINCIPAL, None),
        (_NAMED, None),
        (_ORGANISATION, known.rules.kind_of),
        (_CALLED, None),
        (_INTRO, known.names.__contains__),
        (_REGARDS, known.kind),
        (_WE_ARE, known.rules.kind_of),
    ):
        found = [one for one in _labelled(pattern, text) if sure is None or sure(one.text)]
        if found:
            return found
    return [
        one for one in _labelled(_SIGNED, text) if one.text in known.names or known.rules.kind_of(one.text)
    ][-1:]


def _labelled(pattern: re.Pattern[str], text: str) -> Iterator[Said]:
    """The names after a label, one by one; a label with nothing after it names nobody."""
    for match in pattern.finditer(text):
        group = next(
            (name for name in ("value", "by", "for") if name in pattern.groupindex and match[name]), None
        )
        if group is None:
            continue
        start, stop = match.span(group)
        ends = _VALUE_ENDS.search(text, start, stop) if group == "value" else None
        if ends and text[ends.start()] in "（(" and _closed_in_name(text, ends.start(), stop):
            later = _VALUE_ENDS.search(text, ends.start() + 1, stop)
            ends = later
        yield from _people(text, start, ends.start() if ends else stop)


def _closed_in_name(text: str, at: int, stop: int) -> bool:
    """Whether a bracket belongs to the name: 青石（浙江）律师事务所."""
    closing = min((c for c in (text.find("）", at, stop), text.find(")", at, stop)) if c >= 0), default=-1)
    return closing >= 0 and bool(
        re.match(r"[一-龥]{2,}", text[closing + 1 : stop]) or text[at:closing].endswith("合伙")
    )


def _people(text: str, start: int, end: int) -> Iterator[Said]:
    at = start
    for cut in (*_LIST.finditer(text, start, end), None):
        one = said(text, at, cut.start() if cut else end)
        if "（" not in one.text and "）" in one.text:
            one = said(text, one.start, one.start + one.text.index("）"))
        if one.text and len(one.text) <= 40 and not _NOBODY.match(one.text.strip(EDGE)):
            yield one
        at = cut.end() if cut else end


def _once(found: Iterable[Said]) -> Iterator[Said]:
    seen: set[str] = set()
    for one in found:
        if one.text not in seen:
            seen.add(one.text)
            yield one


def _within(at: int, spans: Iterable[Span]) -> bool:
    return any(start <= at < end for start, end in spans)
