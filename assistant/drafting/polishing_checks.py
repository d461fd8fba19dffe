"""Whether new words for a passage may stand: nothing new in them, nothing of the old lost, nothing decided.

Everything is compared with personal data still hidden, so that a reason given back to the model holds none.
What fails is told in words (Unfit). What no rule sees is for the clerk: every change is shown before it counts.
Basis: 政府信息公开条例第三十六条 (the reasons are the organ's own, and true).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.drafting.facts import markup_warnings
from assistant.drafting.prose import Passage, ProseRules
from assistant.drafting.reading import days_in
from assistant.ingest.masking import CLOSE, OPEN
from assistant.ingest.personal import PersonalKinds
from assistant.ingest.personal_finding import find_personal_data
from assistant.law.numerals import to_int
from assistant.model.faults import Unfit

# Of the pairs of characters in a clause at least this share stands in the material; fewer pairs say nothing.
GROUNDED, FEW = 0.3, 3
# A text shrinks to a third at most.
SHRINKS = 3

_MARK = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_DIGITS = re.compile(r"(?<![\d.])(\d+(?:\.\d+)*)([一-龥%]?)")
_NUMERAL = re.compile(r"(第?)([〇零一二两三四五六七八九十百千]+)([一-龥]?)")
_COUNTED = "年月日号条款项份件页次人户亩元个名处期批天岁倍成家位起宗套间张本册卷类级层组幢室万亿"
_DAY = re.compile(r"(?:\d+年)?\d+月(?:\d+日)?")
_LATIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9._/@-]*[A-Za-z0-9])?")
_SAID = re.compile(r"[“‘「『\"]([^“”‘’「」『』\"]*)[”’」』\"]|《([^《》]*)》|〈([^〈〉]*)〉")
_DOCUMENT = re.compile(r"[一-龥]{0,6}[〔\[(]\d{4}[〕\])](?:第)?\d+号")
_FORM = re.compile(r"[\n\r\t*#`|｜丨<>{}\\_~^=【】\[\]□※●◆•]|[-—]{3,}|https?:|www\.")
_CLAUSE = re.compile(r"[，。；：、！？,;:!?]+")
_HAN = re.compile(r"[一-龥]+")
_ENDS = "。；;.，,、 "

Test = Callable[[Passage, str], Iterator[str]]


@dataclass(frozen=True)
class Material:
    """What new words are held against: all that was established, and the law shown; personal data hidden.

    `plain_words` are pairs of characters of ordinary legal language: what holds none of them is a name.
    """

    established: str
    law: str
    rules: ProseRules
    kinds: PersonalKinds
    plain_words: frozenset[str]

    @cached_property
    def text(self) -> str:
        """All of it in one form: half-width, without blanks."""
        return one_form(f"{self.established}\n{self.law}")

    @cached_property
    def numbers(self) -> frozenset[tuple[str, str]]:
        return frozenset(numbers_in(self.text))

    @cached_property
    def pairs(self) -> frozenset[str]:
        return frozenset(_pairs(self.text))

    @cached_property
    def days(self) -> frozenset[Any]:
        return frozenset(day for day, _ in days_in(self.text))


def check_words(answer: Mapping[str, Any], passages: Iterable[Passage], material: Material) -> dict[str, str]:
    """The new words of each passage by its name. Raises Unfit naming the first thing that is wrong."""
    wanted = {passage.name: passage for passage in passages}
    for name in sorted(set(answer) ^ set(wanted)):
        raise Unfit(f"缺少“{name}”这一项。" if name in wanted else "有没有要求写的项目。")
    found = {}
    for name, passage in wanted.items():
        words = answer[name]
        if not isinstance(words, str) or not words.strip():
            raise Unfit(f"“{name}”应当是一段不空的文字。")
        found[name] = words.strip().rstrip(_ENDS)
        for fault in _Tests(material).faults(passage, found[name]):
            raise Unfit(f"“{name}”{fault}。")
    return found


def one_form(text: str) -> str:
    """A text as texts are compared: half-width digits and letters, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def numbers_in(text: str) -> Iterator[tuple[str, str]]:
    """Every number with what it counts, however it is written: 三份 and 3份 are ("3", "份")."""
    bare = _MARK.sub("□", text)
    yield from ((match[1], match[2]) for match in _DIGITS.finditer(bare))
    for match in _NUMERAL.finditer(bare):
        if match[1] or len(match[2]) > 1 or (match[3] and match[3] in _COUNTED):
            try:
                yield str(to_int(match[2])), match[3]
            except ValueError:
                yield match[2], match[3]


