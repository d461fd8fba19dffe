"""The columns of a ledger an office has kept so far, found by the headings people give them.

Every heading that is understood stands here; the better ones of a column come first. An office whose sheet says
it otherwise names the column in a mapping file, and nothing is guessed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import InputError
from assistant.triage.columns import NAMES, plain

RECEIVED, APPLICANT, ASKED = "received", "applicant", "asked"
NEEDED = (RECEIVED, APPLICANT, ASKED)


@dataclass(frozen=True)
class Field:
    """What a column may tell of a case: its key, its name to a clerk, the headings it goes by.

    `names`: groups of headings, the surest first; within a group none is better than another. `several`: whether
    more than one column may hold it (a telephone and an address are both 联系方式).
    """

    key: str
    name: str
    names: tuple[tuple[str, ...], ...]
    several: bool = False


def _field(key: str, name: str, *groups: str, several: bool = False) -> Field:
    first, *rest = (tuple(group.split()) for group in groups or ("",))
    return Field(key, name, ((name, *first), *rest), several)


FIELDS = (
    _field("number", "编号", "登记编号 登记号 受理编号 受理号 收件编号 案件编号 申请编号 申请号 件号 案号"),
    _field(
        RECEIVED,
        "收到日期",
        "收件日期 收到申请日期 收到时间 收件时间 收到申请时间 收到申请之日 收到之日 收文日期 来件日期 来文日期",
        "受理日期 受理时间 登记日期 登记时间 接收日期 接收时间 签收日期",
        "申请日期 申请时间 提交日期 提交时间",
    ),
    _field(
        APPLICANT,
        "申请人",
        "申请人姓名 申请人名称 申请人姓名或名称 申请人姓名名称 申请人姓名/名称",
        "姓名 名称 姓名或名称 姓名/名称",
    ),
    _field(
        "kind",
        "申请人类型",
        "申请人类别 申请人性质 申请主体 申请主体类型 申请主体类别 申请人身份",
        "主体类型 主体类别 类型 类别",
    ),
    _field(
        "contact",
        "联系方式",
        "申请人联系方式 联系电话 电话 电话号码 手机 手机号 手机号码 联系地址 地址 通信地址 通讯地址 邮寄地址 邮箱 电子邮箱 电子邮件",
        several=True,
    ),
    _field("agent", "代理人", "委托代理人 代理人姓名 受托人"),
    Field(
        ASKED,
        "申请内容",
        (NAMES["request"], ("内容", "事项", "信息名称", "申请信息", "申请内容摘要", "内容摘要")),
    ),
    _field(
        "channel",
        "受理渠道",
        "申请渠道 提交渠道 接收渠道 收件渠道 来件渠道 提交方式 递交方式 申请方式 受理方式 收件方式 来件方式",
        "渠道",
    ),
    _field(
        "outcome",
        "处理结果",
        "答复结果 办理结果 答复类型 答复类别 结果类型 处理决定 答复决定",
        "处理情况 办理情况 答复情况 结果 答复意见",
    ),
    _field(
        "reasons",
        "答复依据",
        "答复理由 处理依据 处理理由 理由和依据 理由及依据 不予公开理由 法律依据",
        "理由 依据",
    ),
    _field("decided", "决定日期", "作出决定日期 批准日期 签发日期"),
    _field("by", "承办人", "经办人 办理人 承办人员 经办人员", "承办科室 承办部门 责任科室 办理科室"),
    _field(
        "replied",
        "答复日期",
        "答复时间 答复之日 回复日期 回复时间 作出答复日期",
        "送达日期 答复送达日期 办结日期 办结时间 办理完成日期",
    ),
    _field("letter", "文号", "答复文号 答复书文号 答复书编号 发文字号 发文号 文书编号 文书号 告知书文号"),
    _field(
        "carried",
        "结转",
        "是否结转 结转情况 结转下年 结转下年度 是否结转下年 是否结转下年度 结转下年度继续办理",
    ),
    _field(
        "correction_notice",
        "补正告知日期",
        "告知补正日期 通知补正日期 补正通知日期 补正告知时间 发出补正通知日期",
    ),
    _field("correction_days", "补正期限", "补正天数 补正期限天数 补正工作日"),
    _field(
        "correction_received", "收到补正日期", "补正收到日期 收到补正材料日期 补正材料收到日期 补正回复日期"
    ),
    _field("extension", "延期日期", "延期告知日期 延期通知日期 延长期限日期 延长答复期限日期 告知延期日期"),
    _field("third_party", "第三方", "第三方名称 第三方姓名 被征求意见人 被征求意见第三方"),
    _field("third_party_sent", "征求第三方意见日期", "征求意见日期 征求第三方日期 发出征求意见书日期"),
    _field("third_party_answered", "第三方答复日期", "第三方意见日期 第三方回复日期 收到第三方意见日期"),
    _field("fee_notice", "收费通知日期", "收费通知送达日期 缴费通知日期"),
    _field("fee_paid", "缴费日期", "缴费时间 缴费完毕日期"),
    _field("withdrawn", "撤回日期", "撤回申请日期 申请人撤回日期 撤销申请日期"),
    _field("archived", "归档日期", "归档时间"),
    _field("review", "复议", "行政复议 复议情况 是否复议 行政复议情况 复议结果 行政复议结果"),
    _field("review_authority", "复议机关", "行政复议机关"),
    _field(
        "review_filed", "复议受理日期", "复议日期 复议申请日期 复议收到日期 行政复议日期 行政复议受理日期"
    ),
    _field("review_concluded", "复议审结日期", "复议决定日期 复议结案日期 行政复议决定日期"),
    _field("suit", "诉讼", "行政诉讼 诉讼情况 是否诉讼 行政诉讼情况 诉讼结果 行政诉讼结果 判决结果 裁判结果"),
    _field("suit_kind", "诉讼类别", "诉讼类型 起诉类别"),
    _field("suit_court", "法院", "受理法院 审理法院 诉讼法院"),
    _field("suit_filed", "诉讼受理日期", "诉讼日期 起诉日期 立案日期 应诉日期 行政诉讼日期"),
    _field("suit_concluded", "诉讼审结日期", "判决日期 裁判日期 诉讼结案日期"),
    _field("note", "备注", "说明 备注说明"),
)
_KNOWN = {plain(name) for field in FIELDS for group in field.names for name in group}
BY_KEY: Mapping[str, Field] = {field.key: field for field in FIELDS}


@dataclass(frozen=True)
class Columns:
    """Where each field stands (one place, or several for 联系方式), and the headings nothing is taken from."""

    places: Mapping[str, tuple[int, ...]]
    headings: Mapping[int, str]
    unused: tuple[str, ...]

    def heading(self, key: str) -> str:
        """The heading a field was found under; its own name where it has no column."""
        return self.headings[self.places[key][0]] if key in self.places else BY_KEY[key].name


def field_named(words: str) -> Field | None:
    """A field by its key or its name to a clerk."""
    return next((field for field in FIELDS if words in (field.key, field.name)), None)


def understood(headings: Mapping[int, str], told: Mapping[str, Sequence[str]]) -> int:
    """How many cells of a row are headings: it is the row of headings where they are most."""
    known = {plain(name) for names in told.values() for name in names} | _KNOWN
    return sum(plain(words) in known for words in headings.values())


def columns_of(headings: Mapping[int, str], where: str, told: Mapping[str, Sequence[str]]) -> Columns:
    """The columns of a row of headings; what the mapping file says goes before what is understood here.

    Raises InputError where two headings mean the same equally well, or a heading of the mapping file is not there.
    """
    seen = {at: plain(words) for at, words in headings.items() if words.strip()}
    places: dict[str, tuple[int, ...]] = {}
    for key, names in told.items():
        places[key] = tuple(_told(name, seen, where) for name in names)
    taken = {at for found in places.values() for at in found}
    free = {at: words for at, words in seen.items() if at not in taken}
    for field in FIELDS:
        if field.key not in told and (found := _found(field, free, headings, where)):
            places[field.key] = found
    used = {at for found in places.values() for at in found}
    unused = tuple(headings[at].strip() for at in seen if at not in used)
    return Columns(places, {at: words.strip() for at, words in headings.items()}, unused)


def weaker_headings(columns: Columns) -> Iterator[tuple[Field, str]]:
    """The fields taken from a heading that may mean something else, such as 申请日期 for the day of receipt."""
    for key, places in columns.places.items():
        names = BY_KEY[key].names
        for at in places:
            if plain(columns.headings[at]) in {plain(name) for group in names[1:] for name in group}:
                yield BY_KEY[key], columns.headings[at]


def _told(name: str, seen: Mapping[int, str], where: str) -> int:
    places = [at for at, words in seen.items() if words == plain(name)]
    if len(places) != 1:
        why = "没有" if not places else "有不止一栏"
        raise InputError(f"{where}{why}“{name}”，与对照文件（--mapping）不符；请核对对照文件里的表头。")
    return places[0]


def _found(field: Field, free: Mapping[int, str], headings: Mapping[int, str], where: str) -> tuple[int, ...]:
    """The places of a field under its surest headings."""
    for group in field.names:
        names = {plain(name) for name in group}
        places = tuple(at for at, words in free.items() if words in names)
        if len(places) > 1 and not field.several:
            named = "、".join(f"“{headings[at].strip()}”" for at in places)
            raise InputError(
                f"{where}有 {len(places)} 栏都像{field.name}：{named}；请只留一栏，或者在对照文件（--mapping）里写明用哪一栏。"
            )
        if places:
            return places
    return ()
