"""Work gone on with after its page was lost: what is offered when the page opens, and what a press makes of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import gradio as gr

from assistant.errors import AssistantError, InputError
from assistant.web import cards
from assistant.web.case import Case
from assistant.web.desk import Desk
from assistant.web.markup import Markup, el, join
from assistant.web.page import SHEET, WORK
from assistant.web.parts import NOTHING, Parts, Updates
from assistant.web.rooms import Pressed, Rooms, press, pressed_in, session_of
from assistant.web.unfinished import GONE, Drawer, Left

SHOWN = 3


@dataclass(frozen=True)
class Resuming:
    """What the events need: the page's parts, who is inside, where unfinished cases lie."""

    parts: Parts
    rooms: Rooms
    drawer: Drawer


def wire_resuming(blocks: Any, resuming: Resuming) -> None:
    """A page that opens takes its seat and is offered what was left; an offer is taken up or put away."""
    parts = resuming.parts
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    left = parts.talk.left
    blocks.load(_sit_down(resuming), [parts.case], [left], **quiet)
    written = [parts.work.letter, parts.work.findings]
    left.click(_pressed(resuming), [parts.case], [*parts.shown, *written, left], **quiet)


def resumed(desk: Desk, now: Case, left: Left) -> Case:
    """The case as it was left, on the seat of the page that goes on: the letter read anew, the draft written anew."""
    number = left.case.number if left.case.number > now.number else now.number + 1
    case = replace(_chosen(desk, left.case), number=number, seat=now.seat)
    if case.letter and left.judged:
        case = replace(case, handled=desk.assistant.handle(case.letter, left.findings))
    elif case.letter:
        case = desk.judge(case, case.letter, left.findings)
    told = f"接着办 {_when(left)} 没有办完的这一件。申请书、查明的事实、处理结果和填过的内容都在。"
    if not left.drafted:
        return case.say(cards.told(told))
    try:
        return replace(case, checked=desk.checked(case)).say(cards.told(f"{told}草稿已经照原样重新起草。"))
    except InputError as fault:
        return case.say(cards.told(told), cards.fault(str(fault)))


def offered(found: tuple[Left, ...], desk: Desk) -> Markup:
    """What was left unfinished, the newest first; nothing where nothing was."""
    rows = [_line(left, desk) for left in found[:SHOWN]]
    if not rows:
        return NOTHING
    rest = (
        el("li", f"另有 {len(found) - SHOWN} 件，办完这几件后列出。", class_="note")
        if found[SHOWN:]
        else None
    )
    title = el("h3", "上次没有办完", tabindex="-1")
    return el("section", title, el("ul", *rows, rest), class_="left", aria_label="上次没有办完的申请")


def _line(left: Left, desk: Desk) -> Markup:
    outcomes = desk.assistant.outcomes
    code = left.case.code
    stage = "已起草" if left.drafted else "未起草"
    outcome = f"，{outcomes[code].label}" if code and code in outcomes else ""
    what = el(
        "span", el("strong", left.title or "未命名的申请"), el("small", f"{_when(left)}{outcome}，{stage}")
    )
    go_on = press(f"resume:{left.key}", "接着办", "chief")
    return el("li", what, go_on, press(f"drop:{left.key}", "不要了", "quiet"))


def _when(left: Left) -> str:
    at = left.at
    return f"{at.month}月{at.day}日{at:%H:%M}"


def _chosen(desk: Desk, case: Case) -> Case:
    """The case without an outcome or a road that the rules no longer know."""
    outcome = desk.assistant.outcomes.get(case.code or "")
    if outcome and case.road in [one.name for one in outcome.roads]:
        return case
    return case if case.items else replace(case, code=None, road=None, settled="proposed")


def _owner(rooms: Rooms, request: gr.Request | None) -> str | None:
    """Whose work it is: the account's; on this machine alone the browser's."""
    session = session_of(request)
    return rooms.door.name_of(session) if rooms.door.locked else session


def _sit_down(resuming: Resuming) -> Callable[..., Markup]:
    def sit_down(case: Case, request: gr.Request) -> Markup:
        owner, page = _owner(resuming.rooms, request), request.session_hash
        if not owner or not page:
            return NOTHING
        case.seat.sit(page, partial(resuming.drawer.keep, owner, page))
        return offered(resuming.drawer.of(owner), resuming.parts.desk)

    return sit_down


def _pressed(resuming: Resuming) -> Callable[..., Updates]:
    def pressed(case: Case, event: gr.EventData, request: gr.Request) -> Updates:
        done, owner = pressed_in(event), _owner(resuming.rooms, request)
        if done is None or not owner:
            return {resuming.parts.talk.left: gr.skip()}
        try:
            updates = _do(resuming, owner, case, done)
        except AssistantError as fault:
            return {resuming.parts.talk.left: join((cards.alert(str(fault)), _offer(resuming, owner, case)))}
        return updates | {resuming.parts.talk.left: _offer(resuming, owner, case)}

    return pressed


def _offer(resuming: Resuming, owner: str, case: Case) -> Markup:
    return offered(resuming.drawer.of(owner, case.seat.page or ""), resuming.parts.desk)


def _do(resuming: Resuming, owner: str, case: Case, done: Pressed) -> Updates:
    """Taken up or put away. Raises InputError where it is not there any more."""
    if len(done.of) != 1:
        raise InputError(GONE)
    (key,) = done.of
    if done.verb == "drop":
        resuming.drawer.drop(owner, key)
        return {}
    return _take_up(resuming, owner, case, resuming.drawer.take(owner, key))


def _take_up(resuming: Resuming, owner: str, case: Case, left: Left) -> Updates:
    """What the page was about is put beside the others first."""
    now, parts = case.fresh, resuming.parts
    case.seat.clear()
    if case.seat.page:
        resuming.drawer.keep(owner, f"{case.seat.page} {now.number}", now)
    after = resumed(parts.desk, replace(now, seat=case.seat), left)
    written = {parts.work.letter: after.letter, parts.work.findings: left.findings}
    return parts.show(after, SHEET if after.checked else WORK) | written
