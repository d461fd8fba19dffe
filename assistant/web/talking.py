"""What happens on the left: a message, an example, a new case. A fault is told in the conversation."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.web import cards
from assistant.web.answering import AT_ONCE, COLLECT, in_turn, respond
from assistant.web.case import Case, Heard
from assistant.web.lean import HEARING
from assistant.web.page import WORK
from assistant.web.parts import Parts, Updates

EMPTY: dict[str, Any] = {"text": "", "files": []}


def wire_talk(parts: Parts) -> None:
    """The events of the conversation: a message is heard and shown at once, then answered.

    Only the hearing touches what the clerk writes in: whatever is typed during the answer stays.
    """
    talk = parts.talk
    hearing: dict[str, Any] = {
        "outputs": _heard_parts(parts),
        "show_progress": "hidden",
        "concurrency_id": HEARING,
        "concurrency_limit": AT_ONCE,
    }
    answering: dict[str, Any] = {
        "outputs": parts.shown,
        "show_progress": "hidden",
        "api_visibility": "private",
        "js": COLLECT,
        **in_turn(parts),
    }
    spoken = [talk.box.submit(_receive(parts), [parts.case, talk.box], api_name="send", **hearing)]
    hearing["api_visibility"] = "private"
    spoken += [
        button.click(_example(parts, words), [parts.case], **hearing) for button, words in talk.examples
    ]
    spoken.append(talk.as_letter.click(_as_letter(parts), [parts.case], **hearing))
    for one in spoken:
        one.then(respond(parts), [parts.case, parts.work.typed], **answering)
    written = [talk.box, parts.work.letter, parts.work.findings]
    talk.new.click(
        _begin(parts), [parts.case], [*parts.shown, *written], api_name="new", show_progress="hidden"
    )


def _heard_parts(parts: Parts) -> list[Any]:
    return [parts.case, parts.talk.chat, parts.talk.box, parts.work.letter, parts.work.findings]


def _receive(parts: Parts) -> Callable[[Case, Mapping[str, Any] | None], Updates]:
    def receive(case: Case, message: Mapping[str, Any] | None) -> Updates:
        message = message or EMPTY
        return _hear(
            parts, case.fresh, message.get("text") or "", [Path(f) for f in message.get("files") or ()]
        )

    return receive


def _example(parts: Parts, words: str) -> Callable[[Case], Updates]:
    def example(case: Case) -> Updates:
        return _hear(parts, case.fresh, words, [])

    return example


def _as_letter(parts: Parts) -> Callable[[Case], Updates]:
    def as_letter(case: Case) -> Updates:
        now = case.fresh
        return _wait_for(parts, now, Heard(now.doubtful, "letter")) if now.doubtful else parts.hold(now)

    return as_letter


def _begin(parts: Parts) -> Callable[[Case], Updates]:
    def begin(case: Case) -> Updates:
        """A clean desk; the next letter's form shares nothing with the last one's."""
        case.seat.clear()
        cleared = {parts.talk.box: EMPTY, parts.work.letter: "", parts.work.findings: ""}
        return parts.show(Case(number=case.fresh.number + 1, seat=case.seat), WORK) | cleared

    return begin


def _hear(parts: Parts, case: Case, typed: str, files: list[Path]) -> Updates:
    """One message: shown at once; a fault is told and the words go back into the box."""
    try:
        heard_case, heard = parts.desk.hear(case, typed, files)
    except AssistantError as fault:
        return parts.say(case.say(cards.fault(str(fault)))) | {parts.talk.box: {**EMPTY, "text": typed}}
    return _wait_for(parts, heard_case, heard) | {parts.talk.box: EMPTY}


def _wait_for(parts: Parts, case: Case, heard: Heard) -> Updates:
    """The message stands in the conversation, and a letter in its field, while the answer is worked out."""
    updates = parts.await_answer(case, heard)
    if heard.intent == "letter":
        updates |= {parts.work.letter: heard.text, parts.work.findings: heard.findings}
    return updates
