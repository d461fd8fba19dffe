"""What happens in the third tab: the draft fetched as a Word file or let go, any other reply checked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.errors import AssistantError, InputError
from assistant.web import cards, paper, shown
from assistant.web.case import Case
from assistant.web.downloads import COOKIE
from assistant.web.parts import NOTHING, Parts, Updates

FETCH = "(place) => { if (place) window.location.assign(place); }"


def wire_paper(parts: Parts) -> None:
    """The events of draft and checks."""
    sheet = parts.paper
    quiet: dict[str, Any] = {"show_progress": "hidden"}
    sheet.check.click(
        _check(parts),
        [parts.case, sheet.text],
        [parts.case, sheet.other, sheet.check_alert],
        api_name="check",
        **quiet,
    )
    told = [parts.case, sheet.text, sheet.check_alert]
    brought = [parts.case, sheet.upload]
    sheet.upload.upload(_read_reply(parts), brought, told, api_visibility="private", **quiet)
    who = [parts.case, sheet.let_go.name, sheet.let_go.reason]
    sheet.let_go.button.click(_let_go(parts), who, parts.of_release, api_visibility="private", **quiet)
    left = [sheet.ticket, sheet.alert]
    fetch = sheet.download.click(_export(parts), [parts.case], left, api_visibility="private", **quiet)
    fetch.then(None, [sheet.ticket], None, js=FETCH)


def _check(parts: Parts) -> Callable[[Case, str | None], Updates]:
    def check(case: Case, text: str | None) -> Updates:
        try:
            after = parts.desk.check(case.fresh, text or "")
        except AssistantError as fault:
            return {parts.paper.check_alert: cards.alert(str(fault))}
        return parts.hold(after) | {parts.paper.other: shown.other(after), parts.paper.check_alert: NOTHING}

    return check


def _read_reply(parts: Parts) -> Callable[[Case, str | None], Updates]:
    def read_reply(case: Case, file: str | None) -> Updates:
        try:
            if not file:
                raise InputError("没有收到文件。请重新上传。")
            after = parts.desk.bring(case.fresh, Path(file))
        except AssistantError as fault:
            return {parts.paper.check_alert: cards.alert(str(fault))}
        assert after.brought is not None
        found = paper.found_in_file(after.brought.notices)
        return parts.hold(after) | {parts.paper.text: after.brought.text, parts.paper.check_alert: found}

    return read_reply


def _let_go(parts: Parts) -> Callable[[Case, str | None, str | None], Updates]:
    def let_go(case: Case, name: str | None, reason: str | None) -> Updates:
        try:
            after = parts.desk.let_go(case.fresh, name or "", reason or "")
        except AssistantError as fault:
            return {parts.paper.alert: cards.alert(str(fault))}
        every = parts.show(after)
        return {part: every[part] for part in parts.of_release}

    return let_go


def _export(parts: Parts) -> Callable[[Case, gr.Request], Updates]:
    def export(case: Case, request: gr.Request) -> Updates:
        session = request.cookies.get(COOKIE)
        try:
            if not session:
                raise InputError("会话已失效，无法下载。请刷新页面后重新起草。")
            name, data = parts.desk.export(case.fresh)
        except AssistantError as fault:
            return {parts.paper.ticket: "", parts.paper.alert: cards.alert(str(fault))}
        token = parts.downloads.leave(session, name, data)
        return {parts.paper.ticket: f"download/{token}", parts.paper.alert: NOTHING}

    return export
