"""Compose: facts + decision + day → draft, with the origin of every stretch of words.

What the facts lack is listed with the article that wants it and stands in the draft as a gap; nothing is
invented. Basis: 政府信息公开条例第三十三条、第三十六条; 行政复议法第二十条第三款、第二十三条第二款.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from assistant.drafting.draft import Block, Draft, MissingFact, Role, Span
from assistant.drafting.facts import Facts, agency_of
from assistant.drafting.letters import Clause, Letter, LetterLibrary, Slot
from assistant.errors import CorpusError, InputError, SettingsError
from assistant.law.instruments import StatuteBook
from assistant.law.numerals import to_chinese
from assistant.law.outcomes import Outcome, Road
from assistant.law.provisions import STATE, ProvisionRef
from assistant.law.remedies import RemedyTable
from assistant.law.remedy_paragraph import Decision, RemedyCase, RemedyParagraph, state_remedy
from assistant.settings import Agency

REGULATION = "政府信息公开条例"

_PIECE = re.compile(r"(\{[a-z_]+\}|<“[^”]+”>|<[^<>]+>)")
_ROLES: dict[str, Role] = {
    "number": "number",
    "addressee": "addressee",
    "organ": "organ",
    "date": "date",
    "contact": "contact",
}
_ITEM_MARK = re.compile(r"^（[一二三四五六七八九十]+）")
_NAMED = ("review_authority", "court", "online_review")
_ENDS = "。；;.，,、 "
_INNER_QUOTES = str.maketrans("“”", "‘’")


@dataclass(frozen=True)
class Composer:
    """The clause library over one statute book, for one agency."""

    library: LetterLibrary
    book: StatuteBook
    remedies: RemedyTable
    agency: Agency

    def compose(self, outcome: Outcome, facts: Facts, on: date) -> Draft:
        """The letter for a decided outcome. Facts must have been checked (`facts.check_facts`).

        Raises InputError where the facts contradict each other (a road the outcome does not have, dates
        out of order, a ground that is no provision).
        """
        road, undecided = choose_road(outcome, facts, self.library)
        letter = self.library.letters[road.letter]
        filled = self._fill(facts, on)
        _refuse_disorder(filled)
        missing = [_gap(slot) for slot in self.library.required(letter, filled) if slot.key not in filled]
        agency = _naming(agency_of(facts, self.agency), filled)
        case = RemedyCase(_grounds(road, filled), cast(Decision, outcome.group), letter.document, agency, on)
        remedy = state_remedy(self.remedies, case)
        if remedy.class_ is None:
            missing.append(MissingFact("remedy", f"救济途径。{remedy.warnings[0]}", str(remedy.basis[0])))
        blocks = tuple(_Writer(self, letter, filled, on, remedy).blocks())
        return Draft(
            outcome.code, road.name, letter.name, on, blocks, (*undecided, *missing), remedy.warnings
        )

    def _fill(self, facts: Facts, on: date) -> dict[str, Any]:
        """Facts, completed by the agency's settings and the day of the reply."""
        agency = agency_of(facts, self.agency)
        filled = {key: value for key, value in facts.items() if key in self.library.slots}
        filled.setdefault("replied_on", on)
        series = agency.document_series
        if series and str(filled.get("document_number", "")).isdigit():
            filled["document_number"] = _numbered(series, on, filled["document_number"])
        for slot in self.library.slots.values():
            given = getattr(agency, slot.agency) if slot.agency and slot.key != "document_number" else None
            if given and slot.key not in filled:
                filled[slot.key] = " ".join(
                    filter(None, (given, agency.phone if slot.key == "contact" else None))
                )
        if agency.online_review:
            filled["online_review"] = agency.online_review
        return filled


def _grounds(road: Road, facts: Facts) -> tuple[ProvisionRef, ...]:
    """The grounds of the decision alone: what a fact happens to cite decides no remedy."""
    return tuple(ground_of(row["ground"]) for row in facts.get("withheld", ())) or road.basis


def _naming(agency: Agency, facts: Facts) -> Agency:
    """The agency with the names the facts of the case give to authority, court and channel."""
    return replace(agency, **{key: facts[key] for key in _NAMED if key in facts})


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


def _own_slots(road: Road, outcome: Outcome, library: LetterLibrary) -> set[str]:
    """Slots that tell a road from the outcome's other roads; every kind of letter may give a reason."""

    def slots(one: Road) -> set[str]:
        letter = library.letters[one.letter]
        return {*letter.needs, *letter.may}

    others = set().union(*(slots(other) for other in outcome.roads if other != road))
    return slots(road) - others - {"reason"}


