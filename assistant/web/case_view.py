"""One case of the register as the page shows it: where it stands, what happened, and what may be done next by whom."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.cases.letters import STEPS
from assistant.cases.records import ARCHIVED, OWN_KINDS, REPLIED, WITHDRAWN
from assistant.cases.state_words import STATES, when
from assistant.web.markup import Markup, el
from assistant.web.pressing import cites
from assistant.web.register_view import minded, reckoned, steps
from assistant.web.rooms import area, entry, heading, press
from assistant.web.telling_form import Telling, section

if TYPE_CHECKING:
    from assistant.cases.dossier import Doable, Dossier, Moment
    from assistant.cases.register import OfficeRules

FROM_TALK = "把对话里的处理结果和草稿放进这一件"
_DECIDING = ("decide", "draft", "redraft")
_LABELS = {"secrecy": "审查通过", "review": "审查通过", "approve": "批准"}
_HOW = {"decide": "在对话里研判、选定处理结果", "draft": "在对话里起草", "redraft": "在对话里改好重新起草"}
_SERVED = ("serve",)
# Steps that another party takes, or that are recorded as something that happened.
_WAITED = (
    *("correct", "explain", "pay", "serve_letter", "third_party", "comaker", "organ"),
    *("lapsed_correction", "lapsed_payment"),
)


def dossier(found: "Dossier", rules: "OfficeRules", telling: Telling, taken: bool) -> Markup:
    """The case whole. `taken`: whether the case of the conversation can be put into it."""
    case, standing, kinds = found.case, found.standing, rules.kinds
    state = when(found.line) if found.line else STATES[standing.state]
    people = "；".join(f"{one.name}（{kinds.get(one.kind, one.kind)}）" for one in case.applicants)
    top = el(
        "dl",
        *_pair("状态", f"{STATES[standing.state]}；{state}" if found.line else state),
        *_pair("申请人", people),
        *_pair("代理人", case.agent.name if case.agent else ""),
        *_pair("要的内容", "；".join(case.items)),
        class_="facts",
    )
    back = press("board", "回到看板")
    return el(
        "div",
        heading(f"案件 {case.number}（第 {case.version} 版）", back),
        top,
        el("h4", "下一步"),
        *(_doing(one, found, taken) for one in found.doable),
        el("p", "已经归档，没有要办的事。", class_="note") if not found.doable else None,
        section(found, telling, rules.roles),
        el("h4", "经过"),
        el("ol", *map(_moment, found.moments), class_="moments"),
        el("h4", "期限怎样算出来的"),
        _days(found),
        _letter(found),
        _trail(found),
        class_="dossier",
    )


def _pair(name: str, words: str) -> tuple[Markup, ...]:
    return (el("dt", name), el("dd", words)) if words else ()


def _days(found: "Dossier") -> Markup:
    if found.line:
        return reckoned(found.line)
    return el(
        "div", el("dl", *steps(found.standing.clock.steps), class_="days"), *minded(found.standing.clock)
    )


def _moment(one: "Moment") -> Markup:
    who = el("span", one.who, class_="kind") if one.who else None
    told = el("span", one.says, class_="says") if one.says else None
    effect = (
        el("span", f"期限：{one.effect} ", cites(one.basis.split("、")), class_="says effect")
        if one.effect
        else None
    )
    wrong = press(f"tell:strike-{one.event}", "更正", "quiet") if one.event else None
    body = (el("strong", one.what), who, wrong, told, effect)
    return el(
        "li",
        el("time", str(one.on)),
        el("del" if one.struck else "div", *body),
        class_="struck" if one.struck else None,
    )


def _letter(found: "Dossier") -> Markup:
    words = el("blockquote", found.case.words)
    return el("details", el("summary", "申请书原文"), words, class_="source")


def _trail(found: "Dossier") -> Markup:
    rows = (el("li", f"{one.at}　{one.who}　{one.did}") for one in found.trail)
    return el(
        "details",
        el("summary", f"审计记录（{len(found.trail)} 条）"),
        el("ol", *rows, class_="trail"),
        class_="source",
    )


def _doing(one: "Doable", found: "Dossier", taken: bool) -> Markup:
    """Something that may be done: what, by whom, by which article, and the fields it needs."""
    told = el(
        "p", el("span", one.who, class_="kind"), el("strong", one.name), " ", cites(one.basis.split("、"))
    )
    fields = list(_fields(one.action, found, taken))
    if one.action == "withdraw":
        return el(
            "details", el("summary", one.name), el("div", told, *fields, class_="blank"), class_="source"
        )
    return el("div", told, *fields, class_="blank now")


def _fields(action: str, found: "Dossier", taken: bool) -> Iterator[Markup]:
    today = found.standing.clock.as_of.isoformat()
    if action in _DECIDING:
        yield from _from_talk(action, found, taken)
    elif action in STEPS:
        yield from _loop(action, today)
    elif action == "issue":
        yield entry("定稿之日", "on", today, "date")
        yield press("act:issue", "编号、定稿", "chief")
    elif action in _SERVED:
        yield from _serving(today)
    elif action == "archive":
        yield entry("归档之日", "on", today, "date")
        yield press(f"act:{ARCHIVED}", "归档", "chief")
    elif action == "withdraw":
        yield entry("撤回之日", "on", today, "date")
        yield entry("凭据", "note", placeholder="如：申请人书面撤回，附件2")
        yield press(f"act:{WITHDRAWN}", OWN_KINDS[WITHDRAWN], "chief")
    elif action in _WAITED:
        yield el("p", "发生之后，在下面“记录经过”里记下来，期限随之重新计算。", class_="note")


def _from_talk(action: str, found: "Dossier", taken: bool) -> Iterator[Markup]:
    if not taken:
        yield el("p", f"请先{_HOW[action]}，再回到这里带入。", class_="note")
        return
    if found.case.decision:
        yield entry("改变处理结果的理由（结果没有变的不填）", "why")
    yield press("bring", FROM_TALK, "chief")


def _loop(action: str, today: str) -> Iterator[Markup]:
    yield entry("日期", "on", today, "date")
    yield area("意见（退回的必须写）", "note")
    if action == "approve":
        yield entry("核对不通过仍要批准的，写放行人", "override")
        yield entry("放行的理由", "reason")
    yield press(f"act:{action}", _LABELS[action], "chief")
    yield press(f"return:{action}", "退回", "quiet")


def _serving(today: str) -> Iterator[Markup]:
    yield entry("答复送达（交邮）之日", "on", today, "date")
    yield entry("不是本程序定稿签发的，写明原因", "note")
    yield press(f"act:{REPLIED}", "记为已答复", "chief")
