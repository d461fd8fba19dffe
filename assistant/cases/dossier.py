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
from assistant.cases.tellable import Tellable, tellables
from assistant.cases.telling import ASKS, HEARS
from assistant.law.clock_course import Step
from assistant.law.clock_events import Event

_ENDINGS = (REPLIED, WITHDRAWN, ARCHIVED)
_WITHDRAW = "withdraw"
_ARCHIVE = "archive"


@dataclass(frozen=True)
class Moment:
    """What happened on a day, by whom and with which words; `struck`: recorded wrongly and corrected since.

    `event`: its id where it is an event that may be struck; `effect`: what it did to the clock, on which provision.
    """

    on: date
    what: str
    who: str = ""
    says: str = ""
    struck: bool = False
    event: int | None = None
    effect: str = ""
    basis: str = ""


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
    """A case with all that is known and follows; `line` is its line on the board, None once it has ended.

    `doable`: the next step, then how it may end otherwise; `tellable`: what may be told of it besides.
    """

    case: Case
    standing: Standing
    line: Line | None
    papers: dict[str, Any]
    moments: tuple[Moment, ...]
    doable: tuple[Doable, ...]
    tellable: tuple[Tellable, ...]
    trail: tuple[Written, ...]


def open_dossier(view: Connection, number: str, rules: OfficeRules, by: BoardGrounds, on: date) -> Dossier:
    """A case by its number, as of a day. Raises InputError where there is none."""
    case = load_case(view, number)
    standing = standing_of(case, rules.grounds, on)
    ended = any(case.day_of(kind) for kind in _ENDINGS)
    line = None if ended else place(entries_by_id(view, [case.id])[0], by, on)
    papers = papers_json(view, case.id)
    rows = tuple(_written(row, rules.roles) for row in entries_of(view, case.id))
    taken_by = rows[0].who if rows else ""
    moments = sorted(_moments(case, papers, (rules, standing), taken_by), key=lambda one: one.on)
    doable = tuple(_doable(case, line, by, on))
    told = tellables(case, papers["disputes"], rules.grounds.table, rules.roles)
    return Dossier(case, standing, line, papers, tuple(moments), doable, told, rows)


def _moments(
    case: Case, papers: dict[str, Any], by: tuple[OfficeRules, Standing], taken_by: str
) -> Iterator[Moment]:
    """Receipt with who registered it, events, decision, searches, steps over drafts, letters, reviews and suits.

    Of one day stand first what leads to the decision, then the drafts, last how the case ended.
    """
    rules, _ = by
    table, events = rules.grounds.table, tuple(_event_moments(case, by))
    channel = table.channel(case.channel, case.received_on).name if case.channel else "未写明提交方式"
    yield Moment(case.received_on, "收到申请", taken_by, channel)
    yield from (one for kind, one in events if kind not in _ENDINGS)
    for search in case.searches:
        yield Moment(search.on, "检索", search.who, f"{search.places}；{search.terms}；{search.found}")
    if case.decision:
        decided = case.decision
        label = rules.outcomes[decided.outcome].label
        yield Moment(decided.on, f"处理结果：{label}", decided.decided_by, decided.reasons)
    yield from _draft_moments(papers)
    yield from (one for kind, one in events if kind in _ENDINGS)
    yield from _dispute_moments(papers)


def _event_moments(case: Case, by: tuple[OfficeRules, Standing]) -> Iterator[tuple[str, Moment]]:
    """Each event by its kind, with what it did to the clock."""
    rules, standing = by
    effects = _effects(case, standing)
    for one in case.events:
        event = one.event
        name = OWN_KINDS.get(event.kind) or rules.grounds.table.events[event.kind].name
        step = effects.get(one.id)
        effect = (step.explanation, step.basis) if step else ("", "")
        gone = one.struck_why is not None
        said = "；".join(
            filter(None, (_length(event), one.note, _said(case, event), _struck(one.struck_why)))
        )
        shown = Moment(event.on, name, event.who or "", said, gone, None if gone else one.id, *effect)
        yield event.kind, shown


def _length(event: Event) -> str:
    if event.days:
        return f"{event.days} 个工作日"
    return f"至 {event.until}" if event.until else ""


def _struck(why: str | None) -> str:
    return f"已更正：{why}" if why else ""


def _said(case: Case, event: Event) -> str:
    """What was asked of somebody, or what they said to it."""
    family = ASKS.get(event.kind) or HEARS.get(event.kind)
    for one in case.consultations:
        if (one.family, one.who) == (family, event.who):
            agreed = {True: "同意公开", False: "不同意公开", None: ""}[one.agrees]
            return one.asked if event.kind in ASKS else "，".join(filter(None, (agreed, one.opinion)))
    return ""


def _effects(case: Case, standing: Standing) -> dict[int, Step]:
    """What each standing event did to the clock: the steps of a day and kind belong to its events in their order."""
    steps, found = list(standing.clock.steps), {}
    for one in sorted(case.standing, key=lambda one: (one.event.on, one.id)):
        step = next((s for s in steps if (s.on, s.event) == (one.event.on, one.event.kind)), None)
        if step:
            steps.remove(step)
            found[one.id] = step
    return found


def _draft_moments(papers: dict[str, Any]) -> Iterator[Moment]:
    for step in papers["steps"]:
        said = "通过" if step["passed"] else f"退回：{step['note']}"
        what = f"第 {step['draft']} 稿 {STEPS[step['step']]}"
        yield Moment(date.fromisoformat(step["given_on"]), what, step["given_by"], said)
    for one in papers["letters"]:
        yield Moment(date.fromisoformat(one["issued"]), "编号、定稿", "", one["number"])


def _dispute_moments(papers: dict[str, Any]) -> Iterator[Moment]:
    for one in papers["disputes"]:
        name = DISPUTES[one["kind"]]
        yield Moment(date.fromisoformat(one["filed"]), name, one["authority"], one["note"] or "")
        if one["concluded"]:
            ended = date.fromisoformat(one["concluded"])
            yield Moment(ended, f"{name}审结", one["authority"], RESULTS[one["result"]])


def _doable(case: Case, line: Line | None, by: BoardGrounds, on: date) -> Iterator[Doable]:
    """The next step first, then how it may end otherwise; of an ended case, its archiving."""
    if line is None:
        if not case.day_of(ARCHIVED):
            row = by.rules.step(_ARCHIVE, on)
            yield Doable(_ARCHIVE, row.does, _roles(_ARCHIVE, by.roles), row.basis)
        return
    yield Doable(line.next.step, line.next.does, line.next.who, line.next.basis)
    found = by.roles.actions[_WITHDRAW]
    yield Doable(_WITHDRAW, found.name, _roles(_WITHDRAW, by.roles), "、".join(map(str, found.basis)))


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