@dataclass(frozen=True)
class _Tests:
    material: Material

    def faults(self, passage: Passage, words: str) -> Iterator[str]:
        """What is wrong with new words, in the model's own terms."""
        tests: tuple[Test, ...] = (
            *(self._form, self._length, self._marks, self._numbers, self._days, self._latin, self._quoted),
            *(self._named, self._people, self._decided, self._denied, self._grounded),
        )
        for test in tests:
            yield from test(passage, words)

    def _form(self, _: Passage, words: str) -> Iterator[str]:
        if _FORM.search(words) or markup_warnings({"words": words}) or not words.isprintable():
            yield "含有换行、标记、网址或者特殊符号，只能是一段普通文字"

    def _length(self, passage: Passage, words: str) -> Iterator[str]:
        if len(words) > passage.limit:
            yield f"有 {len(words)} 字，超过 {passage.limit} 字"
        if len(words) * SHRINKS < len(passage.words):
            yield "比原文少了大半，不能删去内容"

    def _marks(self, passage: Passage, words: str) -> Iterator[str]:
        """Of hidden data the same stand as before; where nothing stood, those of the material may."""
        new, old = set(_MARK.findall(words)), set(_MARK.findall(passage.words))
        known = old if passage.words else set(_MARK.findall(self.material.established))
        if new - known or old - new or OPEN in _MARK.sub("", words) or CLOSE in _MARK.sub("", words):
            yield "里⟦⟧标记与原文不一致，要照原样保留，不增不减"

    def _numbers(self, passage: Passage, words: str) -> Iterator[str]:
        common = self.material.rules.common
        new = set(numbers_in(common.sub("□", one_form(words))))
        old = set(numbers_in(common.sub("□", one_form(passage.words))))
        yield from (
            f"出现了材料里没有的数字“{''.join(one)}”" for one in sorted(new - self.material.numbers - old)
        )
        yield from (f"漏掉了原文的数字“{''.join(one)}”" for one in sorted(old - new))

    def _days(self, _: Passage, words: str) -> Iterator[str]:
        plain = one_form(words)
        for match in _DAY.finditer(plain):
            if not re.search(rf"(?<!\d){re.escape(match[0])}", self.material.text):
                yield f"出现了材料里没有的日期“{match[0]}”"
        if {day for day, _ in days_in(plain)} - self.material.days:
            yield "出现了材料里没有的日期"
        yield from (
            f"出现了材料里没有的文号“{match[0]}”"
            for match in _DOCUMENT.finditer(plain)
            if match[0] not in self.material.text
        )

    def _latin(self, passage: Passage, words: str) -> Iterator[str]:
        new, old = (set(_LATIN.findall(one_form(text).lower())) for text in (words, passage.words))
        known = set(_LATIN.findall(self.material.text.lower()))
        yield from (f"出现了材料里没有的“{one}”" for one in sorted(new - known))
        yield from (f"漏掉了原文的“{one}”" for one in sorted(old - new))

    def _quoted(self, passage: Passage, words: str) -> Iterator[str]:
        """Quotations and titles are words of the material; those that stood there stay."""
        new, old = (_quotations(text) for text in (words, passage.words))
        yield from (
            f"的引文或者文件名称“{one}”不是材料里的原文"
            for one in sorted(new)
            if one not in self.material.text
        )
        yield from (f"漏掉了原文的引文或者文件名称“{one}”" for one in sorted(old - new))

    def _named(self, _: Passage, words: str) -> Iterator[str]:
        """Organs and places: what stands before 局, 村, 路 stands so in the material."""
        rules = self.material.rules
        plain = rules.common.sub("□", _MARK.sub("□", one_form(words)))
        for match in rules.endings.finditer(plain):
            before = re.search(r"[一-龥]{0,2}$", plain[: match.start()])
            name = _name(before[0] if before else "", match[0], rules)
            if name and name not in self.material.text:
                yield f"出现了材料里没有的单位或者地名“{name}”"

    def _people(self, _: Passage, words: str) -> Iterator[str]:
        """No personal data, no title of a person and nothing shaped like a name that the material lacks."""
        plain = one_form(words)
        bare = _MARK.sub("□", plain)
        yield from (f"出现了{datum.kind.name}" for datum in find_personal_data(bare, self.material.kinds))
        for match in self.material.rules.persons.finditer(bare):
            before = re.search(r"[一-龥]{0,2}$", bare[: match.start()])
            if f"{before[0] if before else ''}{match[0]}" not in self.material.text:
                yield f"出现了材料里没有的人“{match[0]}”"
        for run in _HAN.finditer(bare):
            yield from (f"出现了材料里没有的、像人名的“{one}”" for one in self._like_names(run[0]))

    def _like_names(self, run: str) -> Iterator[str]:
        """A surname and what is given, where no pair of characters is known from anywhere.

        A name of two characters is told by what stands before it alone (由王芳): 辛苦 is none.
        """
        known = self.material.pairs | self.material.plain_words
        for at in range(len(run) - 1):
            name = run[at : at + 3]
            alone = not at or run[at - 1] in self.material.rules.before_endings
            if len(name) < 3 and not alone:
                continue
            if self.material.kinds.surnames.match(name) and not any(pair in known for pair in _pairs(name)):
                yield name

    def _decided(self, passage: Passage, words: str) -> Iterator[str]:
        """No conclusion of law that was not established: neither for the outcome nor against it."""
        known = one_form(f"{passage.words}\n{self.material.established}")
        for match in self.material.rules.conclusions.finditer(one_form(words)):
            if match[0] not in known:
                yield f"作出了材料里没有的结论“{match[0]}”，结论由本机关决定"

    def _denied(self, passage: Passage, words: str) -> Iterator[str]:
        """What was denied is denied still, word by word; and nothing is that the material affirms."""
        new, old, given = (one_form(text) for text in (words, passage.words, self.material.established))
        denies = self.material.rules.negations
        fewer = len(denies.findall(new)) < len(denies.findall(old))
        for said in sorted(set(self._denials(old))):
            if (self._count(said, new) < self._count(said, old)) if said in new else fewer:
                yield f"改变了原文的肯定或者否定（“{said}”）"
        for said in sorted(set(self._denials(new))):
            if said in f"{old}\n{given}" and not self._count(said, f"{old}\n{given}"):
                yield f"改变了原文的肯定或者否定（“{said}”）"
        if passage.words and bool(denies.search(new)) != bool(denies.search(old)):
            yield "改变了原文的肯定或者否定"

    def _denials(self, text: str) -> Iterator[str]:
        """The first two characters of what each denial denies: 制作 in 未制作."""
        for match in self.material.rules.negations.finditer(text):
            said = text[match.end() : match.end() + 2]
            if len(said) == 2 and _HAN.fullmatch(said):
                yield said

    def _count(self, said: str, text: str) -> int:
        """How often some words are denied: a denial stands at most two characters before them."""
        negations = self.material.rules.negations.pattern
        return len(re.findall(rf"(?:{negations})[一-龥]{{0,2}}{said}", text))

    def _grounded(self, passage: Passage, words: str) -> Iterator[str]:
        """Every clause is made of words of the material, or of connectives too short to say anything."""
        known = self.material.pairs | frozenset(_pairs(one_form(passage.words)))
        for clause in _CLAUSE.split(_MARK.sub("□", one_form(words))):
            pairs = list(_pairs(clause))
            if len(pairs) >= FEW and sum(pair in known for pair in pairs) < GROUNDED * len(pairs):
                yield f"的“{clause}”在材料里没有，只能依据材料写"


def _name(before: str, ending: str, rules: ProseRules) -> str:
    """The end of a name: what stands before its ending after the last word that names nobody (该局, 向街道)."""
    if before and before[-1] in rules.determiners:
        return ""
    rest = re.split(f"[{re.escape(rules.before_endings + rules.determiners)}]", before)[-1]
    return rest + ending if rest or len(ending) > 1 else ""


def _quotations(text: str) -> set[str]:
    return {one_form("".join(filter(None, match.groups()))) for match in _SAID.finditer(one_form(text))} - {
        ""
    }


def _pairs(text: str) -> Iterator[str]:
    for run in _HAN.findall(text):
        yield from (run[at : at + 2] for at in range(len(run) - 1))


def plain_pairs(texts: Iterable[str]) -> frozenset[str]:
    """Pairs of characters of ordinary legal language."""
    return frozenset(pair for text in texts for pair in _pairs(text))
