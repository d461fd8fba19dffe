"""What a message of the clerk is: a request letter to answer, a reply to check, or a question.

Told by how it is written, never by what it says it is: a letter cannot choose to be read as a question,
and nothing in it is followed.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from assistant.dialogue.dated_talk import asks_for_day
from assistant.law import china_time

Intent = Literal["letter", "reply", "question"]

_REPLY = re.compile(r"(?:答复书|告知书|答复意见书?)\s*(?:$|\n)")
_REPLY_WORDS = re.compile(
    r"本机关.{0,40}?(?:收到|受理)(?:你|您|申请人)|(?:现|特此)(?:答复|告知)如下", re.DOTALL
)

# Each mark speaks for a letter (+) or for a question (-); a letter needs more than DOUBT in all.
# Weights were fitted on the training requests and questions and rounded; the full stop may not decide alone.
DOUBT = 2
MARGIN = 6
_MARKS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (weight, re.compile(pattern, re.DOTALL))
    for weight, pattern in (
        (
            8,
            r"信息公开申请(?:书|表)|申请人(?:姓名|名称)?\s*[：:]|所需(?:的)?(?:政府)?信息.{0,6}[：:]|此致|特此申请",
        ),
        (
            3,
            r"^(?:现|兹|特|本人|我们?|俺|(?:依据|根据|依照|按照).{0,40}|向.{2,20})?[，,]?(?:申请|请求|要求|请|麻烦|求|恳请|烦请)(?:你们|贵\w{1,3})?(?:依法)?(?:公开|提供|获取|查阅|复制|把|将|给)",
        ),
        (
            4,
            r"(?:申请|请求|请|求)(?:你们|你\w|贵\w{1,3}|\w{2,10}[局府处会])?(?:依法)?(?:公开|提供)(?![的是后前时])",
        ),
        (2, r"贵(?:局|机关|单位|镇|办|委|中心|府|街道|处|站|所|队|馆)|你(?:局|镇|办|委|中心|们)"),
        (2, r"(?:给|替|发|寄|退)(?:我|俺)|拿(?:出)?来|[我俺]要|想(?:要|看|查|知道|了解)"),
        (2, r"本人|我(?:家|妈|爸|爹|儿|女|孩|村|老|是)|俺"),
        (4, r"20\d\d|19\d\d|〔|\d月"),
        (1, r"复印|一份|原件|纸质|邮寄|扫描|盖章|公章|电子版|邮箱|光盘"),
        (
            2,
            r"(?:批复|记录|笔录|合同|名单|名册|方案|台账|清单|许可证|登记[表簿]|审批表|通报|报告|流水|纪要|协议|决定书?|批文|明细|发票|凭证|底册|资料|图)(?:[）)》。；;，,]|$)",
        ),
        (4, r"《(?!.{0,30}(?:条例|法|办法|解释)》)"),
        (5, r"\n"),
        (6, r"[。！；]\s*$"),
        (5, r"[。！；].{4,}"),
        (4, r"[：:]"),
        (2, r"^.{46,}"),
        (-1, r"[？?]\s*$"),
        (-5, r"(?:吗|呢|么|不|没|否|不成|不行)\s*[。！!]?$"),
        (
            -2,
            r"怎么|怎样|如何|什么|为何|多少|几|多久|多长|能不能|可不可以|可否|能否|要不要|是否|是不是|该不该|有没有|算不算|哪|咋|啥|谁|区别|何",
        ),
        (-2, r"申请人|行政机关|第三方|主动公开|依申请公开|信息公开|主管部门|公民|公众"),
        (-3, r"条例|第?[0-9一二三四五六七八九十]+条|依据|法律|规定|责任|义务|程序|期限|复议|诉讼|时限|情形"),
        (
            -1,
            r"咋个|咋整|咋弄|咋算|啥子|几时|几多|点样|点解|点搞|乜|冇|边个|边度|勿|伐|阿有|阿是|哪能|中不中|行不|成不|对不|得不|嘛[，,。！!？?]?|咩|系咪|系唔系",
        ),
        (-1, r"怎么(?:办|算|写|回|弄)|咋办|找谁|找哪|去哪|多久|几[天日]|哪[天条个]|哪一条|第几"),
        (
            -1,
            r"(?:能|可以|该|要|会|有|是|得|算|给|行|中|对)[^，,。！!？?；;]{0,10}(?:吗|不|没|吧|么|呀|啊|哦|呢|没有)[，,。！!？?；;]?\s*$",
        ),
        (-1, r"年报|年度报告|多少件|几件|新收|结转"),
        (-2, r"(?:公开|给|办|算|查)(?:不|吗)|应当|必须|才能|还是"),
    )
)


def intent_of(message: str) -> Intent:
    """Letter, reply or question. What is in doubt is a question: the page lets the clerk say otherwise.

    >>> intent_of("申请公开2022年我镇某村征地补偿安置方案")
    'letter'
    """
    if is_reply(message):
        return "reply"
    return "letter" if is_letter(message) and not asks_for_day(message, china_time.today()) else "question"


def is_letter(message: str) -> bool:
    """Whether the words are a request for information, as against a question about law or figures."""
    return _score(message) > DOUBT


def could_be_letter(message: str) -> bool:
    """Whether a question stands so near the border that the clerk should be offered the other reading."""
    return DOUBT - MARGIN < _score(message) <= DOUBT


def _score(message: str) -> int:
    text = message.strip()
    return sum(weight for weight, pattern in _MARKS if pattern.search(text))


def is_reply(message: str) -> bool:
    """Whether the words are the organ's own reply, which wants checking and not answering."""
    head = "\n".join(line.strip() for line in message.strip().splitlines()[:6])
    return bool(_REPLY.search(head) or _REPLY_WORDS.search(message[:2000]))


def words_of(content: Any) -> str:
    """The text of a chat message, however the page delivers it: words, one block, or a list of blocks.

    Files and pictures among the blocks hold no words and are passed over.
    """
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        return words_of(content.get("text") or content.get("content") or "")
    if isinstance(content, Sequence):
        return "\n".join(filter(None, map(words_of, content)))
    return ""
