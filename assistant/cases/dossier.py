"""One case as a clerk opens it: where it stands, what happened in order of the days, what may be done next by whom.

Nothing in it is stored; the deadline and its steps are reckoned as of the day. Basis: 政府信息公开条例第三十条至第三十六条、
第四十五条.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from assistant.cases.audit_trail import entries_of
from assistant.cases.board import BoardGrounds, Line, place
from assistant.cases.case_json import papers_json
from assistant.cases.closing import DISPUTES, RESULTS
from assistant.cases.entries import entries_by_id
from assistant.cases.letters import STEPS
from assistant.cases.reading import load_case
from assistant.cases.records import ARCHIVED, OWN_KINDS, REPLIED, WITHDRAWN, Case
from assistant.cases.register import OfficeRules
from assistant.cases.roles import RoleTable
from assistant.cases.standing import Standing, standing_of

_ENDINGS = (REPLIED, WITHDRAWN, ARCHIVED)
_BESIDES = ("event", "withdraw")
_ARCHIVE = "archive"


@dataclass(frozen=True)
class Moment:
    """What happened on a day, by whom and with which words; `struck`: recorded wrongly and corrected since."""

    on: date
    what: str
    who: str = ""
    says: str = ""
    struck: bool = False


@dataclass(frozen=True)
class Doable:
    """Something that may be done now: the action, its name, which roles may do it, the provision behind it."""

    action: str
    name: str
    who: str
    basis: str


@dataclass(frozen=True)
class Written:
    """An entry of the audit trail in words: when, who, what was done."""

    at: str
    who: str
    did: str


@dataclass(frozen=True)
class Dossier:
    """A case with all that is known and follows; `line` is its line on the board, None once it has ended."""

    case: Case
    standing: Standing
    line: Line | None
    papers: dict[str, Any]
    moments: tuple[Moment, ...]
    doable: tuple[Doable, ...]
    trail: tuple[Written, ...]


def open_dossier(view: Connection, number: str, rules: OfficeRules, by: BoardGrounds, on: date) -> Dossier:
    """A case by its number, as of a day. Raises InputError where there is none."""
    case = load_case(view, number)
    standing = standing_of(case, rules.grounds, on)
    ended = any(case.day_of(kind) for kind in _ENDINGS)
    line = None if ended else place(entries_by_id(view, [case.id])[0], by, on)
    papers = papers_json(view, case.id)
    rows = tuple(_written(row, rules.roles) for row in entries_of(view, case.id))
    moments = sorted(_moments(case, papers, rules, rows[0].who if rows else ""), key=lambda one: one.on)
    return Dossier(case, standing, line, papers, tuple(moments), tuple(_doable(case, line, by, on)), rows)


def _moments(case: Case, papers: dict[str, Any], rules: OfficeRules, taken_by: str) -> Iterator[Moment]:
    """Receipt with who registered it, events, decision, searches, steps over drafts, letters, reviews and suits."""
    table = rules.grounds.table
    channel = table.channel(case.channel, case.received_on).name if case.channel else "未写明提交方式"
    yield Moment(case.received_on, "收到申请", taken_by, channel)
    for one in case.events:
        event = one.event
        name = OWN_KINDS.get(event.kind) or table.events[event.kind].name
        long = f"{event.days} 个工作日" if event.days else (f"至 {event.until}" if event.until else "")
        told = "；".join(filter(None, (long, one.note, one.struck_why and f"已更正：{one.struck_why}")))
        yield Moment(event.on, name, event.who or "", told, one.struck_why is not None)
    for search in case.searches:
        yield Moment(search.on, "检索", search.who, f"{search.places}；{search.terms}；{search.found}")
    if case.decision:
        decided = case.decision
        label = rules.outcomes[decided.outcome].label
        yield Moment(decided.on, f"处理结果：{label}", decided.decided_by, decided.reasons)
    yield from _paper_moments(papers)


def _paper_moments(papers: dict[str, Any]) -> Iterator[Moment]:
    for step in papers["steps"]:
        said = "通过" if step["passed"] else f"退回：{step['note']}"
        what = f"第 {step['draft']} 稿 {STEPS[step['step']]}"
        yield Moment(date.fromisoformat(step["given_on"]), what, step["given_by"], said)
    for one in papers["letters"]:
        yield Moment(date.fromisoformat(one["issued"]), "编号、定稿", "", one["number"])
    for one in papers["disputes"]:
        name = DISPUTES[one["kind"]]
        yield Moment(date.fromisoformat(one["filed"]), name, one["authority"], one["note"] or "")
        if one["concluded"]:
            ended = date.fromisoformat(one["concluded"])
            yield Moment(ended, f"{name}审结", one["authority"], RESULTS[one["result"]])


def _doable(case: Case, line: Line | None, by: BoardGrounds, on: date) -> Iterator[Doable]:
    """The next step first, then what may happen besides; of an ended case, its archiving."""
    if line is None:
        if not case.day_of(ARCHIVED):
            row = by.rules.step(_ARCHIVE, on)
            yield Doable(_ARCHIVE, row.does, _roles(_ARCHIVE, by.roles), row.basis)
        return
    yield Doable(line.next.step, line.next.does, line.next.who, line.next.basis)
    for action in _BESIDES:
        found = by.roles.actions[action]
        yield Doable(action, found.name, _roles(action, by.roles), "、".join(map(str, found.basis)))


def _roles(action: str, roles: RoleTable) -> str:
    return "、".join(roles.labels[role] for role in roles.actions[action].roles)


def _written(row: Any, roles: RoleTable) -> Written:
    action = roles.actions.get(row.action)
    detail = json.loads(row.detail) if row.detail else {}
    beside = detail.get("four_eyes") or ""
    return Written(
        row.at[:16].replace("T", " "),
        row.who,
        "，".join(filter(None, (action.name if action else row.action, beside))),
    )
