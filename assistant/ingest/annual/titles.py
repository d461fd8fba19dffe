"""Whose report it is, and of which year: from its title or its body, never from a host or file name.

Basis: 政府信息公开条例第四十九条.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.ingest.annual.text import ReportText

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR = re.compile(
    r"[(\[〔【]?(20\d\d|二[〇○零0][〇○零一二三四五六七八九]{2})\s*[)\]〕】]?\s*年?度?[)\]〕】]?"
)
_CORE = re.compile(
    r"(?:政府|政务)?信息公开(?:工作)?的?(?:年度)?(?:工作)?(?:情况)?(?:年度)?(?:总结)?(?:年度)?(?:报告|年报)"
)
_DECOR = re.compile(r"^[#*_\s《【\[]+|[》】\]*_\s]+$|^(?:标题|名称|信息名称|文件名称)[:：]")
_SHUT = re.compile(r"[。,;!?]|[0-9]{5}")
_ORGAN = re.compile(
    r"(?:政府|办事处|局|委|委员会|厅|院|办公室|中心|处|镇|乡|街道|区|县|市|省|州|盟|旗|会|司|队|所|站|社|办|集团|公司|大学|学校)$"
)
_INDEX = re.compile(r"索\s*引\s*号\s*[:|\s]+([0-9A-Za-z][0-9A-Za-z/_-]+)")
_ISSUER = re.compile(r"(?:发布|公开|发文|制发|责任)\s*(?:机构|单位|机关)\s*[:|\s]+([\u4e00-\u9fff]{2,30})")
_PUBLISHED = re.compile(
    r"(?:公开|发布|成文|发文|生成|公布)\s*(?:日期|时间)\s*[:|\s]+(20\d\d)\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})"
)
_PERIOD = re.compile(
    r"(20\d\d)\s*年?\s*1\s*月\s*1\s*日?\s*(?:起)?\s*(?:至|到|-|—|~)+\s*(20\d\d)?\s*年?\s*12\s*月\s*31"
)
_ABOUT_YEAR = re.compile(r"(20\d\d)\s*年度?(?:政府)?信息公开")
_SAID_YEAR = re.compile(r"(20\d\d)\s*年")
_PREFACE = re.compile(
    r"(?:现将|公布|发布|编制|编写|公开)(?:了|的)?([\u4e00-\u9fff]{3,28}?)(?:关于)?(?:20\d\d)年度?(?:政府)?信息公开"
)
_MADE = re.compile(r"(?:^|[,。由])([\u4e00-\u9fff]{3,28}?)(?:编制|编写|发布)(?:了|的|本报告|\d)")
_OFFICE = re.compile(
    r"(?:向|与|联系)([\u4e00-\u9fff]{2,24}(?:政府|办事处|局|委员会))(?:党政)?(?:综合)?办公室"
)
_OWN = ("本", "我", "该", "全")
_DAY_LINE = re.compile(r"(20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*日")
_LONGEST = 70
_SEARCHED = 60


@dataclass(frozen=True)
class Title:
    """A title of a report: whose, of which year, and the line it begins on."""

    agency: str | None
    year: int | None
    line: int


@dataclass(frozen=True)
class Imprint:
    """What the page says about the report. `body_year` is the year its text reports on."""

    agency: str | None
    short_name: str | None
    year: int | None
    body_year: int | None
    index_number: str | None
    published_on: date | None


def read_imprint(text: ReportText, body_from: int) -> Imprint:
    """Agency, year, index number and date; `body_from` is the place of the first heading.

    Where title and body name different years the title's is kept, and `body_year` shows the other.
    """
    title = best_title(text)
    whole = "\n".join(text.plain)
    issuer = _ISSUER.search(whole)
    body_year = _body_year(text, body_from)
    agency = title.agency if title else None
    return Imprint(
        agency=agency or _signed(text) or _prefaced(text, body_from) or (issuer[1] if issuer else None),
        short_name=issuer[1] if issuer else None,
        year=title.year if title and title.year else body_year,
        body_year=body_year,
        index_number=(found := _INDEX.search(whole)) and found[1],
        published_on=_day(_PUBLISHED.search(whole)),
    )


def best_title(text: ReportText) -> Title | None:
    """The title that says most, the earliest of equals; it may run over two or three lines."""
    lines = [(at, _bare(line)) for at, line in enumerate(text.plain[:_SEARCHED]) if line.strip(" |")]
    found = list(titles(text, _SEARCHED))
    whole = [title for title in found if title.agency and title.year]
    if whole:
        return whole[0]
    joined = [title for count in (2, 3) for title in _joined(lines, count, text)]
    ranked = sorted((*joined, *found), key=lambda title: (not title.agency) + (not title.year))
    return ranked[0] if ranked else None


def titles(text: ReportText, most: int | None = None) -> Iterator[Title]:
    """Every line, or cell of one, that is a title of a report by itself."""
    for at, line in enumerate(text.plain[:most]):
        if "公开" in line and ("报告" in line or "年报" in line):
            for piece in line.split("|"):
                if title := read_title(_bare(piece), text.number(at)):
                    yield title
                    break


def read_title(words: str, line: int) -> Title | None:
    """The title that the words are, or None."""
    words = "".join(words.split())
    if len(words) > _LONGEST or _SHUT.search(words):
        return None
    cores = list(_CORE.finditer(words))
    if not cores:
        return None
    core = cores[-1]
    year = _YEAR.search(words)
    rest = words[: core.start()] + " " + words[core.end() :]
    if rest.split(" ")[1] and not _YEAR.fullmatch(rest.split(" ")[1]) and not rest.endswith(")"):
        return None
    agency = re.sub(r"\(.*?\)|[《》〔〕\[\]【】]", "", _YEAR.sub("", rest)).strip(" 的年度,.:-—")
    agency = re.sub(r"关于$|^关于|关于$", "", agency.strip()).strip()
    agency += "政府" if agency.endswith("人民") else ""
    if not re.fullmatch(r"[\u4e00-\u9fff()、·]{0,40}", agency):
        return None
    return Title(agency or None, _year(year), line)


def _joined(lines: Sequence[tuple[int, str]], count: int, text: ReportText) -> Iterator[Title]:
    """Titles over several lines: each but the last is the name of an organ, or breaks off."""
    for start in range(len(lines) - count + 1):
        window = lines[start : start + count]
        pieces = [words for _, words in window]
        if any("|" in words or _SHUT.search(words) or len(words) > 40 for words in pieces):
            continue
        title = read_title("".join(pieces), text.number(window[0][0]))
        first_alone = _ORGAN.search(pieces[0]) or pieces[0].endswith("关于") or _YEAR.search(pieces[0])
        if title and title.agency and (first_alone or "信息" in pieces[0] or "政府" in pieces[0]):
            yield title


def _bare(line: str) -> str:
    return _DECOR.sub("", line.strip(" |"))


def _year(found: re.Match[str] | None) -> int | None:
    return int(found[1].translate(_DIGITS).replace("二", "2")) if found else None


def _body_year(text: ReportText, body_from: int) -> int | None:
    """The year of the period reported on, the first that section one speaks of, or that of its announcement."""
    head = "\n".join(text.plain[: body_from + 12])
    if period := _PERIOD.search(head):
        return int(period[1])
    said = _SAID_YEAR.search("\n".join(text.plain[body_from : body_from + 12]))
    said = said or _ABOUT_YEAR.search(head)
    return int(said[1]) if said else None


def _signed(text: ReportText) -> str | None:
    """The organ that signs at the end, on the line before the day."""
    last = [line.strip() for line in text.plain[-12:] if line.strip()]
    for name, day in zip(last, last[1:], strict=False):
        if _DAY_LINE.fullmatch(day) and _ORGAN.search(name) and re.fullmatch(r"[\u4e00-\u9fff]{3,30}", name):
            return name
    return None


def _prefaced(text: ReportText, body_from: int) -> str | None:
    """The organ whose report the preface says it publishes, or whose office answers questions about it."""
    for pattern in (_PREFACE, _MADE, _OFFICE):
        for line in text.plain[: body_from + 1]:
            for found in pattern.finditer(line):
                if _ORGAN.search(found[1]) and not found[1].startswith(_OWN):
                    return found[1]
    return None


def _day(found: re.Match[str] | None) -> date | None:
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
