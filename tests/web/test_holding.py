"""What is held of a page does not add up: forms laid out again, pages closed, cases that are gone."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from gradio.context import LocalContext
from gradio.state_holder import SessionState, StateHolder

from assistant.web.blocks import build_blocks
from assistant.web.case import Case
from assistant.web.desk import Desk
from assistant.web.downloads import Downloads
from assistant.web.fields import Form
from assistant.web.pages import Pages

PAGE = "a-page"
SLEPT = timedelta(hours=2)


@pytest.fixture
def pages() -> Pages:
    """The open pages of the program."""
    return Pages()


@pytest.fixture
def blocks(desk: Desk, pages: Pages) -> Any:
    """The whole page as the server holds it."""
    made = build_blocks(desk.assistant, Downloads(), pages=pages)
    StateHolder().set_blocks(made)
    return made


@pytest.fixture
def form(desk: Desk) -> Form:
    """A form with many lines."""
    found = desk.form(desk.decide(Case(), "unable.not_held"))
    assert found and len(found.fields) > 10
    return found


def laid_out(page: SessionState, form: Form | None) -> int:
    """How many parts a page holds after its form was laid out (again)."""
    (renderable,) = page.blocks_config.renderables
    token = LocalContext.blocks_config.set(page.blocks_config)
    try:
        renderable.apply(form)
    finally:
        LocalContext.blocks_config.reset(token)
    return len(page.blocks_config.blocks)


def test_a_form_laid_out_again_takes_the_place_of_the_last(blocks: Any, form: Form) -> None:
    """However often, and whichever came between; the library's own lists do not grow either."""
    page, empty = blocks.state_holder[PAGE], len(blocks.blocks)
    first, files = laid_out(page, form), len(blocks.temp_file_sets)
    assert first > empty + len(form.fields)
    for again in (form, None, form):
        last = laid_out(page, again)
    assert (first, files) == (last, len(blocks.temp_file_sets))


def test_another_pages_form_stays(blocks: Any, form: Form) -> None:
    """Each page has its own."""
    one, other = blocks.state_holder[PAGE], blocks.state_holder["another"]
    held = laid_out(other, form)
    laid_out(one, form)
    laid_out(one, None)
    assert held == len(other.blocks_config.blocks)


def closed(blocks: Any, page: str = PAGE) -> None:
    """The browser has closed the page, or its computer sleeps."""
    (event,) = (one for one in blocks.fns.values() if any(what == "unload" for _, what in one.targets))
    event.fn(SimpleNamespace(session_hash=page))
    if page in blocks.state_holder:
        blocks.state_holder.session_data[page].is_closed = True


def test_of_a_closed_page_only_its_case_stays(blocks: Any, form: Form) -> None:
    """A computer that wakes goes on with it; what the page showed is made again when it is needed."""
    page = blocks.state_holder[PAGE]
    state = next(one for one in blocks.blocks.values() if isinstance(one, gr.State))
    page[state._id] = "the case"
    laid_out(page, form)
    closed(blocks)
    assert {} == page.config_values
    assert len(blocks.blocks) == len(page.blocks_config.blocks)
    assert "the case" == blocks.state_holder[PAGE][state._id]
    box = next(one for one in blocks.blocks.values() if isinstance(one, gr.Chatbot))
    page._update_value_in_config(box._id, [])
    assert [] == page.config_values[box._id]["props"]["value"]
    assert laid_out(page, form) > len(blocks.blocks)


def test_a_page_nobody_knows_may_close(blocks: Any) -> None:
    """One of an earlier start of the program, say."""
    closed(blocks, "unknown")
    assert "unknown" not in blocks.state_holder


def test_nothing_is_held_of_a_page_whose_case_is_gone(blocks: Any, pages: Pages) -> None:
    """Closed for longer than any computer sleeps: it is known as lost, and its parts go with its case."""
    page = blocks.state_holder[PAGE]
    state = next(
        one for one in blocks.blocks.values() if isinstance(one, gr.State) and isinstance(one.value, Case)
    )
    case = page[state._id]
    case.seat.sit(PAGE, lambda _: None)
    page[state._id] = replace(case)
    closed(blocks)
    page._state_ttl[state._id] = (SLEPT.total_seconds(), datetime.now() - 2 * SLEPT)
    blocks.state_holder.delete_all_expired_state()
    assert PAGE not in blocks.state_holder
    assert not pages.knows(f"{pages.program}:{PAGE}".encode())
