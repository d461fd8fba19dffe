"""The reply as a sheet of paper: what is locked, what is a fact, what is missing, what is wrong – each where it stands."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.web.case import Checked
from assistant.web.markup import Markup, el, join
from assistant.web.pressing import cite, linked

if TYPE_CHECKING:
    from assistant.drafting.draft import Draft, Span
    from assistant.drafting.verdict import Finding

CHECKS = {
    "article_exists": "条文存在",
    "in_force": "条文有效",
    "quote_verbatim": "引文一致",
    "outcome_basis": "依据与处理结果相符",
    "remedy": "救济途径",
    "mandatory_part": "必备内容",
    "personal_data": "个人信息",
    "deadline": "日期和期限",
    "figures": "与案件事实一致",
    "file": "文件",
}
SEVERITIES = {"error": "错误", "warning": "提示"}
STATUSES = {
    "ok": "有效",
    "no_such_article": "没有这一条",
    "not_in_force": "不是现行有效",
    "unresolved": "不能确定指哪一部法",
    "unknown_instrument": "语料中没有",
}
QUOTED_WORDS = 60


def sheet(checked: Checked | None) -> Markup:
    """The text that was checked, as a sheet; before there is one, what will stand here."""
    if checked is None:
        return el("div", el("p", "还没有草稿。在“办理”里选定处理结果、填写事实后点“起草”。"), class_="empty")
    lines = _blocks(checked) if checked.draft else _lines(checked)
    kind = "draft" if checked.draft else "pasted"
    return el("article", *lines, class_=f"sheet {kind}", aria_label="答复书")


def legend() -> Markup:
    """What the colours of a draft mean, in words."""
    marks = (
        ("locked", "锁定的法律文字"),
        ("slot", "你填写的事实"),
        ("gap", "待补"),
        ("wrong", "校验指出的文字"),
    )
    return el("p", *(el("span", label, class_=kind) for kind, label in marks), class_="legend")


def verdict(checked: Checked | None) -> Markup:
    """The gate's answer: whether the letter may be signed, check by check, and every citation."""
    if checked is None:
        return Markup("")
    findings = checked.verdict.findings
    errors = checked.verdict.errors
    lead = el("p", _lead(checked, len(errors), len(findings)), class_=f"lead {'bad' if errors else 'good'}")
    parts = (
        lead,
        _gone(checked),
        _gaps(checked.draft),
        _warned(checked.draft),
        _faults(checked, findings),
        _held(findings),
        _citations(checked),
    )
    return el("div", *parts, class_="verdict", role="status")


def found_in_file(notices: Sequence[str]) -> Markup:
    """What an uploaded letter's file was found to hold besides its text: macros, changes, hidden words."""
    if not notices:
        return Markup("")
    rows = (el("li", el("span", "文件", class_="badge"), f"{words}。") for words in notices)
    return el("div", el("ul", *rows, class_="faults warned"), role="status")


def _lead(checked: Checked, errors: int, findings: int) -> str:
    gaps = len(checked.draft.missing) if checked.draft else 0
    if gaps:
        return f"还缺 {gaps} 项事实，补齐后才能导出"
    if errors:
        stopped = checked.draft and not checked.verdict.override
        return f"校验不通过：{errors} 处错误{'，改正后才能导出' if stopped else ''}"
    return f"校验通过，另有 {findings} 处提示请核对" if findings else "校验通过"


def _gone(checked: Checked) -> Markup | None:
    """Who let the letter go, and why; the errors stay listed below."""
    if checked.verdict.override is None:
        return None
    by = checked.verdict.override.to_json()
    return el("p", el("strong", by["name"]), f"已放行，理由：{by['reason']}。已记录在案。", class_="gone")


def _blocks(checked: Checked) -> Iterator[Markup]:
    """A draft's blocks, each span shown for what it is, faults marked inside them."""
    at = 0
    assert checked.draft is not None
    for block in checked.draft.blocks:
        shown = []
        for span in block.spans:
            shown.append(_span(span, _faulty(checked, at, span.text)))
            at += len(span.text)
        at += 1
        yield el("p", *shown, class_=f"para {block.role}")