class _Writer:
    """Turns clauses into blocks; knows the letter, the facts and the day."""

    def __init__(
        self, composer: Composer, letter: Letter, facts: dict[str, Any], on: date, remedy: RemedyParagraph
    ) -> None:
        self.composer, self.letter, self.facts, self.on = composer, letter, facts, on
        self.remedy = remedy
        self.cited = False

    def blocks(self) -> Iterator[Block]:
        yield Block("title", (Span(self.letter.title, "locked", f"{self.letter.name}/title"),))
        for clause in self._standing(self.composer.library.frame):
            if clause.id == "body":
                for own in self._standing(self.letter):
                    yield from self._body(own)
            elif clause.id == "remedy":
                yield Block("body", tuple(self._remedy()))
            else:
                role: Role = _ROLES.get(clause.id, "body")
                yield Block(role, tuple(self._spans(clause, self.composer.library.frame)))

    def _body(self, clause: Clause) -> Iterator[Block]:
        """A clause of the letter; what is withheld takes a paragraph for each part."""
        if clause.slots == ("withheld",) and "withheld" in self.facts:
            for number, row in enumerate(self.facts["withheld"], start=1):
                yield Block(
                    "body", (Span(f"（{to_chinese(number)}）{_withheld(row)}。", "slot", "withheld"),)
                )
        else:
            yield Block("body", tuple(self._spans(clause, self.letter)))

    def _standing(self, letter: Letter) -> Iterator[Clause]:
        for clause in letter.clauses:
            if not clause.stands(self.facts):
                continue
            if letter is not self.letter and clause.given in (*self.letter.needs, *self.letter.may):
                continue  # the letter tells of it in its own words
            yield clause

    def _spans(self, clause: Clause, letter: Letter) -> Iterator[Span]:
        origin = f"{letter.name}/{clause.id}"
        before = ""
        for piece in filter(None, _PIECE.split(clause.words)):
            if piece.startswith("{"):
                yield self._slot(piece[1:-1], quoted=before.endswith("“"))
            elif piece.startswith("<"):
                yield self._law(piece[1:-1])
            else:
                yield Span(piece, "locked", origin)
            before = piece

    def _slot(self, key: str, quoted: bool = False) -> Span:
        if key not in self.facts:
            return Span(f"【待补：{self.composer.library.slots[key].meaning}】", "gap", key)
        words = _printed(self.facts[key])
        return Span(words.translate(_INNER_QUOTES) if quoted else words, "slot", key)

    def _law(self, words: str) -> Span:
        """A citation of the Regulation, or its words where they stand between quotation marks."""
        quoted = words.startswith("“")
        ref = ProvisionRef.parse(f"《{REGULATION}》{words.strip('“”')}")
        if not quoted:
            title = "《条例》" if self.cited else f"《{STATE}{ref.law}》（以下简称《条例》）"
            self.cited = True
            return Span(f"{title}{ref.local}", "locked", str(ref))
        said = self.composer.book.text(ref, self.on)
        if said is None:
            raise CorpusError(f"{self.letter.name}.md：{self.on} 没有 {ref} 的原文可引。")
        return Span(f"“{_ITEM_MARK.sub('', said).rstrip('。；')}”", "locked", str(ref))

    def _remedy(self) -> Iterator[Span]:
        """The paragraph of the class; a name nobody has set is a gap, and so is a day nobody can judge."""
        origin = f"remedies/{self.remedy.class_}"
        if self.remedy.class_ is None:
            yield Span("【待补：救济途径】", "gap", "remedy")
        for piece in self.remedy.pieces:
            if piece.words is None:
                yield Span(f"【待补：{piece.label}】", "gap", str(piece.slot))
            elif piece.slot in (None, "document"):
                yield Span(piece.words, "locked", origin)
            else:
                yield Span(piece.words, "slot", str(piece.slot))


def chinese_day(day: date) -> str:
    """A day as an official document prints it: 2026年11月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _numbered(series: str, on: date, number: str) -> str:
    """The agency's document number, e.g. 甲政公开〔2026〕17号. Raises SettingsError for a series it cannot fill."""
    try:
        return series.format(year=on.year, number=number)
    except (KeyError, IndexError, ValueError):
        raise SettingsError(
            f"配置项“agency.document_series”的值“{series}”应写成“甲政公开〔{{year}}〕{{number}}号”的形式。"
        ) from None


def _printed(value: Any) -> str:
    """A fact in running text; the clause brings its own full stop."""
    if isinstance(value, date):
        return chinese_day(value)
    if isinstance(value, tuple):
        words = [str(item).rstrip(_ENDS) for item in value]
        return (
            words[0] if len(words) == 1 else "；".join(f"{n}.{word}" for n, word in enumerate(words, start=1))
        )
    return str(value).strip().rstrip(_ENDS)


def _withheld(row: dict[str, str]) -> str:
    ground = ground_of(row["ground"])
    title = "《条例》" if ground.law == REGULATION else f"《{STATE}{ground.law}》"
    return (
        f"{row['part'].rstrip(_ENDS)}：{row['reason'].rstrip(_ENDS)}，根据{title}{ground.local}的规定不予公开"
    )


def ground_of(words: str) -> ProvisionRef:
    """The provision a clerk names as a ground; without a title it is the Regulation's. Raises InputError."""
    try:
        return ProvisionRef.parse(words if "《" in words else f"《{REGULATION}》{words}")
    except ValueError:
        raise InputError(f"不予公开的依据“{words}”不是条文，请写成“第十五条”或“第十六条第二款”。") from None


def _gap(slot: Slot) -> MissingFact:
    return MissingFact(slot.key, slot.meaning, slot.why)


def _refuse_disorder(facts: dict[str, Any]) -> None:
    """No step of a case lies before its receipt or after its reply."""
    received, replied = facts.get("received_on"), facts["replied_on"]
    for key, value in facts.items():
        if not isinstance(value, date) or key.endswith("_deadline"):
            continue
        if received and value < received:
            raise InputError(f"“{key}”（{value}）早于收到申请的日期（{received}），请核对。")
        if value > replied:
            raise InputError(f"“{key}”（{value}）晚于答复日期（{replied}），请核对。")
