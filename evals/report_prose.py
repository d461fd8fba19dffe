"""The prose of an invented report: what section one tells of the tables, in the words offices use.

Constructs are true statements that look like contradictions to a careless reader; a report with one of
them is a clean report.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from evals.report_figures import (
    PARTIES,
    REVIEWS,
    Facts,
    Figures,
    changed,
    leaves_under,
    total,
    with_figures,
    words,
)

SECTIONS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
ASPECTS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")


@dataclass(frozen=True)
class Account:
    """A report as written, before it is laid out: title, preface, the words under each heading.

    `aspects`: the five paragraphs of section one. `headings`: number of the section → printed heading, in
    the printed order.
    """

    facts: Facts
    title: str
    preface: str
    aspects: Mapping[str, str]
    problems: str
    other_matters: str
    headings: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Construct:
    """A true statement to be written: how the figures must be, and what is said."""

    label: str
    shape: Callable[[Facts, Random], Facts]
    say: Callable[[Facts], tuple[str, str]]
    alone: bool = False


def write(facts: Facts, rng: Random, states: str = "", construct: Construct | None = None) -> Account:
    """The account of an agency's year; `states` names a figure the prose must give."""
    say = words()
    slots = _slots(facts, rng)
    aspects = {name: _aspect(name, facts, rng, states).format(**slots) for name in ASPECTS}
    if construct:
        aspect, sentence = construct.say(facts)
        aspects[aspect] = sentence if construct.alone else aspects[aspect] + sentence
    return Account(
        facts,
        rng.choice(say["titles"]).format(**slots),
        rng.choice(say["prefaces"]).format(**slots),
        aspects,
        rng.choice(say["problems"]).format(**slots),
        rng.choice(say["other_matters"]).format(**slots),
        tuple((n, f"{'一二三四五六'[n - 1]}、{title}") for n, title in enumerate(SECTIONS, start=1)),
    )


def amended(account: Account, aspect: str, text: str) -> Account:
    """The account with another paragraph in section one."""
    return replace(account, aspects={**account.aspects, aspect: text})


def _aspect(name: str, facts: Facts, rng: Random, states: str) -> str:
    """The phrase of an aspect, with its figures still in braces."""
    say = words()
    if name == "主动公开":
        told = states == "publication" or rng.random() < 0.4
        extra = rng.choice(say["publication"]) if told and facts.form == "2021" else ""
        return str(rng.choice(say["proactive"]) + extra)
    if name == "依申请公开":
        return _requests(facts, rng, states) + _disputes(facts, rng)
    key = {"政府信息管理": "management", "政府信息公开平台建设": "platform", "监督保障": "oversight"}[name]
    return str(rng.choice(say[key]))


def _requests(facts: Facts, rng: Random, states: str) -> str:
    if total(facts.told, "new", "carried_in", "carried_out") == 0:
        return str(rng.choice(words()["nothing_received"]))
    styles = [style["text"] for style in words()["requests"] if not states or states in style["states"]]
    return str(rng.choice(styles or [style["text"] for style in words()["requests"]]))


def _disputes(facts: Facts, rng: Random) -> str:
    some = any(facts.told["disputes", row, "total"] for row in REVIEWS)
    return str(rng.choice(words()["disputes" if some else "no_disputes"]))


def _slots(facts: Facts, rng: Random) -> dict[str, object]:
    told, agency = facts.told, facts.agency
    new = total(told, "new")
    who = rng.choice((agency.short, "我单位", "本机关"))
    return {
        **_published(told),
        **{
            "year": facts.year,
            "period": facts.year,
            "agency": agency.name,
            "who": who,
            "upper": agency.upper,
        },
        **{"n": new, "p": total(told, "carried_in"), "t": total(told, "total_handled")},
        **{"q": total(told, "carried_out"), "a": total(told, "grant"), "b": total(told, "partial")},
        **{k: total(told, *leaves_under(g)) for k, g in zip("cdef", _GROUPS, strict=True)},
        "x": told["requests", "new", "natural_person"],
        "y": sum(told["requests", "new", party] for party in PARTIES[1:]),
        "r": told["disputes", "review", "total"],
        "l": sum(told["disputes", row, "total"] for row in REVIEWS[1:]),
        "u": rng.choice(words()["units"]),
        **{"road": rng.choice(words()["roads"]), "door": rng.randint(1, 99)},
        **{"web": rng.randint(100, 999), "media": rng.randint(10, 99), "links": rng.randint(1, 9)},
        **{"points": rng.randint(1, 9), "lessons": rng.randint(1, 6), "people": rng.randint(20, 300)},
    }


_GROUPS = ("refuse", "unable", "decline", "other")


def _published(told: Figures) -> dict[str, object]:
    row = "normative_documents"
    return {
        **{
            k: told["publication", row, c]
            for k, c in zip("izk", ("issued", "repealed", "in_force"), strict=True)
        },
        "m": told["publication", "permits", "decisions"],
        "s": told["publication", "penalties", "decisions"],
    }


def _as_is(facts: Facts, _: Random) -> Facts:
    return facts


def _with_carried_in(facts: Facts, _: Random) -> Facts:
    """Three cases of natural persons carried in and granted this year, and so last year left them open."""
    more = {
        ("requests", row, column): 3
        for row in ("carried_in", "grant", "total_handled")
        for column in ("natural_person", "total")
    }
    earlier = {("requests", row, c): 3 for row in ("new", "carried_out") for c in ("natural_person", "total")}
    return replace(
        with_figures(facts, changed(facts.figures, more)), previous=changed(facts.previous, earlier)
    )


