"""What happens with a chat model's words for the reasons: asked for, taken over passage by passage, or left."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from assistant.errors import AssistantError
from assistant.web import cards, rewording
from assistant.web.answering import COLLECT, kept_case
from assistant.web.case import Case
from assistant.web.markup import el
from assistant.web.parts import Parts, Updates
from assistant.web.seat import Work, carried_out

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


def _ask(parts: Parts) -> Callable[..., Updates]:
    def ask(case: Case, collected: str | None) -> Updates:
        return _done(
            parts, kept_case(parts, case, collected), "polish", partial(rewording.reword, parts.desk)
        )

    return ask


def _adopt(parts: Parts) -> Callable[..., Updates]:
    def adopt(case: Case, names: list[str] | None, collected: str | None) -> Updates:
        def take_over(kept: Case) -> Case:
            return rewording.take_over(parts.desk, kept, names or ())

        return _done(parts, kept_case(parts, case, collected), "draft", take_over)

    return adopt


def _leave(parts: Parts) -> Callable[..., Updates]:
    def leave(case: Case, collected: str | None) -> Updates:
        return parts.show(replace(kept_case(parts, case, collected), polished=None))

    return leave


def _done(parts: Parts, kept: Case, work: Work, do: Callable[[Case], Case]) -> Updates:
    """The work done; where it fails the page says why, where it was overtaken nothing comes of it."""
    try:
        after = carried_out(kept, work, do)
    except AssistantError as fault:
        return parts.show(kept.fresh) | {parts.paper.alert: cards.alert(str(fault))}
    return parts.show(after) if after else parts.overtaken(kept)
