"""The annual report as a form: its sections, its three tables, every row and column.

Read from corpus/rules/report_rows.yaml, so that a lawyer can follow a new notice without touching code.
Basis: 政府信息公开条例第五十条; 国办公开办函〔2021〕30号.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from assistant.errors import CorpusError
from assistant.law.rules import DATED, Keys, Validity, read_rules, read_validity, require_keys
from assistant.settings import ROOT

FILE = "report_rows.yaml"
OUTLINES = "report_outlines.yaml"

_HEAD: Keys = {
    "form": (str,),
    "basis": (str,),
    **DATED,
    "sections": (list,),
    "signs": (dict,),
    "tables": (list,),
    "questions": (dict,),
}
_TABLE: Keys = {
    "table": (str,),
    "section": (int,),
    "one_row": (bool,),
    "columns_alone": (bool,),
    "default_column": (str, type(None)),
    "columns": (list,),
    "column_groups": (list,),
    "groups": (list,),
    "rows": (list,),
}
_OUTLINES: Keys = {
    "basis": (str,),
    **DATED,
    "renamed": (dict,),
    "old_outline": (dict,),
    "characters": (dict,),
}
_QUOTES = str.maketrans("", "", "“”‘’\"'「」『』")
_MARK = re.compile(r"^(?:\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|\d+[.、])")
_GUIDANCE = re.compile(r"\([^()]*\)$")
_Kind = TypeVar("_Kind", "Row", "Column")


@dataclass(frozen=True)
class Column:
    """A column of a table; `of` lists the columns that a merged head such as 法人或其他组织 adds up."""

    code: str
    label: str
    asks: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row as printed: `mark` before its title, `under` the head it belongs to.

    `needs_mark`: the bare title means something else too (其他, 总计). `of`: the rows a group adds up.
    """

    code: str
    mark: str
    label: str
    names: tuple[str, ...] = ()
    under: str = ""
    unit: str = "件"
    needs_mark: bool = False
    columns: tuple[str, ...] = ()
    share_of: str | None = None
    of: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()

    @property
    def printed(self) -> str:
        """The title with the heads above it: （三）不予公开 1.属于国家秘密."""
        return f"{self.under} {self.mark}{self.label}".strip()


@dataclass(frozen=True)
class TableForm:
    """One of the three tables. `one_row`: its figures stand in a single row under all column heads.

    `columns_alone`: a question that names a column and no row means every row that has the column.
    `default_column`: the column meant where a question names none; None means every column of the row.
    """

    code: str
    title: str
    section: int
    one_row: bool
    columns_alone: bool
    columns: Mapping[str, Column]
    rows: Mapping[str, Row]
    column_groups: Mapping[str, Column] = field(default_factory=dict)
    groups: Mapping[str, Row] = field(default_factory=dict)
    default_column: str | None = None
    titles: Mapping[str, Row] = field(default_factory=dict)

    def row(self, code: str) -> Row:
        """The row or group of rows of a code."""
        return self.rows.get(code) or self.groups[code]

    def column(self, code: str) -> Column:
        """The column or group of columns of a code."""
        return self.columns.get(code) or self.column_groups[code]

    def columns_for(self, row: str, named: list[str]) -> list[str]:
        """Columns meant for a row: those named that it has, else the one usually meant, else all it has."""
        has = self.row(row).columns
        fitting = [code for code in named if set(self.column(code).of or (code,)) <= set(has)]
        return fitting or ([self.default_column] if self.default_column else list(has))

    def row_named(self, words: str) -> Row | None:
        """The row a printed cell names, or None for any other words."""
        plain = plain_words(words)
        mark = _MARK.match(plain)
        row = self.titles.get(_GUIDANCE.sub("", plain[mark.end() :] if mark else plain))
        if row and row.needs_mark and not (mark and mark[0] == plain_words(row.mark)):
            return None
        return row


@dataclass(frozen=True)
class SectionForm:
    """One of the six sections by its official title, other prints of it, and what it was renamed to."""

    number: int
    title: str
    names: tuple[str, ...]
    renamed: tuple[str, ...] = ()


@dataclass(frozen=True)
class OldOutline:
    """The outline of the years before 2019: `at_least` of its titles, one of them `only_there`."""

    at_least: int
    titles: tuple[str, ...]
    only_there: tuple[str, ...]


