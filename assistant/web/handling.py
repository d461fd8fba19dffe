"""What happens in the first tab: findings, outcome, facts, draft. A fault is told beside the field."""

from collections.abc import Callable
from typing import Any

import gradio as gr

from assistant.errors import AssistantError
from assistant.web import cards
from assistant.web.case import Case
from assistant.web.facts_form import facts_form
from assistant.web.fields import Form, facts_from
from assistant.web.page import SHEET
from assistant.web.parts import NOTHING, Parts, Updates


def wire_work(parts: Parts) -> None:
    """The events of letter, findings, outcome and facts."""
    work = parts.work
    event: dict[str, Any] = {"outputs": parts.shown, "show_progress": "hidden"}
    work.reconsider.click(
        _reconsider(parts), [parts.case, work.letter, work.findings], api_name="reconsider", **event
    )
    work.outcome.input(_decide(parts), [parts.case, work.outcome], api_name="decide", **event)
    work.road.input(_decide(parts), [parts.case, work.outcome, work.road], api_name="road", **event)
    gr.render(inputs=[parts.form], show_progress="hidden")(_render_facts(parts))


def _render_facts(parts: Parts) -> Callable[[Form | None], None]:
    """The form of facts is laid out anew only when case or letter change."""

    def render(form: Form | None) -> None:
        laid = facts_form(form)
        if form and laid:
            laid.button.click(
                _write(parts, form, laid.alert),
                [parts.case, *laid.inputs],
                [*parts.shown, laid.alert],
                api_visibility="private",
                show_progress="hidden",
            )

    return render


def _reconsider(parts: Parts) -> Callable[[Case, str | None, str | None], Updates]:
    def reconsider(case: Case, letter: str | None, findings: str | None) -> Updates:
        try:
            return parts.show(parts.desk.reconsider(case, letter or "", findings or ""))
        except AssistantError as fault:
            return {parts.work.alert: cards.alert(str(fault))}

    return reconsider


def _decide(parts: Parts) -> Callable[..., Updates]:
    def decide(case: Case, code: str | None, road: str | None = None) -> Updates:
        try:
            return parts.show_decision(parts.desk.decide(case, code, road))
        except AssistantError as fault:
            return {parts.work.alert: cards.alert(str(fault))}

    return decide


def _write(parts: Parts, form: Form, alert: Any) -> Callable[..., Updates]:
    def write(case: Case, *values: str | None) -> Updates:
        try:
            after = parts.desk.write(case, facts_from(form, values))
        except AssistantError as fault:
            return {alert: cards.alert(str(fault))}
        return parts.show(after, SHEET) | {alert: NOTHING}

    return write
