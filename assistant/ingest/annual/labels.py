"""Which row of a table a printed title names, though it is cut, damaged, or stands behind other words.

A title is found by its Chinese characters alone. What stands before it in the same cell must be an ordinal,
a head of the table, or nothing: 大量重复申请 is not 重复申请.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.ingest.annual.rows import Row, TableForm
from assistant.ingest.annual.text import han, without_guidance
from assistant.ingest.annual.tokens import Token

_ORDINAL = "[一二三四五六七八九十]"
_PLAIN_HEADS = ("信息内容", "办理结果", "申请人情况", "本年办理结果", "法人或其他组织", "第二十条")
_LONGEST_CUT = 4
_MARKED_OTHER = re.compile(r"(?:^|[^\d])3\s*[.、,)]?\s*其\s*他\s*$")
_GROUP_OTHER = re.compile(r"六\s*[)、.]?\s*其\s*他\s*$")


@dataclass(frozen=True)
class Labels:
    """The titles of a table's rows: `exact` as printed, `known` by Chinese characters, `heads` before them.

    `columns` finds the column heads in running characters; `column_codes` says which each is.
    """

    exact: Mapping[str, str]
    known: Mapping[str, str]
    longest: tuple[str, ...]
    heads: re.Pattern[str]
    columns: re.Pattern[str]
    column_codes: Mapping[str, str]

    def columns_in(self, words: str) -> list[str]:
        """The columns that running Chinese characters name, in printed order, each once."""
        codes = (self.column_codes[found] for found in self.columns.findall(words))
        return list(dict.fromkeys(code for code in codes if code))


def table_labels(table: TableForm, former: TableForm | None) -> Labels:
    """The titles of a table of either form."""
    tables = [t for t in (table, former) if t]
    rows = [row for t in tables for row in t.rows.values()]
    groups = [group for t in tables for group in t.groups.values()]
    exact = {shown: row.code for row in rows if row.mark or not row.needs_mark for shown in _prints(row)}
    known = {name: row.code for row in (*groups, *rows) if not row.needs_mark for name in _names(row)}
    merged = {han(c.label): "" for t in tables for c in t.column_groups.values()}
    codes = merged | {
        han(name): c.code for t in tables for c in t.columns.values() for name in (c.label, *c.names)
    }
    heads = {*_PLAIN_HEADS, *known, *codes, *(han(row.under) for row in rows)} - {""}
    before = "|".join(sorted(heads, key=len, reverse=True))
    return Labels(
        exact=exact,
        known=known,
        longest=tuple(sorted(known, key=len, reverse=True)),
        heads=re.compile(f"(?:{before}|第?二十条|{_ORDINAL}|第|项)*"),
        columns=re.compile("|".join(sorted(map(re.escape, codes), key=len, reverse=True))),
        column_codes=codes,
    )


def _prints(row: Row) -> Iterable[str]:
    marks = (row.mark.translate(_HALF),) if row.needs_mark else ("", row.mark.translate(_HALF))
    return (mark + name.translate(_HALF) for mark in marks for name in (row.label, *row.names))


def _names(row: Row) -> Iterable[str]:
    return (han(name) for name in (row.label, *row.names))


_HALF = str.maketrans("（）：，", "():,")


def row_of(words: Sequence[Token], labels: Labels, before: str | None) -> str | None:
    """The code of the row or group whose title ends the words; `before` is the row found before it.

    None where no title, or more than one, fits.
    """
    last = words[-1].text
    if found := labels.exact.get(last):
        return found
    key = han(without_guidance(last))
    if not key and any(character.isalnum() for character in last):
        return None
    stripped = _without_heads(key, labels)
    if found := labels.known.get(stripped):
        return found
    if bare := _needs_place(last, stripped, labels, before):
        return bare
    return _ending(words, labels) or _damaged(words, labels)


def _without_heads(key: str, labels: Labels) -> str:
    """A title without ordinals and heads before it; the longest rest that is a title wins."""
    if key in labels.known:
        return key
    for title in labels.longest:
        if key.endswith(title):
            return title if labels.heads.fullmatch(key, 0, len(key) - len(title)) else key
    found = labels.heads.match(key)
    return key[found.end() :] if found else key


def _needs_place(last: str, stripped: str, labels: Labels, before: str | None) -> str | None:
    """其他 and 总计 mean a row only by their mark, or by the row that stands before them."""
    if not labels.exact.get("3.其他"):
        return None
    if stripped == "其他" or last.replace(" ", "").endswith("其他"):
        if _GROUP_OTHER.search(last):
            return "other"
        marked = _MARKED_OTHER.search(last) is not None
        return "other.other" if marked or (before or "").startswith("other.") else None
    if stripped in ("总计", "合计") or last.endswith(")总计"):
        placed = before is not None and before not in ("new", "carried_in", "carried_out")
        return "total_handled" if placed or re.search(r"七\s*[)、.]?\s*总\s*计", last) else None
    return None


def _ending(words: Sequence[Token], labels: Labels) -> str | None:
    """A title cut into several pieces, the last of which ends the words."""
    joined = ""
    for count, token in enumerate(reversed(words[-_LONGEST_CUT:]), start=1):
        joined = token.text + joined
        key = han(without_guidance(joined))
        found = labels.known.get(_without_heads(key, labels)) if count > 1 else None
        if found:
            return found
    return None


def _damaged(words: Sequence[Token], labels: Labels) -> str | None:
    """The one title that the last piece, or the last two, come near to."""
    for count in (1, 2):
        key = han(without_guidance("".join(token.text for token in words[-count:])))
        key = key[_ordinals(key) :]
        if not 3 <= len(key) <= 50:
            continue
        near = {
            code
            for title, code in labels.known.items()
            if _near(title, key) or _near_after_head(title, key, labels)
        }
        if near:
            return near.pop() if len(near) == 1 else None
    return None


def _ordinals(key: str) -> int:
    found = re.match(f"{_ORDINAL}*", key)
    return found.end() if found else 0


def _near_after_head(title: str, key: str, labels: Labels) -> bool:
    """Whether a damaged title stands behind an undamaged head of the table."""
    cut = len(key) - len(title)
    return len(title) > 5 and any(
        labels.heads.fullmatch(key, 0, at) and _near(title, key[at:])
        for at in range(max(cut - 2, 1), cut + 3)
    )


def _allowed(length: int) -> int:
    """How many characters of a title may be damaged; those of a short one tell too little."""
    return 0 if length < 4 else 1 if length < 8 else 2 if length < 15 else 3


def _near(title: str, key: str) -> bool:
    most = _allowed(len(title))
    return bool(most) and abs(len(title) - len(key)) <= most and _distance(title, key, most) <= most


def _distance(one: str, other: str, most: int) -> int:
    """Edits between two titles, or more than `most`."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        above, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
        if min(row) > most:
            return most + 1
    return row[-1]
