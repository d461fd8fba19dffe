"""What the cells of a ledger say: days, outcomes, kinds of applicants, channels, results; a doubtful word is a fault.

The words are those of the form of the annual report and of the rules; an office's own words stand in its mapping
file. Basis: 国办公开办函〔2021〕30号; 政府信息公开条例第三十一条.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property

from assistant.errors import InputError
from assistant.ingest.annual.form import ReportForm, plain_words
from assistant.ingest.annual.rows import Column, Row
from assistant.law.deadlines import DeadlineTable
from assistant.law.outcomes import Outcomes
from assistant.triage.letter_rules import ReadingRules

WITHDREW = "withdrawn"

NONE = frozenset(
    ("", "-", "--", "—", "——", "/", "\\", "无", "没有", "否", "未", "n", "no", "0", "×", "x", "空")
)
YES = frozenset(("是", "有", "√", "✓", "✔", "1", "y", "yes", "已"))
_WITHDRAWN = frozenset(
    (
        "撤回",
        "已撤回",
        "撤回申请",
        "申请人撤回",
        "申请人撤回申请",
        "申请人主动撤回",
        "撤销申请",
        "申请人撤销申请",
        "主动撤回",
    )
)
_PENDING = frozenset(("未审结", "尚未审结", "审理中", "正在审理", "办理中", "未结", "尚未作出决定"))
_OPEN = frozenset(("办理中", "正在办理", "未答复", "尚未答复", "待答复", "未办结", "尚未办结"))
# How the ways in are called besides their names in deadlines.yaml. 信函 and 邮寄 do not tell whether signed for.
_CHANNELS = {
    "in_person": ("当面", "现场", "窗口", "当面提交", "现场提交", "现场申请", "当面申请", "窗口提交"),
    "signed_post": ("挂号信", "EMS", "特快专递", "快递", "邮政快递", "邮政特快专递", "挂号"),
    "ordinary_post": ("平信", "平常信函", "普通信函"),
    "online": (
        "网络",
        "网上",
        "互联网",
        "网站",
        "在线",
        "线上",
        "网上申请",
        "在线申请",
        "网络申请",
        "网上提交",
        "平台",
        "系统",
        "电子邮件",
        "邮箱",
        "网络平台",
    ),
    "fax": ("传真",),
}
_ANY_POST = frozenset(("信函", "邮寄", "邮件", "信件", "来信", "书面", "书面信函"))

_SERIAL_DAY_0 = date(1899, 12, 30)  # of a spreadsheet: it takes a 29 February 1900 that never was
_SERIAL = re.compile(r"([2-6]\d{4})(?:\.\d+)?")
_WRITTEN = re.compile(
    r"(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*[日号]?(?:[T ]*\d{1,2}[:时]\d{1,2}.*)?"
)
_CLOSE = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_MARK = re.compile(r"^(?:\([一二三四五六七]\)|\d{1,2}[.、．])")
_PARTS = re.compile(r"[—–\-:：;；/|()（）>→\n]+")


@dataclass(frozen=True)
class OwnWords:
    """What an office's mapping file says its own words mean, as they are compared."""

    outcomes: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LedgerWords:
    """Every word that is understood, and whose it is."""

    form: ReportForm
    outcomes: Outcomes
    deadlines: DeadlineTable
    reading: ReadingRules
    own: OwnWords = OwnWords()

    def outcome(self, words: str) -> str | None:
        """The outcome a cell names; WITHDREW for a withdrawal, None where the case is still open.

        Raises InputError for words that mean none or several of the 21.
        """
        bare = plain_words(words)
        if told := self.own.outcomes.get(bare):
            return told
        if bare in self.outcomes:
            return bare
        if (
            bare.lower() in NONE
            or bare in _OPEN
            or bare in _all(self.form.tables["requests"].rows["carried_out"])
        ):
            return None
        return WITHDREW if bare in _WITHDRAWN else self._row(words)

    def kind(self, words: str, name: str) -> tuple[str, str | None]:
        """The column of an applicant, and what to tell of it where it was taken from the name.

        Raises InputError where neither the words nor the name tell.
        """
        bare = plain_words(words)
        table = self.form.tables["requests"]
        columns = {key: column for key, column in table.columns.items() if key != "total"}
        found = self.own.kinds.get(bare) or (bare if bare in columns else None)
        found = found or next((key for key, column in columns.items() if bare in _all(column)), None)
        if found:
            return found, None
        vague = not bare or any(bare in _all(group) for group in table.column_groups.values())
        guess = self.reading.kind_of(name) if vague else None
        if guess:
            return guess, f"申请人类型按名称“{name}”看作{columns[guess].label}"
        choices = "、".join(column.label for column in columns.values())
        what = f"“{words}”分不清是哪一类" if bare else "没有填写"
        raise InputError(f"{what}；请写成其中之一：{choices}")

    def channel(self, words: str) -> tuple[str | None, str | None]:
        """The way in, and what to tell of it where the words leave it open. Raises InputError for unknown words."""
        bare = plain_words(words)
        if bare.lower() in NONE:
            return None, None
        names = {plain_words(one.name): one.id for one in self.deadlines.channels}
        names |= {one.id: one.id for one in self.deadlines.channels}
        names |= {plain_words(name).lower(): key for key, known in _CHANNELS.items() for name in known}
        found = self.own.channels.get(bare) or names.get(bare) or names.get(bare.lower())
        if found:
            return found, None
        if bare in _ANY_POST:
            return None, f"“{words}”分不清是需签收的邮寄还是平常信函，没有记渠道"
        choices = "、".join(one.name for one in self.deadlines.channels)
        raise InputError(f"“{words}”不是认识的渠道；请写成其中之一，或者留空：{choices}")

    def result(self, words: str) -> str | None:
        """How a review or suit ended; None while it is pending. Raises InputError for words that tell neither."""
        bare = plain_words(words)
        columns = self.form.tables["disputes"].columns
        if bare in _PENDING or bare in _all(columns["pending"]) or bare in YES:
            return None
        for key in ("upheld", "corrected", "other"):
            if bare == key or bare in _all(columns[key]):
                return key
        raise InputError(
            f"“{words}”看不出是哪种结果；请写成：结果维持、结果纠正、其他结果，没有审结的写尚未审结"
        )

    def suit(self, words: str) -> str:
        """Whether a suit followed a review. Raises InputError for words that do not tell."""
        rows = self.form.tables["disputes"].rows
        for key in ("lawsuit_direct", "lawsuit_after_review"):
            if plain_words(words) == key or plain_words(words) in _all(rows[key]):
                return key
        raise InputError(f"“{words}”看不出是哪种诉讼；请写成：未经复议直接起诉、复议后起诉")

    @cached_property
    def _rows(self) -> Mapping[str, Sequence[str]]:
        """The rows of the 21 outcomes by everything they are called."""
        rows = self.form.tables["requests"].rows
        return _by_word({code: row for code, row in rows.items() if code in self.outcomes})

    @cached_property
    def _groups(self) -> Mapping[str, Sequence[str]]:
        """The groups of rows by everything they are called."""
        return _by_word(self.form.tables["requests"].groups)

    def _of(self, group: str) -> Iterable[str]:
        return (code for code in self.form.tables["requests"].groups[group].of if code in self.outcomes)

    def _row(self, words: str) -> str:
        """The one row of the annual report that the parts of a cell name, its group beside it or not."""
        rows, groups = self._rows, self._groups
        whole = [_bare(words), _bare(_unmarked(plain_words(words)))]
        parts = [one for one in whole if one in rows] or [
            _bare(_unmarked(plain_words(part))) for part in _split(words)
        ]
        leaves = {code for part in parts for code in rows.get(part, ())}
        inside = {code for part in parts for group in groups.get(part, ()) for code in self._of(group)}
        strange = [part for part in parts if part not in rows and part not in groups]
        if strange:
            raise InputError(
                f"“{words}”不是认识的处理结果；请写成年报表格里的名称（如“予以公开”“属于四类过程性信息”），"
                "或者在对照文件（--mapping）的 outcomes 里写明它是哪一种"
            )
        if len(leaves) == 1 and (not inside or leaves <= inside):
            return leaves.pop()
        if len(leaves) == 1:
            (leaf,) = leaves
            raise InputError(
                f"“{words}”前后不一致：年报表格里“{self.outcomes[leaf].label}”不属于所写的那一类；请改成一种"
            )
        choices = "、".join(one.label for one in self.outcomes.values() if one.code in (leaves or inside))
        raise InputError(f"“{words}”可能是几种结果：{choices}；请写明是哪一种（一件申请只有一个结果）")


