"""One fault put into a right report, by kind: what an audit must find, and under which name.

Basis: the alarms an office must hear before it publishes; 政府信息公开条例第五十条 and the relations
printed in the form.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from evals import report_values as values
from evals.report_document import Document
from evals.report_figures import (
    PARTIES,
    Facts,
    Figures,
    Key,
    changed,
    leaves_under,
    total,
    with_figures,
)
from evals.report_layouts import Lines, padded_bars
from evals.report_prose import Account, amended

FactsChange = Callable[[Facts, Random], Facts]
AccountChange = Callable[[Account, Random], Account]


@dataclass(frozen=True)
class Break:
    """A fault: its name, what it must be found as (any of these), the office it happens to, how it is made.

    `states`: the figure the prose must give for the fault to show. `needs_previous`: it shows only beside
    last year's report. `lines`: the only layout it shows in; a blank cell is seen only between bars.
    """

    label: str
    found_as: frozenset[str]
    facts: FactsChange | None = None
    account: AccountChange | None = None
    page: Callable[[Document, Random], Document] | None = None
    kind: str = ""
    size: str = "county"
    form: str | None = None
    states: str = ""
    needs_previous: bool = False
    lines: Lines | None = None


def column_not_balanced(facts: Facts, _: Random) -> Facts:
    """A received case moved from enterprises to persons: the total still balances, two columns do not."""
    return with_figures(facts, changed(facts.figures, _moved("new", "enterprise", "natural_person")))


def total_not_balanced(facts: Facts, rng: Random) -> Facts:
    """More carried out than is left."""
    return with_figures(facts, changed(facts.figures, _more("carried_out", rng.randint(1, 3))))


def row_not_summed(facts: Facts, rng: Random) -> Facts:
    """The total of a row typed, not summed."""
    leaf = _some_leaf(facts, rng, "total")
    return with_figures(facts, changed(facts.figures, {("requests", leaf, "total"): 1}))


def results_not_summed(facts: Facts, rng: Random) -> Facts:
    """A result moved between applicant types: its row is right, two columns no longer add up."""
    leaf = _some_leaf(facts, rng, "enterprise")
    return with_figures(facts, changed(facts.figures, _moved(leaf, "enterprise", "natural_person")))


def mixed_counted_twice(facts: Facts, rng: Random) -> Facts:
    """A mixed reply in 部分公开 and again among the refusals."""
    leaf = rng.choice(leaves_under("refuse") + leaves_under("unable"))
    return with_figures(facts, changed(facts.figures, _more(leaf, 1)))


def carried_in_by_type(facts: Facts, _: Random) -> Facts:
    """Last year carried out the same number, but of other applicants; last year's own columns balance."""
    more = {
        ("requests", row, party): by
        for row in ("new", "carried_out")
        for party, by in (("natural_person", 1), ("enterprise", -1))
    }
    lent = {
        ("requests", row, party): 1
        for row in ("new", "carried_out", "carried_in", "grant", "total_handled")
        for party in ("enterprise", "total")
    }
    now = {key: by for key, by in lent.items() if key[1] in ("carried_in", "grant", "total_handled")}
    before = {key: by for key, by in lent.items() if key[1] in ("new", "carried_out")}
    facts = with_figures(facts, changed(facts.figures, now))
    return replace(facts, previous=changed(changed(facts.previous, before), more))


def carried_in_total(facts: Facts, rng: Random) -> Facts:
    """Last year carried out more than came in; last year's own columns balance."""
    by = rng.randint(1, 4)
    return replace(facts, previous=changed(facts.previous, {**_more("new", by), **_more("carried_out", by)}))


def told_otherwise(*key: str) -> FactsChange:
    """The prose gives another figure than the table."""

    def tell(facts: Facts, rng: Random) -> Facts:
        table, row, column = key
        return replace(facts, told=changed(facts.figures, {(table, row, column): rng.randint(1, 9)}))

    return tell


def regulations_made(facts: Facts, _: Random) -> Facts:
    """规章 of an organ that has no power to make any."""
    more = {("publication", "regulations", column): 1 for column in ("issued", "in_force")}
    return with_figures(facts, changed(facts.figures, more))


def dispute_not_summed(facts: Facts, rng: Random) -> Facts:
    """总计 of a group of table three is not the sum of its results."""
    row = rng.choice(("review", "lawsuit_direct", "lawsuit_after_review"))
    return with_figures(facts, changed(facts.figures, {("disputes", row, "total"): 1}))


def nothing_received_said(account: Account, _: Random) -> Account:
    """The prose says no request came in; the table counts some."""
    return amended(account, "依申请公开", "本年度未收到政府信息公开申请。")


