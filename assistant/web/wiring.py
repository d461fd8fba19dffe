"""What happens when the clerk acts: each event calls one step of the desk and shows the case it leads to.

A fault of ours is shown where the clerk is looking; what was typed stays in its field.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.errors import AssistantError, InputError
from assistant.web import cards, shown
from assistant.web.case import Case
from assistant.web.desk import Desk, Heard
from assistant.web.downloads import COOKIE, Downloads
from assistant.web.fields import Field, Form, facts_from
from assistant.web.markup import Markup
from assistant.web.page import BASIS, SHEET, WORK, Paper, Talk, Work

NOTHING = Markup("")
Updates = dict[Any, Any]


@dataclass(frozen=True)
class Parts:
    """Every part of the page that events read or change."""

    desk: Desk
    downloads: Downloads
    case: Any
    form: Any
    tabs: Any
    talk: Talk
    work: Work
    basis: Any
    paper: Paper

    @property
    def shown(self) -> list[Any]:
        """What follows from the case alone."""
        work, paper = self.work, self.paper
        panes = [work.outcome, work.road, work.note, work.alert, self.basis, paper.sheet, paper.verdict]
        return [self.case, self.form, self.tabs, self.talk.chat, self.talk.as_letter, *panes, paper.download, paper.alert]

    def show(self, case: Case, tab: str | None = None) -> Updates:
        """Everything that follows from the case."""
        work, paper = self.work, self.paper
        return {
            self.case: case,
            self.form: self.desk.form(case),
            self.tabs: gr.Tabs(selected=tab) if tab else gr.skip(),
            self.talk.chat: shown.messages(case),
            self.talk.as_letter: gr.Button(visible=case.doubtful is not None),
            work.outcome: case.code,
            work.road: shown.road_choice(self.desk, case),
            work.note: shown.outcome_note(self.desk, case),
            work.alert: NOTHING,
            self.basis: shown.basis(self.desk, case),
            paper.sheet: shown.sheet(case),
            paper.verdict: shown.verdict(case),
            paper.download: gr.Button(interactive=case.draft is not None),
            paper.alert: NOTHING,
        }


def wire(parts: Parts) -> None:
    """Every event of the page."""
    _wire_talk(parts)
    _wire_work(parts)
    _wire_paper(parts)


def _wire_talk(parts: Parts) -> None:
    talk, work = parts.talk, parts.work
    outputs = [*parts.shown, talk.box, work.letter, work.findings]
    quiet = {"show_progress": "hidden", "outputs": outputs}
    talk.box.submit(_receive(parts), [parts.case, talk.box], api_name="send", **quiet)
    for button, words in talk.examples:
        button.click(_example(parts, words), [parts.case], api_visibility="private", **quiet)
    talk.as_letter.click(_as_letter(parts), [parts.case], api_visibility="private", **quiet)
    talk.new.click(_begin(parts), [parts.case], api_name="new", **quiet)


def _wire_work(parts: Parts) -> None:
    work = parts.work
    inputs = [parts.case, work.letter, work.findings]
    quiet = {"show_progress": "hidden", "outputs": parts.shown}
    work.reconsider.click(_reconsider(parts), inputs, api_name="reconsider", **quiet)
    work.outcome.input(_decide(parts), [parts.case, work.outcome], api_name="decide", **quiet)
    work.road.input(_decide(parts), [parts.case, work.outcome, work.road], api_name="road", **quiet)
    gr.render(inputs=[parts.form], show_progress="hidden")(_facts_form(parts))


def _wire_paper(parts: Parts) -> None:
    paper = parts.paper
    checked = [parts.case, paper.sheet, paper.verdict, paper.check_alert, parts.tabs]
    paper.check.click(_check(parts), [parts.case, paper.text], checked, api_name="check", show_progress="hidden")
    paper.upload.upload(
        _read_reply(parts), [paper.upload], [paper.text, paper.check_alert], api_visibility="private", show_progress="hidden"
    )
    fetch = paper.download.click(
        _export(parts), [parts.case], [paper.ticket, paper.alert], api_visibility="private", show_progress="hidden"
    )
    fetch.then(None, [paper.ticket], None, js="(place) => { if (place) window.location.assign(place); }")


def _receive(parts: Parts) -> Callable[[Case, Any], Iterator[Updates]]:
    def receive(case: Case, message: Any) -> Iterator[Updates]:
        typed = (message or {}).get("text") or ""
        files = [Path(file) for file in (message or {}).get("files") or []]
        yield from _turn(parts, case, typed, files)

    return receive


def _example(parts: Parts, words: str) -> Callable[[Case], Iterator[Updates]]:
    def example(case: Case) -> Iterator[Updates]:
        yield from _turn(parts, case, words, [])

    return example


def _as_letter(parts: Parts) -> Callable[[Case], Iterator[Updates]]:
    def as_letter(case: Case) -> Iterator[Updates]:
        if case.doubtful:
            yield from _respond(parts, case, Heard(case.doubtful, "letter"), "")

    return as_letter


def _turn(parts: Parts, case: Case, typed: str, files: list[Path]) -> Iterator[Updates]:
    """One message: shown at once, then answered."""
    try:
        heard_case, heard = parts.desk.hear(case, typed, files)
    except AssistantError as fault:
        yield _faulted(parts, case, fault, typed)
        return
    yield {parts.talk.chat: shown.messages(heard_case), parts.talk.box: {"text": "", "files": []}}
    yield from _respond(parts, heard_case, heard, typed)


def _respond(parts: Parts, case: Case, heard: Heard, typed: str) -> Iterator[Updates]:
    try:
        after = parts.desk.respond(replace(case, doubtful=None), heard)
    except AssistantError as fault:
        yield _faulted(parts, case, fault, typed)
        return
    tab = {"letter": WORK, "reply": SHEET, "question": None}[heard.intent]
    updates = parts.show(after, tab)
    if heard.intent == "letter":
        updates |= {parts.work.letter: heard.text, parts.work.findings: heard.findings}
    yield updates


def _faulted(parts: Parts, case: Case, fault: AssistantError, typed: str) -> Updates:
    """The fault as a turn; the words go back into the box."""
    after = case.say(cards.fault(str(fault)))
    return {
        parts.case: after,
        parts.talk.chat: shown.messages(after),
        parts.talk.box: {"text": typed, "files": []},
    }


def _begin(parts: Parts) -> Callable[[Case], Updates]:
    def begin(case: Case) -> Updates:
        """A clean desk; the next letter's form shares nothing with the last one's."""
        cleared = {parts.talk.box: {"text": "", "files": []}, parts.work.letter: "", parts.work.findings: ""}
        return parts.show(Case(number=case.number + 1), WORK) | cleared

    return begin


def _reconsider(parts: Parts) -> Callable[[Case, str, str], Updates]:
    def reconsider(case: Case, letter: str, findings: str) -> Updates:
        try:
            return parts.show(parts.desk.reconsider(case, letter or "", findings or ""))
        except AssistantError as fault:
            return {parts.work.alert: cards.alert(str(fault))}

    return reconsider


def _decide(parts: Parts) -> Callable[..., Updates]:
    def decide(case: Case, code: str | None, road: str | None = None) -> Updates:
        after = parts.desk.decide(case, code, road)
        return {
            parts.case: after,
            parts.form: parts.desk.form(after),
            parts.work.road: shown.road_choice(parts.desk, after),
            parts.work.note: shown.outcome_note(parts.desk, after),
            parts.work.alert: NOTHING,
            parts.basis: shown.basis(parts.desk, after),
        }

    return decide


def _facts_form(parts: Parts) -> Callable[[Form | None], None]:
    """Renders the fields of the chosen letter; runs again only when case or letter change."""

    def render(form: Form | None) -> None:
        if form is None:
            gr.HTML(cards.told("选定处理结果后，这里列出答复书要写的事实。").shown, padding=False, elem_classes="note")
            return
        gr.HTML("<h3>四、答复书要写的事实</h3>", padding=False)
        fields = [_input(form, field) for field in form.fields]
        alert = gr.HTML("", padding=False, elem_id="draft-alert")
        button = gr.Button("起草", variant="primary", elem_id="draft")
        button.click(
            _write(parts, form, alert), [parts.case, *fields], [*parts.shown, alert], api_visibility="private", show_progress="hidden"
        )

    return render


def _input(form: Form, field: Field) -> Any:
    return gr.Textbox(
        value=field.value, label=f"{field.label}{'（必填）' if field.required else ''}", info=field.why,
        placeholder=field.hint, lines=field.lines, max_lines=max(field.lines, 6) if field.lines > 1 else 1,
        key=f"{form.case}:{field.key}", elem_id=f"fact-{field.key}", elem_classes="fact" if field.required else "fact optional",
    )  # fmt: skip


def _write(parts: Parts, form: Form, alert: Any) -> Callable[..., Updates]:
    def write(case: Case, *values: str | None) -> Updates:
        try:
            after = parts.desk.write(case, facts_from(form, values))
        except AssistantError as fault:
            return {alert: cards.alert(str(fault))}
        return parts.show(after, SHEET) | {alert: NOTHING}

    return write


def _check(parts: Parts) -> Callable[[Case, str], Updates]:
    def check(case: Case, text: str) -> Updates:
        try:
            after = parts.desk.check(case, text or "")
        except AssistantError as fault:
            return {parts.paper.check_alert: cards.alert(str(fault))}
        return {
            parts.case: after,
            parts.paper.sheet: shown.sheet(after),
            parts.paper.verdict: shown.verdict(after),
            parts.paper.check_alert: NOTHING,
        }

    return check


def _read_reply(parts: Parts) -> Callable[[str | None], Updates]:
    def read_reply(file: str | None) -> Updates:
        try:
            if not file:
                raise InputError("没有收到文件。请重新上传。")
            return {parts.paper.text: parts.desk.read(Path(file)), parts.paper.check_alert: NOTHING}
        except AssistantError as fault:
            return {parts.paper.check_alert: cards.alert(str(fault))}

    return read_reply


def _export(parts: Parts) -> Callable[[Case, gr.Request], Updates]:
    def export(case: Case, request: gr.Request) -> Updates:
        session = request.cookies.get(COOKIE)
        try:
            if not session:
                raise InputError("会话已失效，无法下载。请刷新页面后重新起草。")
            name, data = parts.desk.export(case)
        except AssistantError as fault:
            return {parts.paper.ticket: "", parts.paper.alert: cards.alert(str(fault))}
        return {parts.paper.ticket: f"download/{parts.downloads.leave(session, name, data)}", parts.paper.alert: NOTHING}

    return export


__all__ = ["BASIS", "Parts", "wire"]
