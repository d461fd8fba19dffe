"""Cases in lines for people."""

from collections.abc import Mapping
from typing import Any

from assistant.cases.state_words import STATES

_ENDED = ("answered", "answered_late", "abandoned")


def entry_line(entry: dict[str, Any]) -> str:
    """One entry of the audit trail."""
    return f"{entry['seq']:>6}  {entry['at']}  {entry['who']}  {entry['action']}  {entry['detail']}"


def line(row: dict[str, Any]) -> str:
    """A case in one line: number, version, day, applicant, state, deadline, outcome."""
    state = STATES[row["state"]]
    open_ = row["due"] and row["state"] not in _ENDED
    due = f"，期限 {row['due']}{'（暂定）' if row['provisional'] else ''}" if open_ else ""
    left = f"，还剩 {row['days_left']} 个工作日" if row["state"] == "running" else ""
    result = f"，{row['label']}" if row["label"] else ""
    return f"{row['number']}（第{row['version']}版）{row['received']} {row['applicant']}：{state}{due}{left}{result}"


def case_lines(found: dict[str, Any], kinds: Mapping[str, str]) -> list[str]:
    """Everything of a case, for reading."""
    rows = [line(found), f"申请人：{'；'.join(_person(one, kinds) for one in found['applicants'])}"]
    if found["erased"]:
        gone = found["erased"]
        rows += [f"姓名、联系方式、文字和附件已由{gone['who']}于 {gone['at'][:10]} 清除：{gone['why']}"]
    if found["agent"]:
        rows += [f"代理人：{found['agent']['name']}"]
    rows += ["申请内容", *(f"  {place}. {words}" for place, words in enumerate(found["items"], 1))]
    rows += ["经过", *(_event_line(one) for one in found["events"])]
    rows += ["期限", *(f"  {s['date']}  {s['name']}：{s['explanation']}" for s in found["clock"]["steps"])]
    if found["searches"]:
        rows += ["检索"]
        rows += [
            f"  {s['date']} {s['who']}：{s['places']}；{s['terms']}；{s['found']}" for s in found["searches"]
        ]
    rows += ["征求意见"] if found["consultations"] else []
    rows += [
        f"  {c['with']} {c['who']}：{c['asked']} → {c['opinion'] or '未答'}" for c in found["consultations"]
    ]
    if found["decision"]:
        decision = found["decision"]
        rows += [
            f"处理结果：{found['label']}（{decision['date']}，{decision['decided_by']}）{decision['reasons']}"
        ]
    return [*rows, *_paper_lines(found)]


def _paper_lines(found: dict[str, Any]) -> list[str]:
    from assistant.cases.closing import DISPUTES, RESULTS
    from assistant.cases.letters import STEPS

    rows = [f"第{d['place']}稿：{d['drafted_by']}起草" for d in found["drafts"]]
    for step in found["steps"]:
        said = "通过" if step["passed"] else f"退回（{step['note']}）"
        rows += [f"  第{step['draft']}稿 {STEPS[step['step']]}：{step['given_on']} {step['given_by']} {said}"]
    rows += [f"定稿：{one['number']}（{one['issued']}）" for one in found["letters"]]
    for one in found["disputes"]:
        result = f"{one['concluded']} {RESULTS[one['result']]}" if one["result"] else "尚未审结"
        rows += [f"{DISPUTES[one['kind']]}（编号{one['id']}）：{one['filed']} {one['authority']}，{result}"]
    return rows


def _person(one: dict[str, Any], kinds: Mapping[str, str]) -> str:
    return f"{one['name']}（{kinds[one['kind']]}）"


def _event_line(one: dict[str, Any]) -> str:
    struck = f"〔已更正：{one['struck_why']}〕" if one["struck_why"] else ""
    who = f"（{one['who']}）" if one["who"] else ""
    note = f" {one['note']}" if one["note"] else ""
    return f"  [{one['id']}] {one['date']} {one['name']}{who}{note}{struck}"
