"""The facts a letter states as fields of a form, and back again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.drafting.letters import Letter, LetterLibrary, Slot
    from assistant.pipeline import Handled
    from assistant.settings import Agency

GROUPS = ("来件", "认定与理由", "程序事项", "本机关与落款")
_HINTS = {
    "date": "如 2026-11-02",
    "number": "整数，如 10",
    "choice": "",
    "list": "一行一项",
    "withheld": "一行一处，用竖线隔开：内容 | 依据的条文 | 理由",
    "text": "",
}
_BARS = str.maketrans("｜丨", "||")


@dataclass(frozen=True)
class Field:
    """One fact to fill in: its meaning as the label, the article that wants it, what is known already."""

    key: str
    label: str
    hint: str
    why: str
    type: str
    required: bool
    group: str
    value: str = ""

    @property
    def lines(self) -> int:
        """How many lines the field shows."""
        if self.type in ("list", "withheld"):
            return 3
        return 2 if self.long and self.type == "text" else 1

    @property
    def long(self) -> bool:
        """Whether the fact is told in sentences."""
        return self.group not in ("来件", "程序事项", "本机关与落款") or self.key == "asked"


@dataclass(frozen=True)
class Form:
    """The form of one letter for one case; it is built anew only when one of them changes."""

    case: int
    letter: str
    fields: tuple[Field, ...] = ()
    title: str = "答复书"


def form_of(library: "LetterLibrary", letter: "Letter", known: Mapping[str, str], case: int) -> Form:
    """Every slot of a letter as a field, filled with what is known."""
    required = {slot.key for slot in library.required(letter, {})}
    fields = [
        field_of(slot, slot.key in required, _group(slot, library, letter), known.get(slot.key, ""))
        for slot in library.slots_of(letter)
    ]
    return Form(case, letter.name, tuple(sorted(fields, key=lambda field: GROUPS.index(field.group))))


def known_facts(
    handled: "Handled | None", library: "LetterLibrary", agency: "Agency", on: date
) -> dict[str, str]:
    """What the letter, the findings and the settings already say."""
    known = {"replied_on": on.isoformat()}
    for slot in library.slots.values():
        given = getattr(agency, slot.agency) if slot.agency and slot.key != "document_number" else None
        if given:
            known[slot.key] = given
    if agency.contact and agency.phone:
        known["contact"] = f"{agency.contact} {agency.phone}"
    if handled:
        known |= {"applicant": handled.request.applicant or "", "asked": handled.request.asked}
        known["reason"] = handled.findings.strip()
    return known


def facts_from(form: Form) -> dict[str, Any]:
    """The form's values as facts, by slot. Raises InputError naming the line that cannot be read."""
    filled = [field for field in form.fields if field.value.strip()]
    return {field.key: _read(field, field.value.strip()) for field in filled}


def written(value: Any) -> str:
    """A fact as its field shows it: the other way round of reading one."""
    if isinstance(value, str):
        return value
    rows = (
        " | ".join((row["part"], row["ground"], row["reason"])) if isinstance(row, dict) else str(row)
        for row in value
    )
    return "\n".join(rows)


def field_of(slot: "Slot", required: bool, group: str, value: str, mark: str = "") -> Field:
    """A slot as a field of the form; `mark` stands before its key where several items have the same slot."""
    label, hint = _label(slot.meaning)
    hint = _HINTS[slot.type] or "、".join(slot.choices.values()) or hint
    return Field(mark + slot.key, label, hint, slot.why, slot.type, required, group, value)


def _label(meaning: str) -> tuple[str, str]:
    """The name of a fact, and what its meaning adds to it."""
    cut = min((at for at in map(meaning.find, "，（：；") if at > 0), default=len(meaning))
    return meaning[:cut], meaning[cut:].strip("，：；").removeprefix("（").removesuffix("）")


def _group(slot: "Slot", library: "LetterLibrary", letter: "Letter") -> str:
    if slot.key == "replied_on" or (slot.agency and slot.key != "document_number"):
        return "本机关与落款"
    if slot.key in (*letter.needs, *letter.may):
        return "认定与理由"
    return "来件" if slot.key in library.frame.needs else "程序事项"


def _read(field: Field, text: str) -> Any:
    if field.type == "list":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if field.type == "withheld":
        return [_withheld(field, line) for line in text.splitlines() if line.strip()]
    return text


def _withheld(field: Field, line: str) -> dict[str, str]:
    parts = [part.strip() for part in line.translate(_BARS).split("|")]
    if len(parts) != 3 or not all(parts):
        raise InputError(f"“{field.label}”的这一行不完整：{line[:40]}。请写成：内容 | 依据的条文 | 理由。")
    return dict(zip(("part", "ground", "reason"), parts, strict=True))
