"""Compose: facts + decision + day → draft, with the origin of every stretch of words.

What the facts lack is listed with the article that wants it and stands in the draft as a gap; nothing is
invented. Papers beside the reply are composed in papers.py, several items in one letter in several.py.
Basis: 政府信息公开条例第三十三条、第三十六条; 行政复议法第二十条第三款、第二十三条第二款.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from assistant.drafting.draft import Block, Draft, MissingFact
from assistant.drafting.facts import Facts, markup_warnings
from assistant.drafting.filling import fill, naming, refuse_disorder
from assistant.drafting.letters import SEVERAL, Clause, Letter, LetterLibrary
from assistant.drafting.reckoning import Reckoner
from assistant.drafting.slots import Slot
from assistant.drafting.writing import Part, Sources, Writer, chinese_day, ground_of
from assistant.law.instruments import StatuteBook
from assistant.law.outcomes import Outcome, Road
from assistant.law.provisions import ProvisionRef
from assistant.law.remedies import RemedyTable
from assistant.law.remedy_paragraph import Decision, RemedyCase, RemedyParagraph, Service, state_remedy
from assistant.settings import Agency

_PLACES = ("body", "remedy", "enclosures")

__all__ = ["Composer", "Parts", "chinese_day", "choose_road", "grounds_of", "ground_of"]


@dataclass(frozen=True)
class Parts:
    """What one letter is made of: its frame and facts, the remedy it tells, the parts of its body.

    `told` are facts the body tells of in its own words, so that the frame need not.
    """

    letter: Letter
    frame: Letter
    facts: Mapping[str, Any]
    told: frozenset[str]
    remedy: RemedyParagraph | None
    body: tuple[Part, ...]


@dataclass(frozen=True)
class Composer:
    """The clause library over one statute book, for one agency."""

    library: LetterLibrary
    book: StatuteBook
    remedies: RemedyTable
    agency: Agency
    reckoner: Reckoner

    def compose(self, outcome: Outcome, facts: Facts, on: date) -> Draft:
        """The letter for a decided outcome. Facts must have been checked (`facts.check_facts`).

        Raises InputError where the facts contradict each other (a road the outcome does not have, dates
        out of order, a ground that is no provision).
        """
        road, undecided = choose_road(outcome, facts, self.library)
        letter = self.library.letters[road.letter]
        filled, told = self.facts_for(letter, facts, on)
        case = self.remedy_case(grounds_of(road, filled), outcome.group, letter, facts, filled)
        remedy = state_remedy(self.remedies, case)
        parts = Parts(letter, self.library.frame, filled, letter.own, remedy, (Part(letter, filled),))
        blocks = tuple(self.blocks(self.writer(filled, on), parts))
        missing = (*undecided, *self.gaps(letter, filled), *remedy_gaps(remedy, self.library.slots))
        warnings = (*told, *remedy.warnings)
        return Draft(outcome.code, road.name, letter.name, on, blocks, missing, warnings, (outcome.code,))

    def facts_for(self, letter: Letter, facts: Facts, on: date) -> tuple[dict[str, Any], tuple[str, ...]]:
        """The facts a letter is written from, those of days in their order; and what to tell the clerk of them."""
        filled = fill(facts, self.library.slots, self.agency, on)
        wanted = [slot.key for slot in self.library.slots_of(letter)]
        refuse_disorder(filled, self.library.slots, wanted)
        reckoned = self.reckoner.reckon(wanted, filled, filled["replied_on"])
        return {**filled, **reckoned.facts}, (*reckoned.warnings, *markup_warnings(facts))

    def remedy_case(
        self, grounds: tuple[ProvisionRef, ...], group: str, letter: Letter, facts: Facts, filled: Facts
    ) -> RemedyCase:
        """What decides the remedy paragraph of a letter."""
        agency = naming(facts, filled, self.agency)
        service = cast(Service | None, filled.get("served_how"))
        return RemedyCase(
            grounds, cast(Decision, group), letter.document, agency, filled["replied_on"], service
        )

    def writer(self, filled: Facts, on: date) -> Writer:
        """Writes one letter by the law of a day."""
        sources = Sources(self.book, self.reckoner.grounds.table, self.library.slots, on)
        return Writer(sources, filled.get("addressee_kind"))

    def blocks(self, writer: Writer, parts: Parts) -> Iterator[Block]:
        """The frame with the body, the remedy and the enclosures in their places."""
        yield writer.title(parts.letter)
        framing = Part(parts.frame, parts.facts, framing=True)
        held: list[Clause] = []
        for clause in parts.frame.clauses:
            if clause.id not in _PLACES:
                held += [clause] if _stands_in_frame(clause, parts) else []
                continue
            yield from writer.paragraphs(framing, held)
            held = []
            yield from self._placed(clause.id, writer, parts)
        yield from writer.paragraphs(framing, held)

    def gaps(self, letter: Letter, filled: Facts) -> tuple[MissingFact, ...]:
        """Every fact a letter must state and does not have, with the article that wants it."""
        return tuple(gap(slot) for slot in self.library.required(letter, filled) if slot.key not in filled)

    def _placed(self, place: str, writer: Writer, parts: Parts) -> Iterator[Block]:
        """What stands at a place of the frame that the letter fills."""
        if place == "remedy" and parts.remedy:
            yield writer.remedy(parts.remedy)
        elif place == "enclosures":
            yield from writer.enclosures(parts.body)
        elif place == "body":
            yield from self._around(writer, parts.facts, ("lead",)) if parts.body[0].item else ()
            for part in parts.body:
                yield from self._around(writer, part.facts, ("heading",), part.item) if part.item else ()
                yield from writer.paragraphs(part, standing(part.template, part.facts))
            yield from self._around(writer, parts.facts, ("partly",)) if parts.body[0].item else ()

    def _around(
        self, writer: Writer, facts: Mapping[str, Any], places: tuple[str, ...], item: int | None = None
    ) -> Iterator[Block]:
        """What stands before, between and after the items."""
        several = self.library.frames[SEVERAL]
        part = Part(several, facts, framing=True, item=item)
        yield from writer.paragraphs(part, [c for c in standing(several, facts) if c.id in places])


def standing(letter: Letter, facts: Mapping[str, Any]) -> Iterator[Clause]:
    """The lines of a letter that belong in it with these facts."""
    return (clause for clause in letter.clauses if clause.stands(facts))


def gap(slot: Slot, item: int | None = None) -> MissingFact:
    """A fact nobody has given; that of one item says of which."""
    if item is None:
        return MissingFact(slot.key, slot.meaning, slot.why)
    return MissingFact(f"items[{item}].{slot.key}", f"第{item}项：{slot.meaning}", slot.why)


def remedy_gaps(remedy: RemedyParagraph, slots: Mapping[str, Slot]) -> tuple[MissingFact, ...]:
    """What the remedy paragraph lacks besides the names every letter asks for."""
    if remedy.class_ is None:
        return (MissingFact("remedy", f"救济途径。{remedy.warnings[0]}", str(remedy.basis[0])),)
    open_ = any(piece.slot == "online_review" and piece.words is None for piece in remedy.pieces)
    return (gap(slots["online_review"]),) if open_ else ()


def grounds_of(road: Road, facts: Facts) -> tuple[ProvisionRef, ...]:
    """The grounds of the decision alone: what a fact happens to cite decides no remedy."""
    return tuple(ground_of(row["ground"]) for row in facts.get("withheld", ())) or road.basis


def choose_road(
    outcome: Outcome, facts: Facts, library: LetterLibrary
) -> tuple[Road, tuple[MissingFact, ...]]:
    """The road the facts name, or the only one they fit; else the first, with the choice listed as missing."""
    if facts.get("road") or len(outcome.roads) == 1:
        return outcome.road(facts.get("road")), ()
    own = {road: _own_slots(road, outcome, library) for road in outcome.roads}
    fitting = [road for road in outcome.roads if own[road] & set(facts)]
    if len(fitting) == 1:
        return fitting[0], ()
    roads = "；".join(f"{road.name}：{road.when}" for road in outcome.roads)
    return outcome.roads[0], (
        MissingFact("road", f"属于哪一种情形（{roads}）", str(outcome.roads[0].basis[0])),
    )


def _own_slots(road: Road, outcome: Outcome, library: LetterLibrary) -> frozenset[str]:
    """Slots that tell a road from the outcome's other roads; every kind of letter may give a reason."""
    others = frozenset().union(*(library.letters[one.letter].own for one in outcome.roads if one != road))
    return library.letters[road.letter].own - others - {"reason"}


def _stands_in_frame(clause: Clause, parts: Parts) -> bool:
    """A line of the frame, unless the letter tells of it in its own words."""
    return clause.stands(parts.facts) and clause.given not in parts.told
