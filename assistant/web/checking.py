"""What happens in the third tab: the draft fetched as a Word file, any other reply checked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.errors import AssistantError, InputError
from assistant.web import cards, shown
from assistant.web.case import Case
from assistant.web.downloads import COOKIE
from assistant.web.parts import NOTHING, Parts, Updates

FETCH = "(place) => { if (place) window.location.assign(place); }"


def wire_paper(parts: Parts) -> None:
    """The events of draft and checks."""
    paper = parts.paper
    quiet: dict[str, Any] = {"show_progress": "hidden"}
    paper.check.click(
        _check(parts),
        [parts.case, paper.text],
        [parts.case, paper.other, paper.check_alert],
        api_name="check",
        **quiet,
    )
    told = [paper.text, paper.check_alert]
    paper.upload.upload(_read_reply(parts), [paper.upload], told, api_visibility="private", **quiet)
    left = [paper.ticket, paper.alert]
    fetch = paper.download.click(_export(parts), [parts.case], left, api_visibility="private", **quiet)
    fetch.then(None, [paper.ticket], None, js=FETCH)


def _check(parts: Parts) -> Callable[[Case, str | None], Updates]:
    def check(case: Case, text: str | None) -> Updates:
        try:
            after = parts.desk.check(case, text or "")
        except AssistantError as fault:
            return {parts.paper.check_alert: cards.alert(str(fault))}
        return {parts.case: after, parts.paper.other: shown.other(after), parts.paper.check_alert: NOTHING}

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
        token = parts.downloads.leave(session, name, data)
        return {parts.paper.ticket: f"download/{token}", parts.paper.alert: NOTHING}

    return export
