"""What the chat model is shown of a draft whose reasons it words: the decision, the law, the facts, the request.

Facts that never leave stay here, personal data in the others are hidden, and what addresses the assistant in
other people's words is blanked. Basis: 个人信息保护法第四条、第六条.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.drafting.compose import chinese_day
from assistant.drafting.draft import Draft
from assistant.drafting.prose import Passage, ProseRules, short
from assistant.drafting.slots import Slot
from assistant.law.citations import cite
from assistant.law.instruments import StatuteBook
from assistant.law.outcomes import Outcomes
from assistant.model.hiding import Hidden, hide
from assistant.model.quoting import border_of, quotable
from assistant.triage.letter import body_of

MOST_PROVISIONS, LONGEST_PROVISION = 10, 600
NOTHING = "（没有）"
UNFILLED = "（未填写）"
LONGEST_NAME = 4

_BETWEEN = re.compile(r"[\s、，,；;：:（）()]+")


@dataclass(frozen=True)
class Shown:
    """All that leaves the office: law as it is, everything else without personal data."""

    decision: str
    provisions: str
    facts: str
    findings: str
    request: str
    passages: tuple[Passage, ...]
    hidden: Hidden

    @property
    def established(self) -> str:
        """What new words may rest on: never the applicant's own letter beyond what the facts say is asked."""
        words = (passage.words for passage in self.passages)
        return "\n".join((self.decision, self.facts, self.findings, *words))

    def values(self) -> dict[str, str]:
        """The variables of prompts/polish_reasons.yaml."""
        rows = "\n".join(
            f"{one.name}｜{one.meaning}｜{one.limit}｜{one.words or UNFILLED}" for one in self.passages
        )
        return {
            "decision": self.decision,
            "provisions": self.provisions or NOTHING,
            "mark": border_of((self.facts, self.findings, self.request, rows)),
            "facts": self.facts or NOTHING,
            "findings": self.findings or NOTHING,
            "request": self.request or NOTHING,
            "passages": rows,
            "shape": json.dumps({one.name: "润色后的文字" for one in self.passages}, ensure_ascii=False),
        }

    def schema(self) -> dict[str, Any]:
        """The shape of an answer: one text a passage."""
        texts = {one.name: {"type": "string", "description": one.meaning} for one in self.passages}
        return {
            "title": "polished_reasons",
            "description": "每一项润色后的文字。",
            "type": "object",
            "additionalProperties": False,
            "required": list(texts),
            "properties": texts,
        }


@dataclass(frozen=True)
class Papers:
    """What the office has on its desk for one draft. `request` is the letter as it came, `names` whom it names."""

    draft: Draft
    facts: Mapping[str, Any]
    passages: Sequence[Passage]
    findings: str = ""
    request: str = ""
    names: Mapping[str, Iterable[str]] | None = None


@dataclass(frozen=True)
class Shelf:
    """What the sheet is laid with: the rules, the law, and the ear for what addresses the assistant."""

    rules: ProseRules
    slots: Mapping[str, Slot]
    book: StatuteBook
    outcomes: Outcomes
    quiet: Callable[[str], str]


def show_papers(papers: Papers, shelf: Shelf) -> Shown:
    """The papers made ready to leave the office."""
    facts = "\n".join(_fact_lines(papers.facts, shelf))
    texts = (facts, papers.findings, _body(papers.request, shelf), *(one.words for one in papers.passages))
    hidden = hide(texts, _names(papers, shelf.rules))
    shown, findings, request, *words = hidden.texts
    passages = tuple(
        replace(one, words=quotable(said)) for one, said in zip(papers.passages, words, strict=True)
    )
    return Shown(
        decision=_decision(papers.draft, shelf.outcomes),
        provisions="\n".join(_provisions(papers.draft, shelf.book, papers.draft.on)),
        facts=quotable(shown),
        findings=quotable(findings.strip()),
        request=quotable(request.strip()),
        passages=passages,
        hidden=hidden,
    )


def _body(letter: str, shelf: Shelf) -> str:
    """What a letter says, without its form and without words to the assistant."""
    quiet = shelf.quiet(letter)
    return body_of(quiet) if quiet.strip() else ""


def _decision(draft: Draft, outcomes: Outcomes) -> str:
    """The outcome decided with its elements; of a paper that is no reply, its title."""
    outcome = outcomes.get(draft.outcome)
    title = draft.blocks[0].text
    if outcome is None:
        return title
    return f"{title}：{outcome.label}（{outcome.road(draft.road or None).when}）"


def _provisions(draft: Draft, book: StatuteBook, on: date) -> Iterator[str]:
    """The law the letter cites before its remedy paragraph, as it reads on its day."""
    spans = (span for block in draft.blocks for span in block.spans)
    told = "".join(span.text for span in spans if not span.origin.startswith("remedies/"))
    refs = dict.fromkeys(one.ref for one in cite(told, book, on) if one.status == "ok" and one.ref)
    for ref in [*refs][:MOST_PROVISIONS]:
        said = book.text(ref, on)
        if said:
            yield f"{ref}：{' '.join(said.split())[:LONGEST_PROVISION]}"


def _fact_lines(facts: Mapping[str, Any], shelf: Shelf, before: str = "") -> Iterator[str]:
    for key, value in facts.items():
        if key in shelf.rules.kept_back:
            continue
        if key == "items" and isinstance(value, (list, tuple)):
            for number, row in enumerate(value, start=1):
                yield from _fact_lines(row, shelf, f"第{number}项 ")
            continue
        words = _printed(value)
        slot = shelf.slots.get(key)
        label = short(slot.meaning) if slot else "处理结果" if key == "outcome" else key
        yield f"{before}{label}：{shelf.quiet(words) if key in shelf.rules.words_of_others else words}"


def _printed(value: Any) -> str:
    if isinstance(value, date):
        return chinese_day(value)
    if isinstance(value, Mapping):
        return "，".join(map(_printed, value.values()))
    if isinstance(value, (list, tuple)):
        return "；".join(map(_printed, value))
    return str(value)


def _names(papers: Papers, rules: ProseRules) -> dict[str, list[str]]:
    """Whom the facts and the letter name, to be hidden wherever they stand: 综合办 李某 as a whole, and 李某."""
    named: dict[str, list[str]] = {kind: list(words) for kind, words in (papers.names or {}).items()}
    for key, kind in rules.names.items():
        words = str(papers.facts.get(key) or "")
        parts = [part for part in _BETWEEN.split(words) if len(part) <= LONGEST_NAME]
        named.setdefault(kind, []).extend((words, *parts))
    return named
