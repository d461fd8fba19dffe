"""A chat model words the reasons of a draft, and nothing else; on any failure the embedded draft stands.

The letter is composed again from the facts with the new words in them; then every locked stretch is held
against the embedded draft byte for byte, and the gate may find no more than before.
Basis: 政府信息公开条例第三十六条 (the organ decides and gives its reasons).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from assistant.drafting.draft import Draft, Span
from assistant.drafting.polishing_checks import Material, check_words, plain_pairs
from assistant.drafting.polishing_sheet import Papers, Shelf, Shown, show_papers
from assistant.drafting.prose import Passage, Place, passages_of, put
from assistant.drafting.verdict import Verdict
from assistant.errors import AssistantError
from assistant.ingest.personal import PersonalKinds
from assistant.model.faults import Unfit
from assistant.model.prompts import Prompt, load_prompt
from assistant.model.structured import Question, StructuredModel

PROMPT = "polish_reasons"
STANDS = "文书仍用原来的文字。"
NO_MODEL = "没有设置对话模型（assistant.toml 的 chat_model 和 chat_base_url），不能润色。" + STANDS
NO_PROSE = "这份文书里没有可以润色的文字。" + STANDS
NOT_ALONE = "润色后的文书改动了理由以外的文字，已弃用。" + STANDS
SAME = "对话模型没有改动文字。" + STANDS

_ENDS = "。；;.，,、 "
_INNER_QUOTES = str.maketrans("“”", "‘’")


@dataclass(frozen=True)
class Change:
    """New words for one passage, as the clerk sees them; `before` is empty where it was a gap."""

    path: Place
    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Polished:
    """The draft that stands and the facts it was composed from. Without `changes` it is the embedded one, and
    `notice` says why; `model` and `prompt` are those that were asked.
    """

    draft: Draft
    facts: Mapping[str, Any]
    changes: tuple[Change, ...] = ()
    notice: str | None = None
    model: str = ""
    prompt: str = ""

    def with_only(self, names: frozenset[str], embedded: Mapping[str, Any]) -> dict[str, Any]:
        """The embedded facts with those changes a clerk has taken over."""
        return put(embedded, {one.path: one.after for one in self.changes if one.name in names})

    def to_json(self) -> dict[str, Any]:
        """What was changed, or why nothing was."""
        changes = [{"name": one.name, "before": one.before, "after": one.after} for one in self.changes]
        return {"model": self.model, "prompt": self.prompt, "changes": changes, "notice": self.notice}


@dataclass(frozen=True)
class Bench:
    """How a draft is made and judged: the same two ways for the embedded draft and for the polished one."""

    compose: Callable[[Mapping[str, Any]], Draft]
    judge: Callable[[Draft, Mapping[str, Any]], Verdict]


@dataclass
class Polisher:
    """One office's chat model for the wording of reasons. `model` is None where the office uses none."""

    model: StructuredModel | None
    shelf: Shelf
    kinds: PersonalKinds
    _prompts: dict[str, Prompt] = field(default_factory=dict, init=False, repr=False)

    def polish(self, papers: Papers, bench: Bench) -> Polished:
        """The draft with reasons worded by the model, or the embedded one with a line that says why."""
        embedded = Polished(papers.draft, papers.facts)
        if self.model is None:
            return replace(embedded, notice=NO_MODEL)
        may_fill = bool(papers.findings.strip())
        passages = passages_of(papers.draft, papers.facts, self.shelf.rules, self.shelf.slots, may_fill)
        if not passages:
            return replace(embedded, notice=NO_PROSE)
        asked = replace(embedded, model=self.model.name, prompt=f"{self._prompt.name}@{self._prompt.version}")
        told = _Told()
        try:
            words = self._ask(self.model, replace(papers, passages=passages), told)
            return self._composed(asked, passages, words, bench)
        except AssistantError as fault:
            return replace(asked, notice=f"{fault}{told.line}{STANDS}")

    def _ask(self, model: StructuredModel, papers: Papers, told: "_Told") -> dict[str, str]:
        """The new words of each passage, personal data back in them. Raises CallFault."""
        shown = show_papers(papers, self.shelf)
        material = self._material(shown)

        def check(answer: Mapping[str, Any]) -> dict[str, str]:
            try:
                found = check_words(answer, shown.passages, material)
            except Unfit as reason:
                told.note(shown.hidden.restore(str(reason)), papers.passages)
                raise
            told.reason = ""
            return found

        found = model.ask(Question(self._prompt, shown.values(), shown.schema()), check)
        return {name: shown.hidden.restore(words) for name, words in found.items()}

    def _composed(
        self, asked: Polished, passages: tuple[Passage, ...], words: Mapping[str, str], bench: Bench
    ) -> Polished:
        """The letter composed anew, if nothing but the passages differs and the gate finds no more in it."""
        changes = tuple(
            Change(one.path, one.name, one.label, one.words, words[one.name])
            for one in passages
            if words[one.name] != _bare(one.words)
        )
        if not changes:
            return replace(asked, notice=SAME)
        facts = put(asked.facts, {one.path: one.after for one in changes})
        draft = bench.compose(facts)
        if not differs_only_by(asked.draft, draft, changes):
            return replace(asked, notice=NOT_ALONE)
        worse = _worse(bench.judge(asked.draft, asked.facts), bench.judge(draft, facts))
        if worse:
            return replace(asked, notice=f"润色后的文书没有通过核对，已弃用：{worse}{STANDS}")
        return replace(asked, draft=draft, facts=facts, changes=changes)

    def _material(self, shown: Shown) -> Material:
        return Material(shown.established, shown.provisions, self.shelf.rules, self.kinds, self._plain_words)

    @cached_property
    def _plain_words(self) -> frozenset[str]:
        articles = (a for i in self.shelf.book.instruments for a in i.articles.values())
        return plain_pairs(article.text for article in articles)

    @cached_property
    def _prompt(self) -> Prompt:
        assert self.model is not None
        return load_prompt(self.model.settings.prompts_dir, PROMPT)


