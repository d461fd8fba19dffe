"""What a text is before it is read as a report: no report, one of the old outline, or several in one file.

Basis: 政府信息公开条例第四十九条、第五十条; 国办公开办函〔2021〕30号.
"""

from assistant.errors import InputError
from assistant.ingest.annual.form import ReportForm, standing_form
from assistant.ingest.annual.headings import Heading, find_headings, title_of
from assistant.ingest.annual.tables import has_rows
from assistant.ingest.annual.text import ReportText, han, read_text
from assistant.ingest.annual.titles import Title, best_title, titles

_SECTIONS_OF_A_REPORT = 3


def refuse_unusable(text: str, form: ReportForm | None = None) -> None:
    """Raises InputError, in one line, where a text cannot be read as one annual report of today's outline.

    A report without any table is none of these: its tables are unavailable.
    """
    form = form or standing_form()
    read = read_text(text, form.characters)
    headings = find_headings(read, form)
    _refuse_several(read, headings)
    tabled = has_rows(han("".join(read.plain)), form, "requests")
    if not tabled and _old_outline(headings, form):
        raise InputError(
            "这份报告用的是2018年度以前的旧提纲（概述、收费及减免、复议诉讼等），没有现行的三张统计表；"
            "本程序只读2019年度以来的格式，请换用按国办公开办函〔2021〕30号编制的报告。"
        )
    numbered = {heading.number for heading in headings} - {None}
    if not tabled and len(numbered) < 2 and not best_title(read):
        raise InputError(
            "没有找到政府信息公开工作年度报告的标题、六个部分或统计表，不像一份年度报告；"
            "请检查是否选对了文件（条例第四十九条、第五十条）。"
        )


def _refuse_several(text: ReportText, headings: tuple[Heading, ...]) -> None:
    """Two titles, each with sections of its own, are two reports."""
    found: list[Title] = []
    for title in titles(text):
        if title.year and (not found or (title.agency, title.year) != (found[-1].agency, found[-1].year)):
            found.append(title)
    ends = [title.line for title in found[1:]] + [text.number(len(text.plain))] * bool(found)
    whole = {
        (title.agency or "", title.year or 0): title
        for title, end in zip(found, ends, strict=True)
        if len({h.number for h in headings if title.line < h.line < end} - {None}) >= _SECTIONS_OF_A_REPORT
    }
    if len(whole) > 1:
        names = "；".join(f"{agency}{year}年（第{t.line}行起）" for (agency, year), t in whole.items())
        raise InputError(f"一个文件里有{len(whole)}份年度报告：{names}；请拆成每份一个文件后再试。")


def _old_outline(headings: tuple[Heading, ...], form: ReportForm) -> bool:
    """Whether enough titles are those of the years before 2019, one of them found only there."""
    old = form.old_outline
    words = [han(title_of(heading.words)) for heading in headings]
    known = {han(title) for title in old.titles}
    only = [key for key in words if any(han(title) in key for title in old.only_there)]
    return bool(only) and len({key for key in words if key in known or key in only}) >= old.at_least
