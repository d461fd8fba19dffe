"""The page put together: laid out, then wired."""

from typing import Any

import gradio as gr

from assistant.pipeline import Assistant
from assistant.web import page, shown
from assistant.web.case import Case
from assistant.web.checking import wire_paper
from assistant.web.choosing import wire_rewording
from assistant.web.desk import Desk
from assistant.web.downloads import Downloads
from assistant.web.guard import TITLE
from assistant.web.handling import wire_work
from assistant.web.parts import Parts
from assistant.web.talking import wire_talk

SESSIONS_LIVE = 8 * 3600
UPLOADS_LIVE = (600, 600)
AT_ONCE = 16


def build_blocks(assistant: Assistant, downloads: Downloads, may_leave: bool = False) -> Any:
    """The page of one office; every clerk who opens it has a case of their own."""
    desk = Desk(assistant)
    with gr.Blocks(
        title=TITLE, analytics_enabled=False, delete_cache=UPLOADS_LIVE, fill_width=True
    ) as blocks:
        page.masthead(assistant.settings.agency, may_leave)
        with gr.Row(elem_id="desk"):
            with gr.Column(scale=45, elem_id="talk", min_width=320):
                talk = page.talk()
            with gr.Column(scale=55, elem_id="case", min_width=360):
                _case_side(desk, downloads, talk)
    return blocks.queue(default_concurrency_limit=AT_ONCE)


def _case_side(desk: Desk, downloads: Downloads, talk: page.Talk) -> None:
    """The tabs, and the events of the whole page."""
    case, form = gr.State(Case(), time_to_live=SESSIONS_LIVE), gr.State(None)
    with gr.Tabs(elem_id="tabs") as tabs:
        with gr.Tab("办理", id=page.WORK, elem_classes="pane"):
            work = page.work(desk.assistant.outcomes)
        with gr.Tab("依据与来源", id=page.BASIS, elem_classes="pane", render_children=True):
            basis = gr.HTML(shown.basis(desk, Case()), elem_id="basis", padding=False)
        with gr.Tab("草稿与校验", id=page.SHEET, elem_classes="pane", render_children=True):
            paper = page.sheet()
    parts = Parts(desk, downloads, case, form, tabs, talk, work, basis, paper)
    wire_talk(parts)
    wire_work(parts)
    wire_paper(parts)
    wire_rewording(parts)
