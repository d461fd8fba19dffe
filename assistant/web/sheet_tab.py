"""The tab 草稿与校验: the draft as a sheet, its checks, the way out as a Word file, and the check of any reply."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.web import paper
from assistant.web.markup import el
from assistant.web.uploading import upload_button


@dataclass(frozen=True)
class Rewording:
    """In the tab, what has to do with a chat model's words for the reasons."""

    ask: Any
    shown: Any
    chosen: Any
    adopt: Any
    leave: Any

    @property
    def all(self) -> list[Any]:
        """Every one of them."""
        return [self.ask, self.shown, self.chosen, self.adopt, self.leave]


@dataclass(frozen=True)
class LetGo:
    """In the tab, beside a download the gate blocks: who lets the letter go, and why."""

    box: Any
    name: Any
    reason: Any
    button: Any

    @property
    def all(self) -> list[Any]:
        """Every one of them."""
        return [self.box, self.name, self.reason]


@dataclass(frozen=True)
class Paper:
    """The tab: draft, checks, export, and the check of any text."""

    sheet: Any
    verdict: Any
    download: Any
    ticket: Any
    alert: Any
    any_reply: Any
    text: Any
    upload: Any
    check: Any
    check_alert: Any
    other: Any
    rewording: Rewording
    let_go: LetGo


def sheet_tab() -> Paper:
    """Draft, checks and export; below, the check of any reply."""
    alert = gr.HTML("", elem_id="sheet-alert", padding=False)
    with gr.Row(elem_classes="pane-head"):
        gr.HTML(paper.legend(), padding=False)
        ask = gr.Button(
            "请模型润色理由", size="sm", visible=False, elem_id="rewording-ask", min_width=130, scale=0
        )
        download = gr.Button(
            "下载 DOCX",
            variant="primary",
            size="sm",
            interactive=False,
            elem_id="download",
            min_width=110,
            scale=0,
        )
    ticket = gr.Textbox(visible="hidden", elem_id="ticket", show_label=False)
    let_go = _let_go()
    reworded = _reworded(ask)
    verdict = gr.HTML("", elem_id="verdict", padding=False)
    shown = gr.HTML(paper.sheet(None), elem_id="sheet", padding=False)
    with gr.Accordion("校验一份写好的答复书", open=False, elem_id="any-reply") as any_reply:
        check_alert = gr.HTML("", elem_id="check-alert", padding=False)
        text = gr.Textbox(
            label="答复书全文",
            lines=6,
            max_lines=14,
            elem_id="reply-text",
            placeholder="把答复书全文贴在这里。",
        )
        with gr.Row():
            upload = upload_button("上传答复书", "reply-upload")
            check = gr.Button("校验这份文本", variant="primary", size="sm", elem_id="check")
        other = gr.HTML("", elem_id="other", padding=False)
    return Paper(
        shown, verdict, download, ticket, alert, any_reply, text, upload, check, check_alert, other, reworded,
        let_go,
    )  # fmt: skip


def _let_go() -> LetGo:
    """Below the head of the sheet, while the gate refuses a whole draft and nobody has let it go."""
    with gr.Column(visible=False, elem_id="let-go") as box:
        words = "校验不通过的草稿不能下载。确需照此发出的，由有权的人写明姓名和理由后放行；放行记录在案，错误仍然列出。"
        gr.HTML(el("p", words, class_="note"), padding=False)
        with gr.Row():
            name = gr.Textbox(label="放行人", max_lines=1, elem_id="let-go-name", min_width=120, scale=1)
            reason = gr.Textbox(
                label="放行理由", max_lines=3, elem_id="let-go-reason", min_width=220, scale=3
            )
            button = gr.Button("放行", size="sm", elem_id="let-go-button", min_width=80, scale=0)
    return LetGo(box, name, reason, button)


def _reworded(ask: Any) -> Rewording:
    """Below the head of the sheet, while the model's words are neither taken over nor left."""
    shown = gr.HTML("", elem_id="rewording", padding=False)
    chosen = gr.CheckboxGroup(
        choices=[], label="采用哪几处（不勾选的保留原文）", visible=False, elem_id="rewording-chosen"
    )
    with gr.Row():
        adopt = gr.Button("采用所选", size="sm", visible=False, elem_id="rewording-adopt", scale=0)
        leave = gr.Button("都不采用", size="sm", visible=False, elem_id="rewording-leave", scale=0)
    return Rewording(ask, shown, chosen, adopt, leave)
