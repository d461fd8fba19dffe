"""The clause library: one template per letter, its locked law, its slots, and the frames letters share.

A template line is `[clause] words`, `[+clause] words` where it goes on in the paragraph before. `{slot}` is a
fact; `<第三十六条第（五）项>` prints the citation of the Regulation's provision (of another law with its title
in 《》) and `<“第三十六条第（五）项”>` its words as of the day; `<=third_party_opinion>` prints the length of a
time limit. `[clause ?slot]` stands only where the slot is given, `[clause !slot]` only where it is not. All other
words are locked.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.drafting.slots import Slot, read_slots
from assistant.errors import CorpusError
from assistant.ingest.frontmatter import split_front_matter
from assistant.law.outcomes import Outcomes
from assistant.law.procedures import RECEIVERS, Procedures
from assistant.law.rules import DATED, Validity, one_of, read_validity, require_keys

__all__ = [
    "FRAME",
    "Clause",
    "Letter",
    "LetterLibrary",
    "Slot",
    "check_letters",
    "check_papers",
    "load_letters",
]

FRAME = "frame"
SEVERAL = "several"

_FRAME = {"letter": (str,), "needs": (list,), "may": (list,), "with": (dict,), **DATED}
_TITLED = {**_FRAME, "title": (str,), "document": (str,)}
_LETTER = {**_TITLED, "outcome": (str,), "road": (str,)}
_PAPER = {**_TITLED, "paper": (str,), "to": (str,), "frame": (str,)}
_CLAUSE = re.compile(
    r"^\[(?P<runs>\+)?(?P<id>[a-z_]+)(?: (?P<sign>[?!])(?P<slot>[a-z_]+))?\] ?(?P<words>.*)$"
)
_SLOT_NAME = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Clause:
    """One line of a template; `given` / `lacking` name the slot on which it depends.

    `runs_on`: it continues the paragraph of the clause before it.
    """

    id: str
    words: str
    given: str | None = None
    lacking: str | None = None
    runs_on: bool = False

    @property
    def slots(self) -> tuple[str, ...]:
        return tuple(_SLOT_NAME.findall(self.words))

    def stands(self, given: Mapping[str, Any]) -> bool:
        """Whether the line belongs in a letter with these facts."""
        return (self.given is None or self.given in given) and self.lacking not in given


@dataclass(frozen=True)
class Letter:
    """A template of the paper chain. `needs` must be given, `may` may be; `also` is wanted with another.

    A reply has an outcome and a road; a paper beside the reply has `paper`, its code in procedures.yaml, and `to`,
    who gets it. `frame` names what stands around its body.
    """

    name: str
    title: str
    document: str
    outcome: str
    road: str
    needs: tuple[str, ...]
    may: tuple[str, ...]
    also: Mapping[str, tuple[str, ...]]
    clauses: tuple[Clause, ...]
    validity: Validity
    paper: str | None = None
    to: str = "applicant"
    frame: str = FRAME

    @property
    def own(self) -> frozenset[str]:
        """The slots the letter tells of in its own words."""
        return frozenset((*self.needs, *self.may))


@dataclass(frozen=True)
class LetterLibrary:
    """Every reply and every paper by name, the frames around them, and the slots they may use."""

    letters: Mapping[str, Letter]
    frame: Letter
    slots: Mapping[str, Slot]
    papers: Mapping[str, Letter]
    frames: Mapping[str, Letter]

    def frame_of(self, letter: Letter) -> Letter:
        """What stands around a letter's body."""
        return self.frames[letter.frame]

    def slots_of(self, letter: Letter) -> tuple[Slot, ...]:
        """Every slot of a letter in the order a clerk fills them: the frame's own first."""
        frame = self.frame_of(letter)
        keys = dict.fromkeys((*frame.needs, *letter.needs, *letter.may, *frame.may))
        return tuple(self.slots[key] for key in keys)

    def required(self, letter: Letter, given: Mapping[str, Any]) -> tuple[Slot, ...]:
        """The slots that must be filled: those that other given ones bring with them count, those of lines
        that do not stand do not.
        """
        frame = self.frame_of(letter)
        brought = [
            key
            for also in (frame.also, letter.also)
            for slot, keys in also.items()
            if slot in given
            for key in keys
        ]
        keys = dict.fromkeys((*frame.needs, *letter.needs, *brought))
        return tuple(self.slots[key] for key in keys if _stated(key, letter, given))


def _stated(key: str, letter: Letter, given: Mapping[str, Any]) -> bool:
    """Whether a letter with these facts has a place for a slot; what no line names has one elsewhere."""
    lines = [clause for clause in letter.clauses if key in clause.slots]
    return not lines or any(clause.stands(given) for clause in lines)


