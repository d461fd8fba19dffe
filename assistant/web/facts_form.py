"""The facts a letter must state, as a form: short fields in pairs, what is known already folded away."""

from collections.abc import Sequence
from contextlib import nullcontext
from itertools import groupby

import gradio as gr

from assistant.web.fields import Field, Form
from assistant.web.holding import drop_last_layout
from assistant.web.markup import el

FOLDED = ("程序事项", "本机关与落款")


def lay_out(form: Form | None) -> None:
    """Lay the form out; before an outcome is chosen, say what will stand here."""
    drop_last_layout()
    if form is None:
        hint = "选定处理结果后，这里列出答复书要写的事实和“起草”按钮。"
        gr.HTML(el("div", el("p", hint), class_="empty"), padding=False)
        return
    gr.HTML(el("h3", f"四、{form.title}要写的事实", data_case=str(form.case)), padding=False)
    for group, fields in groupby(form.fields, key=lambda field: field.group):
        _group(group, tuple(fields))


def _group(group: str, fields: tuple[Field, ...]) -> None:
    """One group; those that are rarely touched stay folded while nothing in them is wanted."""
    wanted = any(field.required and not field.value for field in fields)
    title = group if any(field.required for field in fields) else f"{group}（按需填写）"
    if group.startswith("第"):
        gr.HTML(el("h4", group), padding=False)
    with gr.Accordion(title, open=wanted) if group in FOLDED else nullcontext():
        for row in _rows(fields):
            with gr.Row():
                for field in row:
                    _input(field)


def _rows(fields: Sequence[Field]) -> list[tuple[Field, ...]]:
    """Fields in pairs where both are short, in their order."""
    rows: list[tuple[Field, ...]] = []
    for field in fields:
        if rows and len(rows[-1]) == 1 and field.lines == 1 == rows[-1][0].lines:
            rows[-1] = (*rows[-1], field)
        else:
            rows.append((field,))
    return rows


def _input(field: Field) -> None:
    gr.Textbox(
        value=field.value,
        label=f"{field.label}{'（必填）' if field.required else ''}",
        info=field.why,
        placeholder=field.hint,
        lines=field.lines,
        max_lines=1 if field.lines == 1 else 8,
        elem_id=f"fact-{field.key}",
        elem_classes="fact" if field.required else "fact optional",
        min_width=200,
        interactive=True,
    )