@dataclass(frozen=True)
class ReportForm:
    """The whole form with its basis and dates. `words`: how a question about figures is recognised.

    `characters` brings traditional characters to the print of the form.
    """

    form: str
    basis: str
    validity: Validity
    sections: tuple[SectionForm, ...]
    signs: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, TableForm]
    words: Mapping[str, Any]
    old_outline: OldOutline
    characters: Mapping[int, str]


def load_report_form(rules_dir: Path) -> ReportForm:
    """The form in force. Raises CorpusError naming file, row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _HEAD, FILE)
    outlines = read_rules(rules_dir / OUTLINES)
    require_keys(outlines, _OUTLINES, OUTLINES)
    sections = tuple(_section(s, outlines["renamed"]) for s in found["sections"])
    titles = {section.number: section.title for section in sections}
    tables = [_table(row, titles) for row in found["tables"]]
    return ReportForm(
        form=found["form"],
        basis=found["basis"],
        validity=read_validity(found),
        sections=sections,
        signs={form: tuple(words) for form, words in found["signs"].items()},
        tables={table.code: table for table in tables},
        words=found["questions"],
        old_outline=OldOutline(**{k: _tuple(v) for k, v in outlines["old_outline"].items()}),
        characters=_characters(outlines["characters"]),
    )


@cache
def standing_form() -> ReportForm:
    """The form of the corpus that comes with the project."""
    return load_report_form(ROOT / "corpus" / "rules")


def plain_words(text: str) -> str:
    """Words as they are compared: no white space, no quotation marks, brackets and digits half-width."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_QUOTES)


def _section(found: Mapping[str, Any], renamed: Mapping[int, list[str]]) -> SectionForm:
    number = found["number"]
    return SectionForm(number, found["title"], tuple(found["names"]), tuple(renamed.get(number, ())))


def _characters(found: Mapping[str, str]) -> dict[int, str]:
    """Traditional to simplified. Raises CorpusError where the two prints differ in length."""
    if len(found["traditional"]) != len(found["simplified"]):
        raise CorpusError(f"{OUTLINES}：characters 的两行字数不同，请逐字对齐。")
    return dict(zip(map(ord, found["traditional"]), found["simplified"], strict=True))


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _table(found: dict[str, Any], titles: Mapping[int, str]) -> TableForm:
    where = f"{FILE} {found.get('table', '?')}"
    require_keys(found, _TABLE, where)
    columns = {c["code"]: _build(Column, c, where) for c in found["columns"]}
    groups = {g["code"]: _build(Row, g, where) for g in found["groups"]}
    rows = {r["code"]: _row(r, groups, tuple(columns), where) for r in found["rows"]}
    return TableForm(
        code=found["table"],
        title=titles[found["section"]],
        section=found["section"],
        one_row=found["one_row"],
        columns_alone=found["columns_alone"],
        columns=columns,
        rows=rows,
        column_groups={c["code"]: _build(Column, c, where) for c in found["column_groups"]},
        groups={code: _group(group, rows) for code, group in groups.items()},
        default_column=found["default_column"],
        titles={plain_words(title): row for row in rows.values() for title in (row.label, *row.names)},
    )


def _row(found: dict[str, Any], groups: Mapping[str, Row], columns: tuple[str, ...], where: str) -> Row:
    row = _build(Row, found, where)
    head = groups.get(row.code.split(".")[0]) if "." in row.code else None
    under = head.printed if head else row.under
    return replace(row, under=under, columns=row.columns or columns)


def _group(group: Row, rows: Mapping[str, Row]) -> Row:
    """A group adds up the rows it lists, or those whose code begins with its own."""
    members = group.of or tuple(code for code in rows if code.startswith(f"{group.code}."))
    return replace(group, of=members, columns=rows[members[0]].columns)


def _build(kind: type[_Kind], found: Mapping[str, Any], where: str) -> _Kind:
    """A row or column from its mapping; a key that is unknown, missing or no text is named."""
    where = f"{where} {found.get('code', '?')}"
    unknown = sorted(set(found) - {f.name for f in fields(kind)})
    if unknown:
        raise CorpusError(f"{where}：不认识的键“{'、'.join(unknown)}”。")
    required = {f.name: (str,) for f in fields(kind) if f.default is MISSING}
    require_keys({key: found[key] for key in required if key in found}, required, where)
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in found.items()}
    return kind(**values)
