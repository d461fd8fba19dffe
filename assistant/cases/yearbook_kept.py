"""What the office has filled in for its yearly reports, kept in its data folder: one file a year, as `--facts` takes it.

Filled in field by field, each checked under its own name; who did it stands at the head of the file.
Basis: 政府信息公开条例第二十条、第五十条; 国办公开办函〔2021〕30号.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import yaml

from assistant.cases.register import OfficeRules, china_now
from assistant.cases.yearbook_facts import YearFacts, facts_in, read_year_facts
from assistant.cases.yearbook_text import ReportText
from assistant.errors import InputError
from assistant.ingest.annual.form import TableForm
from assistant.law.rules import read_mapping

ACTION = "yearbook"
TABLE, FACTS = "publication", "facts"
# A field by its name: publication.ROW.COLUMN or facts.FACT.
Fields = Mapping[str, str]


@dataclass(frozen=True)
class KeptFacts:
    """The files of an office, and what they are filled in by."""

    folder: Path
    text: ReportText
    table: TableForm
    rules: OfficeRules

    def of(self, year: int) -> YearFacts | None:
        """What is kept of a year; None where nobody has filled in anything. Raises InputError for a damaged file."""
        place = self._place(year)
        return read_year_facts(place, self.text, self.table, year) if place.exists() else None

    def fields(self, year: int) -> dict[str, str]:
        """The same, field by field, as it was filled in; several texts a line each."""
        if self.of(year) is None:
            return {}
        place = self._place(year)
        found = read_mapping(place.read_text(encoding="utf-8"), place.name)
        cells = {
            f"{TABLE}.{row}.{column}": str(value)
            for row, columns in (found.get(TABLE) or {}).items()
            for column, value in (columns or {}).items()
            if value is not None
        }
        told = {f"{FACTS}.{key}": _shown(value) for key, value in (found.get(FACTS) or {}).items()}
        return cells | {key: words for key, words in told.items() if words}

    def mark(self, year: int) -> str:
        """What changes whenever the file does."""
        place = self._place(year)
        return sha256(place.read_bytes()).hexdigest() if place.exists() else ""

    def keep(self, who: str, year: int, fields: Fields, seen: str) -> YearFacts:
        """What was filled in, in the place of what was kept; `seen` is the mark of what was on the screen.

        Raises NotAllowed for a role that may not, InputError for a figure that is none, and where somebody else has
        filled in something meanwhile; nothing is written then.
        """
        staff = self.rules.staff
        actor = staff.actor(who)
        self.rules.roles.allow(actor, ACTION, staff)
        found = {
            "year": year,
            TABLE: {row: cells for row, cells in self._cells(fields) if cells},
            FACTS: dict(self._told(fields)),
        }
        facts = facts_in(found, self.text, self.table, year)
        if self.mark(year) != seen:
            raise InputError(
                f"{year}年度填写的内容在您打开之后已由别人改动，这一次没有保存。请先记下所填的，再点“填写”重新打开。"
            )
        self._write(year, actor.name, found)
        return facts

    def _cells(self, fields: Fields) -> Iterator[tuple[str, dict[str, int | float]]]:
        for code, row in self.table.rows.items():
            cells = {}
            for column in row.columns:
                words = fields.get(f"{TABLE}.{code}.{column}", "").strip()
                if words:
                    name = f"{row.label}·{self.table.columns[column].label}"
                    cells[column] = _number(words, name, row.unit != "件")
            yield code, cells

    def _told(self, fields: Fields) -> Iterator[tuple[str, Any]]:
        for key, fact in self.text.facts.items():
            words = fields.get(f"{FACTS}.{key}", "").strip()
            if not words:
                continue
            if fact.kind != "words":
                yield key, _number(words, fact.label, fact.kind == "yuan")
                continue
            lines = [line.strip() for line in words.splitlines() if line.strip()]
            yield key, lines if len(lines) > 1 else lines[0]

    def _write(self, year: int, who: str, found: Mapping[str, Any]) -> None:
        """The whole file or the one before it, never half of one."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        head = f"# {who.replace(chr(10), ' ')}于 {china_now():%Y-%m-%d %H:%M} 填写。\n"
        body = yaml.safe_dump(dict(found), allow_unicode=True, sort_keys=False, width=10_000)
        with NamedTemporaryFile("w", dir=self.folder, delete=False, encoding="utf-8") as half:
            half.write(head + body)
        Path(half.name).replace(self._place(year))

    def _place(self, year: int) -> Path:
        return self.folder / f"{year:04}.yaml"


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def _number(words: str, name: str, broken: bool) -> int | float:
    """A figure as it was typed; a sum may have a fraction. Raises InputError naming the field."""
    plain = words.replace(",", "").replace("，", "")
    digits, _, fraction = plain.partition(".")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 13):
        raise InputError(
            f"“{name}”写的是“{words[:30]}”，应为不小于零的数，如 12。没有的写 0，还不知道的不写。"
        )
    if not fraction and "." not in plain:
        return int(digits)
    if not (broken and fraction.isascii() and fraction.isdigit() and len(fraction) < 7):
        raise InputError(f"“{name}”写的是“{words[:30]}”，应为{'数' if broken else '整数'}。请改正。")
    return float(plain)
