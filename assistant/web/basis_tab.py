"""The tab 依据与来源: the provisions of the outcome in full, and all that was found for the letter."""

from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.web import shown
from assistant.web.case import Case

if TYPE_CHECKING:
    from assistant.web.desk import Desk


def basis_tab(desk: "Desk") -> Any:
    """Lay the tab out, before any letter."""
    return gr.HTML(shown.basis(desk, Case()), elem_id="basis", padding=False)
