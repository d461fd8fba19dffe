"""The frame of the page, in which a part that stays as it is costs next to nothing.

The web library makes every output of an event anew, also those the event leaves alone. With twenty clerks at once
that was most of what the machine did, and the first words of every answer waited for it. What was said goes before what is
worked out for others, for the same reason.
"""

from collections.abc import Callable
from copy import copy
from time import time
from typing import Any

import gradio as gr
from gradio.blocks import Block, convert_component_dict_to_list

LEFT_ALONE = {"__type__": "update"}
CHANGES = object()
# How long the queue rests when it is empty; the library's own thousandth of a second keeps an idle machine busy.
REST_SECONDS = 0.005
PLAIN = frozenset({"visible", "interactive"})
# The row of events that show what was said; while one waits, or began so short a time ago, none of another row begins.
HEARING = "hearing"
PRECEDENCE_SECONDS = 0.3
# How often those who wait are told how many wait before them; the page shows it to nobody.
STATUS_SECONDS = 60


class LeanBlocks(gr.Blocks):  # type: ignore[misc]
    """The library's frame: the browser is sent the same, but nothing is made anew for what is as it was."""

    def queue(self, *given: Any, **more: Any) -> Any:
        """The library's queue with longer rests, in which what was said goes before what is worked out."""
        queued = super().queue(*given, status_update_rate=STATUS_SECONDS, **more)
        self._queue.sleep_when_free = REST_SECONDS
        self._queue.get_events = first_words_first(self._queue)
        return queued

    async def postprocess_data(self, block_fn: Any, predictions: Any, state: Any) -> list[Any]:
        """What each output of an event sends. Basis: the same method of the library, which makes what has changed."""
        told = _told(block_fn, predictions, state)
        if told is None:
            whole: list[Any] = await super().postprocess_data(block_fn, predictions, state)
            return whole
        sent = [as_it_is(one, what, state) for one, what in zip(block_fn.outputs, told, strict=True)]
        changed = [at for at, one in enumerate(sent) if one is CHANGES]
        if changed:
            fewer = copy(block_fn)
            fewer.outputs = [block_fn.outputs[at] for at in changed]
            given = [told[at] for at in changed]
            made = await super().postprocess_data(fewer, given if len(given) > 1 else given[0], state)
            for at, one in zip(changed, made, strict=True):
                sent[at] = one
        return sent


def first_words_first(queue: Any) -> Callable[[], Any]:
    """What the queue takes up next: what was said, before any answer, so that first words wait for no other's answer."""
    take = queue.get_events

    def next_events() -> Any:
        rows = queue.event_queue_per_concurrency_id
        hearing = rows.get(HEARING)
        if hearing is None:
            return take()
        if hearing.queue and hearing.current_concurrency < hearing.concurrency_limit:
            return [hearing.queue.pop(0)], False, HEARING
        began = [moment for moments in hearing.start_times_per_fn.values() for moment in moments]
        return None if began and time() - max(began) < PRECEDENCE_SECONDS else take()

    return next_events


def as_it_is(part: Any, told: Any, state: Any) -> Any:
    """What is sent of a part that stays: left alone, told to be what it is, or text that stands there already.

    CHANGES for one that does not stay, and for whatever is not plainly told.
    """
    if isinstance(told, Block):
        told = {**told.constructor_args, **LEFT_ALONE}
    if isinstance(told, dict) and told.get("__type__") == "update":
        props = {key: value for key, value in told.items() if key != "__type__"}
        if not props:
            return None if part.stateful else dict(LEFT_ALONE)
        if part.stateful or not props.keys() <= PLAIN:
            return CHANGES
        known = state.get(part._id, part).constructor_args
        same = all(key in known and known[key] == value for key, value in props.items())
        return {**props, **LEFT_ALONE} if same else CHANGES
    if isinstance(part, gr.HTML) and isinstance(told, str):
        stands = state.config_values.get(part._id, {}).get("props", {}).get("value") == told
        return told if stands else CHANGES
    return CHANGES


def _told(block_fn: Any, predictions: Any, state: Any) -> list[Any] | None:
    """What an event says of each of its outputs, in their order; None where the library had better see to it."""
    outputs = block_fn.outputs
    if state is None or block_fn.batch or len(outputs) < 2:
        return None
    if predictions == LEFT_ALONE:
        return [LEFT_ALONE] * len(outputs)
    if isinstance(predictions, dict) and predictions:
        predictions = convert_component_dict_to_list(list(outputs), predictions)
    whole = isinstance(predictions, (list, tuple)) and len(predictions) == len(outputs)
    return list(predictions) if whole else None