@dataclass
class _Told:
    """What was last wrong with an answer, for the clerk."""

    reason: str = ""

    def note(self, reason: str, passages: Sequence[Passage]) -> None:
        """The reason, with a passage called what a clerk calls it."""
        for one in passages:
            reason = reason.replace(f"“{one.name}”", f"“{one.label}”", 1)
        self.reason = reason

    @property
    def line(self) -> str:
        return f"最后一次的问题是：{self.reason}" if self.reason else ""


def differs_only_by(old: Draft, new: Draft, changes: tuple[Change, ...]) -> bool:
    """Whether two drafts are the same letter, span by span, but for the words of some passages.

    Locked spans are compared byte for byte, with their place, clause and provisions.
    """
    if len(old.blocks) != len(new.blocks):
        return False
    for before, after in zip(old.blocks, new.blocks, strict=True):
        if replace(before, spans=()) != replace(after, spans=()) or len(before.spans) != len(after.spans):
            return False
        pairs = zip(before.spans, after.spans, strict=True)
        if not all(one == other or _explained(one, other, changes) for one, other in pairs):
            return False
    gone = {gap.key for gap in old.missing} - {gap.key for gap in new.missing}
    filled = {change.name for change in changes if not change.before}
    rest = replace(new, blocks=old.blocks, missing=old.missing, warnings=old.warnings)
    return rest == old and gone <= filled and len(new.missing) == len(old.missing) - len(gone)


def _explained(old: Span, new: Span, changes: tuple[Change, ...]) -> bool:
    """Whether a span that is no law differs by the new words of a passage alone."""
    if "locked" in (old.kind, new.kind) or replace(new, text=old.text, kind=old.kind) != old:
        return False
    return any(new.text in _with(old, change) for change in changes)


def _with(old: Span, change: Change) -> tuple[str, ...]:
    """A span with the new words in it: a gap becomes them, of a fact they take the place of the old ones."""
    after = _bare(change.after)
    if old.kind == "gap":
        return (after,) if old.origin == change.name and not change.before else ()
    before = _bare(change.before)
    if not before:
        return ()
    inner = before.translate(_INNER_QUOTES), after.translate(_INNER_QUOTES)
    return (*_replaced(old.text, before, after), *_replaced(old.text, *inner))


def _replaced(text: str, before: str, after: str) -> Iterator[str]:
    """A text with new words in each place of the old ones, one place at a time."""
    for match in re.finditer(re.escape(before), text):
        yield text[: match.start()] + after + text[match.end() :]


def _bare(words: str) -> str:
    """Words as a letter prints them: the clause brings its own full stop."""
    return words.strip().rstrip(_ENDS)


def _worse(embedded: Verdict, polished: Verdict) -> str:
    """The first finding of a kind that the gate finds more often than before; empty where there is none."""
    before = Counter((one.severity, one.check) for one in embedded.findings)
    after = Counter((one.severity, one.check) for one in polished.findings)
    more = after - before
    known = {one.message for one in embedded.findings}
    found = [one for one in polished.findings if (one.severity, one.check) in more]
    new = [one for one in found if one.message not in known] or found
    return new[0].message if new else ""
