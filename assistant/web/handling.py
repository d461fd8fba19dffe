"""What happens in the first tab: findings, outcome, facts, draft. A fault is told beside the field.

The form of facts is laid out by the server and read by the page (`collectFacts` in page.js): so what has
been typed goes along with every step, and a form that is being laid out anew loses nothing.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import gradio as gr

from assistant.errors import AssistantError
from assistant.web import cards
from assistant.web.case import Case
from assistant.web.facts_form import lay_out
from assistant.web.page import SHEET
from assistant.web.parts import Parts, Updates

COLLECT = "(...given) => [...given.slice(0, -1), window.collectFacts()]"


def wire_work(parts: Parts) -> None:
    """The events of letter, findings, outcome and facts."""
    work = parts.work
    event: dict[str, Any] = {"outputs": parts.shown, "show_progress": "hidden", "js": COLLECT}
    inputs = [parts.case, work.letter, work.findings, work.typed]
    work.reconsider.click(_reconsider(parts), inputs, api_name="reconsider", **event)
    work.outcome.input(_decide(parts), [parts.case, work.outcome, work.typed], api_name="decide", **event)
    work.road.input(_choose_road(parts), [parts.case, work.road, work.typed], api_name="road", **event)
    work.draft.click(_write(parts), [parts.case, work.typed], api_name="draft", **event)
    with work.facts:
        gr.render(inputs=[parts.form], show_progress="hidden")(lay_out)


def typed_facts(case: Case, collected: str | None) -> Mapping[str, str]:
    """What the page read from the form: nothing where the form on the page was another case's."""
    try:
        found = json.loads(collected or "{}")
    except json.JSONDecodeError:
        return {}
    if not isinstance(found, dict) or found.get("case") != str(case.number):
        return {}
    facts = found.get("facts")
    return {str(key): str(value) for key, value in facts.items()} if isinstance(facts, dict) else {}


def _reconsider(parts: Parts) -> Callable[..., Updates]:
    def reconsider(case: Case, letter: str | None, findings: str | None, collected: str | None) -> Updates:
        kept = parts.desk.keep(case, typed_facts(case, collected))
        try:
            return parts.show(parts.desk.reconsider(kept, letter or "", findings or ""))
        except AssistantError as fault:
            return {parts.work.alert: cards.alert(str(fault))}

    return reconsider


def _decide(parts: Parts) -> Callable[..., Updates]:
    def decide(case: Case, code: str | None, collected: str | None) -> Updates:
        kept = parts.desk.keep(case, typed_facts(case, collected))
        return parts.show_decision(parts.desk.decide(kept, code))

    return decide


def _choose_road(parts: Parts) -> Callable[..., Updates]:
    def choose_road(case: Case, road: str | None, collected: str | None) -> Updates:
        kept = parts.desk.keep(case, typed_facts(case, collected))
        return parts.show_decision(parts.desk.decide(kept, kept.code, road))

    return choose_road


def _write(parts: Parts) -> Callable[..., Updates]:
    def write(case: Case, collected: str | None) -> Updates:
        kept = parts.desk.keep(case, typed_facts(case, collected))
        try:
            return parts.show(parts.desk.write(kept), SHEET)
        except AssistantError as fault:
            return {parts.case: kept, parts.work.draft_alert: cards.alert(str(fault))}

    return write
