"""The clause library: one template per letter, its locked law, its slots, and the frame all letters share.

A template line is `[clause] words`. `{slot}` is a fact; `<第三十六条第（五）项>` prints the citation of the
Regulation's provision and `<“第三十六条第（五）项”>` its words as of the day; `[clause ?slot]` stands only
where the slot is given, `[clause !slot]` only where it is not. All other words are locked.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.ingest.frontmatter import split_front_matter
from assistant.law.outcomes import Outcomes
from assistant.law.rules import DATED, Validity, read_rules, read_validity, require_keys

FRAME = "frame"
TYPES = ("text", "date", "list", "withheld")

_SLOT = {"type": (str,), "meaning": (str,), "why": (str,)}
_FRAME = {"letter": (str,), "needs": (list,), "may": (list,), **DATED}
_LETTER = {
    **_FRAME,
    "title": (str,),
    "document": (str,),
    "outcome": (str,),
    "road": (str,),
    "with": (dict,),
}
_CLAUSE = re.compile(r"^\[(?P<id>[a-z]+)(?: (?P<sign>[?!])(?P<slot>[a-z_]+))?\] ?(?P<words>.*)$")
_SLOT_NAME = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Slot:
    """A fact a letter states: its type, what it means, which article wants it, which setting may give it."""

    key: str
    type: str
    meaning: str
    why: str
    agency: str | None = None


@dataclass(frozen=True)
class Clause:
    """One line of a template; `given` / `lacking` name the slot on which it depends."""

    id: str
    words: str
    given: str | None = None
    lacking: str | None = None

    @property
    def slots(self) -> tuple[str, ...]:
        return tuple(_SLOT_NAME.findall(self.words))

    def stands(self, given: Mapping[str, Any]) -> bool:
        """Whether the line belongs in a letter with these facts."""
        return (self.given is None or self.given in given) and self.lacking not in given


@dataclass(frozen=True)
class Letter:
    """A template of the paper chain. `needs` must be given, `may` may be; `also` is wanted with another."""

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


@dataclass(frozen=True)
class LetterLibrary:
    """Every letter by name, the frame around it, and the slots it may use."""

    letters: Mapping[str, Letter]
    frame: Letter
    slots: Mapping[str, Slot]

    def slots_of(self, letter: Letter) -> tuple[Slot, ...]:
        """Every slot of a letter in the order a clerk fills them: the frame's own first."""
        keys = dict.fromkeys((*self.frame.needs, *letter.needs, *letter.may, *self.frame.may))
        return tuple(self.slots[key] for key in keys)

    def required(self, letter: Letter, given: Mapping[str, Any]) -> tuple[Slot, ...]:
        """The slots that must be filled: those that other given ones bring with them count, those of lines
        that do not stand do not.
        """
        brought = [key for slot, keys in letter.also.items() if slot in given for key in keys]
        keys = dict.fromkeys((*self.frame.needs, *letter.needs, *brought))
        return tuple(self.slots[key] for key in keys if _stated(key, letter, given))


def _stated(key: str, letter: Letter, given: Mapping[str, Any]) -> bool:
    """Whether a letter with these facts has a place for a slot; what no line names has one elsewhere."""
    lines = [clause for clause in letter.clauses if key in clause.slots]
    return not lines or any(clause.stands(given) for clause in lines)


def load_letters(corpus_dir: Path) -> LetterLibrary:
    """The clause library. Raises CorpusError naming file and key."""
    folder = corpus_dir / "letters"
    slots = _slots(folder)
    letters = {path.stem: _letter(path, slots) for path in sorted(folder.glob("*.md"))}
    if FRAME not in letters:
        raise CorpusError(f"找不到文书框架：{folder / 'frame.md'}。请检查 corpus_dir 设置。")
    return LetterLibrary({k: v for k, v in letters.items() if k != FRAME}, letters[FRAME], slots)


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


def _slots(folder: Path) -> dict[str, Slot]:
    file = "slots.yaml"
    rows = read_rules(folder / file).get("slots", {})
    slots = {}
    for key, row in rows.items():
        agency = row.get("agency")
        require_keys({k: v for k, v in row.items() if k != "agency"}, _SLOT, f"{file} {key}")
        if row["type"] not in TYPES:
            raise CorpusError(f"{file} {key}：不认识的类型“{row['type']}”，可用：{'、'.join(TYPES)}。")
        slots[key] = Slot(key, row["type"], row["meaning"], row["why"], agency)
    return slots


def _letter(path: Path, slots: Mapping[str, Slot]) -> Letter:
    front, body = split_front_matter(path)
    require_keys(front, _FRAME if path.stem == FRAME else _LETTER, path.name)
    letter = Letter(
        name=path.stem,
        title=front.get("title", ""),
        document=front.get("document", ""),
        outcome=front.get("outcome", ""),
        road=front.get("road", ""),
        needs=tuple(front["needs"]),
        may=tuple(front["may"]),
        also={key: tuple(keys) for key, keys in front.get("with", {}).items()},
        clauses=tuple(_clause(line, path.name) for line in body.splitlines() if line.strip()),
        validity=read_validity(front),
    )
    if front["letter"] != path.stem:
        raise CorpusError(f"{path.name}：letter 应为 {path.stem}。")
    _check_slots(letter, slots, path.name)
    return letter


def _clause(line: str, file: str) -> Clause:
    match = _CLAUSE.match(line)
    if not match:
        raise CorpusError(f"{file}：这一行不是“[名称] 文字”：{line}")
    given = match["slot"] if match["sign"] == "?" else None
    lacking = match["slot"] if match["sign"] == "!" else None
    return Clause(match["id"], match["words"], given, lacking)


def _check_slots(letter: Letter, slots: Mapping[str, Slot], file: str) -> None:
    """Every slot used is declared in the front matter, and every declared one exists."""
    declared = {*letter.needs, *letter.may}
    used = {key for clause in letter.clauses for key in clause.slots}
    for key in sorted((declared | used) - set(slots)):
        raise CorpusError(f"{file}：slots.yaml 里没有“{key}”。")
    for key in sorted(used - declared):
        raise CorpusError(f"{file}：用到的“{key}”没有列在 needs 或 may 里。")