def _span(span: "Span", shown: Markup) -> Markup:
    titles = {
        "locked": f"锁定文字，出处：{span.origin}",
        "slot": f"事实：{span.origin}",
        "gap": "待补：填写后才能导出",
    }
    return el("span", shown, class_=span.kind, title=titles[span.kind])


def _lines(checked: Checked) -> Iterator[Markup]:
    at = 0
    for line in checked.text.split("\n"):
        yield el("p", _faulty(checked, at, line), class_="para body")
        at += len(line) + 1


def _faulty(checked: Checked, start: int, text: str) -> Markup:
    """A stretch of the text with what the checks found wrong in it marked, and its citations to be opened."""
    cited = checked.verdict.citations
    end = start + len(text)
    pieces: list[str | None] = []
    at = start
    for one in sorted(checked.verdict.findings, key=lambda one: (one.start, one.end)):
        begin, stop = max(one.start, at), min(one.end, end)
        if one.check == "mandatory_part" or begin >= stop:
            continue
        between = linked(text[at - start : begin - start], cited, at, checked.on)
        pieces += [between, _mark(one, text[begin - start : stop - start])]
        at = stop
    return join([*pieces, linked(text[at - start :], cited, at, checked.on)])


def _mark(one: "Finding", text: str) -> Markup:
    return el("mark", text, class_=f"wrong {one.severity}", title=one.message)


def _gaps(draft: "Draft | None") -> Markup | None:
    if not draft or not draft.missing:
        return None
    rows = (el("li", el("strong", gap.meaning), el("span", gap.why, class_="note")) for gap in draft.missing)
    return el("section", el("h3", "请在“办理”里补填，再点“起草”"), el("ul", *rows), class_="gaps")


def _warned(draft: "Draft | None") -> Markup | None:
    """What the clerk should know of the draft and the letter does not say: settings in doubt, facts like markup."""
    if not draft or not draft.warnings:
        return None
    rows = (el("li", el("span", "注意", class_="badge"), words) for words in draft.warnings)
    return el("ul", *rows, class_="faults warned")


def _faults(checked: Checked, findings: Sequence["Finding"]) -> Markup | None:
    """Every fault with the words it concerns; what follows from the gaps listed above is not said again."""
    rows = [
        el(
            "li",
            el("span", SEVERITIES[one.severity], class_="badge"),
            _words(checked.text, one),
            one.message,
            class_=one.severity,
        )
        for one in sorted(findings, key=lambda one: one.severity)
        if not (one.check == "mandatory_part" and checked.draft and checked.draft.missing)
    ]
    return el("ul", *rows, class_="faults") if rows else None


def _words(text: str, one: "Finding") -> Markup | None:
    said = text[one.start : one.end].replace("\n", " ").strip()
    if not said:
        return None
    return el("q", said if len(said) <= QUOTED_WORDS else f"{said[:QUOTED_WORDS]}……")


def _held(findings: Sequence["Finding"]) -> Markup:
    """The checks one by one: held, or with how many faults."""
    counts = {check: sum(one.check == check for one in findings) for check in CHECKS}
    worst = {
        check: min((one.severity for one in findings if one.check == check), default="held")
        for check in CHECKS
    }
    rows = (
        el(
            "li",
            el("span", label),
            el("span", "通过" if not counts[check] else f"{counts[check]} 处", class_="count"),
            class_=worst[check],
        )
        for check, label in CHECKS.items()
    )
    return el("ul", *rows, class_="checks", aria_label="逐项校验")


def _citations(checked: Checked) -> Markup | None:
    cited = checked.verdict.citations
    if not cited:
        return None
    rows = (
        el(
            "li",
            cite(one.ref, one.text, checked.on) if one.ref else el("span", one.text),
            el("span", STATUSES.get(one.status, one.status), class_="count"),
            class_="held" if one.status == "ok" else "error",
        )
        for one in cited
    )
    good = sum(one.status == "ok" for one in cited)
    title = f"引用的条文：{len(cited)} 处，{good} 处有效"
    return el("details", el("summary", title), el("ul", *rows, class_="checks"), class_="source")
