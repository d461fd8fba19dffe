"""The text of a report as it is compared: one kind of bracket, digit, space and character.

Lines keep their numbers. The words as printed stay in `printed`, for quoting.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_INVISIBLE = dict.fromkeys("\ufeff\u200b\u200c\u200d\u2060\u00ad\u200e\u200f", "")
_BREAKS = dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n")
_BARS = dict.fromkeys("\t│┃┆┊￨丨", "|")
_NOT_HAN = re.compile(r"[^\u4e00-\u9fff]+")
_OPEN = re.compile(r"\([^()]{4,}$")
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class ReportText:
    """A report line by line: `printed` as published, `plain` as compared, both from line `first`."""

    printed: tuple[str, ...]
    plain: tuple[str, ...]
    first: int = 1

    def number(self, at: int) -> int:
        """The line number of the line at a place."""
        return self.first + at


def read_text(text: str, characters: Mapping[int, str], first: int = 1) -> ReportText:
    """The text in lines; `characters` brings traditional characters to the form's print."""
    text = _swept(text.replace("\r\n", "\n").replace("\r", "\n"), _BREAKS)
    plain = _swept(_swept(unicodedata.normalize("NFKC", text), _INVISIBLE), _BARS)
    for character in [one for one in set(plain) if ord(one) in characters]:
        plain = plain.replace(character, characters[ord(character)])
    return ReportText(tuple(text.split("\n")), tuple(plain.split("\n")), first)


def _swept(text: str, characters: Mapping[str, str]) -> str:
    """The text with a few characters replaced, each of which most texts lack."""
    for character, other in characters.items():
        if character in text:
            text = text.replace(character, other)
    return text


def han(text: str) -> str:
    """The Chinese characters alone: marks, digits, spaces, quotation marks and injected pinyin fall away."""
    return _NOT_HAN.sub("", text)


def without_guidance(text: str) -> str:
    """A title without what stands in brackets, except an ordinal such as （一）; a bracket may lack its end."""
    text = _OPEN.sub("", text) if text.count("(") > text.count(")") else text
    while (found := _BRACKETS.sub(_keep_ordinal, text)) != text:
        text = found
    return text


def _keep_ordinal(found: re.Match[str]) -> str:
    return found[0] if len(found[0]) <= 4 else ""
