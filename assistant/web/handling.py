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
    """The events of letter, findings, outcome and facts.

    All are bound with the form, for each must carry along what has been typed into it: laying a form out
    anew shows the values it is given, and no others.
    """

    def render(form: Form | None) -> None:
        form = form or Form(0, "")
        laid = facts_form(form)
        work, typed = parts.work, [*laid.inputs]
        event: dict[str, Any] = {
            "show_progress": "hidden",
            "api_visibility": "private",
            "outputs": parts.shown,
        }
        work.reconsider.click(
            _reconsider(parts, form), [parts.case, work.letter, work.findings, *typed], **event
        )
        work.outcome.input(_decide(parts, form), [parts.case, work.outcome, *typed], **event)
        work.road.input(_choose_road(parts, form), [parts.case, work.road, *typed], **event)
        if laid.button:
            event["outputs"] = [*parts.shown, laid.alert]
            laid.button.click(_write(parts, form, laid.alert), [parts.case, *typed], **event)

    gr.render(inputs=[parts.form], show_progress="hidden")(render)


def _reconsider(parts: Parts, form: Form) -> Callable[..., Updates]:
    def reconsider(case: Case, letter: str | None, findings: str | None, *values: str | None) -> Updates:
        kept = parts.desk.keep(case, form, values)
        try:
            return parts.show(parts.desk.reconsider(kept, letter or "", findings or ""))
        except AssistantError as fault:
            return {parts.work.alert: cards.alert(str(fault))}

    return reconsider


def _decide(parts: Parts, form: Form) -> Callable[..., Updates]:
    def decide(case: Case, code: str | None, *values: str | None) -> Updates:
        return parts.show_decision(parts.desk.decide(parts.desk.keep(case, form, values), code))

    return decide


def _choose_road(parts: Parts, form: Form) -> Callable[..., Updates]:
    def choose_road(case: Case, road: str | None, *values: str | None) -> Updates:
        kept = parts.desk.keep(case, form, values)
        return parts.show_decision(parts.desk.decide(kept, kept.code, road))

    return choose_road


def _write(parts: Parts, form: Form, alert: Any) -> Callable[..., Updates]:
    def write(case: Case, *values: str | None) -> Updates:
        try:
            after = parts.desk.write(parts.desk.keep(case, form, values), facts_from(form, values))
        except AssistantError as fault:
            return {alert: cards.alert(str(fault))}
        return parts.show(after, SHEET) | {alert: NOTHING}

    return write
