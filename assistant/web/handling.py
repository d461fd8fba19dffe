"""What happens in the first tab: findings, outcome, facts, draft. A fault is told beside the field.

The form of facts is laid out by the server and read by the page (`collectFacts` in page.js): so what has
been typed goes along with every step, and a form that is being laid out anew loses nothing.
"""

from collections.abc import Callable
from typing import Any

import gradio as gr

from assistant.errors import AssistantError
from assistant.web import cards
from assistant.web.answering import COLLECT, in_turn, kept_case, respond
from assistant.web.case import Case
from assistant.web.facts_form import lay_out
from assistant.web.page import SHEET
from assistant.web.parts import NOTHING, Parts, Updates
from assistant.web.seat import carried_out


def wire_work(parts: Parts) -> None:
    """The events of letter, findings, outcome and facts.

    Judging anew may be asked for while the last judgement is still under way: the newest one counts.
    """
    work = parts.work
    event: dict[str, Any] = {"outputs": parts.shown, "show_progress": "hidden", "js": COLLECT}
    heard = work.reconsider.click(
        _hear_findings(parts),
        [parts.case, work.letter, work.findings],
        [parts.case, parts.talk.chat, work.alert],
        api_name="reconsider",
        show_progress="hidden",
        trigger_mode="multiple",
    )
    heard.then(respond(parts), [parts.case, work.typed], api_visibility="private", **event, **in_turn(parts))
    work.outcome.input(_decide(parts), [parts.case, work.outcome, work.typed], api_name="decide", **event)
    work.road.input(_choose_road(parts), [parts.case, work.road, work.typed], api_name="road", **event)
    work.draft.click(_write(parts), [parts.case, work.typed], api_name="draft", **event)
    with work.facts:
        gr.render(inputs=[parts.form], show_progress="hidden")(lay_out)


def _hear_findings(parts: Parts) -> Callable[..., Updates]:
    def hear_findings(case: Case, letter: str | None, findings: str | None) -> Updates:
        try:
            heard_case, heard = parts.desk.hear_findings(case.fresh, letter or "", findings or "")
        except AssistantError as fault:
            return {parts.work.alert: cards.alert(str(fault))}
        return parts.await_answer(heard_case, heard) | {parts.work.alert: NOTHING}

    return hear_findings


def _decide(parts: Parts) -> Callable[..., Updates]:
    def decide(case: Case, code: str | None, collected: str | None) -> Updates:
        kept = kept_case(parts, case, collected)
        return parts.show_decision(parts.desk.decide(kept, code))

    return decide


def _choose_road(parts: Parts) -> Callable[..., Updates]:
    def choose_road(case: Case, road: str | None, collected: str | None) -> Updates:
        kept = kept_case(parts, case, collected)
        return parts.show_decision(parts.desk.decide(kept, kept.code, road))

    return choose_road


def _write(parts: Parts) -> Callable[..., Updates]:
    def write(case: Case, collected: str | None) -> Updates:
        kept = kept_case(parts, case, collected)
        try:
            after = carried_out(kept, "draft", parts.desk.write)
        except AssistantError as fault:
            return parts.hold(kept.fresh) | {parts.work.draft_alert: cards.alert(str(fault))}
        return parts.show(after, SHEET) if after else parts.overtaken(kept)

    return write
