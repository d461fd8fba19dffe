"""The facts of a letter that answers several items: those of the whole request, then those of each item.

The fields of an item carry its number before the slot, as in `2-reason`. Basis: 政府信息公开条例第三十六条、第三十七条.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assistant.web.case import Case, Decided
from assistant.web.fields import GROUPS, Field, Form, facts_from, field_of

if TYPE_CHECKING:
    from assistant.drafting.letters import Letter, LetterLibrary
    from assistant.law.outcomes import Outcomes


def form_of_items(
    case: Case, library: "LetterLibrary", outcomes: "Outcomes", known: Mapping[str, str]
) -> Form:
    """The form for every item of a case, filled with what is known."""
    frame = library.frame
    shared = [
        field_of(library.slots[key], key in frame.needs, _shared(key, library), known.get(key, ""))
        for key in dict.fromkeys((*frame.needs, *frame.may))
        if key != "asked"
    ]
    shared.sort(key=lambda field: GROUPS.index(field.group))
    items = [
        field
        for number, item in enumerate(case.items, start=1)
        for field in _of_item(number, item, library, outcomes, known)
    ]
    at = next((n for n, field in enumerate(shared) if field.group != GROUPS[0]), len(shared))
    return Form(
        case.number,
        "several:" + "|".join(f"{i.code}.{i.road}" for i in case.items),
        (*shared[:at], *items, *shared[at:]),
    )


def item_facts(form: Form, case: Case) -> dict[str, Any]:
    """The form's values as the facts of the whole with its items. Raises InputError naming the line at fault."""
    given = facts_from(form)
    facts: dict[str, Any] = {key: value for key, value in given.items() if not key[0].isdigit()}
    facts["items"] = [_facts_of(number, item, given) for number, item in enumerate(case.items, start=1)]
    facts["asked"] = "；".join(str(row.get("asked", "")) for row in facts["items"])
    if case.choice:
        facts["together"] = {"choose": case.choice.choose, "why": case.choice.why}
    return facts


def _facts_of(number: int, item: Decided, given: Mapping[str, Any]) -> dict[str, Any]:
    mark = f"{number}-"
    own = {key.removeprefix(mark): value for key, value in given.items() if key.startswith(mark)}
    return {"outcome": item.code, "road": item.road, **own}


def _of_item(
    number: int, item: Decided, library: "LetterLibrary", outcomes: "Outcomes", known: Mapping[str, str]
) -> list[Field]:
    outcome = outcomes[item.code]
    letter: Letter = library.letters[outcome.road(item.road).letter]
    required = {slot.key for slot in library.required(letter, {})}
    keys = dict.fromkeys(("asked", *letter.needs, *letter.may))
    group = f"第{number}项　{outcome.label}"
    offered = {"asked": item.asked}
    return [
        field_of(
            library.slots[key],
            key in required or key == "asked",
            group,
            known.get(f"{number}-{key}", offered.get(key, "")),
            f"{number}-",
        )
        for key in keys
        if key == "asked" or key not in library.frame.needs
    ]


def _shared(key: str, library: "LetterLibrary") -> str:
    slot = library.slots[key]
    if key == "replied_on" or (slot.agency and key != "document_number"):
        return "本机关与落款"
    return "来件" if key in library.frame.needs else "程序事项"
