"""Answers about published figures, each from its cell: table, row, column and line are named.

No figure is estimated, and none is taken from another year or another agency's report.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.ingest.annual.figure_cells import Figure, FigureCell, percent, table_name, take_figure
from assistant.ingest.annual.figure_questions import Asked, FigureQuestion, read_question
from assistant.ingest.annual.form import ReportForm, standing_form
from assistant.ingest.annual.report import Report
from assistant.law import china_time

Reason = Literal["no_report", "which_agency", "not_in_report", "share_of_what"]


@dataclass(frozen=True)
class FigureAnswer:
    """What the tables say, in one Chinese paragraph, and the cells it rests on.

    `reason` is set where something asked for could not be answered from the corpus; `text` then says what.
    """

    text: str
    cells: tuple[FigureCell, ...]
    reason: Reason | None = None

    @property
    def abstained(self) -> bool:
        """Whether no figure at all could be given."""
        return not self.cells


def answer_from_figures(
    question: str,
    reports: Sequence[Report],
    today: date | None = None,
    form: ReportForm | None = None,
) -> FigureAnswer | None:
    """The answer of the reports' tables, or None where the question asks for no figure of theirs.

    `today` gives 去年 its year.
    """
    form = form or standing_form()
    asked = read_question(question, reports, form, today or china_time.today())
    if not asked:
        return None
    pieces = list(_pieces(asked, reports, form))
    if asked.together:
        pieces += _sum(pieces)
    cells = dict.fromkeys(cell for piece in pieces for cell in piece.cells)
    reason = next((piece.reason for piece in pieces if piece.reason), None)
    return FigureAnswer("".join(piece.text for piece in pieces), tuple(cells), reason)


@dataclass(frozen=True)
class _Piece:
    """A sentence of the answer; `reason` where it says that something is not to be had."""

    text: str
    cells: tuple[FigureCell, ...] = ()
    reason: Reason | None = None


def _pieces(asked: FigureQuestion, reports: Sequence[Report], form: ReportForm) -> Iterator[_Piece]:
    known = tuple(dict.fromkeys(report.agency or "" for report in reports))
    if not known:
        yield _Piece(
            "语料中还没有年度报告，无法从表中回答；请先把报告放进 corpus/reports。", reason="no_report"
        )
    elif len(known) > 1 and not asked.places.agencies:
        names = "、".join(known)
        yield _Piece(f"语料中有多个机关的年度报告（{names}），请写明是哪一个机关。", reason="which_agency")
    else:
        for agency in asked.places.agencies or known:
            own = {r.year: r for r in reports if r.agency == agency and r.year is not None}
            yield from _of_agency(asked, agency, own, form) if own else [_no_agency(agency, reports)]


def _of_agency(
    asked: FigureQuestion, agency: str, own: dict[int, Report], form: ReportForm
) -> Iterator[_Piece]:
    having = sorted(own)
    years = asked.places.years or (having if asked.every_year else having[-1:])
    if not asked.places.years and not asked.every_year:
        yield _Piece(f"问题没有写明年份，以下取语料中最新的{years[0]}年度报告。")
    if asked.several_meant:
        yield _Piece("问题中的说法可以指表中不止一行，以下分别列出。")
    if asked.mode == "change":
        years = (max(years), min(years) if len(years) > 1 else max(years) - 1)
    for year in years:
        yield _of_report(asked, own[year], form) if year in own else _no_year(agency, year, having)
    if asked.mode == "change" and set(years) <= set(own):
        yield _change(asked, own[years[0]], own[years[1]], form)


def _of_report(asked: FigureQuestion, report: Report, form: ReportForm) -> _Piece:
    """One sentence for all figures of a report, the table named where it changes."""
    said: list[str] = []
    cells: list[FigureCell] = []
    reasons: list[Reason] = []
    last = ""
    for one in asked.asked:
        part = _one(asked, one, report, form)
        table = table_name(form.tables[one.table])
        said.append(("同表" if table == last else table) + part.text)
        last = table
        cells += part.cells
        reasons += [part.reason] if part.reason else []
    head = f"据《{report.year}年{report.agency}政府信息公开工作年度报告》："
    text = f"{head}{'；'.join(said)}。{_whereabouts(report, cells)}"
    return _Piece(text, tuple(cells), reasons[0] if reasons else None)


def _whereabouts(report: Report, cells: Sequence[FigureCell]) -> str:
    """Where in its file a figure stands, for a report that came with pages or sheets."""
    places = dict.fromkeys(cell.place for cell in cells if cell.place)
    return f"（见{report.source}{'、'.join(places)}。）" if places else ""


def _one(asked: FigureQuestion, one: Asked, report: Report, form: ReportForm) -> _Piece:
    figure = take_figure(report, one, form)
    text = f"{figure.name}{figure.said}"
    if figure.value is None:
        return _Piece(text, (), "not_in_report")
    if asked.mode != "share":
        return _Piece(text, figure.cells)
    whole = asked.whole or _usual_whole(one, form)
    if whole is None:
        return _Piece(f"{text}（问题没有写明占什么的比例）", figure.cells, "share_of_what")
    return _share(text, figure, take_figure(report, whole, form))


def _share(text: str, part: Figure, whole: Figure) -> _Piece:
    if part.value is None or not whole.value:
        return _Piece(f"{text}，{whole.name}{whole.said}，无法计算占比", part.cells, "not_in_report")
    share = percent(part.value, whole.value)
    words = f"{text}，{whole.name}{whole.said}，占比{share}（{part.value}÷{whole.value}）"
    return _Piece(words, (*part.cells, *whole.cells))


def _usual_whole(one: Asked, form: ReportForm) -> Asked | None:
    """What a share is taken of where the question does not say: the row's total, or the row set for it."""
    table = form.tables[one.table]
    if table.default_column and one.column != table.default_column:
        return replace(one, column=table.default_column)
    whole = table.row(one.row).share_of
    return replace(one, row=whole) if whole else None


def _change(asked: FigureQuestion, report: Report, before: Report, form: ReportForm) -> _Piece:
    """How each figure moved; both years' cells have been named before."""
    said = []
    for one in asked.asked:
        now, then = take_figure(report, one, form), take_figure(before, one, form)
        if now.value is not None and then.value is not None:
            change = now.value - then.value
            moved = f"增加{change}{now.unit}" if change > 0 else f"减少{-change}{now.unit}"
            said.append(f"{now.name}{moved if change else '持平'}")
    if not said:
        return _Piece("")
    return _Piece(f"{report.year}年度与{before.year}年度相比：{'；'.join(said)}。")


def _sum(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """The sum of all figures given, only where none is lacking and none is counted twice."""
    cells = [cell for piece in pieces for cell in piece.cells]
    units = {cell.unit for cell in cells}
    lacking = any(piece.reason for piece in pieces)
    if len(cells) > 1 and len(units) == 1 and not lacking and len(set(cells)) == len(cells):
        yield _Piece(f"以上合计{sum(cell.value for cell in cells)}{units.pop()}。")


def _no_year(agency: str, year: int, having: Sequence[int]) -> _Piece:
    years = "、".join(map(str, having))
    text = f"语料中没有{agency}{year}年度的政府信息公开工作年度报告（现有{years}年度），无法从表中回答。"
    return _Piece(text, reason="no_report")


def _no_agency(agency: str, reports: Sequence[Report]) -> _Piece:
    having = "、".join(f"{report.agency}{report.year}年度" for report in reports)
    text = f"语料中没有“{agency}”的政府信息公开工作年度报告（现有{having}），无法从表中回答。"
    return _Piece(text, reason="no_report")
