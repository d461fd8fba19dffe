"""Writing docs/letters.md from the clause library: every letter with what it needs and why: `make picture`.

Basis: the house's own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.drafting.letters import FRAME, Letter, LetterLibrary, load_letters
from assistant.drafting.slots import Slot
from assistant.law.outcomes import Outcomes, load_outcomes
from assistant.law.procedures import Procedures, load_procedures

PAGE = "letters.md"
_REGULATION = "《政府信息公开条例》"
_RECEIVERS = {"applicant": "申请人", "third_party": "第三方", "organ": "其他机关", "file": "存卷"}
_REMEDIES = {"A": "复议前置", "B": "复议或者诉讼", "by_basis": "按不予公开的依据", None: "–"}
_RECKONED = {"clock": "由时钟算出", "fees": "由收费表算出", "settings": "取自设置", "items": "由程序写出"}
_HEAD = """# Letters

Every letter of the clause library (`corpus/letters`), written from its files by `make picture`; a test holds this page
to them. Articles without a title are those of 《政府信息公开条例》 (条例). What every letter of a kind needs stands once
under its frame; *may* marks a fact that is stated where it is given. `assistant draft --outcome CODE` writes a reply,
`assistant draft --paper NAME` a paper beside it. How to add one: [adding-a-letter.md](adding-a-letter.md).
"""


@dataclass(frozen=True)
class Rules:
    """What the page is written from."""

    library: LetterLibrary
    outcomes: Outcomes
    procedures: Procedures


def letters_page(rules: Rules) -> str:
    """The whole page."""
    return "\n".join((_HEAD, *_frames(rules), *_replies(rules), *_papers(rules), *_slots(rules)))


def write_page(rules: Rules, folder: Path) -> None:
    """docs/letters.md, written anew."""
    (folder / PAGE).write_text(letters_page(rules), encoding="utf-8")


def read_rules_of(corpus: Path) -> Rules:
    """The clause library with what it is a library of."""
    rules = corpus / "rules"
    return Rules(load_letters(corpus), load_outcomes(rules), load_procedures(rules))


def _frames(rules: Rules) -> Iterator[str]:
    yield "## What stands around every letter\n"
    yield "| frame | of | needs | may |"
    yield "| --- | --- | --- | --- |"
    for name in sorted(rules.library.frames, key=lambda one: (one != FRAME, one)):
        frame = rules.library.frames[name]
        letters = [paper.name for paper in rules.library.papers.values() if paper.frame == name]
        of = "every reply" if frame is rules.library.frame else ", ".join(f"`{one}`" for one in letters)
        yield _row(f"`{name}`", of or "a reply to several items", _keys(frame.needs), _keys(frame.may))
    yield ""


def _replies(rules: Rules) -> Iterator[str]:
    yield "## Replies\n"
    yield "| letter | outcome, road | rests on | remedy | needs | may |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for code, outcome in rules.outcomes.items():
        for road in outcome.roads:
            letter = rules.library.letters[road.letter]
            basis = "、".join(_short(str(ref)) for ref in road.basis)
            way = f"`{code}` {outcome.label}：{road.when}"
            yield _row(f"`{letter.name}`", way, basis, _REMEDIES[outcome.remedy], *_facts(letter))
    yield ""


def _papers(rules: Rules) -> Iterator[str]:
    yield "## Papers beside the reply\n"
    yield "| paper | title | to | rests on | remedy | needs | may |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    kinds = {row.code: row for row in rules.procedures.rows}
    order = list(kinds)
    for paper in sorted(rules.library.papers.values(), key=lambda one: order.index(one.paper or "")):
        kind = kinds[paper.paper or ""]
        basis = "、".join(_short(str(ref)) for ref in kind.basis)
        remedy = _REMEDIES[kind.remedy if kind.to == paper.to else None]
        yield _row(f"`{paper.name}`", paper.title, _RECEIVERS[paper.to], basis, remedy, *_facts(paper))
    yield ""


def _slots(rules: Rules) -> Iterator[str]:
    yield "## Facts\n"
    yield "| fact | type | what it is | wanted by |"
    yield "| --- | --- | --- | --- |"
    for slot in rules.library.slots.values():
        yield _row(f"`{slot.key}`", _type(slot), slot.meaning, _short(slot.why))
    yield ""


def _facts(letter: Letter) -> tuple[str, str]:
    """What a letter needs and may state; a fact that another brings with it says so."""
    brought = [f"`{key}` → {_keys(keys)}" for key, keys in letter.also.items()]
    return _keys(letter.needs), "; ".join(filter(None, (_keys(letter.may), *brought)))


def _type(slot: Slot) -> str:
    if slot.choices:
        return "choice: " + ", ".join(f"{key}（{label}）" for key, label in slot.choices.items())
    return slot.type + (f"，{_RECKONED[slot.reckoned]}" if slot.reckoned else "")


def _short(words: str) -> str:
    return words.replace(_REGULATION, "")


def _keys(keys: Iterable[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys) or "–"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    from assistant.settings import ROOT

    write_page(read_rules_of(ROOT / "corpus"), ROOT / "docs")
