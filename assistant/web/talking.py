"""What happens on the left: a message, an example, a new case. A fault is told in the conversation."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.web import cards, shown
from assistant.web.case import Case
from assistant.web.desk import Heard
from assistant.web.page import SHEET, WORK
from assistant.web.parts import Parts, Updates

PENDING = cards.told("正在处理……")
EMPTY: dict[str, Any] = {"text": "", "files": []}


def wire_talk(parts: Parts) -> None:
    """The events of the conversation."""
    talk, work = parts.talk, parts.work
    event: dict[str, Any] = {
        "outputs": [*parts.shown, talk.box, work.letter, work.findings],
        "show_progress": "hidden",
    }
    talk.box.submit(_receive(parts), [parts.case, talk.box], api_name="send", **event)
    for button, words in talk.examples:
        button.click(_example(parts, words), [parts.case], api_visibility="private", **event)
    talk.as_letter.click(_as_letter(parts), [parts.case], api_visibility="private", **event)
    talk.new.click(_begin(parts), [parts.case], api_name="new", **event)


def _receive(parts: Parts) -> Callable[[Case, Mapping[str, Any] | None], Iterator[Updates]]:
    def receive(case: Case, message: Mapping[str, Any] | None) -> Iterator[Updates]:
        message = message or EMPTY
        yield from _turn(
            parts, case, message.get("text") or "", [Path(f) for f in message.get("files") or ()]
        )

    return receive


def _example(parts: Parts, words: str) -> Callable[[Case], Iterator[Updates]]:
    def example(case: Case) -> Iterator[Updates]:
        yield from _turn(parts, case, words, [])

    return example


def _as_letter(parts: Parts) -> Callable[[Case], Iterator[Updates]]:
    def as_letter(case: Case) -> Iterator[Updates]:
        if case.doubtful:
            yield from _respond(parts, case, Heard(case.doubtful, "letter"), "")

    return as_letter


def _begin(parts: Parts) -> Callable[[Case], Updates]:
    def begin(case: Case) -> Updates:
        """A clean desk; the next letter's form shares nothing with the last one's."""
        cleared = {parts.talk.box: EMPTY, parts.work.letter: "", parts.work.findings: ""}
        return parts.show(Case(number=case.number + 1), WORK) | cleared

    return begin


def _turn(parts: Parts, case: Case, typed: str, files: list[Path]) -> Iterator[Updates]:
    """One message: shown at once, then answered."""
    try:
        heard_case, heard = parts.desk.hear(case, typed, files)
    except AssistantError as fault:
        yield _faulted(parts, case, fault, typed)
        return
    yield {parts.talk.chat: shown.messages(heard_case.say(PENDING)), parts.talk.box: EMPTY}
    yield from _respond(parts, heard_case, heard, typed)


def _respond(parts: Parts, case: Case, heard: Heard, typed: str) -> Iterator[Updates]:
    try:
        after = parts.desk.respond(replace(case, doubtful=None), heard)
    except AssistantError as fault:
        yield _faulted(parts, case, fault, typed)
        return
    updates = parts.show(after, {"letter": WORK, "reply": SHEET, "question": None}[heard.intent])
    if heard.intent == "letter":
        updates |= {parts.work.letter: heard.text, parts.work.findings: heard.findings}
    yield updates


def _faulted(parts: Parts, case: Case, fault: AssistantError, typed: str) -> Updates:
    """The fault as a turn; the words go back into the box."""
    after = case.say(cards.fault(str(fault)))
    return {
        parts.case: after,
        parts.talk.chat: shown.messages(after),
        parts.talk.box: {"text": typed, "files": []},
    }