def all_answered_nothing(account: Account, _: Random) -> Account:
    """The prose says all were answered in time; nothing is counted."""
    text = "全年收到的政府信息公开申请均已按时答复，答复率100%。"
    return amended(account, "依申请公开", text)


def parts_of_publicity(account: Account, rng: Random) -> Account:
    """Parts said to be all do not make the total."""
    web, media, board = rng.randint(200, 400), rng.randint(50, 150), rng.randint(5, 30)
    text = f"全年主动公开政府信息{web + media + board + 30}条，分别为：政府网站{web}条、微信公众号{media}条、公告栏{board}条。"
    return amended(account, "主动公开", text)


def parts_of_results(account: Account, _: Random) -> Account:
    """The results named one by one, one case short."""
    of = account.facts.figures
    groups = [total(of, *leaves_under(group)) for group in ("refuse", "unable", "decline", "other")]
    parts = [total(of, "grant") - 1, total(of, "partial"), *groups]
    names = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
    listed = "、".join(f"{name}{part}件" for name, part in zip(names, parts, strict=True))
    return amended(
        account,
        "依申请公开",
        f"全年收到政府信息公开申请{total(of, 'new')}件，办结{total(of, 'total_handled')}件，分别为{listed}。",
    )


def stale_period(account: Account, _: Random) -> Account:
    """The preface still gives last year's period."""
    year = account.facts.year
    period = f"本报告所列数据的统计期限自{year - 1}年1月1日起至{year - 1}年12月31日止。"
    agency = account.facts.agency.name
    return replace(
        account, preface=f"根据《中华人民共和国政府信息公开条例》，{agency}编制了{year}年度报告。{period}"
    )


def period_of_two_years(account: Account, _: Random) -> Account:
    """The preface gives a period of two years."""
    year = account.facts.year
    period = f"统计期限为{year - 1}年1月1日至{year}年12月31日。"
    return replace(
        account, preface=f"{account.facts.agency.name}公布{year}年政府信息公开工作年度报告，{period}"
    )


def stale_year(account: Account, _: Random) -> Account:
    """Section one tells of the year before."""
    year, of = account.facts.year, account.facts.figures
    text = f"{year - 1}年，本单位共收到政府信息公开申请{total(of, 'new')}件，办结{total(of, 'total_handled')}件。"
    return amended(account, "依申请公开", text)


def open_and_concluded(account: Account, _: Random) -> Account:
    """A case that the prose calls open is counted among the concluded ones of the table."""
    of = account.facts.figures
    received = total(of, "new", "carried_in")
    done, left = total(of, "total_handled") - 1, total(of, "carried_out")
    text = f"全年共有政府信息公开申请{received}件（含上年结转{total(of, 'carried_in')}件），{done}件已答复办结，1件尚未审结，{left}件结转下年度办理。"
    return amended(account, "依申请公开", text)


def section_missing(account: Account, rng: Random) -> Account:
    """One of the six sections is not there."""
    gone = rng.choice((5, 6))
    return replace(account, headings=tuple(h for h in account.headings if h[0] != gone))


def section_renamed(account: Account, rng: Random) -> Account:
    """A title of the outline before 2019."""
    number, title = rng.choice(
        ((5, "五、政府信息公开的收费和减免情况"), (6, "六、说明和附表"), (5, "五、下一步工作打算"))
    )
    return replace(account, headings=tuple((n, title if n == number else h) for n, h in account.headings))


def sections_swapped(account: Account, rng: Random) -> Account:
    """Two sections in each other's place, numbered as they stand."""
    first = rng.choice((2, 3, 4))
    order = [n for n, _ in account.headings]
    order[first], order[first + 1] = order[first + 1], order[first]
    titles = {n: heading.split("、", 1)[1] for n, heading in account.headings}
    marks = "一二三四五六"
    return replace(account, headings=tuple((n, f"{marks[at]}、{titles[n]}") for at, n in enumerate(order)))