def _more_answered(facts: Facts, rng: Random) -> Facts:
    """More handled than received: what was open is decided, and nothing is carried out."""
    facts = _with_carried_in(facts, rng)
    out = {column: int(facts.figures["requests", "carried_out", column]) for column in (*PARTIES, "total")}
    moved = {("requests", "carried_out", c): -n for c, n in out.items()}
    moved |= {("requests", row, c): n for row in ("grant", "total_handled") for c, n in out.items()}
    return with_figures(facts, changed(facts.figures, moved))


def _review(result: str) -> Callable[[Facts, Random], Facts]:
    def shape(facts: Facts, _: Random) -> Facts:
        more = {("disputes", "review", result): 1, ("disputes", "review", "total"): 1}
        return with_figures(facts, changed(facts.figures, more))

    return shape


def _share(facts: Facts, *leaves: str) -> int:
    """Per cent of what was handled, cut off, not rounded."""
    return total(facts.figures, *leaves) * 100 // max(1, total(facts.figures, "total_handled"))


def _counts(facts: Facts) -> dict[str, int]:
    f = facts.figures
    n, p, t, q = (total(f, row) for row in ("new", "carried_in", "total_handled", "carried_out"))
    return {"n": n, "p": p, "t": t, "q": q, "all": n + p, "a": total(f, "grant"), "b": total(f, "partial")}


def _said(text: str, aspect: str = "依申请公开") -> Callable[[Facts], tuple[str, str]]:
    return lambda facts: (aspect, text.format(year=facts.year, **_counts(facts)))


def _percentages(facts: Facts) -> tuple[str, str]:
    parts = [f"予以公开占{_share(facts, 'grant')}%", f"部分公开占{_share(facts, 'partial')}%"]
    heads = {"refuse": "不予公开", "unable": "无法提供", "decline": "不予处理", "other": "其他处理"}
    parts += [f"{name}占{_share(facts, *leaves_under(group))}%" for group, name in heads.items()]
    return "依申请公开", f"全年办结{total(facts.figures, 'total_handled')}件，其中{'，'.join(parts)}。"


def _people(facts: Facts) -> tuple[str, str]:
    n = total(facts.figures, "new")
    return "依申请公开", f"全年共有{max(1, n - 1)}名申请人提出政府信息公开申请{n}件。"


CONSTRUCTS: dict[str, Construct] = {
    "carried_included": Construct(
        "含上年结转",
        _with_carried_in,
        _said("全年共办理政府信息公开申请{all}件（含上年结转{p}件），答复{t}件，结转下年度{q}件。"),
        True,
    ),
    "received_with_carried": Construct(
        "收到件数含结转",
        _with_carried_in,
        _said("本年度收到政府信息公开申请{all}件，其中上年结转{p}件。"),
        True,
    ),
    "more_answered": Construct(
        "答复多于新收", _more_answered, _said("全年收到政府信息公开申请{n}件，答复{t}件。"), True
    ),
    "people_and_requests": Construct("人数少于件数", _as_is, _people, True),
    "class_of_documents": Construct(
        "依申请公开作为文件属性",
        _as_is,
        _said("全年制发公文中，主动公开213件，依申请公开436件，不予公开87件。", "政府信息管理"),
    ),
    "other_applications": Construct(
        "其他种类的申请", _as_is, _said("全年受理挖掘占道申请37件、行政许可申请152件，均已办结。", "监督保障")
    ),
    "earlier_review": Construct(
        "本年无申请而有对往年答复的复议",
        _review("upheld"),
        _said("本年度未收到政府信息公开申请；有1件针对上年度答复提起的行政复议，结果维持。"),
        True,
    ),
    "withdrawn_review": Construct(
        "撤回的复议计入其他结果",
        _review("other"),
        _said("另有行政复议1件由申请人撤回，复议终止。", "监督保障"),
    ),
    "truncated_percentages": Construct("百分比截尾", _as_is, _percentages, True),
    "partial_list": Construct(
        "不完全列举", _as_is, _said("全年办结政府信息公开申请{t}件，其中予以公开{a}件。"), True
    ),
    "cumulative": Construct(
        "累计数与本年数",
        _as_is,
        _said("自2008年以来，累计收到政府信息公开申请8642件；{year}年收到{n}件。"),
        True,
    ),
    "merged_results": Construct(
        "公开与部分公开合计",
        _as_is,
        lambda f: (
            "依申请公开",
            f"全年办结政府信息公开申请{total(f.figures, 'total_handled')}件，其中予以公开和部分公开共{total(f.figures, 'grant', 'partial')}件。",
        ),
        True,
    ),
    "implied_carried_out": Construct(
        "结转数不言自明",
        _as_is,
        _said("全年共有政府信息公开申请{all}件需要办理，已办结{t}件，其余正在依法办理。"),
        True,
    ),
    "no_measure_word": Construct(
        "没有量词", _as_is, _said("全年收到政府信息公开申请{n}，办结{t}，结转下年{q}。"), True
    ),
    "spelled_zero": Construct(
        "零件", _as_is, _said("全年信息公开收费0元，因信息公开被追究责任0人。", "监督保障")
    ),
}
NOTHING_RECEIVED = {"earlier_review"}
