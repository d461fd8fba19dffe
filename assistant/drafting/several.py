"""One reply for several items: a finding and a decision for each, counted once.

What the whole counts as follows from its items where the law says so (triage/items.py); else the clerk chooses and
says why, and until then the letter is not complete. Basis: 政府信息公开条例第三十六条、第三十七条.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.drafting.compose import Composer, Parts, choose_road, gap, grounds_of, remedy_gaps
from assistant.drafting.draft import Draft, MissingFact
from assistant.drafting.facts import Facts, markup_warnings
from assistant.drafting.filling import fill, refuse_disorder
from assistant.drafting.letters import SEVERAL, Letter
from assistant.drafting.writing import Part
from assistant.errors import InputError
from assistant.law.numerals import to_chinese
from assistant.law.outcomes import Road, known_outcome
from assistant.law.remedy_paragraph import state_remedy
from assistant.triage.items import PARTIAL, Choice, Items, Whole

_ANSWERS = "《政府信息公开条例》第三十六条"
_DATES = ("received_on", "replied_on")


@dataclass(frozen=True)
class Item:
    """One item as decided: its road and letter, its facts, and what they lack."""

    number: int
    code: str
    road: Road
    letter: Letter
    facts: Mapping[str, Any]
    missing: tuple[MissingFact, ...]

    @property
    def part(self) -> Part:
        """The item as a part of the letter, with what its heading says."""
        said = {"item_number": to_chinese(self.number)}
        if "asked" in self.facts:
            said["item_asked"] = self.facts["asked"]
        return Part(self.letter, {**self.facts, **said}, item=self.number)


@dataclass(frozen=True)
class SeveralComposer:
    """The clause library with the rules for how items go together."""

    composer: Composer
    items: Items

    def compose(self, facts: Facts, on: date, given: str | None = None) -> Draft:
        """The letter for `facts["items"]`; `given` is what a person decided that the whole counts as.

        Raises InputError where that is not what its items make it, and where facts of an item cannot stand.
        """
        library = self.composer.library
        filled = fill(facts, library.slots, self.composer.agency, on)
        items = tuple(self._item(number, row, filled) for number, row in enumerate(facts["items"], start=1))
        whole = self._whole(items, facts.get("together"), given, on)
        filled.setdefault("asked", "；".join(str(item.facts.get("asked", "")) for item in items).strip("；"))
        refuse_disorder(filled, library.slots, [*library.frame.needs, *library.frame.may])
        filled |= _of_all(items, whole)
        letter = _letter_of(items)
        grounds = tuple(dict.fromkeys(ref for item in items for ref in grounds_of(item.road, item.facts)))
        group = (whole.outcome or items[0].code).split(".")[0]
        case = self.composer.remedy_case(grounds, group, letter, facts, filled)
        remedy = state_remedy(self.composer.remedies, case)
        body = tuple(item.part for item in items)
        parts = Parts(letter, library.frame, filled, frozenset(), remedy, body)
        missing = (
            *_unsettled(whole),
            *self.composer.gaps(letter, filled),
            *(one for item in items for one in item.missing),
            *remedy_gaps(remedy, library.slots),
        )
        return Draft(
            outcome=whole.outcome or "",
            road="",
            letter=SEVERAL,
            on=on,
            blocks=tuple(self.composer.blocks(self.composer.writer(filled, on), parts)),
            missing=missing,
            warnings=(*remedy.warnings, *markup_warnings(facts)),
            counted=whole.counted,
        )

    def _item(self, number: int, row: Facts, filled: Facts) -> Item:
        """One item with the days of the whole request, which its own may not contradict."""
        library = self.composer.library
        try:
            outcome = known_outcome(row["outcome"], self.items.outcomes)
            road, undecided = choose_road(outcome, row, library)
            letter = library.letters[road.letter]
            own = {key: value for key, value in row.items() if key in library.slots}
            dated = {**own, **{key: filled[key] for key in _DATES if key in filled}}
            refuse_disorder(dated, library.slots, [*letter.needs, *letter.may])
        except InputError as fault:
            raise InputError(f"items 第{number}项：{fault}") from fault
        wanted = [slot for slot in library.required(letter, own) if slot.key not in library.frame.needs]
        wanted.append(library.slots["asked"])
        open_ = tuple(gap(slot, number) for slot in wanted if slot.key not in own)
        roads = tuple(MissingFact(f"items[{number}].{one.key}", one.meaning, one.why) for one in undecided)
        return Item(number, outcome.code, road, letter, own, (*roads, *open_))

    def _whole(self, items: tuple[Item, ...], together: Facts | None, given: str | None, on: date) -> Whole:
        """What the request counts as. Raises InputError where a given outcome is not what the items make."""
        chosen = (together or {}).get("choose") or given
        choice = Choice(chosen, (together or {}).get("why", "")) if chosen else None
        whole = self.items.together([item.code for item in items], choice, on)
        if given and whole.outcome and given != whole.outcome:
            known_outcome(given, self.items.outcomes)
            label = self.items.outcomes[whole.outcome].label
            raise InputError(
                f"各项合在一起计为“{label}”（{whole.outcome}），与给定的 {given} 不一致：{whole.says or ''}请核对。"
            )
        return whole


def _of_all(items: tuple[Item, ...], whole: Whole) -> dict[str, str]:
    """What the letter says of its items together; 第三十七条 where none of them says it."""
    said = {"item_count": to_chinese(len(items))}
    if whole.outcome == PARTIAL and all(item.code != PARTIAL for item in items):
        said["item_partly"] = PARTIAL
    return said


def _letter_of(items: tuple[Item, ...]) -> Letter:
    """The whole by the name of its weightiest letter: a 答复书 where one item is answered by one."""
    heads = [item.letter for item in items]
    head = next((letter for letter in heads if letter.document == "答复书"), heads[0])
    return replace(head, name=SEVERAL, needs=(), may=(), also={}, clauses=())


def _unsettled(whole: Whole) -> tuple[MissingFact, ...]:
    """The choice the law leaves to a person, where nobody has made it."""
    if whole.kind != "open":
        return ()
    options = "；".join(f"{option.key}：{option.label}" for option in whole.options)
    meaning = f"{whole.says or ''}{whole.needs or ''}（{options}）"
    return (MissingFact("together", meaning, whole.basis[0] if whole.basis else _ANSWERS),)
