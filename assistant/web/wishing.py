"""What the assistant does when the clerk asks for it in words or by a button, and what it says where it does not."""

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.dialogue.explaining import (
    Standing,
    Told,
    explain_procedure,
    explain_why,
    explain_why_not,
)
from assistant.dialogue.wishes import Wish
from assistant.errors import InputError
from assistant.law import china_time
from assistant.law.clock_events import china_day
from assistant.web import cards, guiding
from assistant.web.case import Case

if TYPE_CHECKING:
    from assistant.drafting.letters import Letter, Slot
    from assistant.web.desk import Desk

NO_CASE = "还没有在办的申请。请先粘贴申请书，或者上传文件。"
_THIRD = "third_party"
_RIGHTS = re.compile(r"个人隐私|商业秘密")
_REPLIED = re.compile(r"不同意(?:公开)?(?:其中一部分)?|同意公开|没有答复|没有提出意见|同意")


def grant(desk: "Desk", case: Case, wish: Wish) -> Case:
    """The case after a wish was met, or told why it is not. Raises InputError for what cannot stand."""
    today = china_time.today()
    if wish.kind == "cannot":
        return case.say(cards.told(wish.reason or ""))
    if wish.kind == "procedure":
        told = explain_procedure(desk.assistant, wish, _standing(case), today)
        return _say(desk, case, told) if told else desk.answer(case, wish.words)
    if wish.kind == "why_not":
        return _say(desk, case, explain_why_not(desk.assistant, wish, _standing(case)))
    if wish.kind == "why":
        return why(desk, case)
    if case.handled is None and case.code is None:
        return case.say(cards.told(NO_CASE))
    return _do(desk, case, wish)


def why(desk: "Desk", case: Case) -> Case:
    """Why the outcome is what it is: by the seven steps where they led to it, else by the proposal."""
    return _say(desk, case, explain_why(desk.assistant, _standing(case)))


def change(desk: "Desk", case: Case, code: str) -> Case:
    """Another outcome, with what it asks for; the letter is drafted anew when the clerk asks for it."""
    after = desk.decide(case, code)
    outcome = desk.assistant.outcomes[code]
    road = outcome.road(after.road)
    points = [f"须查明：{'；'.join(outcome.elements)}", f"应留存：{'；'.join(outcome.evidence)}"]
    if len(outcome.roads) > 1:
        points.append(f"情形先选为“{road.when}”，请在“办理”里核对：{outcome.roads_apart or ''}")
    group = "" if outcome.group_label.endswith(outcome.label) else f"（属于{outcome.group_label}）"
    lead = f"已改为“{outcome.label}”{group}。请补齐右侧的事实，再起草。"
    return _say(desk, after, Told(lead, tuple(points), road.basis))


def adopt(desk: "Desk", case: Case) -> Case:
    """The proposed outcome taken over by the clerk. Raises InputError where there is none to take over."""
    code = desk.proposed(case)
    if code is None:
        raise InputError("把握不足，没有可以采纳的建议。请先写明查明的事实，或者用“七步引导”。")
    label = desk.assistant.outcomes[code].label
    taken = desk.decide(case, code)
    return taken.say(cards.told(f"已采纳：{label}。请在右侧补齐答复书要写的事实，再起草。"))


def _do(desk: "Desk", case: Case, wish: Wish) -> Case:
    if wish.kind == "adopt":
        return adopt(desk, case)
    if wish.kind == "redraft":
        return desk.write(case)
    if wish.kind == "guide":
        begun = case if case.guided else guiding.begin(case, len(guiding.items_of(case)) > 1)
        return begun.say(cards.told("请在右侧“七步引导”里一问一答；每一步都可以退回。"))
    if wish.kind == "third_party":
        return _third_party(desk, case, wish.words)
    if len(wish.codes) == 1:
        return change(desk, case, wish.codes[0])
    names = tuple(desk.assistant.outcomes[code].label for code in wish.codes)
    lead = f"“{wish.words}”可以指 {len(names)} 种处理结果，请指明是哪一种。"
    return _say(desk, case, Told(lead, options=wish.codes))


def _third_party(desk: "Desk", case: Case, words: str) -> Case:
    """What was said of the third party goes into its facts; what is still wanted is named."""
    road = desk.road(case)
    slots = _third_slots(desk, desk.assistant.letters.letters[road.letter]) if road else ()
    if not slots:
        fitting = tuple(code for code in desk.assistant.outcomes if _speaks_of_third(desk, code))
        lead = (
            "现在选定的答复书不写第三方。涉及第三方合法权益的，处理结果通常是下面几种，请按查明的事实改选。"
        )
        return _say(desk, case, Told(lead, options=fitting))
    said = {"third_party_right": _RIGHTS.search(words), "third_party_reply": _REPLIED.search(words)}
    known = {slot.key for slot in slots}
    filled = {key: match[0] for key, match in said.items() if match and key in known}
    after = replace(case, typed={**case.typed, **filled})
    form = desk.form(after)
    empty = [field.label for field in form.fields if field.key in known and not field.value] if form else []
    done = tuple(f"已写进：{value}" for value in filled.values())
    wanted = (f"请在“办理”里按需填写：{'、'.join(empty)}",) if empty else ()
    refs = desk.refs(dict.fromkeys(slot.why for slot in slots))
    told = Told("把第三方写进答复书", (*done, *wanted), refs, next="填好后点“起草”，或者说“重新起草”。")
    return _say(desk, after, told)


def _third_slots(desk: "Desk", letter: "Letter") -> "tuple[Slot, ...]":
    """The facts of a third party a letter tells of itself; dates that stop the clock stand in every letter."""
    own = {key for key in (*letter.needs, *letter.may) if key.startswith(_THIRD)}
    slots = desk.assistant.letters.slots_of(letter)
    return tuple(
        slot for slot in slots if own and (slot.key.startswith(_THIRD) or slot.key == "consulted_on")
    )


def _speaks_of_third(desk: "Desk", code: str) -> bool:
    letters = desk.assistant.letters.letters
    return any(_third_slots(desk, letters[road.letter]) for road in desk.assistant.outcomes[code].roads)


def _standing(case: Case) -> Standing:
    received = None
    with suppress(InputError):
        received = china_day(case.typed.get("received_on", ""))
    return Standing(case.handled, case.code, case.road, received)


def _say(desk: "Desk", case: Case, told: Told) -> Case:
    return case.say(cards.explained(told, desk.assistant, case.number))
