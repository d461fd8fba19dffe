"""What the program holds of the pages it has open, and what it lets go.

The web library keeps every form that was ever laid out in a page, and of a closed page all that it last showed. Pages
stand open all day and are opened anew many times; what nobody can ask for again must not add up.
"""

from collections.abc import Iterator
from typing import Any

import gradio as gr
from gradio.context import LocalContext


def drop_last_layout() -> None:
    """The parts of the form that is about to be replaced go; called where the new one is laid out."""
    page, form = LocalContext.blocks_config.get(None), LocalContext.renderable.get(None)
    if page is not None and form is not None:
        _drop(page, form)


def let_go_of_closed_pages(blocks: Any) -> None:
    """Of a page that is closed only its case stays, for a computer that slept; what it showed can be made again."""

    def closed(request: gr.Request) -> None:
        held = blocks.state_holder.session_data.get(request.session_hash)
        if held is None:
            return
        held.config_values.clear()
        for form in held.blocks_config.renderables:
            _drop(held.blocks_config, form)
            held.blocks_config.blocks[form.container_id] = blocks.default_config.blocks[form.container_id]

    blocks.unload(closed)


def forget(blocks: Any, page: str | None) -> None:
    """Nothing is held any longer of a page whose case is gone."""
    blocks.state_holder.session_data.pop(page, None)
    blocks.state_holder.time_last_used.pop(page, None)


def _drop(page: Any, form: Any) -> None:
    """What a form laid out in a page holds, with the library's lists of files its parts never had."""
    dropped = list(_within(page.blocks[form.container_id]))
    for part in dropped:
        page.blocks.pop(part._id, None)
    files = {id(part.temp_files) for part in dropped if not part.temp_files}
    listed = page.root_block.temp_file_sets
    listed[:] = [one for one in listed if id(one) not in files]


def _within(part: Any) -> Iterator[Any]:
    for child in getattr(part, "children", ()):
        yield child
        yield from _within(child)