def load_letters(corpus_dir: Path) -> LetterLibrary:
    """The clause library. Raises CorpusError naming file and key."""
    folder = corpus_dir / "letters"
    slots = read_slots(folder)
    letters = _read_folder(folder, slots, _LETTER)
    frames = _read_folder(folder / "frames", slots, _FRAME)
    if FRAME not in letters:
        raise CorpusError(f"找不到文书框架：{folder / 'frame.md'}。请检查 corpus_dir 设置。")
    frame = letters.pop(FRAME)
    papers = _read_folder(folder / "papers", slots, _PAPER)
    library = LetterLibrary(letters, frame, slots, papers, {**frames, FRAME: frame})
    for paper in papers.values():
        if paper.frame not in library.frames:
            raise CorpusError(
                f"{paper.name}.md：没有文书框架“{paper.frame}”，可用：{'、'.join(library.frames)}。"
            )
    return library


def check_letters(library: LetterLibrary, outcomes: Outcomes) -> list[str]:
    """Roads without a letter of their own, and letters no road leads to."""
    wanted = {road.letter: (code, road.name) for code, o in outcomes.items() for road in o.roads}
    faults = [
        f"缺少文书 {name}（{code} {road}）"
        for name, (code, road) in wanted.items()
        if name not in library.letters
    ]
    for name, letter in library.letters.items():
        if wanted.get(name) != (letter.outcome, letter.road):
            faults.append(f"文书 {name} 与 outcomes.yaml 不一致")
    return faults


def check_papers(library: LetterLibrary, procedures: Procedures) -> list[str]:
    """Kinds of paper without a template for their receiver, and templates of no kind."""
    written = {(letter.paper, letter.to) for letter in library.papers.values()}
    faults = [
        f"缺少文书：{row.name}（procedures.yaml {row.code}，送 {row.to}）"
        for row in procedures.rows
        if (row.code, row.to) not in written
    ]
    strangers = [p for p in library.papers.values() if p.paper not in procedures.codes]
    return faults + [f"文书 {p.name} 的 paper“{p.paper}”在 procedures.yaml 里没有" for p in strangers]


def _read_folder(
    folder: Path, slots: Mapping[str, Slot], keys: Mapping[str, tuple[type, ...]]
) -> dict[str, Letter]:
    return {path.stem: _letter(path, slots, keys) for path in sorted(folder.glob("*.md"))}


def _letter(path: Path, slots: Mapping[str, Slot], keys: Mapping[str, tuple[type, ...]]) -> Letter:
    front, body = split_front_matter(path)
    require_keys(front, _FRAME if path.stem == FRAME else keys, path.name)
    if "to" in front:
        one_of(front, "to", RECEIVERS, path.name)
    letter = Letter(
        name=path.stem,
        needs=tuple(front["needs"]),
        may=tuple(front["may"]),
        also={key: tuple(brought) for key, brought in front["with"].items()},
        clauses=tuple(_clause(line, path.name) for line in body.splitlines() if line.strip()),
        validity=read_validity(front),
        **{key: front.get(key, "") for key in ("title", "document", "outcome", "road")},
        **{key: front[key] for key in ("paper", "to", "frame") if key in front},
    )
    if front["letter"] != path.stem:
        raise CorpusError(f"{path.name}：letter 应为 {path.stem}。")
    for fault in _slot_faults(letter, slots):
        raise CorpusError(f"{path.name}：{fault}")
    return letter


def _clause(line: str, file: str) -> Clause:
    match = _CLAUSE.match(line)
    if not match:
        raise CorpusError(f"{file}：这一行不是“[名称] 文字”：{line}")
    given = match["slot"] if match["sign"] == "?" else None
    lacking = match["slot"] if match["sign"] == "!" else None
    return Clause(match["id"], match["words"], given, lacking, bool(match["runs"]))


def _slot_faults(letter: Letter, slots: Mapping[str, Slot]) -> Iterator[str]:
    """Every slot used is declared in the front matter, and every declared one exists."""
    used = {key for clause in letter.clauses for key in (*clause.slots, clause.given, clause.lacking) if key}
    brought = {key for slot, keys in letter.also.items() for key in (slot, *keys)}
    items = {key for key, slot in slots.items() if slot.reckoned == "items"}
    for key in sorted((letter.own | used | brought) - set(slots)):
        yield f"slots.yaml 里没有“{key}”。"
    for key in sorted(used - letter.own - items):
        yield f"用到的“{key}”没有列在 needs 或 may 里。"
