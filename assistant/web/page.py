"""The page: the conversation on the left, the case on the right. It lays out and shows; `wiring` makes it act."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.law.outcomes import Outcome, Outcomes
from assistant.settings import Agency
from assistant.web import paper
from assistant.web.examples import examples
from assistant.web.guard import TITLE
from assistant.web.markup import Markup, el

CREED = "助手提出建议，决定由人作出并签发"
WORK, BASIS, SHEET = "work", "basis", "sheet"

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


@dataclass(frozen=True)
class Work:
    """The first tab: letter, findings, outcome, and the facts with the button that asks for the draft."""

    letter: Any
    findings: Any
    reconsider: Any
    outcome: Any
    road: Any
    note: Any
    alert: Any
    facts: Any
    typed: Any
    draft: Any
    draft_alert: Any


@dataclass(frozen=True)
class Rewording:
    """In the third tab, what has to do with a chat model's words for the reasons."""

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
    """In the third tab, beside a download the gate blocks: who lets the letter go, and why."""

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
    """The third tab: draft, checks, export, and the check of any text."""

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


def masthead(agency: Agency, may_leave: bool) -> Any:
    """The title bar, with the organ whose page it is, and the way out where one has logged in."""
    name = agency.name or "尚未设置机关名称（assistant.toml 的 agency.name）"
    seal = el("span", "公开", class_="seal", aria_hidden="true")
    title = el("div", el("h1", TITLE), el("p", CREED), class_="title")
    organ = el("p", name, class_="organ" if agency.name else "organ unset")
    leave = el("form", el("button", "退出"), method="post", action="/logout") if may_leave else None
    return gr.HTML(el("header", seal, title, organ, leave), elem_id="masthead", padding=False)


def talk() -> Talk:
    """The conversation with its examples and the box to write in."""
    with gr.Row(elem_classes="pane-head"):
        gr.HTML(el("h2", "对话"), padding=False)
        new = gr.Button("新的一件", size="sm", elem_id="new-case", min_width=90, scale=0)
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
    return Talk(chat, box, buttons, as_letter, new)


def work(outcomes: Outcomes) -> Work:
    """Letter, findings and outcome; the form of facts follows below."""
    alert = gr.HTML("", elem_id="work-alert", padding=False)
    letter = gr.Textbox(
        label="一、申请书", lines=6, max_lines=10, elem_id="letter", interactive=True, placeholder="左侧收到申请书后显示在这里，可以修改。",
    )  # fmt: skip
    findings = gr.Textbox(
        label="二、查明的事实", lines=3, max_lines=8, elem_id="findings", interactive=True,
        info="处理结果由查明的事实决定，不由申请人的说法决定。写清检索、制作、保存、定密、征求意见等情况。",
        placeholder="例如：经检索，本机关未制作、未保存该信息，该信息由区自然资源局制作。",
    )  # fmt: skip
    reconsider = gr.Button("重新研判", size="sm", elem_id="reconsider", scale=0)
    outcome = gr.Dropdown(
        choices=[(_choice(one), code) for code, one in outcomes.items()], value=None,
        label="三、处理结果", elem_id="outcome", interactive=True, info="助手把握足够时预先选好；由你确定。", filterable=True,
    )  # fmt: skip
    road = gr.Radio(choices=[], label="属于哪一种情形", visible=False, elem_id="road", interactive=True)
    note = gr.HTML("", elem_id="outcome-note", padding=False)
    facts = gr.Column(elem_id="facts")
    typed = gr.Textbox(visible="hidden", show_label=False, elem_id="typed")
    draft_alert = gr.HTML("", padding=False, elem_id="draft-alert")
    draft = gr.Button("起草", variant="primary", elem_id="draft", visible=False)
    return Work(letter, findings, reconsider, outcome, road, note, alert, facts, typed, draft, draft_alert)


def sheet() -> Paper:
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
            upload = gr.UploadButton("上传答复书", size="sm", elem_id="reply-upload")
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


def _choice(outcome: Outcome) -> str:
    """An outcome under its group, as the table prints them."""
    group, label = outcome.group_label, outcome.label
    return group if group.endswith(label) else f"{group}　{label}"


def _welcome() -> Markup:
    rows = (el("li", el("strong", title), el("span", words)) for title, words in _WELCOME)
    return el("div", el("h3", "从一封申请书开始"), el("ul", *rows), class_="welcome")
