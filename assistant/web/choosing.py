"""What happens with a chat model's words for the reasons: asked for, taken over passage by passage, or left."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from assistant.errors import AssistantError
from assistant.web import cards, rewording
from assistant.web.case import Case
from assistant.web.handling import COLLECT, typed_facts
from assistant.web.markup import el
from assistant.web.parts import Parts, Updates

WAITING = el("p", "正在请对话模型润色理由……", class_="notice")


def wire_rewording(parts: Parts) -> None:
    """The events of asking, taking over and leaving."""
    new, typed = parts.paper.rewording, parts.work.typed
    event: dict[str, Any] = {
        "outputs": parts.shown,
        "show_progress": "hidden",
        "js": COLLECT,
        "api_visibility": "private",
    }
    waiting = new.ask.click(
        lambda: WAITING, None, [new.shown], show_progress="hidden", api_visibility="private"
    )
    waiting.then(_ask(parts), [parts.case, typed], **event)
    new.adopt.click(_adopt(parts), [parts.case, new.chosen, typed], **event)
    new.leave.click(_leave(parts), [parts.case, typed], **event)


def _kept(parts: Parts, case: Case, collected: str | None) -> Case:
    facts: Mapping[str, str] = typed_facts(case, collected)
    return parts.desk.keep(case, facts)


def _ask(parts: Parts) -> Callable[..., Updates]:
    def ask(case: Case, collected: str | None) -> Updates:
        kept = _kept(parts, case, collected)
        try:
            return parts.show(rewording.reword(parts.desk, kept))
        except AssistantError as fault:
            return parts.show(kept) | {parts.paper.alert: cards.alert(str(fault))}

    return ask


def _adopt(parts: Parts) -> Callable[..., Updates]:
    def adopt(case: Case, names: list[str] | None, collected: str | None) -> Updates:
        kept = _kept(parts, case, collected)
        try:
            return parts.show(rewording.take_over(parts.desk, kept, names or ()))
        except AssistantError as fault:
            return parts.show(kept) | {parts.paper.alert: cards.alert(str(fault))}

    return adopt


def _leave(parts: Parts) -> Callable[..., Updates]:
    def leave(case: Case, collected: str | None) -> Updates:
        return parts.show(replace(_kept(parts, case, collected), polished=None))

    return leave
