"""The annual report as a form: its sections, its three tables, every row and column.

Read from corpus/rules/report_rows.yaml, so that a lawyer can follow a new notice without touching code.
Basis: 政府信息公开条例第五十条; 国办公开办函〔2021〕30号.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from assistant.errors import CorpusError
from assistant.ingest.annual.headings import Titles, section_titles
from assistant.ingest.annual.labels import Labels, table_labels
from assistant.ingest.annual.rows import Column, Row, TableForm, plain_words
from assistant.law.rules import DATED, Keys, Validity, read_rules, read_validity, require_keys
from assistant.settings import ROOT

__all__ = [
    "Column",
    "ReportForm",
    "Row",
    "SectionForm",
    "TableForm",
    "load_report_form",
    "plain_words",
    "standing_form",
]

FILE = "report_rows.yaml"
OUTLINES = "report_outlines.yaml"
FORMER = "report_rows_2019.yaml"

_HEAD: Keys = {
    "form": (str,),
    "basis": (str,),
    **DATED,
    "sections": (list,),
    "signs": (dict,),
    "tables": (list,),
    "questions": (dict,),
}
_FORMER: Keys = {"form": (str,), "basis": (str,), **DATED, "tables": (list,)}
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
_Kind = TypeVar("_Kind", "Row", "Column")


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

    `former`: the tables of the form of 2019 that differ, by code, and `former_form` its name. `labels`: how
    the rows of each table are found on a page, of either form; `headings`: how its sections are. `characters` brings traditional characters to the print of the form.
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
    former_form: str
    former: Mapping[str, TableForm]
    labels: Mapping[str, Labels]
    headings: Titles


def load_report_form(rules_dir: Path) -> ReportForm:
    """The form in force. Raises CorpusError naming file, row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _HEAD, FILE)
    outlines = read_rules(rules_dir / OUTLINES)
    require_keys(outlines, _OUTLINES, OUTLINES)
    before = read_rules(rules_dir / FORMER)
    require_keys(before, _FORMER, FORMER)
    read_validity(before)
    sections = tuple(_section(s, outlines["renamed"]) for s in found["sections"])
    titles = {section.number: section.title for section in sections}
    tables = {row["table"]: _table(row, titles, FILE) for row in found["tables"]}
    former = {row["table"]: _table(row, titles, FORMER) for row in before["tables"]}
    return ReportForm(
        form=found["form"],
        basis=found["basis"],
        validity=read_validity(found),
        sections=sections,
        signs={form: tuple(words) for form, words in found["signs"].items()},
        tables=tables,
        words=found["questions"],
        old_outline=OldOutline(**{k: _tuple(v) for k, v in outlines["old_outline"].items()}),
        characters=_characters(outlines["characters"]),
        former_form=before["form"],
        former=former,
        labels={code: table_labels(table, former.get(code)) for code, table in tables.items()},
        headings=section_titles(sections, tables["requests"]),
    )


@cache
def standing_form() -> ReportForm:
    """The form of the corpus that comes with the project."""
    return load_report_form(ROOT / "corpus" / "rules")


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


def _table(found: dict[str, Any], titles: Mapping[int, str], file: str) -> TableForm:
    where = f"{file} {found.get('table', '?')}"
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
