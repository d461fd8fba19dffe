"""The form of a report: its six sections, its period, its cells, and who may have made what it counts.

Basis: 政府信息公开条例第四十九条、第五十条; 国办公开办函〔2021〕30号.
"""

import re
from collections.abc import Iterator

from assistant.ingest.annual.checks import Finding, ReportChecks
from assistant.ingest.annual.form import ReportForm
from assistant.ingest.annual.headings import Heading
from assistant.ingest.annual.narrative_text import Prose, half_width
from assistant.ingest.annual.report import Report
from assistant.ingest.annual.tables import Cell

_GENERAL = 1
_NUMERALS = "一二三四五六"
_MARK = re.compile(r"^[#*\s]*(?:第?[一二三四五六七八九十]{1,2}(?:部分)?[、.．,，:：\s]*|\d{1,2}[、.．\s]+)")
_HAN = re.compile(r"[^\u4e00-\u9fff]+")
_JOINED = re.compile("[和及与的]")
_DAY = r"(20\d\d)年\s*\d{1,2}月\s*\d{1,2}日"
_PERIOD = re.compile(
    rf"(?:统计|数据)[^。;\n]{{0,30}}?{_DAY}(?:零时|起|\s|开始)*(?:至|到|-|—|~|－|–)+\s*(?:{_DAY}|\d{{1,2}}月\s*\d{{1,2}}日)"
)
_UNTIL = re.compile(r"(?:截至|截止|时间点为|截止到|截至到)\s*(20\d\d)年\s*12月\s*31日")
_OPENS = re.compile(
    r"(?m)(?:^|[。;!?])[ \t]*(?:\([一二三四五六七八九十]\)[^,。;\n]{0,24}[.。])?(20\d\d)年度?[,，]?(?P<said>[^。;!?\n]*)"
)
_STROKE = re.compile(r"[/／\\—－–_-]+|无|—+")
_YUAN = re.compile(r"(?<!万)元$")
_COMPARED = re.compile(r"比|较|同期|以来|起|开始|曾|当年|月\d|要点|印发|同比|结转|延续")
_WORK = re.compile(
    r"我[镇街乡局委办县区市]|本[镇街乡局委办机单]|街道|镇|全[年县区市镇]|认真|严格|坚持|全面|深入|贯彻|主动公开|收到|受理"
)


def check_conformity(report: Report, prose: Prose, checks: ReportChecks, form: ReportForm) -> list[Finding]:
    """What is wrong with sections, period, cells, rules and fees."""
    return [
        finding
        for finding in (
            *_sections(report, checks, form),
            *_period(report, checks),
            *_years(report, prose, checks),
            *_blanks(report, checks, form),
            *_regulations(report, checks, form),
            *_fees(report, checks),
        )
        if checks.holds_for(finding.kind, report.year)
    ]


def _sections(report: Report, checks: ReportChecks, form: ReportForm) -> Iterator[Finding]:
    if not report.lines:
        return
    known = [heading for heading in report.headings if heading.number]
    strange = [heading for heading in report.headings if not heading.number]
    yield from _renamed(known, checks, form)
    missing = [s for s in form.sections if s.number not in {heading.number for heading in known}]
    for section in missing:
        if not any(_same(_plain(heading.words), _plain(section.title)) for heading in strange):
            yield _missing(section.number, section.title, strange, checks)
    for heading in strange:
        if checks.old_outline.search(_MARK.sub("", heading.words).strip()):
            yield checks.finding("sections.old", f"有标题“{heading.words}”。", heading.words)
    yield from _order(known, checks)


def _missing(number: int, title: str, strange: list[Heading], checks: ReportChecks) -> Finding:
    """A section without a heading: renamed where another title bears its number, else missing."""
    full = f"{_NUMERALS[number - 1]}、{title}"
    for heading in strange:
        if heading.words.lstrip("#* 第").startswith(_NUMERALS[number - 1]):
            return checks.finding("sections.renamed", f"“{heading.words}”应为“{full}”。", heading.words)
    return checks.finding("sections.missing", f"没有找到“{full}”。", full)


def _renamed(known: list[Heading], checks: ReportChecks, form: ReportForm) -> Iterator[Finding]:
    sections = {section.number: section for section in form.sections}
    for heading in known:
        section = sections[heading.number or 0]
        words = _plain(heading.words.translate(dict(form.characters)))
        if heading.official or any(_same(words, _plain(t)) for t in (section.title, *section.names)):
            continue
        full = f"{_NUMERALS[section.number - 1]}、{section.title}"
        yield checks.finding("sections.renamed", f"“{heading.words}”应为“{full}”。", heading.words)


def _same(words: str, title: str) -> bool:
    """Whether the words are the title; traditional characters and one damaged character are allowed."""
    if len(words) != len(title):
        return False
    other = [a for a, b in zip(words, title, strict=True) if a != b]
    return len(other) <= 1 or not any(_is_simplified(char) for char in other)


