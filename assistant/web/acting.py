"""What happens when a button inside a card, a note or the seven steps is pressed. A fault is told where it was pressed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import gradio as gr

from assistant.errors import AssistantError, InputError
from assistant.law.outcomes import known_outcome
from assistant.web import cards, guiding, papering, wishing
from assistant.web.answering import kept_case
from assistant.web.case import Case
from assistant.web.desk import Desk
from assistant.web.page import SHEET, WORK
from assistant.web.parts import Parts, Updates
from assistant.web.pressing import COLLECT_PRESS, UNKNOWN, Press, read_press
from assistant.web.register_tab import View
from assistant.web.seat import carried_out

STALE = "这个按钮属于另一件申请，没有执行。请用最近一条消息里的按钮。"


def pressing_parts() -> tuple[Any, Any]:
    """The button page.js presses for the others, and the place of what was pressed. Neither is seen."""
    button = gr.Button("按下", visible="hidden", elem_id="press")
    return button, gr.Textbox(visible="hidden", show_label=False, elem_id="pressed")


def wire_presses(parts: Parts) -> None:
    """The one event of all these buttons."""
    register = parts.register
    parts.button.click(
        _act(parts),
        [register.view, parts.case, parts.pressed, parts.work.typed],
        [*parts.shown, register.view, register.shown],
        js=COLLECT_PRESS,
        show_progress="hidden",
        api_visibility="private",
        trigger_mode="multiple",
    )


def _act(parts: Parts) -> Callable[..., Updates]:
    def act(at: View, case: Case, pressed: str | None, collected: str | None, request: gr.Request) -> Updates:
        press = read_press(pressed)
        if press is None:
            return parts.hold(case.fresh)
        if press.verb == "case":
            return parts.register.open(at, ":".join(press.of), case.fresh, request)
        kept = kept_case(parts, case, collected)
        guide = press.verb == "guide"
        try:
            after = carried_out(kept, "answer", lambda now: _done(parts.desk, now, press))
        except AssistantError as fault:
            told = cards.alert(str(fault))
            return {parts.guide.alert: told} if guide else parts.say(kept.say(cards.fault(str(fault))))
        return parts.show(after, _tab(press)) if after else parts.overtaken(kept)

    return act


def _tab(press: Press) -> str | None:
    if press.verb == "redraft" or (press.verb, press.of[:1]) == ("guide", ("paper",)):
        return SHEET
    return (
        WORK
        if press.verb in ("adopt", "change", "reply") or (press.verb, press.of[:1]) == ("guide", ("adopt",))
        else None
    )


def _done(desk: Desk, case: Case, press: Press) -> Case:
    """The case after the press. Raises InputError for what cannot stand, and for a button of another case."""
    if press.verb == "guide":
        return _guided(desk, guiding.record(desk, case, press.fields) if case.guided else case, press)
    if press.verb == "redraft":
        return desk.write(case)
    if not press.of or press.of[0] != str(case.number):
        raise InputError(STALE)
    if press.verb == "why":
        return wishing.why(desk, case)
    if press.verb == "reply":
        return papering.leave(case)
    if press.verb == "adopt":
        return wishing.adopt(desk, case)
    if press.verb == "change" and len(press.of) == 2:
        known_outcome(press.of[1], desk.assistant.outcomes)
        return wishing.change(desk, case, press.of[1])
    raise InputError(UNKNOWN)


def _guided(desk: Desk, case: Case, press: Press) -> Case:
    """One press in the seven steps."""
    match press.of:
        case ("whole" | "apart" as how,):
            return guiding.begin(case, how == "apart")
        case ("answer", question, key):
            return guiding.answer(desk, case, question, key)
        case ("back",):
            return guiding.back(desk, case)
        case ("revise", at, question) if at.isdigit():
            return guiding.revise(desk, case, int(at), question)
        case ("choose", key):
            return guiding.choose(desk, case, key, press.fields.get("choice-why", ""))
        case ("paper", name):
            return papering.begin(desk, case, name)
        case ("file",):
            return case
        case ("reset",):
            return replace(case, guided=None)
        case ("adopt",):
            return guiding.take_over(desk, case)
        case ("why",):
            return guiding.why(desk, case)
    raise InputError(UNKNOWN)
