"""The page put together: laid out, then wired."""

from collections.abc import Callable
from typing import Any

import gradio as gr

from assistant.pipeline import Assistant
from assistant.web import page
from assistant.web.acting import pressing_parts, wire_presses
from assistant.web.answering import AT_ONCE
from assistant.web.basis_tab import basis_tab
from assistant.web.case import Case
from assistant.web.checking import wire_paper
from assistant.web.choosing import wire_rewording
from assistant.web.corpus_tab import corpus_tab
from assistant.web.desk import Desk
from assistant.web.door import Door
from assistant.web.downloads import Downloads
from assistant.web.evaluation_tab import evaluation_tab
from assistant.web.guide_tab import guide_tab
from assistant.web.handling import wire_work
from assistant.web.holding import forget, let_go_of_closed_pages
from assistant.web.lean import LeanBlocks
from assistant.web.masthead import masthead, page_title, wire_masthead
from assistant.web.pages import Pages
from assistant.web.parts import Parts
from assistant.web.register_tab import register_tab
from assistant.web.resuming import Resuming, wire_resuming
from assistant.web.rooms import Rooms
from assistant.web.settings_tab import settings_tab
from assistant.web.sheet_tab import sheet_tab
from assistant.web.talking import wire_talk
from assistant.web.unfinished import Drawer
from assistant.web.work_tab import work_tab
from assistant.web.yearbook_tab import yearbook_tab

SESSIONS_LIVE = 8 * 3600
UPLOADS_LIVE = (600, 600)
# Pages whose parts are held in memory, the last used of all that were ever opened; each takes a quarter of a megabyte.
PAGES_HELD = 1_000
# Tabs that concern no case: name, id, and the one function that lays the tab out and wires it.
OFFICE_TABS: tuple[tuple[str, str, Callable[[Desk, Any], None]], ...] = (
    ("语料", "corpus", corpus_tab),
    ("评测", "evaluation", evaluation_tab),
)


def build_blocks(
    assistant: Assistant, downloads: Downloads, door: Door | None = None, pages: Pages | None = None
) -> Any:
    """The page of one office; every clerk who opens it has a case of their own."""
    desk, door, pages = Desk(assistant), door or Door(None), pages or Pages()
    with LeanBlocks(
        title=page_title(assistant.settings.agency),
        analytics_enabled=False,
        delete_cache=UPLOADS_LIVE,
        fill_width=True,
    ) as blocks:
        wire_masthead(blocks, masthead(assistant.settings.agency, door.locked), assistant, door)
        with gr.Row(elem_id="desk"):
            with gr.Column(scale=45, elem_id="talk", min_width=320):
                talk = page.talk()
            with gr.Column(scale=55, elem_id="case", min_width=360):
                parts, rooms = _case_side(desk, downloads, talk, door, _state(blocks, pages))
        drawer = Drawer(assistant.settings.data_dir / "unfinished")
        drawer.sweep()
        wire_resuming(blocks, Resuming(parts, rooms, drawer))
        let_go_of_closed_pages(blocks)
    blocks.state_session_capacity = PAGES_HELD
    return blocks.queue(default_concurrency_limit=AT_ONCE)


def _state(blocks: Any, pages: Pages) -> Any:
    """The case of a page, as long as the program holds it; a page whose case is gone is known as lost."""

    def gone(case: Case) -> None:
        pages.lose(case.seat.page)
        forget(blocks, case.seat.page)

    return gr.State(Case(), time_to_live=SESSIONS_LIVE, delete_callback=gone)


def _case_side(
    desk: Desk, downloads: Downloads, talk: page.Talk, door: Door, case: Any
) -> tuple[Parts, Rooms]:
    """The tabs, and the events of the whole page."""
    form = gr.State(None)
    button, pressed = pressing_parts()
    with gr.Tabs(elem_id="tabs") as tabs:
        with gr.Tab("办理", id=page.WORK, elem_classes="pane"):
            work = work_tab(desk.assistant.outcomes)
        with gr.Tab("七步引导", id=page.GUIDE, elem_classes="pane", render_children=True):
            guide = guide_tab(desk)
        with gr.Tab("依据与来源", id=page.BASIS, elem_classes="pane", render_children=True):
            basis = basis_tab(desk)
        with gr.Tab("草稿与校验", id=page.SHEET, elem_classes="pane", render_children=True):
            paper = sheet_tab()
        rooms = Rooms(desk, downloads, door, case, tabs)
        with gr.Tab("台账", id="register", elem_classes="pane", render_children=True) as tab:
            register = register_tab(rooms, tab)
        with gr.Tab("年报", id="yearbook", elem_classes="pane", render_children=True) as tab:
            yearbook_tab(rooms, tab, register)
        for name, key, build in OFFICE_TABS:
            with gr.Tab(name, id=key, elem_classes="pane", render_children=True) as tab:
                build(desk, tab)
        with gr.Tab("设置", id="settings", elem_classes="pane", render_children=True) as tab:
            settings_tab(rooms, tab)
    parts = Parts(
        desk, downloads, case, form, tabs, talk, work, guide, basis, paper, button, pressed, register
    )
    wire_talk(parts)
    wire_work(parts)
    wire_paper(parts)
    wire_rewording(parts)
    wire_presses(parts)
    return parts, rooms
