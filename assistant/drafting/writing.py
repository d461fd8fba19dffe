"""Clauses into paragraphs: locked words, the law as of the day, facts, and gaps where a fact is wanting.

Nothing is invented: what is not given stands as 【待补：…】. Basis: 政府信息公开条例第三十六条; GB/T 9704-2012 第7.3条.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.drafting.draft import Block, Role, Span
from assistant.drafting.letters import Clause, Letter
from assistant.drafting.slots import Slot
from assistant.errors import CorpusError, InputError
from assistant.law.deadlines import DeadlineTable
from assistant.law.instruments import StatuteBook
from assistant.law.numerals import to_chinese
from assistant.law.provisions import STATE, ProvisionRef
from assistant.law.remedy_paragraph import RemedyParagraph

REGULATION = "政府信息公开条例"

_PIECE = re.compile(r"(\{[a-z_]+\}|<=[a-z_]+>|<“[^”]+”>|<[^<>]+>)")
_ROLES: dict[str, Role] = {
    "number": "number",
    "addressee": "addressee",
    "heading": "heading",
    "organ": "organ",
    "date": "date",
    "contact": "contact",
}
_ITEM_MARK = re.compile(r"^（[一二三四五六七八九十]+）")
_ENDS = "。；;.，,、 "
_INNER_QUOTES = str.maketrans("“”", "‘’")
ENCLOSED = ("enclosures", "information_enclosed")
_UNITS = {"workday": "个工作日", "day": "日", "month": "个月", "year": "年"}
# How a reader is spoken to. Words of the law are never touched.
_READERS = {"person": "你", "organisation": "你单位", "several": "你们"}


@dataclass(frozen=True)
class Sources:
    """What a letter is written from on one day: the statute book, the time limits, the slots there are."""

    book: StatuteBook
    deadlines: DeadlineTable
    slots: Mapping[str, Slot]
    on: date


@dataclass(frozen=True)
class Part:
    """A template to write with its facts. `framing`: it stands around a letter; `item`: of which item it speaks."""

    template: Letter
    facts: Mapping[str, Any]
    framing: bool = False
    item: int | None = None


class Writer:
    """Writes the parts of one letter in order; it knows what has been cited before."""

    def __init__(self, sources: Sources, reader: str | None = None) -> None:
        self.sources = sources
        self.reader = _READERS[reader or "person"]
        self.cited = False
        self.said: str | None = None  # the law the clause being written has named: once is enough

    def title(self, letter: Letter) -> Block:
        """The name of the paper."""
        clause = f"{letter.name}/title"
        return Block("title", (Span(letter.title, "locked", clause, clause),))

    def paragraphs(self, part: Part, clauses: Iterable[Clause]) -> Iterator[Block]:
        """A paragraph for each clause that stands, those that run on joined to the one before."""
        held: Block | None = None
        for clause in clauses:
            for block in self._blocks(part, clause):
                if held and clause.runs_on:
                    held = replace(held, spans=(*held.spans, *block.spans))
                    continue
                if held:
                    yield held
                held = block
        if held:
            yield held

    def remedy(self, paragraph: RemedyParagraph) -> Block:
        """The paragraph of the class; a name nobody has set is a gap, and so is a day nobody can judge."""
        clause = f"remedies/{paragraph.class_}"
        basis = tuple(map(str, paragraph.basis))
        spans = [] if paragraph.class_ else [Span("【待补：救济途径】", "gap", "remedy", clause, basis)]
        for piece in paragraph.pieces:
            if piece.words is None:
                spans.append(Span(f"【待补：{piece.label}】", "gap", str(piece.slot), clause, basis))
            elif piece.slot in (None, "document"):
                spans.append(Span(piece.words, "locked", clause, clause, basis))
            else:
                spans.append(Span(piece.words, "slot", str(piece.slot), clause, basis))
        return Block("body", tuple(spans))

    def enclosures(self, parts: Iterable[Part]) -> Iterator[Block]:
        """附件说明 of a whole letter: one without a number, several numbered (GB/T 9704-2012 第7.3.4条)."""
        lines = [line for part in parts for line in self._enclosed(part)]
        for number, (span, item) in enumerate(lines, start=1):
            words = ("附件：" if number == 1 else "") + (f"{number}．" if len(lines) > 1 else "")
            lead = (Span(words, "locked", span.clause, span.clause),) if words else ()
            yield Block("enclosure", (*lead, span), item)

    def _enclosed(self, part: Part) -> Iterator[tuple[Span, int | None]]:
        """What one part encloses, line by line; a list that is wanted and not given is a gap."""
        clause = f"{part.template.name}/enclosures"
        for key in ENCLOSED:
            if key in part.facts and key in part.template.own:
                for line in part.facts[key]:
                    yield Span(str(line).rstrip(_ENDS), "slot", _key(part, key), clause), part.item
            elif key in part.template.needs:
                yield self._gap(part, key, clause), part.item

    def _blocks(self, part: Part, clause: Clause) -> Iterator[Block]:
        """A clause of a letter; what is withheld takes a paragraph for each part."""
        role: Role = _ROLES.get(clause.id, "body") if part.framing else "body"
        if clause.slots == ("withheld",) and "withheld" in part.facts:
            origin = f"{part.template.name}/{clause.id}"
            for number, row in enumerate(part.facts["withheld"], start=1):
                words = f"（{to_chinese(number)}）{_withheld(row)}。"
                ground = (str(ground_of(row["ground"])),)
                yield Block("body", (Span(words, "slot", _key(part, "withheld"), origin, ground),), part.item)
        elif self._lists(part, clause):
            yield from self._lines(part, clause)
        else:
            yield Block(role, tuple(self._spans(part, clause)), part.item)

    def _lists(self, part: Part, clause: Clause) -> bool:
        """Whether a clause is nothing but a list that is given."""
        slots = clause.slots
        alone = len(slots) == 1 and clause.words == f"{{{slots[0]}}}"
        return alone and self.sources.slots[slots[0]].type == "list" and slots[0] in part.facts

    def _lines(self, part: Part, clause: Clause) -> Iterator[Block]:
        """A list as paragraphs of its own, numbered where there are several."""
        origin, (key,) = f"{part.template.name}/{clause.id}", clause.slots
        lines = part.facts[key]
        for number, line in enumerate(lines, start=1):
            lead = f"（{to_chinese(number)}）" if len(lines) > 1 else ""
            locked = (Span(lead, "locked", origin, origin),) if lead else ()
            said = Span(f"{str(line).rstrip(_ENDS)}。", "slot", _key(part, key), origin)
            yield Block("body", (*locked, said), part.item)

    def _spans(self, part: Part, clause: Clause) -> Iterator[Span]:
        origin = f"{part.template.name}/{clause.id}"
        before, self.said = "", None
        pieces = [piece for piece in _PIECE.split(clause.words) if piece]
        for piece, after in zip(pieces, [*pieces[1:], ""], strict=True):
            if piece.startswith("{"):
                yield self._slot(part, piece[1:-1], origin, quoted=before.endswith("“"))
            elif piece.startswith("<="):
                yield self._limit(piece[2:-1], origin)
            elif piece.startswith("<"):
                yield self._law(piece[1:-1], origin, quoted_next=after.startswith(("“", "<“")))
            else:
                yield Span(self._spoken(piece), "locked", origin, origin)
            before = piece

    def _spoken(self, words: str) -> str:
        """Our own words, spoken to a person, an organisation or several people."""
        return words.replace("你机关", "\0").replace("你", self.reader).replace("\0", "你机关")

    def _slot(self, part: Part, key: str, clause: str, quoted: bool) -> Span:
        if key not in part.facts:
            return self._gap(part, key, clause)
        words = printed(part.facts[key], self.sources.slots[key])
        return Span(words.translate(_INNER_QUOTES) if quoted else words, "slot", _key(part, key), clause)

    def _gap(self, part: Part, key: str, clause: str) -> Span:
        return Span(f"【待补：{self.sources.slots[key].meaning}】", "gap", _key(part, key), clause)

    def _limit(self, limit_id: str, clause: str) -> Span:
        """The length of a time limit as of the day: no number is typed in a letter."""
        limit = self.sources.deadlines.limit(limit_id, self.sources.on)
        length = limit.lengths[0]
        if length.count is None:
            raise CorpusError(f"{clause}：“{limit.name}”没有法定的天数，不能写进文书。")
        return Span(f"{length.count}{_UNITS[length.unit]}", "locked", clause, clause, (limit.basis,))

    def _law(self, words: str, clause: str, quoted_next: bool) -> Span:
        """A citation, or its words where they stand between quotation marks.

        A clause names its law once, and again where words are quoted, so that nobody asks whose they are.
        """
        quoted = words.startswith("“")
        bare = words.strip("“”")
        ref = ProvisionRef.parse(bare if "《" in bare else f"《{REGULATION}》{bare}")
        if not quoted:
            title = "" if self.said == ref.law and not quoted_next else self._titled(ref)
            self.said = ref.law
            return Span(f"{title}{ref.local}", "locked", str(ref), clause, (str(ref),))
        said = self.sources.book.text(ref, self.sources.on)
        if said is None:
            raise CorpusError(f"{clause}：{self.sources.on} 没有 {ref} 的原文可引。")
        words = f"“{_ITEM_MARK.sub('', said).rstrip('。；')}”"
        return Span(words, "locked", str(ref), clause, (str(ref),))

    def _titled(self, ref: ProvisionRef) -> str:
        if ref.law != REGULATION:
            return f"《{STATE}{ref.law}》"
        if self.cited:
            return "《条例》"
        self.cited = True
        return f"《{STATE}{ref.law}》（以下简称《条例》）"


def chinese_day(day: date) -> str:
    """A day as an official document prints it: 2026年11月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def printed(value: Any, slot: Slot) -> str:
    """A fact in running text; the clause brings its own full stop."""
    if isinstance(value, date):
        return chinese_day(value)
    if isinstance(value, tuple):
        words = [str(item).rstrip(_ENDS) for item in value]
        return (
            words[0]
            if len(words) == 1
            else "；".join(f"{n}．{word}" for n, word in enumerate(words, start=1))
        )
    if slot.choices:
        return slot.choices[value]
    return str(value).strip().rstrip(_ENDS)


def ground_of(words: str) -> ProvisionRef:
    """The provision a clerk names as a ground; without a title it is the Regulation's. Raises InputError."""
    try:
        return ProvisionRef.parse(words if "《" in words else f"《{REGULATION}》{words}")
    except ValueError:
        raise InputError(
            f"不予公开的依据“{words[:60]}”不是条文，请写成“第十五条”或“第十六条第二款”。"
        ) from None


def _withheld(row: Mapping[str, str]) -> str:
    ground = ground_of(row["ground"])
    title = "《条例》" if ground.law == REGULATION else f"《{STATE}{ground.law}》"
    return (
        f"{row['part'].rstrip(_ENDS)}：{row['reason'].rstrip(_ENDS)}，根据{title}{ground.local}的规定不予公开"
    )


def _key(part: Part, key: str) -> str:
    """A fact of one item is told apart from that of another."""
    if not part.item:
        return key
    return f"items[{part.item}].{'asked' if key == 'item_asked' else key}"
