"""The reasons of a draft worded by the chat model, where the office has one: asked for, compared, taken over or left.

Nothing the model wrote counts before the clerk has taken it over, passage by passage; then the letter is drafted
and checked anew.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.drafting.prose import words_at
from assistant.errors import InputError
from assistant.web import cards
from assistant.web.case import Case
from assistant.web.fields import facts_from, written
from assistant.web.markup import Markup, el

if TYPE_CHECKING:
    from assistant.drafting.polishing import Change
    from assistant.web.desk import Desk
    from assistant.web.sheet_tab import Rewording


def reword(desk: "Desk", case: Case) -> Case:
    """The draft worded by the model, beside the embedded one. Raises InputError where there is no draft."""
    form = desk.form(case)
    if form is None or case.checked is None:
        raise InputError("还没有草稿。请先在“办理”里起草，再请模型润色。")
    checked = desk.checked(case)
    assert checked.draft is not None
    facts, findings = desk.facts(case, form), case.handled.findings if case.handled else ""
    found = desk.assistant.polish(checked.draft, facts, case.letter or None, findings)
    line = found.notice or f"对话模型润色了 {len(found.changes)} 处理由，采用与否请在“草稿与校验”里选定。"
    return replace(case, checked=checked, polished=found).say(cards.told(line))


def take_over(desk: "Desk", case: Case, names: Collection[str]) -> Case:
    """The case with the chosen words as its facts, drafted and checked anew; with none chosen, as it was.

    Raises InputError where the clerk has changed the words since.
    """
    form, found = desk.form(case), case.polished
    if form is None or found is None or not names:
        return replace(case, polished=None)
    given, chosen = facts_from(form), [change for change in found.changes if change.name in names]
    for one in chosen:
        if " ".join(words_at(given, one.path).split()) != one.before:
            raise InputError(f"“{one.label}”在润色以后改过，没有采用。请重新起草，再请模型润色。")
    facts = found.with_only(frozenset(names), given)
    changed = {change.path[0] for change in chosen}
    typed = {str(key): written(facts[str(key)]) for key in changed}
    return desk.write(replace(case, typed={**case.typed, **typed}, polished=None))


def changes(case: Case) -> Markup:
    """Old words and new ones, passage by passage; or why there are none."""
    found = case.polished
    if found is None:
        return Markup("")
    if found.notice:
        return el("p", found.notice, class_="notice")
    rows = (el("li", el("strong", one.label), _two(one)) for one in found.changes)
    lead = el("p", f"对话模型 {found.model} 的润色，采用前不计入草稿：", class_="lead")
    return el("div", lead, el("ul", *rows, class_="rewording"), class_="verdict", role="status")


def updates(new: "Rewording", case: Case, offered: bool) -> dict[Any, Any]:
    """What the components show for a case; `offered` where the office has a chat model."""
    found = case.polished.changes if case.polished else ()
    choices = [(one.label, one.name) for one in found]
    return {
        new.ask: gr.update(visible=offered and case.checked is not None and not case.items),
        new.shown: changes(case),
        new.chosen: gr.CheckboxGroup(choices=choices, value=[], visible=bool(found)),
        new.adopt: gr.update(visible=bool(found)),
        new.leave: gr.update(visible=bool(found)),
    }


def _two(change: "Change") -> Markup:
    old = change.before or "（未填写）"
    return el(
        "div",
        el("p", el("span", "原", class_="badge"), el("del", old)),
        el("p", el("span", "现", class_="badge"), el("ins", change.after)),
    )
