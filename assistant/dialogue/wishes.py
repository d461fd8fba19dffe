"""What a clerk asks the assistant to do with the case at hand, told from its wording without a model.

A wish is short and says outright what is to be done. Whatever is long, or could be a letter or a question of law,
is no wish; and nothing a letter says is ever one. Which outcome or paper is meant is told by the names the rules
give them; where two fit, both are named and none is chosen.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from assistant.law.numerals import to_int
from assistant.law.outcomes import Outcome, Outcomes
from assistant.law.provisions import ProvisionRef
from assistant.triage.decision_graph import Exit

Kind = Literal["change", "redraft", "third_party", "why", "why_not", "procedure", "adopt", "guide", "cannot"]

LONGEST = 40
REGULATION = "政府信息公开条例"

_PLEASE = r"^(?:请|麻烦|帮我|你|给我|那就?|再|把(?:处理)?结果|处理结果)*"
_END = r"(?:吧|了|一下|一遍|一次|呢|啊|呀)*[。！!？?.]*$"
_CHANGE = re.compile(
    rf"{_PLEASE}(?:改(?:成|为|作|判|用)|换(?:成|为)|变成|按照?|选)(?P<what>.{{2,16}}?)(?:处理|办理|来办|来答|答复)?{_END}"
)
_REDRAFT = re.compile(
    rf"{_PLEASE}(?:(?:重新|再|重)(?:起草|拟稿?|写)|起草|拟稿|出草稿|写答复书?)(?:答复书?|草稿|一份|一稿)*{_END}"
)
_THIRD = re.compile(
    rf"{_PLEASE}(?:把|将)?(?P<what>第三[方人].{{0,24}}?)(?:也)?(?:写(?:进|到|入|上)|加(?:进|到|上|入)|补(?:进|上|入))(?:去|答复书?|里面?|来)*{_END}"
)
_WHY_NOT = re.compile(
    rf"^(?:那)?(?:为什么|为何|怎么|凭什么|咋)(?:就)?(?:不(?:是|用|能|选|按|适用|属于)|没有?(?:用|选))(?P<what>.{{2,20}}?){_END}"
)
_WHY = re.compile(
    rf"^(?:那)?(?:为什么|为何|凭什么|怎么|咋)(?:会|就|要)?(?:是|选|判|建议)?(?:这个|这样|这么|此)(?:结果|处理结果|建议|判|选|定|办|处理)*{_END}|^(?:为什么|理由(?:是什么)?|依据是什么){_END}"
)
_PROCEDURE = re.compile(
    rf"^(?:如果|要是|想|要|需要|我们?|本机关)*(?P<what>.{{2,10}}?)(?:的话)?(?:要|该|应该?|需要|得)?(?:怎么|怎样|如何|咋)(?:办理?|弄|做|走|写|操作|整)(?:手续|程序|流程)?{_END}"
    rf"|^(?:怎么|怎样|如何|咋)(?:办理?|做|走)?(?P<after>.{{2,10}}?)(?:手续|程序|流程)?{_END}"
)
_ADOPT = re.compile(rf"{_PLEASE}(?:采纳|采用|就按)(?:你的|这个|助手的)?(?:建议|结果|意见)?(?:办|来)?{_END}")
_GUIDE = re.compile(
    rf"{_PLEASE}(?:(?:一步一步|逐步|一问一答)(?:来|问我?|引导)?|(?:七步)?引导|按七步走?|不知道该?选哪个){_END}"
)

# What is asked for and never done, each with the reason and what to do instead.
_ASKING = r"(?:请|麻烦|你|能不能|可不可以|可以|能|帮我|替我|给我|帮忙|直接|就|把|将|来)*"
_CANNOT: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(_ASKING + pattern + r"(?:吗|吧|了|一下|掉|呢|啊)*[。！!？?]*"), words)
    for pattern, words in (
        (
            r"(?:(?:删(?:掉|去|除)?|去掉|不要写?|不写|拿掉)(?:救济|复议|诉讼|起诉).{0,6}|(?:救济|复议|诉讼).{0,6}(?:删(?:掉|去|除)?|去掉|不要|不写|拿掉))",
            "不能删改救济途径：这一段是锁定的法律文字，按处理结果和依据的条文生成。处理结果不对的，改处理结果；机关名称不对的，在“本机关与落款”里改。",
        ),
        (
            r"(?:(?:改|删(?:掉|去|除)?|去掉|重写|编)(?:一?[条段个])?(?:法条|条文|引文|法律文字).{0,4}|(?:法条|条文|引文|法律文字).{0,4}(?:改|删|去掉|重写).{0,4})",
            "不能改写条文和引文：锁定的法律文字来自条文库，逐字核对。要换依据的，换处理结果或者情形，草稿里的条文随之改变。",
        ),
        (
            r"(?:(?:答复书?|草稿|文书|它|这份)?(?:发|寄|送|邮寄?|传)(?:出去|给|出|到)?(?:申请人|对方|他|她|当事人)|(?:答复书?|草稿|文书)?(?:发出去?|寄出去?|送达|发送|发邮件|发短信))",
            "不能替你发出或者送达：助手不连接邮件和外部网络。请下载 DOCX，审签用印后由本机关送达，并留存送达凭证。",
        ),
        (
            r"(?:答复书?|草稿|文书)?(?:上)?(?:盖(?:个|上)?公?章|用印|加盖公?章|签(?:个)?(?:字|名|发))",
            "不能盖章、签字或者签发：由有权的人审签用印。请下载 DOCX 后按本机关的程序办理。",
        ),
        (
            r"(?:决定|拍板|定|做主|作主|选一个)",
            "不能替你决定：助手提出建议和理由，处理结果由人决定。拿不准时，用“七步引导”一问一答，或者请法制审核人员判断。",
        ),
        (
            r"(?:查|搜|找)(?:一下|查)?(?:申请人|这个人|他|她|对方)的?(?:身份.{0,2}|电话|住址|地址|户籍|底细|个人信息|背景)?",
            "不能查询申请人的个人情况：助手没有人员数据，也不需要知道申请的用途。身份证明不全的，发补正告知书。",
        ),
        (
            r"(?:上网|联网|(?:去|在)?网上|百度)(?:查|搜|找).{0,6}",
            "不能上网：助手只查本机的条文、年度报告和已办答复。需要的文件可以在“语料”里加进来。",
        ),
        (
            r"(?:倒签.{0,6}|(?:收到|答复|成文|落款)?(?:日期|时间)(?:改|提|往前).{1,8})",
            "不能倒签日期：收到和答复的日期按实际填写，期限由此计算，也是复议、诉讼时的证据。",
        ),
    )
)

# How clerks call outcomes besides the names of the table; the code says which row is meant.
_CALLED: tuple[tuple[str, str], ...] = (
    ("全部公开", "grant"), ("同意公开", "grant"), ("公开", "grant"),
    ("区分处理", "partial"), ("公开一部分", "partial"),
    ("涉密", "refuse.state_secret"), ("国家秘密", "refuse.state_secret"),
    ("第三方", "refuse.third_party"), ("商业秘密", "refuse.third_party"), ("个人隐私", "refuse.third_party"),
    ("内部信息", "refuse.internal_affairs"), ("内部事务", "refuse.internal_affairs"),
    ("过程信息", "refuse.deliberative"), ("过程性", "refuse.deliberative"),
    ("执法案卷", "refuse.enforcement_file"), ("案卷", "refuse.enforcement_file"),
    ("行政查询", "refuse.administrative_query"),
    ("不存在", "unable.not_held"), ("没有这个信息", "unable.not_held"), ("不掌握", "unable.not_held"),
    ("非本机关", "unable.not_held"), ("不是本机关", "unable.not_held"),
    ("需要加工", "unable.needs_creation"), ("另行制作", "unable.needs_creation"),
    ("信访", "decline.petition"), ("投诉", "decline.petition"), ("举报", "decline.petition"),
    ("重复", "decline.repeat"), ("出版物", "decline.publication"), ("大量反复", "decline.excessive"),
)  # fmt: skip
_PAPERS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), exit_)
    for pattern, exit_ in (
        (r"延(?:长|期)(?:答复)?(?:期限)?|来不及答复|答复不了|超期", "extension"),
        (r"补正(?:告知)?|申请(?:内容)?(?:不清楚|不明确)", "correction_notice"),
        (
            r"征求(?:一下)?第三[方人](?:的)?(?:意见)?|(?:涉及|有)第三[方人]|第三[方人](?:的)?(?:征求)?意见",
            "third_party_sent",
        ),
        (r"收费(?:通知)?|收(?:信息)?处理费", "fee_notice"),
        (r"(?:要求|请)?(?:申请人)?说明理由", "reasons_asked"),
        (r"移送|转给?(?:别的|其他)(?:机关|单位|部门)", "transfer"),
        (r"征求(?:其他|别的|共同)(?:制作)?(?:机关|部门|单位)(?:的)?(?:意见)?", "comaker_sent"),
    )
)
_ARTICLE = re.compile(r"第?(?P<number>[0-9一二三四五六七八九十百]+)条")


@dataclass(frozen=True)
class Wish:
    """What is to be done; `codes` are the outcomes that may be meant, `article` the one asked about.

    `words` are the clerk's own for what it concerns; `paper` names an exit of the guided decision by its event or
    id; `reason` says why it cannot be done.
    """

    kind: Kind
    words: str = ""
    codes: tuple[str, ...] = ()
    article: ProvisionRef | None = None
    paper: str | None = None
    reason: str | None = None


def wish_of(message: str, outcomes: Outcomes) -> Wish | None:
    """The wish a message is, or None where it is a letter, a question or anything else.

    >>> wish_of("重新起草", {}).kind
    'redraft'
    """
    words = re.sub(r"[\s，,、“”\"《》]+", "", message)
    if not words or len(words) > LONGEST or message.strip().count("\n"):
        return None
    return _refused(words) or _asked_why(words, outcomes) or _done(words, outcomes) or _procedure(words)


def paper_meant(wish: Wish, exits: Iterable[Exit]) -> Exit | None:
    """The paper a wish names among those of the day: by its id, else by the event it makes."""
    known = tuple(exits)
    by_id = (one for one in known if one.id == wish.paper)
    return next(by_id, None) or next(
        (one for one in known if one.event == wish.paper and not one.awaits), None
    )


def outcomes_called(words: str, outcomes: Outcomes) -> tuple[str, ...]:
    """The outcomes a few words may mean, in the order of the table: exact names first, then names in part."""
    words = words.removeprefix("属于").removesuffix("类").removesuffix("信息")
    exact = [code for code, one in outcomes.items() if words in (one.label, code)]
    group = [
        code
        for code, one in outcomes.items()
        if one.group_label.rpartition("）")[2] == words or words == "不公开" and one.group == "refuse"
    ]
    called = [code for name, code in _CALLED if name == words and code in outcomes]
    inside = [code for code, one in outcomes.items() if len(words) > 1 and words in one.label]
    loosely = [code for name, code in _CALLED if len(name) > 2 and name in words and code in outcomes]
    found = exact or group or called or inside or loosely
    return tuple(dict.fromkeys(found))


def outcomes_on(article: ProvisionRef, outcomes: Outcomes) -> tuple[str, ...]:
    """The outcomes that rest on an article, by any of their roads."""
    return tuple(code for code, one in outcomes.items() if _rests(one, article))


def _rests(outcome: Outcome, article: ProvisionRef) -> bool:
    return any(ref.whole_article == article for ref in outcome.basis)


def _refused(words: str) -> Wish | None:
    """What is asked to be done and never is."""
    return next(
        (Wish("cannot", words, reason=why) for pattern, why in _CANNOT if pattern.fullmatch(words)), None
    )


def _asked_why(words: str, outcomes: Outcomes) -> Wish | None:
    if match := _WHY_NOT.match(words):
        what = match["what"]
        if number := _ARTICLE.search(what):
            article = ProvisionRef(REGULATION, to_int(number["number"]))
            return Wish("why_not", what, outcomes_on(article, outcomes), article)
        codes = outcomes_called(what, outcomes)
        return Wish("why_not", what, codes) if codes else None
    return Wish("why", words) if _WHY.match(words) else None


def _done(words: str, outcomes: Outcomes) -> Wish | None:
    if _ADOPT.match(words):
        return Wish("adopt", words)
    if _GUIDE.match(words):
        return Wish("guide", words)
    if _REDRAFT.match(words):
        return Wish("redraft", words)
    if match := _THIRD.match(words):
        return Wish("third_party", match["what"])
    if match := _CHANGE.match(words):
        codes = outcomes_called(match["what"], outcomes)
        return Wish("change", match["what"], codes) if codes else None
    return None


def _procedure(words: str) -> Wish | None:
    match = _PROCEDURE.match(words)
    what = (match["what"] or match["after"]) if match else None
    if not what:
        return None
    found = (exit_ for pattern, exit_ in _PAPERS if pattern.fullmatch(what.removesuffix("的")))
    exit_ = next(found, None)
    return Wish("procedure", what, paper=exit_) if exit_ else None
