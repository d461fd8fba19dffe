"""Words of a letter that address the assistant instead of asking for information, blanked before it is read.

A letter may not choose its own outcome, and it establishes no facts: what poses as an order to the program,
as its answer or as a note of the office is neither evidence nor a feature.
Basis: 政府信息公开条例第三十六条 (the organ establishes and decides); the patterns stand in corpus/rules/signals.yaml.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.triage.needed import Clauses, needed, pieces, possible

# A bracketed aside is one unit, and so is a run of Latin text; otherwise clauses end at any of these marks.
_CLAUSE = re.compile(
    r"【[^【】]*】|<[^<>]{1,12}>[^<>]*</[^<>]{1,12}>|<[^<>]*>|（[^（）]*）|[ -~]{12,}[，。；！？]*|"
    r"(?:(?![ -~]{12})[^，,。；;！!？?\n【】<>（）])+[，,。；;！!？?]*"
)
_ASIDE = "<（"
_SENTENCE_ENDS = "。！!？?"
# Letters nobody sees, letters of another width, Chinese spaced out: ways to write what patterns should not find.
_DISGUISE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeffＡ-Ｚａ-ｚ]|[一-龥][ 　][一-龥]")
_SPACED = re.compile(r"(?<=[一-龥，。])[ 　]+(?=[一-龥，。])")


@dataclass(frozen=True)
class Addressed:
    """What shows that a clause speaks to the assistant; `asking` shows that a sentence asks for something too.

    `reported`: the clause tells what the organ did with an earlier letter, and orders nothing.
    """

    patterns: tuple[re.Pattern[str], ...]
    asking: re.Pattern[str]
    reported: re.Pattern[str]
    needs: tuple[Clauses, ...] = ()

    def prepared(self) -> "Addressed":
        """The same for many letters: it finds the same, faster."""
        return replace(self, needs=tuple(map(needed, self.patterns)))

    def blanked(self, letter: str) -> str:
        """The letter with each such clause blanked, at the same length.

        The rest of its sentence goes too where it asks for nothing: it belongs to what was said to the assistant.
        """
        patterns = self._possible(letter)
        clauses = list(_CLAUSE.finditer(letter))
        spoken = {at for at, clause in enumerate(clauses) if self._speaks(clause[0], patterns)}
        if not spoken:
            return letter
        for sentence in _sentences(letter, clauses):
            rest = "".join(clauses[at][0] for at in sentence if at not in spoken)
            if not spoken.isdisjoint(sentence) and not self.asking.search(rest):
                spoken.update(sentence)
        letters = list(letter)
        for at in spoken:
            start, end = clauses[at].span()
            letters[start:end] = " " * (end - start)
        return "".join(letters)

    def _speaks(self, clause: str, patterns: Sequence[re.Pattern[str]]) -> bool:
        plain = _undisguised(clause)
        if self.reported.search(plain):
            return False
        return any(one.search(clause) or (plain != clause and one.search(plain)) for one in patterns)

    def _possible(self, letter: str) -> tuple[re.Pattern[str], ...]:
        if not self.needs:
            return self.patterns
        held = pieces(letter) | pieces(_undisguised(letter))
        return tuple(one for one, its in zip(self.patterns, self.needs, strict=True) if possible(its, held))


def _undisguised(text: str) -> str:
    """The text as it would read without disguise; most texts are their own."""
    if not _DISGUISE.search(text):
        return text
    seen = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return _SPACED.sub("", unicodedata.normalize("NFKC", seen))


def _sentences(letter: str, clauses: Sequence[re.Match[str]]) -> list[list[int]]:
    """Places of the clauses of each sentence; an aside in round brackets or tags is its own."""
    found: list[list[int]] = [[]]
    end = 0
    for at, clause in enumerate(clauses):
        if "\n" in letter[end : clause.start()]:
            found.append([])
        end = clause.end()
        if clause[0][0] in _ASIDE:
            found.insert(-1, [at])
            continue
        found[-1].append(at)
        if clause[0].rstrip()[-1:] in tuple(_SENTENCE_ENDS):
            found.append([])
    return found
