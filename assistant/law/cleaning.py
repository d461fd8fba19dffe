"""A text made ready for finding: what stands between the signs of a citation is taken out, places kept.

Spaces of OCR, marks of Markdown, wrapped lines, traditional characters and full-width digits hide a citation
from a plain pattern. The cleaned text has none of them, and every span of it leads back to the original.
"""

import re
from dataclasses import dataclass

LINE_END, BLANK_LINE = "\n", "\f"

_DROPPED = "\0"
_TRADITIONAL = (
    "條条項项規规開开復复議议訴诉訟讼國国檔档處处罰罚個个護护訪访節节紀纪辦办關关適适釋释務务號号頒颁佈布審审"
    "該该據据與与稱称簡简華华問问題题費费報报於于範范蘇苏請请機机構构轉转發发實实違违則则係系兩两時时後后對对產产"
    "認认為为進进過过這这從从應应參参見见說说縣县區区漁渔業业農农証证證证訂订歷历細细權权責责單单書书網网點点"
)
_SIGNS = {
    **{_TRADITIONAL[i]: _TRADITIONAL[i + 1] for i in range(0, len(_TRADITIONAL), 2)},
    "(": "（",
    ")": "）",
    "<": "〈",
    ">": "〉",
    "＜": "〈",
    "＞": "〉",
    **dict.fromkeys("[［【﹝", "〔"),
    **dict.fromkeys("]］】﹞", "〕"),
    **dict.fromkeys("○Ｏ", "〇"),
    ",": "，",
    "－": "-",
    "–": "-",
    "—": "-",
    "―": "-",
    "～": "~",
    "〜": "~",
    **{chr(ord("０") + digit): str(digit) for digit in range(10)},
    **dict.fromkeys("\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
    **dict.fromkeys(" \t\r\xa0\u1680\u202f\u205f\u3000\ufeff\xad*`_#\\", _DROPPED),
    **{chr(code): _DROPPED for code in (*range(0x2000, 0x2010), *range(0x2060, 0x2065))},
}
_FOLD = str.maketrans(_SIGNS)
_BREAK = re.compile(r"\n[\n〉]*")
_NUMERALS = "〇零一二两三四五六七八九十百千0123456789"
_INSIDE_BEFORE, _INSIDE_AFTER = frozenset("第（" + _NUMERALS), frozenset(_NUMERALS + "条款项）")
_ENDS_LINE = frozenset('。！？；：”」』》〉）!?;:"')
_OPENS_LINE = re.compile(r"第|[（〔|]|-|[0-9一二三四五六七八九十]{1,3}[、.．]")
_WRAPPED_FROM = 20
_INDENT = frozenset(" \t\u3000")


@dataclass(frozen=True)
class CleanText:
    """The words as a finder reads them; `places[i]` is where character i stands in the original."""

    text: str
    places: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the cleaned text, in the original."""
        if start < end:
            return self.places[start], self.places[end - 1] + 1
        at = self.places[start - 1] + 1 if start else 0
        return at, at


def fold(words: str) -> str:
    """Words in the signs of a cleaned text, without spaces and line breaks."""
    return words.translate(_FOLD).replace(_DROPPED, "").replace("\n", "")


def clean(original: str) -> CleanText:
    """One line break is kept as LINE_END, an empty line as BLANK_LINE; a wrapped line is joined to the next."""
    folded = original.translate(_FOLD)
    kept = [at for at, char in enumerate(folded) if char != _DROPPED]
    text = folded.replace(_DROPPED, "")
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for found in _BREAK.finditer(text):
        pieces.append(text[at : found.start()])
        places += kept[at : found.start()]
        mark = _mark(text, found, at, original, kept)
        pieces.append(mark)
        places += kept[found.start() : found.start() + len(mark)]
        at = found.end()
    return CleanText("".join((*pieces, text[at:])), places + kept[at:])


def _mark(text: str, found: re.Match[str], line: int, original: str, kept: list[int]) -> str:
    """What a line break means: nothing inside 第三十\\n六条 or where a long line runs on, else an end."""
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    if found[0].count("\n") > 1:
        return BLANK_LINE
    if before in _INSIDE_BEFORE and after in _INSIDE_AFTER:
        return "" if before and after else LINE_END
    indented = original[kept[found.start()] + 1 : kept[found.start()] + 2] in _INDENT
    long = found.start() - line >= _WRAPPED_FROM and before not in _ENDS_LINE
    wrapped = long and bool(after) and not indented and not _OPENS_LINE.match(text, found.end())
    return "" if wrapped else LINE_END
