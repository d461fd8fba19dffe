"""Which columns stand over a row: those its heads print, never those its year would suggest.

Basis: 国办公开办函〔2021〕30号、〔2019〕60号.
"""

import re
from dataclasses import dataclass

from assistant.ingest.annual.form import ReportForm
from assistant.ingest.annual.labels import Labels
from assistant.ingest.annual.text import han
from assistant.ingest.annual.tokens import Run

_BLOCK = re.compile("第?二十条第?[一二三四五六七八九十]项?|信息内容")
_MONEY = re.compile("金额(?:单位|计量单位)?(亿元|万元|元)")
_ARTICLE = re.compile("二十条")
_SUBTOTAL = ("小计", "合计")


@dataclass(frozen=True)
class Columns:
    """The columns printed over a row, and the unit of money in their heads; `inferred` from other rows."""

    codes: tuple[str, ...]
    unit: str = ""
    inferred: bool = False


@dataclass(frozen=True)
class Head:
    """The heads of a block of table one. `sound`: nothing stands among them that is no head of the table."""

    codes: tuple[str, ...] = ()
    unit: str = ""
    sound: bool = False


def request_columns(run: Run, labels: Labels, columns: tuple[str, ...]) -> tuple[Columns, ...]:
    """The columns in the heads over the first row: all of the form, or the few that are printed alone.

    Fewer columns are believed only where nothing else stands among their heads.
    """
    words = han("".join(token.text for token in run.words[-24:]))
    start = min((at for head in ("自然人", "申请人情况") if (at := words.find(head)) >= 0), default=-1)
    start = start if start >= 0 else words.rfind("四项之和") + 4 if "四项之和" in words else -1
    if start < 0:
        return (Columns(columns),)
    heads = words[start:]
    for subtotal in _SUBTOTAL:
        if subtotal in heads:
            return ()
    printed = labels.columns_in(heads)
    order = [code for code in printed if code in columns[1:-1]]
    if len(order) == len(columns) - 2 and order != list(columns[1:-1]):
        return (Columns((columns[0], *order, columns[-1])),)
    few = tuple(code for code in columns if code in printed)
    alone = few in ((columns[0], columns[-1]), columns[-1:], columns[:1], columns[:-1])
    return (Columns(columns), Columns(few)) if alone and _nothing_else(heads, labels) else (Columns(columns),)


def _nothing_else(heads: str, labels: Labels) -> bool:
    """Whether the words over the first row are heads of the table and, at their end, the row's title."""
    return labels.heads.fullmatch(heads) is not None


def opens_block(words: str, labels: Labels) -> bool:
    """Whether words hold a head of table one."""
    return bool(_ARTICLE.search(words) or labels.columns.search(words))


def head_after(head: Head, words: str, labels: Labels) -> Head:
    """The heads that hold after further words: those that the words print, or the ones before."""
    block = max((found.start() for found in _BLOCK.finditer(words)), default=0)
    if block:
        head, words = Head(), words[block:]
    codes = tuple(labels.columns_in(words))
    money = _MONEY.search(words)
    unit = money[1] if money else head.unit
    sound = labels.heads.fullmatch(_MONEY.sub("金额", words)) is not None if codes else head.sound
    return Head(codes or head.codes, unit, sound)


def publication_columns(row: str, head: Head, form: ReportForm, kind: str) -> tuple[Columns, ...]:
    """The columns of a row of table one: those printed over it, else those of the report's form.

    Fewer heads than either form has are believed only where none can have been damaged.
    """
    forms = [(form.form, form.tables["publication"]), (form.former_form, form.former["publication"])]
    having = [(name, table.rows[row].columns) for name, table in forms if row in table.rows]
    own = tuple(code for code in head.codes if any(code in columns for _, columns in having))
    fitting = [columns for _, columns in having if set(own) <= set(columns)]
    if own and any(len(own) == len(columns) for columns in fitting):
        return (Columns(own, head.unit),)
    if own:
        printed = [own] if head.sound else []
        return tuple(Columns(columns, head.unit) for columns in (*printed, *fitting))
    return tuple(Columns(columns, head.unit) for name, columns in having if name == kind or len(having) == 1)
