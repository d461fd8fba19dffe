"""The seven steps as the clerk sees them: where one stands, the question with its answers, the way so far, the result."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.triage.decision_graph import UNCLEAR, Question
from assistant.web import papering
from assistant.web.guiding import guidance, items_of, written
from assistant.web.markup import Markup, el, join, section
from assistant.web.pressing import cites, press

if TYPE_CHECKING:
    from assistant.law.outcomes import Outcomes
    from assistant.triage.decision_graph import DecisionGraph
    from assistant.triage.guards import GuardState
    from assistant.triage.guidance import Conclusion, Guidance, ItemGuidance, RemedyClass
    from assistant.web.case import Case
    from assistant.web.desk import Desk

INTRO = "不知道选哪一种处理结果时，按七步一问一答：每一步说明依据，答案由你按查明的事实给出，随时可以退回。"
REMEDIES = {"A": "先申请行政复议（复议前置）", "B": "行政复议或者行政诉讼", None: "不能判断，由人填写"}
UNJUDGED = "不作判断：当日的规定里没有这一种结果或者文书，请由人决定。"
_DOUBT = "通行做法，或者文本没有与官方文本核对"
_MANY_LINES = ("words", "days", "redactions")
_HINTS = {
    "day": "如 2026-11-02",
    "days": "一行一个日期，如 2026-11-02",
    "words": "一行一项",
    "redactions": "一行一处：位置 | 依据的条文 | 理由",
    "provision": "如 《政府信息公开条例》第十五条",
}


def panel(desk: "Desk", case: "Case") -> Markup:
    """The whole tab for a case."""
    graph, found = desk.assistant.seven_steps.graph, guidance(desk, case)
    if found is None:
        return el("div", _steps(graph, 0), _start(case), class_="guide")
    parts = (
        _steps(graph, _step(found)),
        _items(found) if len(found.items) > 1 else None,
        _here(found, desk),
        _result(found, desk.assistant.outcomes, case),
        *(_path(item, at, graph, len(found.items) > 1) for at, item in enumerate(found.items)),
        _warned(found.warnings),
        el(
            "p",
            press("guide:reset", "重新开始"),
            el("span", f"按 {found.on} 有效的规定", class_="note"),
            class_="foot",
        ),
    )
    return el("div", *parts, class_="guide")


def _start(case: "Case") -> Markup:
    names = items_of(case)
    buttons: tuple[Markup, ...]
    if len(names) > 1:
        buttons = (
            press("guide:apart", f"逐项回答（{len(names)} 项）", "chief"),
            press("guide:whole", "整件一起回答"),
        )
    else:
        buttons = (press("guide:whole", "开始", "chief"),)
    return el("div", el("p", INTRO), el("p", *buttons, class_="presses"), class_="intro")


def _step(found: "Guidance") -> int:
    question = found.items[found.at].walk.question if found.at is not None else None
    if question:
        return question.step
    taken = found.items[found.at].walk.taken if found.at is not None else ()
    return taken[-1].question.step if taken else 7


def _steps(graph: "DecisionGraph", now: int) -> Markup:
    """The seven steps in a row; where one stands is said in words as well."""

    def one(number: int, name: str, says: str) -> Markup:
        kind = "now" if number == now else "done" if number < now else None
        current = "step" if number == now else None
        return el(
            "li",
            el("span", str(number), class_="number"),
            name,
            class_=kind,
            title=says,
            aria_current=current,
        )

    return el(
        "ol",
        *(one(stage.number, stage.name, stage.says) for stage in graph.stages),
        class_="steps",
        aria_label="七步",
    )


def _items(found: "Guidance") -> Markup:
    rows = []
    for number, item in enumerate(found.items):
        said = (
            item.conclusion.label if item.conclusion else "正在回答" if number == found.at else "还没有回答"
        )
        kind = "now" if number == found.at else "done" if item.conclusion else None
        name = el("span", f"第{number + 1}项　{item.name}", class_="name", title=item.name)
        rows.append(el("li", name, el("span", said, class_="kind"), class_=kind))
    return el("ol", *rows, class_="items", aria_label="申请的各项内容")


def _here(found: "Guidance", desk: "Desk") -> Markup | None:
    """What is to be done now: establish something, send a paper, answer a question, or choose for the whole."""
    if found.state == "choose":
        return _choosing(found)
    if found.at is None:
        return None
    item, graph = found.items[found.at], desk.assistant.seven_steps.graph
    parts = (
        el("p", UNJUDGED, class_="notice") if found.state == "unjudged" else None,
        _paper(item, desk) if item.walk.exit else None,
        el("p", el("strong", "先查明："), f"{item.walk.establish}", class_="question")
        if item.walk.establish
        else None,
        _question(item.walk.question, graph, item) if item.walk.question else _no_question(item),
    )
    return el("section", *parts, class_="asking")


def _no_question(item: "ItemGuidance") -> Markup:
    return el("p", press("guide:back", "退回上一问") if item.walk.answers else None, class_="presses")


def _question(question: Question, graph: "DecisionGraph", item: "ItemGuidance") -> Markup:
    answers = [one for one in question.answers if one.key != UNCLEAR]
    unclear = any(one.key == UNCLEAR for one in question.answers)
    lead = {"event": "办完以后回答", "establish": "查明以后重新回答"}.get(item.walk.state)
    buttons = (press(f"guide:answer:{question.id}:{one.key}", one.label, "answer") for one in answers)
    less = (
        press(f"guide:answer:{question.id}:{UNCLEAR}", "不清楚", "quiet") if unclear else None,
        press("guide:back", "退回上一问", "quiet") if item.walk.answers else None,
    )
    kept = el("li", el("strong", "存入卷里："), "、".join(question.keep)) if question.keep else None
    doubt = el("span", _DOUBT, class_="kind") if not question.validity.verified else None
    basis = el("li", el("strong", "依据："), cites(question.basis), doubt)
    step = f"第{question.step}步　{graph.stage(question.step).name}"
    return join(
        (
            el("p", step, el("span", lead, class_="kind") if lead else None, class_="note"),
            el("h3", question.words, id="guide-question", tabindex="-1"),
            el("p", question.help, class_="help"),
            el("div", *buttons, class_="answers", role="group", aria_labelledby="guide-question"),
            el("p", *less, class_="presses"),
            el("ul", basis, kept, class_="beside"),
        )
    )


def _paper(item: "ItemGuidance", desk: "Desk") -> Markup:
    exit_ = item.walk.exit
    assert exit_ is not None
    clock = el("li", el("strong", "期限："), item.paper.clock.words) if item.paper else None
    back = f"{exit_.when}，回到下面的问题。" if exit_.when else "办完即了结，不再回来。"
    return el(
        "div",
        el("p", "等待：" if exit_.awaits else "现在要办：", el("strong", exit_.name), class_="lead"),
        el("p", f"{exit_.tell}。"),
        el(
            "ul", clock, el("li", el("strong", "依据："), cites(exit_.basis)), el("li", back), class_="beside"
        ),
        papering.offered(papering.papers_of(desk, exit_)),
        class_="due",
    )


def _choosing(found: "Guidance") -> Markup:
    """The question the law leaves open: how the items count; the reason stands in a field."""
    whole = found.whole
    assert whole is not None
    reason = el("textarea", rows="2", name="choice-why", id="choice-why", class_="field")
    buttons = (press(f"guide:choose:{one.key}", one.label, "answer") for one in whole.options)
    return el(
        "section",
        el("h3", whole.needs or "各项合在一起怎样计数", id="guide-question", tabindex="-1"),
        el("p", whole.says, class_="help") if whole.says else None,
        el("label", "为什么这样计数（必填）", reason, class_="written"),
        el("div", *buttons, class_="answers", role="group", aria_labelledby="guide-question"),
        el("p", press("guide:back", "退回上一问", "quiet"), class_="presses"),
        el("ul", el("li", el("strong", "依据："), cites(whole.basis)), class_="beside")
        if whole.basis
        else None,
        class_="asking",
    )


def _result(found: "Guidance", outcomes: "Outcomes", case: "Case") -> Markup | None:
    """The conclusion with what may be done with it; one card an item, then what the whole counts as."""
    if found.state != "decided":
        return None
    ends = [(at, item) for at, item in enumerate(found.items) if item.conclusion]
    several = len(ends) > 1
    cards = (
        _conclusion(item, f"第{at + 1}项　{item.name}" if several else None, case, at) for at, item in ends
    )
    missing = len(found.open_guards)
    lacking = el("p", f"卷里还缺 {missing} 项：补齐后填在下面；没有补齐的，先不要发出答复。", class_="notice")
    record = (
        press("guide:file", "记下卷里的材料")
        if any(i.conclusion and i.conclusion.guards for _, i in ends)
        else None
    )
    return el(
        "section",
        *cards,
        _whole(found, outcomes) if several else None,
        lacking if missing else el("p", "卷里的材料齐了。", class_="note"),
        el(
            "p",
            press("guide:adopt", "采纳，带入办理", "chief"),
            press("guide:back", "修改（退回上一问）"),
            press("guide:why", "为什么"),
            record,
            class_="presses",
        ),
        class_="result",
        tabindex="-1",
    )


def _conclusion(item: "ItemGuidance", title: str | None, case: "Case", at: int) -> Markup:
    end = item.conclusion
    assert end is not None
    rows = (
        ("理由", end.ending.because),
        ("情形", f"{end.road.when}"),
        ("依据", cites(end.basis)),
        ("须写明", end.ending.tell),
        ("救济", _remedy(end.remedy)),
    )
    facts = el(
        "dl", *(el("div", el("dt", name), el("dd", value)) for name, value in rows), class_="outcome-note"
    )
    return el(
        "div",
        el("p", title, class_="note") if title else None,
        el("p", "得出：", el("strong", end.label), el("span", end.group_label, class_="kind"), class_="lead"),
        facts,
        _guards(end, case, at),
        class_="ending",
    )


def _remedy(remedy: "RemedyClass") -> str:
    return REMEDIES[remedy.class_] + ("；其余部分可以复议或者诉讼" if remedy.rest else "")


def _guards(end: "Conclusion", case: "Case", at: int) -> Markup | None:
    """What the file must show, each with fields for what it holds."""
    if not end.guards:
        return None
    return section("卷里要有", el("ul", *(_guard(one, case, at) for one in end.guards), class_="guards"))


def _guard(guard: "GuardState", case: "Case", at: int) -> Markup:
    state = el("span", "还缺" if guard.open else "有了", class_="count")
    missing = el("p", "；".join(guard.missing), class_="note") if guard.open else None
    fields = el("div", *_fields(guard, case, at), class_="fields")
    doubt = el("span", _DOUBT, class_="kind") if not guard.verified else None
    head = el("summary", guard.holds, state)
    inner = join((missing, fields, el("p", "依据：", cites(guard.basis), doubt, class_="note")))
    return el(
        "li",
        el("details", head, inner, class_="guard", open=guard.open),
        class_="error" if guard.open else "held",
    )


def _fields(guard: "GuardState", case: "Case", at: int) -> Iterator[Markup]:
    held = case.guided.answers.items[at].file.get(guard.key) if case.guided else None
    entry = held if isinstance(held, dict) else {guard.parts[0].key: held} if guard.parts else {}
    for part in guard.parts:
        name = f"{at}-{guard.key}-{part.key}"
        value, hint = written(part, entry.get(part.key)), _HINTS.get(part.kind)
        if part.kind in _MANY_LINES:
            field = el("textarea", value, rows="2", name=name, class_="field", placeholder=hint)
        else:
            field = el("input", type="text", name=name, value=value, class_="field", placeholder=hint)
        yield el("label", part.name, field, class_="written")


def _whole(found: "Guidance", outcomes: "Outcomes") -> Markup | None:
    whole = found.whole
    if whole is None:
        return None
    names = "、".join(outcomes[code].label for code in whole.counted)
    says = f"。{whole.says}" if whole.says else ""
    remedy = el("p", f"救济：{_remedy(found.remedy)}", class_="note") if found.remedy else None
    return el("div", el("p", "整件计为：", el("strong", names), says), remedy, class_="ending")


def _path(item: "ItemGuidance", at: int, graph: "DecisionGraph", several: bool) -> Markup | None:
    """The way so far, each step with its answer and the way back to it."""
    if not item.walk.taken:
        return None
    rows = []
    for step in item.walk.taken:
        asked = el("span", graph.stage(step.question.step).name, class_="kind")
        after = el("p", f"其间：{step.exit.name}", class_="note") if step.exit else None
        because = el("p", step.answer.because, class_="note") if step.answer.because else None
        again = (
            None if step.question.by_path else press(f"guide:revise:{at}:{step.question.id}", "改", "quiet")
        )
        rows.append(
            el("li", asked, step.question.words, el("strong", step.answer.label), again, because, after)
        )
    title = f"第{at + 1}项的经过（{len(rows)} 步）" if several else f"经过（{len(rows)} 步）"
    return el(
        "details", el("summary", title), el("ol", *rows, class_="path"), class_="source", open=not several
    )


def _warned(lines: Sequence[str]) -> Markup | None:
    if not lines:
        return None
    rows = (el("li", el("span", "注意", class_="badge"), f"{line}。".replace("。。", "。")) for line in lines)
    return el("ul", *rows, class_="faults")
