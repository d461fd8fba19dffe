"""The tab 七步引导: the guided decision, one question at a time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.web import guided
from assistant.web.case import Case

if TYPE_CHECKING:
    from assistant.web.desk import Desk


@dataclass(frozen=True)
class GuideTab:
    """The tab: the steps, and what went wrong with the last press."""

    panel: Any
    alert: Any


def guide_tab(desk: "Desk") -> GuideTab:
    """Lay the tab out, before any question."""
    alert = gr.HTML("", elem_id="guide-alert", padding=False)
    return GuideTab(gr.HTML(guided.panel(desk, Case()), elem_id="guided", padding=False), alert)
