"""The page beside its tabs: the conversation on the left. The title bar and each tab have modules of their own."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.web.examples import examples
from assistant.web.markup import Markup, el
from assistant.web.rooms import room

WORK, GUIDE, BASIS, SHEET = "work", "guide", "basis", "sheet"

_WELCOME = (
    (
        "处理一件申请",
        "粘贴申请书，或者上传 .txt、.md、.docx、.pdf 文件。助手读出申请事项，提出处理结果，列明依据和线索。",
    ),
    ("问法律，问数字", "写下问题。法律问题引条文原文回答；已公开年报的数字从表格里取，指明行和列。"),
    ("校验一份答复书", "把写好的答复书贴进来，逐项核对条文、引文、依据、救济途径和必备内容。"),
)


@dataclass(frozen=True)
class Talk:
    """The left side."""

    chat: Any
    box: Any
    examples: tuple[tuple[Any, str], ...]
    as_letter: Any
    new: Any
    left: Any


def talk() -> Talk:
    """The conversation with its examples and the box to write in."""
    with gr.Row(elem_classes="pane-head"):
        gr.HTML(el("h2", "对话"), padding=False)
        new = gr.Button("新的一件", size="sm", elem_id="new-case", min_width=90, scale=0)
    left = room("left")
    chat = gr.Chatbot(
        show_label=False, label="对话", placeholder=_welcome(), latex_delimiters=[], buttons=[], layout="panel",
        feedback_options=None, elem_id="chat", height="100%", container=False, allow_tags=False, autoscroll=False, group_consecutive_messages=False,
    )  # fmt: skip
    with gr.Row(elem_id="examples"):
        gr.HTML(el("span", "示例"), padding=False, elem_classes="hint", min_width=40)
        buttons = tuple(
            (gr.Button(label, size="sm", elem_classes="example", min_width=60, scale=0), words)
            for label, words in examples()
        )
        as_letter = gr.Button(
            "这是申请书，请研判", size="sm", visible=False, elem_id="as-letter", min_width=60, scale=0
        )
    box = gr.MultimodalTextbox(
        placeholder="粘贴申请书、上传文件，或者写下问题（Enter 发送，Shift+Enter 换行）", show_label=False, label="写给助手的话",
        sources=["upload"], max_plain_text_length=10_000_000, lines=2, max_lines=8,
        elem_id="box", submit_btn="发送", autofocus=True,
    )  # fmt: skip
    return Talk(chat, box, buttons, as_letter, new, left)


def _welcome() -> Markup:
    rows = (el("li", el("strong", title), el("span", words)) for title, words in _WELCOME)
    return el("div", el("h3", "从一封申请书开始"), el("ul", *rows), class_="welcome")
