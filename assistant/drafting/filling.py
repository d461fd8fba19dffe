"""The facts a letter is written from: the clerk's, completed by the office's settings, the day and the clock.

Days that cannot have happened in this order are refused. Basis: 政府信息公开条例第三十条至第三十三条.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.drafting.facts import Facts, agency_of
from assistant.drafting.slots import Slot
from assistant.errors import InputError, SettingsError
from assistant.settings import Agency

Slots = Mapping[str, Slot]
_NAMED = ("review_authority", "court", "online_review")


def fill(facts: Facts, slots: Slots, agency: Agency, on: date) -> dict[str, Any]:
    """Facts, completed by the agency's settings and the day of the letter. Raises InputError, SettingsError."""
    agency = agency_of(facts, agency)
    filled = {key: value for key, value in facts.items() if key in slots}
    filled.setdefault("replied_on", on)
    number = str(filled.get("document_number", ""))
    if agency.document_series and number.isascii() and number.isdigit():
        filled["document_number"] = _numbered(agency.document_series, filled["replied_on"], number)
    for slot in slots.values():
        given = getattr(agency, slot.agency) if slot.agency and slot.key != "document_number" else None
        if given and slot.key not in filled:
            phone = agency.phone if slot.key == "contact" else None
            filled[slot.key] = " ".join(filter(None, (given, phone)))
    return filled


def naming(facts: Facts, filled: Facts, agency: Agency) -> Agency:
    """The agency with the names the facts of the case give to authority, court and channel."""
    named = {key: filled[key] for key in _NAMED if key in filled}
    return replace(agency_of(facts, agency), **named)


def refuse_disorder(facts: Mapping[str, Any], slots: Slots, used: Iterable[str]) -> None:
    """No step of a case lies before its receipt or after the letter, none before the step it follows.

    `used` are the facts the letter states. Raises InputError naming both days.
    """
    received, written = facts.get("received_on"), facts["replied_on"]
    for key in dict.fromkeys(("replied_on", *used)):
        value, slot = facts.get(key), slots[key]
        if not isinstance(value, date):
            continue
        if received and value < received and slot.when != "past":
            _refuse(key, value, f"早于收到申请的日期（{received}）")
        if slot.when in ("case", "past") and value > written:
            _refuse(key, value, f"晚于答复日期（{written}）")
        if slot.when == "over" and value >= written:
            _refuse(key, value, f"没有早于答复日期（{written}），期限还没有届满")
        if slot.when == "future" and value < written:
            _refuse(key, value, f"早于成文日期（{written}）")
        earlier = facts.get(slot.after) if slot.after else None
        if earlier and value < earlier:
            _refuse(key, value, f"早于“{slot.after}”（{earlier}）")


def _refuse(key: str, value: date, why: str) -> None:
    raise InputError(f"“{key}”（{value}）{why}，请核对。")


def _numbered(series: str, on: date, number: str) -> str:
    """The agency's document number, e.g. 甲政公开〔2026〕17号. Raises SettingsError for a series it cannot fill."""
    try:
        return series.format(year=on.year, number=number)
    except (KeyError, IndexError, ValueError, AttributeError):
        raise SettingsError(
            f"配置项“agency.document_series”的值“{series}”应写成“甲政公开〔{{year}}〕{{number}}号”的形式。"
        ) from None
