"""The words around a number of the prose, and what they say it counts.

Words before a number count most: the last word that names something wins, and only words that change
nothing may stand between it and the number. A number that leads its clause is named by the words after.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from assistant.ingest.annual.checks import NarrativeWords

Patterns = tuple[tuple[str, re.Pattern[str]], ...]

_STAGES = ("new", "received", "treated", "answered", "handled")
_NOT = re.compile("[未没无不]")
_EVERY = re.compile("全部|[均都率]|申请人为")
_NONE = re.compile(
    r"(?:未|没有|没|无|未曾)(?:有)?(?:收到|接到|接收到?|受理|收)(?:过)?(?P<what>[^,.。;:()]{2,40})"
    r"|(?:^|,|度|年|没有)无(?P<other>(?:政府信息公开|依申请公开|政府信息依申请)[^,.。;:()]{0,12})"
)
_NO_CARRY = re.compile(
    r"(?:无|没有|未|不存在)(?:有)?(?:需?(?:结转|转结)(?:至|到)?(?:下一?年度?|次年)|下一?年度?(?:结转|转结))"
    r"|(?:无|没有)(?:需)?(?:结转|转结)(?!上|自|至|到|下)"
)
_PLAIN = re.compile(
    r"^(?:全年|本年度?|今年|20\d\d年度?|年内)?政府信息公开申请(?:数量|总数|总量|件数|数|共计|共|为|量)*$"
)
_ALL = re.compile(
    r"(?P<before>[\d件条份例起宗次])?(?:全部|均|都)(?P<how>[^,。;\d]{0,24}?)"
    r"(?P<what>办结|办理完毕|处理完毕|答复|回复)"
)
_RATE = re.compile(r"(?:答复|办结|回复|办理)率[^,。;\d]{0,6}100%")
_ALL_NATURAL = re.compile(
    r"(?<![\d件条份例起宗])(?:均|全部|都)(?:为|是|系|由)自然人|申请人为自然人(?=$|[,。;])"
)
_ASKED = re.compile("(?:关于|的)*(?:政府|政务)?(?:信息)?(?:依申请公开|公开的?申请|依申请|申请)")
_NOT_ANSWERED = re.compile(r"(?:未|不予|不再|无需|逾期未|尚未|没有)$")


@dataclass(frozen=True)
class Number:
    """A quantity in its sentence.

    `left` reaches back to the number before, `clause` is the last clause of it, `right` reaches to the next.
    """

    value: int
    left: str
    clause: str
    right: str
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Labels:
    """The words compiled for reading from the left and from the right."""

    words: NarrativeWords
    before: Patterns
    after: Patterns
    stages: Patterns
    stages_after: Patterns
    named: re.Pattern[str]
    approx: re.Pattern[str]
    topics: re.Pattern[str]

    def has(self, kind: str, text: str) -> bool:
        """Whether a word of this kind stands in the text."""
        return bool(self.words.any[kind].search(text))

    def plain(self, text: str) -> bool:
        """Whether nothing is left of the text but words that do not change what is counted."""
        return not self.words.any["neutral"].sub("", text)

    def counts_otherwise(self, number: Number, before: str) -> bool:
        """A difference, an estimate, a part of the year or several years: no figure of the year."""
        if self.has("comparison", number.clause) or self.approx.search(number.clause):
            return True
        if self.has("part_of_year", before):
            return True
        return self.has("cumulative", number.left) and not self.has("this_year", number.left)

    def leads(self, clause: str) -> bool:
        """Whether nothing but 其中, 已, 有 … stands between the clause's beginning and the number."""
        return not self.words.any["connective"].sub("", clause)

    def depends(self, item: str) -> bool:
        """Results and applicants are read only where the requests themselves were counted before."""
        return item in self.words.outcomes or item in self.words.types

    def before_number(self, number: Number, topic: str) -> str | None:
        """What the words before the number count; None where they do not say or say something else."""
        if _PLAIN.match(number.clause):
            return "received"
        for text in (number.clause, number.left):
            found = self._last(text)
            if found:
                return self._accepted(*found, text, number.right, topic)
            if not self.plain(text):
                return None
        return None

    def after_number(self, right: str) -> str | None:
        """What the words after a leading number say of it."""
        for item, pattern in self.after if self.named.search(right) else self.stages_after:
            if pattern.search(right):
                return None if item == "withdrawn" else item
        return None

    def none_of(self, text: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Statements that nothing came, or that nothing was carried out."""
        if not _NOT.search(text):
            return
        for match in _NONE.finditer(text):
            what = re.sub("(?:的)?情况$", "", match["what"] or match["other"])
            if "申请" in what and self.plain(what):
                yield "new", match
        for match in _NO_CARRY.finditer(text):
            yield "carried_out", match

    def claims(self, text: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Statements about all requests without a number."""
        if not _EVERY.search(text):
            return
        for match in _ALL.finditer(text):
            if match["before"] is None or text[: match.start() + 1].endswith(("申请件", "全部件")):
                loose = match["what"] in ("答复", "回复") or self.has("timely", match["how"])
                yield "all_answered" if loose else "all_handled", match
        for match in _RATE.finditer(text):
            yield "all_answered", match
        for match in _ALL_NATURAL.finditer(text):
            yield "all_natural", match

    def _last(self, text: str) -> tuple[str, int, int] | None:
        """The item whose word ends last in the text, the longer word of two."""
        patterns = self.before if self.named.search(text) else self.stages
        found = [(m.end(), -m.start(), item) for item, p in patterns for m in p.finditer(text)]
        if not found:
            return None
        end, start, _ = best = max(found, key=lambda one: one[:2])
        return best[2], -start, end

    def _accepted(self, item: str, start: int, end: int, text: str, right: str, topic: str) -> str | None:
        """The item, unless strange words follow it, or it counts one channel, another matter or a refusal."""
        rest = text[end:]
        if not self.plain(rest) or _NOT_ANSWERED.search(text[:start]) or self._one_channel(text):
            return None
        about = "申请" in rest or bool(_ASKED.match(right))
        if item in _STAGES and not about and topic != "request":
            return None
        if self.depends(item) and re.search("因|由于|理由|属于", text[:start]):
            return None
        return item

    def _one_channel(self, text: str) -> bool:
        return self.has("channel", text) and not self.has("all_channels", text)


@cache
def labels_of(words: NarrativeWords) -> Labels:
    """The words compiled, once for each rule file."""
    any_ = words.any
    order = ("carried_in", "carried_out", "pending", "new", "handled", "answered", "received", "treated")
    after = ("carried_out", "carried_in", "withdrawn", "pending", "handled", "answered")
    stages = tuple((item, any_[item]) for item in order)
    stages_after = tuple((item, any_[item]) for item in after)
    return Labels(
        words=words,
        stages=stages,
        stages_after=stages_after,
        named=re.compile("|".join((*words.outcomes.values(), *words.types.values()))),
        before=(
            *_suffixed(words.outcomes, "的|决定|答复|回复|处理|申请"),
            *_suffixed(words.types, "的|提交|提出|申请"),
            *stages,
        ),
        after=(
            *_prefixed(words.outcomes, "(?:申请)?(?:已|均|为|是|属于|作出|决定)*"),
            *_prefixed(words.types, "(?:申请)?(?:均|为|是|由|来自|系)+"),
            *stages_after,
        ),
        approx=re.compile(f"(?:{any_['approximate'].pattern})$"),
        topics=re.compile("|".join(map(re.escape, sorted(words.topics, key=len, reverse=True)))),
    )


def _suffixed(words: Mapping[str, str], suffix: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    for item, pattern in words.items():
        yield item, re.compile(f"(?:{pattern})(?:{suffix})*")


def _prefixed(words: Mapping[str, str], prefix: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    for item, pattern in words.items():
        yield item, re.compile(f"^{prefix}(?:{pattern})")
