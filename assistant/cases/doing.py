"""A step on a case as it is taken from a screen: which one, on which day, with what to say. Each has its own verb.

Basis: 政府信息公开条例第三十条至第三十六条、第四十五条.
"""

from dataclasses import dataclass
from datetime import date

from assistant.cases import letters
from assistant.cases.reading import load_case
from assistant.cases.records import ARCHIVED, REPLIED, WITHDRAWN, Case, Seen
from assistant.cases.register import Register, Session
from assistant.cases.telling import Happened, put
from assistant.drafting.verdict import Override
from assistant.errors import InputError
from assistant.law.clock_events import Event

ISSUE = "issue"


@dataclass(frozen=True)
class Act:
    """A step: `step` is one of the loop, `issue`, or the ending it is; `passed` only where it may be returned.

    `note`: the reason, the proof, or why a reply went out on another way; `override`: who lets a letter be approved
    though the gate refuses it, and why. What happens besides is told (`telling`).
    """

    step: str
    on: date
    note: str = ""
    passed: bool = True
    override: Override | None = None


def act_on(register: Register, who: str, seen: Seen, act: Act) -> Case:
    """The case after the step.

    Raises NotAllowed for a role that may not, CaseConflict where the case moved on since it was seen, InputError for
    what cannot be in its place; nothing is written then.
    """
    with register.writing(who) as session:
        _do(session, seen, act)
        return load_case(session.connection, seen.number)


def _do(session: Session, seen: Seen, act: Act) -> None:
    if act.step in letters.STEPS:
        letters.give_step(session, seen, letters.Step(act.step, act.passed, act.on, act.note, act.override))
    elif act.step == ISSUE:
        letters.issue(session, seen, act.on)
    elif act.step in (REPLIED, WITHDRAWN, ARCHIVED):
        put(session, seen, Happened(Event(act.on, act.step), note=act.note, outside=act.note))
    else:
        raise InputError(f"不认识的步骤“{act.step}”。请刷新页面后再试。")
