"""The page's frame sends the browser what the web library would send, and makes less anew."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from time import time
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from gradio.state_holder import SessionState

from assistant.web.lean import CHANGES, HEARING, PRECEDENCE_SECONDS, LeanBlocks, as_it_is

PARTS = ("case", "button", "box", "note", "chat")
TOLD: dict[str, dict[str, Any]] = {
    "nothing": {"box": gr.skip()},
    "one text": {"note": "<p>甲</p>"},
    "the same text again": {"note": "<p>甲</p>"},
    "another text": {"note": "<p>乙</p>", "case": 2},
    "a button hidden": {"button": gr.update(visible=False), "case": 3},
    "a button hidden again": {"button": gr.update(visible=False)},
    "a button shown": {"button": gr.update(visible=True, interactive=True)},
    "words and a label": {
        "button": gr.update(value="起草", visible=True),
        "box": gr.update(label="甲", value="乙"),
    },
    "a box emptied": {"box": ""},
    "a conversation": {"chat": [{"role": "assistant", "content": "<p>甲</p>"}], "box": gr.skip()},
}


def finished(work: Coroutine[Any, Any, Any]) -> Any:
    """What comes of it, in a thread of its own: a browser driver may run its loop in this one."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, work).result()


def frame(kind: type[gr.Blocks]) -> tuple[Any, Any, dict[str, Any]]:
    """A page with one event over a state, a button, a box, a text and a conversation; a session; the parts."""
    with kind() as blocks:
        made = (gr.State(1), gr.Button("甲", visible=True), gr.Textbox(), gr.HTML("<p>零</p>"), gr.Chatbot())
        made[1].click(lambda: None, None, list(made))
    return blocks, SessionState(blocks), dict(zip(PARTS, made, strict=True))


def test_the_browser_is_sent_what_the_library_would_send() -> None:
    """Event after event in one session, whatever is left alone, repeated or changed.

    But for a text left alone: of that the library sends a property that means nothing.
    """
    sent = {}
    for kind in (gr.Blocks, LeanBlocks):
        blocks, session, parts = frame(kind)
        (event,) = blocks.fns.values()
        sent[kind] = [
            finished(
                blocks.postprocess_data(
                    event, {parts[name]: what for name, what in deepcopy(one).items()}, session
                )
            )
            for one in TOLD.values()
        ]
    for outputs in sent[gr.Blocks]:
        for one in outputs:
            if isinstance(one, dict) and one.get("props") == {"__type__": "update"}:
                del one["props"]
    assert sent[gr.Blocks] == sent[LeanBlocks]


def test_what_is_left_alone_is_not_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that is told to be what it is is the very part it was; a changed one is another."""
    blocks, session, parts = frame(LeanBlocks)
    (event,) = blocks.fns.values()
    made: list[object] = []
    make = gr.Textbox.__init__

    def count(self: object, *given: Any, **more: Any) -> None:
        made.append(self)
        make(self, *given, **more)

    monkeypatch.setattr(gr.Textbox, "__init__", count)
    for told in (gr.skip(), gr.update(visible=True), gr.update(visible=True)):
        finished(blocks.postprocess_data(event, {parts["box"]: told}, session))
    assert 1 == len(made)


def test_whatever_is_not_plainly_told_is_left_to_the_library() -> None:
    """A value, a fold, a tab in front: these the clerk changes too, so they are always made."""
    _, session, parts = frame(LeanBlocks)
    for told in (gr.update(value="甲"), gr.update(open=True), gr.update(visible=False), "甲", None):
        assert as_it_is(parts["button"], told, session) is CHANGES


ANSWERING = "answers"


def waiting(*rows: str) -> Any:
    """The queue of a page with an event that hears and one that answers, and what waits in it."""
    with LeanBlocks() as page:
        said, shown = gr.Textbox(), gr.Textbox()
        for row in (HEARING, ANSWERING):
            said.submit(str, said, shown, concurrency_id=row, concurrency_limit=2)
    queue = page.queue()._queue
    for fn in page.fns.values():
        queue.create_event_queue_for_fn(fn)
        queue.event_queue_per_concurrency_id[fn.concurrency_id].queue += [
            SimpleNamespace(fn=fn) for row in rows if row == fn.concurrency_id
        ]
    return queue


def taken(queue: Any) -> list[str]:
    """The rows in which the queue takes up what waits, one after the other, until it takes nothing more."""
    return [found[2] for found in iter(queue.get_events, None)]


def test_what_was_said_is_shown_before_anything_is_worked_out() -> None:
    """Whichever came first: the first words of one clerk do not wait for another's answer."""
    assert [HEARING] * 3 + [ANSWERING] * 2 == taken(waiting(ANSWERING, HEARING, HEARING, ANSWERING, HEARING))


def test_an_answer_waits_while_something_has_just_begun_to_be_heard() -> None:
    """But not for long: a great file that is being read holds up nobody."""
    queue = waiting(ANSWERING)
    row = queue.event_queue_per_concurrency_id[HEARING]
    moments = row.start_times_per_fn[next(iter(queue.blocks.fns.values()))]
    moments.add(time())
    assert [] == taken(queue)
    moments.clear()
    moments.add(time() - 2 * PRECEDENCE_SECONDS)
    assert [ANSWERING] == taken(queue)
