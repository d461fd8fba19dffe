"""The tab 办理: letter, findings, outcome, and the facts with the button that asks for the draft."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.law.outcomes import Outcome, Outcomes


@dataclass(frozen=True)
class Work:
    """The tab: letter, findings, outcome, and the facts with the button that asks for the draft."""

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


def work_tab(outcomes: Outcomes) -> Work:
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


def _choice(outcome: Outcome) -> str:
    """An outcome under its group, as the table prints them."""
    group, label = outcome.group_label, outcome.label
    return group if group.endswith(label) else f"{group}　{label}"
