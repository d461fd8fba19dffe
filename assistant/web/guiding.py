"""The seven steps on the page: one answer more or less, what the file holds, and the result taken into the case.

Every step is a case in and a case out; the questions, their order and where they lead stand in the rules.
Basis: 政府信息公开条例第二十九条至第四十条.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.dialogue.explaining import Told
from assistant.errors import InputError
from assistant.law import china_time
from assistant.law.provisions import ProvisionRef
from assistant.triage.guidance import CaseAnswers, Guidance, ItemAnswers
from assistant.triage.items import Choice
from assistant.web import cards
from assistant.web.case import Case, Decided, Guided

if TYPE_CHECKING:
    from assistant.triage.guard_records import Part
    from assistant.web.desk import Desk

_LINES = ("words", "days")
_BARS = str.maketrans("｜丨", "||")
_ROW = ("place", "ground", "reason")


def guidance(desk: "Desk", case: Case) -> Guidance | None:
    """Where the answers so far lead; None before the first question is asked."""
    return desk.assistant.guide(case.guided.answers, case.guided.on) if case.guided else None


def items_of(case: Case) -> tuple[str, ...]:
    """What the letter asks for, item by item."""
    return tuple(item.text for item in case.handled.request.items) if case.handled else ()


def begin(case: Case, apart: bool) -> Case:
    """The first question; `apart` answers each item of the letter by itself."""
    names = items_of(case)
    items = tuple(map(ItemAnswers, names)) if apart and len(names) > 1 else (ItemAnswers(),)
    return replace(case, guided=Guided(CaseAnswers(items), china_time.today()))


def answer(desk: "Desk", case: Case, question: str, key: str) -> Case:
    """One answer to the question that is next. Raises InputError where another one is next by now."""
    at, asked = _next(desk, case)
    if asked != question:
        raise InputError("这一步已经答过了，请看现在的问题。")
    return _revised(desk, case, at, question, key)


def back(desk: "Desk", case: Case) -> Case:
    """The last answer taken back: of the item at hand, else of the one before it."""
    guided, found = _under_way(desk, case)
    if guided.answers.choice:
        return _with(case, guided, replace(guided.answers, choice=None))
    last = found.at if found.at is not None else len(found.items) - 1
    for at in range(last, -1, -1):
        given = list(found.items[at].walk.answers)
        if given:
            return revise(desk, case, at, given[-1])
    return case


def revise(desk: "Desk", case: Case, at: int, question: str) -> Case:
    """A question of an item asked again; what came after it is dropped."""
    guided, _ = _under_way(desk, case)
    item = desk.assistant.seven_steps.go_back(_item(guided, at), question, guided.on)
    return _put(case, guided, at, item)


def choose(desk: "Desk", case: Case, key: str, why: str) -> Case:
    """How items count that do not go together by law, and why. Raises InputError without a reason."""
    guided, _ = _under_way(desk, case)
    if not why.strip():
        raise InputError("请写明为什么这样计数，再选。")
    chosen = _with(case, guided, replace(guided.answers, choice=Choice(key, why.strip())))
    guidance(desk, chosen)
    return chosen


def record(desk: "Desk", case: Case, fields: Mapping[str, str]) -> Case:
    """What the clerk wrote down of what the file holds; a field left empty holds nothing."""
    guided, found = _under_way(desk, case)
    items = list(guided.answers.items)
    for at, item in enumerate(found.items):
        if item.conclusion is None:
            continue
        file = dict(items[at].file)
        for guard in item.conclusion.guards:
            told = {part.key: fields.get(f"{at}-{guard.key}-{part.key}") for part in guard.parts}
            if any(words is not None for words in told.values()):
                read = {part.key: _read(part, told[part.key] or "") for part in guard.parts}
                file[guard.key] = {key: value for key, value in read.items() if value}
        items[at] = replace(items[at], file={key: value for key, value in file.items() if value})
    return _with(case, guided, replace(guided.answers, items=tuple(items)))


def take_over(desk: "Desk", case: Case) -> Case:
    """The result as the outcome of the case: the clerk has decided. Raises InputError before there is one."""
    guided, found = _under_way(desk, case)
    ends = [item.conclusion for item in found.items if item.conclusion]
    if found.state != "decided" or len(ends) < len(found.items):
        raise InputError("还没有得出处理结果。请先答完问题。")
    several = len(ends) > 1
    whole = found.whole.outcome if found.whole else None
    decided = tuple(
        Decided(item.name, end.outcome, end.road.name) for item, end in zip(found.items, ends, strict=True)
    )
    taken = replace(
        case,
        paper=None,
        aside=None,
        checked=case.reply,
        code=whole if several else ends[0].outcome,
        road=None if several else ends[0].road.name,
        settled="guided",
        items=decided if several else (),
        choice=guided.answers.choice if several else None,
        typed={**case.typed, **_withheld(guided.answers.items, several)},
    )
    names = "；".join(f"{end.group_label}—{end.label}" for end in ends)
    lacking = len(found.open_guards)
    more = f"卷里还缺 {lacking} 项，见“七步引导”。" if lacking else ""
    return taken.say(cards.told(f"已采纳七步引导得出的结果：{names}。{more}请在“办理”里补齐事实后起草。"))


def why(desk: "Desk", case: Case) -> Case:
    """The way to the result told in the conversation: each answer with what it rests on."""
    guided, found = _under_way(desk, case)
    points: list[str] = []
    refs: list[ProvisionRef] = []
    for item in found.items:
        name = f"{item.name}：" if len(found.items) > 1 else ""
        for step in item.walk.taken:
            stage = desk.assistant.seven_steps.graph.stage(step.question.step).name
            because = f"。{step.answer.because}" if step.answer.because else ""
            points.append(f"{name}{stage}　{step.question.words}——{step.answer.label}{because}")
        refs += item.conclusion.basis if item.conclusion else ()
    ends = "；".join(item.conclusion.label for item in found.items if item.conclusion)
    lead = f"七步怎样得出“{ends}”" if ends else "七步走到现在"
    told = Told(lead, tuple(points), tuple(dict.fromkeys(refs)), next=f"按 {guided.on} 有效的规定。")
    return case.say(cards.explained(told, desk.assistant, case.number))


def written(part: "Part", value: Any) -> str:
    """What the file holds of a part, as its field shows it."""
    if value is None:
        return ""
    if part.kind == "redactions" and isinstance(value, list):
        return "\n".join(" | ".join(str(row.get(key, "")) for key in _ROW) for row in value)
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def _next(desk: "Desk", case: Case) -> tuple[int, str | None]:
    _, found = _under_way(desk, case)
    question = found.items[found.at].walk.question if found.at is not None else None
    return found.at or 0, question.id if question else None


def _revised(desk: "Desk", case: Case, at: int, question: str, key: str) -> Case:
    guided, _ = _under_way(desk, case)
    item = desk.assistant.seven_steps.revise(_item(guided, at), question, key, guided.on)
    return _put(case, guided, at, item)


def _under_way(desk: "Desk", case: Case) -> tuple[Guided, Guidance]:
    found = guidance(desk, case)
    if case.guided is None or found is None:
        raise InputError("七步引导还没有开始。请先点“开始”。")
    return case.guided, found


def _item(guided: Guided, at: int) -> ItemAnswers:
    if not 0 <= at < len(guided.answers.items):
        raise InputError("没有这一项申请内容。请刷新页面后再试。")
    return guided.answers.items[at]


def _put(case: Case, guided: Guided, at: int, item: ItemAnswers) -> Case:
    items = list(guided.answers.items)
    items[at] = item
    return _with(case, guided, CaseAnswers(tuple(items)))


def _with(case: Case, guided: Guided, answers: CaseAnswers) -> Case:
    return replace(case, guided=replace(guided, answers=answers))


def _read(part: "Part", words: str) -> Any:
    """A field as the guard reads it: a list of lines, rows of places, or plain words."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    if part.kind in _LINES:
        return lines
    if part.kind == "redactions":
        return [_row(line) for line in lines]
    return " ".join(words.split())


def _row(line: str) -> dict[str, str]:
    told = [one.strip() for one in line.translate(_BARS).split("|")]
    return dict(zip(_ROW, [*told, "", ""], strict=False))


def _withheld(items: tuple[ItemAnswers, ...], several: bool) -> dict[str, str]:
    """The list of redactions as the facts of the letter state it."""
    found: dict[str, str] = {}
    for number, item in enumerate(items, start=1):
        for entry in item.file.values():
            rows = (
                next((v for v in entry.values() if _is_rows(v)), None) if isinstance(entry, Mapping) else None
            )
            if rows:
                key = f"{number}-withheld" if several else "withheld"
                found[key] = "\n".join(" | ".join(row[name] for name in _ROW) for row in rows)
    return found


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)