def _is_simplified(char: str) -> bool:
    """Whether a character is one of the simplified print: GB 2312 holds no traditional one."""
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _plain(words: str) -> str:
    """A title without its ordinal, punctuation and the words that only join."""
    return _JOINED.sub("", _HAN.sub("", _MARK.sub("", words)))


def _order(known: list[Heading], checks: ReportChecks) -> Iterator[Finding]:
    numbers = [heading.number or 0 for heading in known]
    for before, heading in zip(known, known[1:], strict=False):
        if (heading.number or 0) < (before.number or 0) and numbers.count(heading.number or 0) == 1:
            seen = f"“{heading.words}”排在“{before.words}”之后。"
            yield checks.finding("sections.order", seen, heading.words)


def _preface(report: Report) -> str:
    """From the title to the end of section one: where the period is told."""
    ends = [heading.line for heading in report.headings if heading.number and heading.number > _GENERAL]
    end = min(ends, default=report.first_line + len(report.lines))
    return "\n".join(report.lines[: end - report.first_line])


def _period(report: Report, checks: ReportChecks) -> Iterator[Finding]:
    """A statistic period, or the name the report gives itself, of another year."""
    if report.year is None:
        return
    text = _preface(report)
    plain = half_width(text)
    for pattern in (_PERIOD, _UNTIL):
        for match in pattern.finditer(plain):
            years = {int(year) for year in match.groups() if year}
            if years - {report.year}:
                quote = text[match.start() : match.end()]
                seen = f"报告年度是{report.year}年，文中写“{quote}”。"
                yield checks.finding("year.period", seen, quote)
                return


def _years(report: Report, prose: Prose, checks: ReportChecks) -> Iterator[Finding]:
    """A sentence of section one that tells last year's work as this year's."""
    if report.year is None:
        return
    for match in _OPENS.finditer(prose.plain):
        year = int(match[1])
        if year < report.year and _tells_own_work(match["said"], report.year):
            quote = prose.text[match.start(1) : match.end()][:40]
            seen = f"报告年度是{report.year}年，文中写“{quote}”。"
            yield checks.finding("year.text", seen, quote)
            return


def _tells_own_work(said: str, year: int) -> bool:
    """Whether a sentence that begins with another year reports work, and nothing sets it beside this year."""
    beside = str(year) in said or re.match(r"\d{1,2}月|年底|初|末|以来", said)
    return not beside and not _COMPARED.search(said) and bool(_WORK.search(said))


def _blanks(report: Report, checks: ReportChecks, form: ReportForm) -> Iterator[Finding]:
    """Cells left blank or struck, one finding for each table."""
    printed = report.tables
    for name, table in form.tables.items():
        seen = []
        for code, row in table.rows.items():
            cells = list(printed[name].get(code, {}).values())
            blank = [cell for cell in cells if cell and cell.value is None and _is_blank(cell)]
            if blank:
                seen.append((row.printed, blank[0].raw, blank[0].line))
        if seen:
            words = "、".join(f"“{title}”" for title, _, _ in seen[:4]) + (
                f"等{len(seen)}行" if len(seen) > 4 else ""
            )
            title, raw, line = seen[0]
            quote = _line(report, line) or f"{title} {raw or '（空白）'}"
            yield checks.finding("blank", f"“{table.title}”表的{words}有空白或者以“/”“-”代替的格。", quote)


def _line(report: Report, number: int) -> str:
    inside = report.first_line <= number < report.first_line + len(report.lines)
    return report.line(number).strip() if inside else ""


def _is_blank(cell: Cell) -> bool:
    """Whether a cell was left blank or struck; a figure that the page lost is neither."""
    why = getattr(cell, "why", None)
    if why is not None:
        return why in ("blank", "stroke")
    return not cell.raw.strip() or bool(_STROKE.fullmatch(cell.raw.strip()))


def _regulations(report: Report, checks: ReportChecks, form: ReportForm) -> Iterator[Finding]:
    """规章 counted by a body that cannot make them."""
    name = report.agency or ""
    if not checks.without_rules.search(name) or checks.with_rules.search(name):
        return
    row = form.tables["publication"].rows["regulations"]
    cells = [(column, report.cell("publication", "regulations", column)) for column in row.columns]
    some = [(column, cell) for column, cell in cells if cell and cell.value]
    if some:
        columns = form.tables["publication"].columns
        told = "、".join(f"{columns[column].label}{cell.value}" for column, cell in some)
        quote = _line(report, some[0][1].line) or f"规章 {told}"
        yield checks.finding("regulations", f"{name}的“规章”填有{told}。", quote)


def _fees(report: Report, checks: ReportChecks) -> Iterator[Finding]:
    """Fees in 元 under a head in 万元."""
    cell = report.cell("publication", "fees", "amount")
    if cell is None:
        return
    ceiling = next((c.above for c in checks.fee_ceilings if c.bodies.search(report.agency or "")), None)
    too_much = cell.value is not None and ceiling is not None and cell.value > ceiling
    if too_much or (cell.value is None and _YUAN.search(cell.raw.strip())):
        yield checks.finding("fees.unit", f"“行政事业性收费”填的是“{cell.raw.strip()}”。", cell.raw.strip())