PROSE = frozenset({"R6", "prose"})
BREAKS: dict[str, Break] = {
    "column_not_balanced": Break("一列不平而总计平", frozenset({"R1"}), column_not_balanced),
    "total_not_balanced": Break("总计不平", frozenset({"R1"}), total_not_balanced),
    "row_not_summed": Break("一行之和不等于总计", frozenset({"R3"}), row_not_summed),
    "results_not_summed": Break("一列结果之和不等于办理总计", frozenset({"R2"}), results_not_summed),
    "mixed_counted_twice": Break("区分处理的重复计数", frozenset({"R2"}), mixed_counted_twice),
    "carried_in_by_type": Break(
        "上年结转与上年报告不符（分类）", frozenset({"R4"}), carried_in_by_type, needs_previous=True
    ),
    "carried_in_total": Break(
        "上年结转与上年报告不符（总数）", frozenset({"R4"}), carried_in_total, needs_previous=True
    ),
    "told_new": Break("文字与表不符：新收", PROSE, told_otherwise("requests", "new", "total"), states="new"),
    "told_carried_in": Break(
        "文字与表不符：上年结转",
        PROSE,
        told_otherwise("requests", "carried_in", "total"),
        states="carried_in",
    ),
    "told_handled": Break(
        "文字与表不符：办结", PROSE, told_otherwise("requests", "total_handled", "total"), states="handled"
    ),
    "told_carried_out": Break(
        "文字与表不符：结转下年",
        PROSE,
        told_otherwise("requests", "carried_out", "total"),
        states="carried_out",
    ),
    "told_result": Break(
        "文字与表不符：予以公开", PROSE, told_otherwise("requests", "grant", "total"), states="results"
    ),
    "told_party": Break(
        "文字与表不符：自然人", PROSE, told_otherwise("requests", "new", "natural_person"), states="types"
    ),
    "told_dispute": Break(
        "文字与表不符：行政复议", PROSE | {"S2"}, told_otherwise("disputes", "review", "total")
    ),
    "told_document": Break(
        "文字与表不符：规范性文件",
        PROSE,
        told_otherwise("publication", "normative_documents", "issued"),
        form="2021",
        states="publication",
    ),
    "nothing_received_said": Break("文字称未收到申请", PROSE, account=nothing_received_said),
    "parts_of_publicity": Break("各部分之和不等于总数", frozenset({"parts"}), account=parts_of_publicity),
    "parts_of_results": Break("各结果之和不等于办结数", PROSE | {"parts"}, account=parts_of_results),
    "stale_period": Break("统计期限是上一年", frozenset({"year.period"}), account=stale_period),
    "period_of_two_years": Break("统计期限跨两年", frozenset({"year.period"}), account=period_of_two_years),
    "stale_year": Break("正文写的是上一年", frozenset({"year.text"}), account=stale_year),
    "bureau_regulations": Break(
        "县级部门有规章", frozenset({"regulations"}), regulations_made, kind="bureau", form="2021"
    ),
    "street_regulations": Break(
        "街道有规章", frozenset({"regulations"}), regulations_made, kind="street", form="2021"
    ),
    "all_answered_nothing": Break(
        "称全部答复而表中无数",
        frozenset({"nothing_counted"}),
        account=all_answered_nothing,
        size="none",
    ),
    "section_missing": Break("缺章节", frozenset({"sections.missing"}), account=section_missing),
    "section_renamed": Break(
        "章节改名", frozenset({"sections.renamed", "sections.old"}), account=section_renamed
    ),
    "sections_swapped": Break("章节次序颠倒", frozenset({"sections.order"}), account=sections_swapped),
    "blank_cells": Break(
        "空白格", frozenset({"blank"}), page=values.blank_for_none, size="usual", lines=padded_bars
    ),
    "slash_cells": Break("以斜线代零", frozenset({"blank"}), page=values.slash_for_none, size="usual"),
    "open_and_concluded": Break(
        "同一件既未审结又计入办结", frozenset({"contradiction"}), account=open_and_concluded
    ),
    "dispute_not_summed": Break("复议诉讼总计不等于各项之和", frozenset({"S1"}), dispute_not_summed),
}


def _moved(row: str, source: str, goal: str) -> dict[Key, int]:
    return {("requests", row, source): -1, ("requests", row, goal): 1}


def _more(row: str, by: int) -> dict[Key, int]:
    return {("requests", row, column): by for column in ("natural_person", "total")}


def _some_leaf(facts: Facts, rng: Random, party: str) -> str:
    """A result that occurs for an applicant type."""
    leaves = ("grant", "partial", *leaves_under("unable"), *leaves_under("refuse"), *leaves_under("decline"))
    return rng.choice([leaf for leaf in leaves if facts.figures["requests", leaf, party]])


def balanced(of: Figures) -> Mapping[str, int]:
    """Column → received + carried in − handled − carried out; zero where the column is right."""
    return {
        column: int(
            of["requests", "new", column]
            + of["requests", "carried_in", column]
            - of["requests", "total_handled", column]
            - of["requests", "carried_out", column]
        )
        for column in (*PARTIES, "total")
    }
