"""Which reports a question means: the years and the agencies it names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.ingest.annual.figure_words import blank
from assistant.ingest.annual.report import Report

_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_NUMERAL_YEAR = re.compile(r"二[〇零○][〇零○一二三四五六七八九]{2}(?=年)")
_YEARS = re.compile(
    r"(?P<first>20\d\d)年?度?(?:-|—|~|至|到)(?P<last>20\d\d)(?!\d)(?:年度|年)?"
    r"|(?<!\d)(?P<year>20\d\d)(?!\d)(?:年度|年)?"
    r"|(?<!\d)(?P<short>1[5-9]|2\d)年(?:度)?"
    r"|(?P<back>前年|去年|上一年度?|上年度?|今年)"
)
_BACK = {"前": 2, "去": 1, "上": 1, "今": 0}
_FARTHER = re.compile(r"(?:[一-龥]{2,3}[省市])*$")
_PLACE_END = re.compile(r"(?<![本我全])[省市县区]$")
_STEM = re.compile(r"(?:街道|镇|乡|县|市|区)$")


@dataclass(frozen=True)
class Places:
    """Years and agencies named, in the order of the question.

    `own`: the speaker's own organ is meant (我街道). `rest`: the question with all of these made blank.
    """

    years: tuple[int, ...]
    agencies: tuple[str, ...]
    own: bool
    rest: str


def find_places(text: str, reports: Iterable[Report], words: Mapping[str, Any], today: date) -> Places:
    """Years and agencies among the words of a question that mean no row and no column.

    An agency the corpus knows is given by its full name, any other as the question names it: a figure
    must never be taken from another agency's report.
    """
    text = _NUMERAL_YEAR.sub(lambda match: match[0].translate(_DIGITS), text)
    years = [year for match in _YEARS.finditer(text) for year in _years(match, today)]
    rest = blank(text, [match.span() for match in _YEARS.finditer(text)])
    known, rest = _known(rest, tuple(reports), _ends(words))
    strangers = list(_strangers(rest, words))
    rest = blank(rest, [span for _, span in strangers])
    named = dict.fromkeys((*known, *(name for name, _ in strangers if name)))
    return Places(tuple(dict.fromkeys(years)), tuple(named), any(not name for name, _ in strangers), rest)


def _years(match: re.Match[str], today: date) -> Iterable[int]:
    if match["first"]:
        return range(int(match["first"]), int(match["last"]) + 1)
    if match["back"]:
        return [today.year - _BACK[match["back"][0]]]
    return [int(match["year"] or f"20{match['short']}")]


def _ends(words: Mapping[str, Any]) -> str:
    return "|".join(sorted(map(re.escape, words["agency_ends"]), key=len, reverse=True))


def _known(text: str, reports: tuple[Report, ...], ends: str) -> tuple[list[str], str]:
    """Agencies of the corpus named in the text, and the text without them."""
    found: list[str] = []
    for report in reports:
        for name in _names_of(report):
            for match in re.finditer(rf"{re.escape(name)}(?!{ends})", text):
                start = _start_with_upper(text, match.start(), report.upper)
                if start is not None:
                    found.append(report.agency or name)
                    text = blank(text, [(start, match.end())])
    return found, text


def _start_with_upper(text: str, start: int, upper: str | None) -> int | None:
    """Where the name begins with the places written before it; None where they are not the agency's own.

    诸暨市暨阳街道 is 暨阳街道, 杭州市暨阳街道 is another organ.
    """
    before = text[:start]
    if upper and before.endswith(upper):
        farther = _FARTHER.search(before.removesuffix(upper))
        return start - len(upper) - (len(farther[0]) if farther else 0)
    return None if _PLACE_END.search(before) else start


def _names_of(report: Report) -> list[str]:
    """Ways to name an agency, the fullest first: 暨阳街道办事处, 暨阳街道办, 暨阳街道, 暨阳."""
    full, short = report.agency or "", report.short_name or report.agency or ""
    stem = _STEM.sub("", short)
    names = {full, short, full.removesuffix("事处"), full.replace("人民政府", "政府")}
    names |= {stem} if len(stem) > 1 else set()
    return sorted(filter(None, names), key=len, reverse=True)


def _strangers(text: str, words: Mapping[str, Any]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Agencies the corpus does not know, with their spans; an empty name is the speaker's own organ."""
    ends = _ends(words)
    not_ends = "|".join(map(re.escape, words["agency_not"]))
    lead_in = re.compile(f"^(?:{'|'.join(sorted(words['lead_in'], key=len, reverse=True))})+")
    for match in re.finditer(rf"(?:[一-龥]{{0,14}}?(?!{not_ends})(?:{ends}))+", text):
        name = lead_in.sub("", match[0])
        stem = re.sub(rf"(?:{ends})$", "", name)
        yield ("" if stem in ("", *words["own"]) else name), match.span()
