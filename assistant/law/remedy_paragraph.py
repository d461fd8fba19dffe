"""The remedy paragraph of a reply, built from what the reply relies on and who answers.

One function: grounds, kind of decision, name of the document, organ, way of service and day in; class, text,
basis and warnings out. Names come from the settings alone; what is not set is a gap and a warning.

Basis: 行政复议法第二十条、第二十二条至第二十八条; 行政诉讼法第十八条、第四十四条至第四十六条.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.law.provisions import STATE, ProvisionRef
from assistant.law.remedies import Notice, Remedy, RemedyTable
from assistant.settings import Agency

Decision = Literal["grant", "partial", "refuse", "unable", "decline", "other"]
Service = Literal["in_person", "signed_post", "ordinary_post", "online", "fax"]

_SLOT = re.compile(r"(\{[a-z_]+\})")


@dataclass(frozen=True)
class RemedyCase:
    """What decides the paragraph.

    `grounds` are the provisions relied on to withhold or to answer, `decision` the outcome's group, `document`
    what the letter calls itself, `service` the way it reaches the applicant where that is settled.
    """

    grounds: tuple[ProvisionRef, ...]
    decision: Decision
    document: str
    agency: Agency
    on: date
    service: Service | None = None


@dataclass(frozen=True)
class Piece:
    """Words of the paragraph; `slot` names the setting or fact they come from, `words` is None where unknown."""

    words: str | None
    slot: str | None = None
    label: str = ""


@dataclass(frozen=True)
class RemedyParagraph:
    """The class of the decision (None: cannot be judged), that of the rest of a letter in two parts, the words.

    `basis` are the provisions the paragraph rests on; `warnings` are for the clerk and never for the letter.
    """

    class_: str | None
    rest: str | None
    pieces: tuple[Piece, ...]
    basis: tuple[ProvisionRef, ...]
    warnings: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraph in plain words; what is not known stands as 【待补：…】."""
        return "".join(f"【待补：{p.label}】" if p.words is None else p.words for p in self.pieces)


def state_remedy(table: RemedyTable, case: RemedyCase) -> RemedyParagraph:
    """The paragraph for one reply, as of its day. Raises CorpusError for a day before all rules."""
    unjudged = table.not_judged(case.on)
    if unjudged:
        return RemedyParagraph(None, None, (), unjudged.basis, (str(unjudged),))
    main, doubts = _class_of(table, case)
    rest = table.of_class("B", case.on) if _in_two_parts(table, case, main) else None
    online = bool(case.agency.online_review) or case.service == "online"
    texts = [(main.part_text or main.text) if rest else main.text]
    texts += [rest.rest_text or rest.text] if rest else []
    texts += [table.online.text] if online else []
    organ = table.organs.of(case.agency.kind, case.on)
    basis = (
        *main.basis,
        *(rest.basis if rest else ()),
        *(table.online.basis if online else ()),
        *(organ.basis if organ else ()),
    )
    return RemedyParagraph(
        class_=main.class_,
        rest=rest.class_ if rest else None,
        pieces=tuple(_pieces("".join(texts), table, case, main)),
        basis=tuple(dict.fromkeys(basis)),
        warnings=(*doubts, *_warnings(table, case)),
    )


def _class_of(table: RemedyTable, case: RemedyCase) -> tuple[Remedy, tuple[str, ...]]:
    """The class by the grounds; where a refusal is announced and no ground given, review first and a doubt."""
    main = table.for_grounds(case.grounds, case.on)
    if main.relied_on or not table.announcing.cover(case.grounds):
        return main, ()
    if case.decision != "partial" and table.deciding.cover(case.grounds):
        return main, ()
    clause = table.announcing
    doubt = Notice("announcing", "", clause.text, clause.basis, clause.validity)
    return table.of_class("A", case.on), (str(doubt),)


def _in_two_parts(table: RemedyTable, case: RemedyCase, main: Remedy) -> bool:
    """Whether beside what is withheld something is given or answered, which leaves free choice."""
    if not main.relied_on:
        return False
    return case.decision == "partial" or bool(table.deciding.cover(case.grounds))


def _part(table: RemedyTable, case: RemedyCase, main: Remedy) -> str:
    """The part withheld; by its articles where another part is refused or answered on others."""
    withheld = main.grounds_of(case.grounds)
    if not withheld or not table.deciding.cover(case.grounds):
        return table.parts["plain"]
    return table.parts["named"].format(grounds=_printed(withheld))


def _printed(refs: tuple[ProvisionRef, ...]) -> str:
    """《中华人民共和国政府信息公开条例》第十五条、第十六条第二款: the title once."""
    laws = dict.fromkeys(ref.law for ref in refs)
    return "、".join(
        f"《{STATE}{law}》" + "、".join(ref.local for ref in refs if ref.law == law) for law in laws
    )


def _pieces(text: str, table: RemedyTable, case: RemedyCase, main: Remedy) -> Iterator[Piece]:
    known = {
        "document": case.document,
        "review_authority": case.agency.review_authority,
        "court": case.agency.court,
        "online_review": case.agency.online_review,
    }
    for words in filter(None, _SLOT.split(text)):
        slot = words[1:-1] if words.startswith("{") else None
        if slot is None:
            yield Piece(words)
        elif slot == "part":
            yield Piece(_part(table, case, main))
        else:
            duty = table.duty(slot, case.on)
            yield Piece(known[slot] or None, slot, duty.label if duty else slot)


def _warnings(table: RemedyTable, case: RemedyCase) -> Iterator[str]:
    """What the office has not set or set doubtfully, each with its article."""
    agency = case.agency
    open_duties = {
        "review_authority": not agency.review_authority,
        "kind": bool(agency.review_authority) and not agency.kind,
        "court": not agency.court,
        "online_review": case.service == "online" and not agency.online_review,
    }
    for name, open_ in open_duties.items():
        duty = table.duty(name, case.on)
        if open_ and duty:
            yield str(duty)
    yield from table.organs.warnings(agency, case.on)
