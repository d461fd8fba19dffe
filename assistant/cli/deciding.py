"""The guided decision: the next question, or the outcome with its path and what the file still lacks."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.show import JsonFlag, OnDate, day_of, open_office, show

if TYPE_CHECKING:
    from datetime import date

    from assistant.pipeline import Assistant
    from assistant.triage.guidance import CaseAnswers, Guidance

_BACK, _LEAVE = "b", "q"


def decide(
    answers: Annotated[Path | None, typer.Argument(help="回答文件（YAML）。")] = None,
    on: OnDate = None,
    ask: Annotated[bool, typer.Option("--ask", help="在终端里一问一答；b 退回上一问，q 停下。")] = False,
    save: Annotated[Path | None, typer.Option(help="把回答写成文件，下次接着答。")] = None,
    as_json: JsonFlag = False,
) -> None:
    """按七步引导决定：补不补、是不是、谁负责、有没有、给不给、怎么给、怎么答。"""
    from assistant.triage.answer_file import read_answer_file, write_answers
    from assistant.triage.guidance import CaseAnswers
    from assistant.triage.guidance_json import to_json

    day = day_of(on)
    assistant = open_office()
    case = read_answer_file(answers) if answers else CaseAnswers()
    if ask:
        case = _converse(assistant, case, day)
    guidance = assistant.guide(case, day)
    if save:
        save.write_text(write_answers(case), encoding="utf-8")
        print(f"已写出 {save}。", file=sys.stderr)
    found = to_json(guidance, assistant.seven_steps.graph)
    show(found, as_json, lambda: "\n".join(_lines(found)))
    raise typer.Exit(0 if guidance.ready else 1)


def _converse(assistant: "Assistant", case: "CaseAnswers", day: "date") -> "CaseAnswers":
    """Question by question on a terminal, until there is none to answer or the clerk leaves."""
    guide = assistant.seven_steps
    while True:
        guidance = guide.guide(case, day)
        if guidance.at is None or guidance.items[guidance.at].walk.question is None:
            return case
        question = _show_question(guidance, assistant)
        said = _ask()
        items = list(case.items)
        item = items[guidance.at]
        if said == _LEAVE:
            return case
        if said == _BACK:
            path = list(guidance.items[guidance.at].walk.answers)
            items[guidance.at] = guide.go_back(item, path[-1], day) if path else item
        elif said.isdigit() and 1 <= int(said) <= len(question["answers"]):
            key = question["answers"][int(said) - 1]["answer"]
            items[guidance.at] = guide.revise(item, question["id"], key, day)
        else:
            print(f"请写 1 到 {len(question['answers'])} 的数字，或者 {_BACK}、{_LEAVE}。", file=sys.stderr)
        case = replace(case, items=tuple(items))


def _ask() -> str:
    """One line of the clerk; the end of the input is leaving."""
    try:
        return input("> ").strip()
    except EOFError:
        return _LEAVE


def _show_question(guidance: "Guidance", assistant: "Assistant") -> dict[str, Any]:
    from assistant.triage.guidance_json import to_json

    found = to_json(guidance, assistant.seven_steps.graph)
    item = found["items"][guidance.at or 0]
    if item["event"]:
        print("\n".join(_event_lines(item["event"])))
    if item["establish"]:
        print(f"先查明：{item['establish']}")
    question: dict[str, Any] = found["question"]
    print("\n".join(_question_lines(question, numbered=True)))
    return question


def _lines(found: dict[str, Any]) -> list[str]:
    rows: list[str] = []
    several = len(found["items"]) > 1
    for item in found["items"]:
        rows += [f"【{item['item']}】"] if several else []
        rows += [*_item_lines(item), ""]
    if found["whole"] and (several or found["state"] == "choose"):
        rows += [*_whole_lines(found), ""]
    if found["question"] and found["state"] in ("asking", "choose", "event", "establish"):
        head = {"event": "以后回到这个问题", "establish": "查明以后重新回答"}.get(
            found["state"], "下一个问题"
        )
        rows += [head, *_question_lines(found["question"]), ""]
    if found["open_guards"]:
        rows += ["卷里还缺", *_guard_lines(found, several), ""]
    if found["warnings"]:
        rows += ["请注意", *(f"  · {line}。".replace("。。", "。") for line in found["warnings"])]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _item_lines(item: dict[str, Any]) -> list[str]:
    rows = []
    concluded = item["conclusion"]
    if concluded:
        rows += _conclusion_lines(concluded)
    elif item["state"] == "unjudged":
        rows += ["不作判断：当日的规定里没有这一种结果或者文书，请由人决定。"]
    if item["path"]:
        rows += ["经过"]
        rows += [line for step in item["path"] for line in _step_lines(step)]
    if item["event"]:
        rows += _event_lines(item["event"])
    if item["establish"]:
        rows += [f"先查明：{item['establish']}"]
    if item["unused"]:
        rows += [f"没有用到的回答：{'、'.join(item['unused'])}。"]
    return rows


def _conclusion_lines(found: dict[str, Any]) -> list[str]:
    remedy = found["remedy"]["class"]
    classes = {"A": "先申请行政复议（复议前置）", "B": "行政复议或者行政诉讼", None: "不能判断，由人填写"}
    rest = "；其余部分可以复议或者诉讼" if found["remedy"]["rest"] else ""
    return [
        f"处理结果：{found['group']}—{found['label']}（{found['outcome']}，{found['road']}）",
        f"理由：{found['because']}",
        f"依据：{'、'.join(found['basis'])}",
        f"答复书：{found['letter']}（{found['road_when']}）；要写明：{found['tell']}",
        f"救济：{classes[remedy]}{rest}",
    ]


def _step_lines(step: dict[str, Any]) -> list[str]:
    rows = [f"  {step['step_name']}  {step['question']} —— {step['label']}"]
    if step["because"]:
        rows += [f"      {step['because']}"]
    if step["after"]:
        rows += [f"      其间：{step['after']}"]
    return rows + [f"      依据：{'、'.join(step['basis'])}"]


def _event_lines(event: dict[str, Any]) -> list[str]:
    rows = [f"{'等待' if event['awaits'] else '现在要办'}：{event['name']}", f"  {event['tell']}。"]
    if event["clock"]:
        rows += [f"  期限：{event['clock']}。"]
    rows += [f"  依据：{'、'.join(event['basis'])}"]
    return rows + (
        [f"  {event['when']}，回到下面的问题。"] if event["when"] else ["  办完即了结，不再回来。"]
    )


def _question_lines(question: dict[str, Any], numbered: bool = False) -> list[str]:
    rows = [
        f"第{question['step']}步 {question['step_name']}：{question['question']}（{question['id']}）",
        f"  {question['help']}",
    ]
    for number, answer in enumerate(question["answers"], start=1):
        rows += [f"  {number}. {answer['label']}" if numbered else f"  {answer['answer']}：{answer['label']}"]
    rows += [f"  依据：{'、'.join(question['basis'])}"]
    return rows + ([f"  存入卷里：{'、'.join(question['keep'])}"] if question["keep"] else [])


def _whole_lines(found: dict[str, Any]) -> list[str]:
    whole = found["whole"]
    labels = {i["conclusion"]["outcome"]: i["conclusion"]["label"] for i in found["items"] if i["conclusion"]}
    named = "、".join(f"{labels.get(code, '部分公开')}（{code}）" for code in whole["counted"])
    rows = [f"整件：{named}" if named else "整件：还要选定怎样计数"]
    if whole["says"]:
        rows += [f"  {whole['says']}。"]
    return rows + ([f"  依据：{'、'.join(whole['basis'])}"] if whole["basis"] else [])


def _guard_lines(found: dict[str, Any], several: bool) -> list[str]:
    names = {one["item"]: f"【{one['item']}】" if several else "" for one in found["open_guards"]}
    return [f"  · {names[one['item']]}{one['guard']}　{one['line']}" for one in found["open_guards"]]