def ledger_day(words: str) -> date:
    """The day of a cell: 2026-03-05, 2026/3/5, 2026.3.5, 2026年3月5日, 20260305, or a spreadsheet's number.

    Raises InputError for what is no day, or leaves the year or day open.
    """
    bare = unicodedata.normalize("NFKC", words).strip()
    serial = _SERIAL.fullmatch(bare)
    if serial:
        return _SERIAL_DAY_0 + timedelta(days=int(serial[1]))
    written = _WRITTEN.fullmatch(bare) or _CLOSE.fullmatch(bare)
    try:
        if written:
            return date(*(int(part) for part in written.groups()))
    except ValueError:
        pass
    raise InputError(f"“{words}”不是日期；请写成 2026-03-05 或者 2026年3月5日，年、月、日都要有")


def own_words(found: Mapping[str, Mapping[str, str]]) -> OwnWords:
    """An office's words as they are compared."""
    return OwnWords(
        **{
            section: {plain_words(str(word)): key for word, key in rows.items()}
            for section, rows in found.items()
        }
    )


@cache
def _all(row: Row | Column) -> frozenset[str]:
    """Every print of a title, and what people say for it."""
    first = row.label.split("、行政机关")[0]
    printed = (row.printed,) if isinstance(row, Row) else ()
    return frozenset(_bare(words) for words in (row.label, first, *printed, *row.names, *row.asks))


def _bare(words: str) -> str:
    """Words as they are compared: some print 法律、行政法规, some 法律行政法规."""
    return plain_words(words).replace("、", "")


def _by_word(rows: Mapping[str, Row]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, row in rows.items():
        for words in _all(row):
            found.setdefault(words, []).append(code)
    return found


def _split(words: str) -> Iterable[str]:
    """The parts of a cell such as （三）不予公开—属于国家秘密, without the numbers the form prints before them."""
    bare = unicodedata.normalize("NFKC", words)
    bare = re.sub(r"\([一二三四五六七]\)|(?<![0-9])\d{1,2}[.、．](?!\d)", "|", bare)
    return [part for part in _PARTS.split(bare) if part.strip()]


def _unmarked(words: str) -> str:
    return _MARK.sub("", words)
