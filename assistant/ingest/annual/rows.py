"""A table of the annual report as a form: its rows, columns and groups, each by code and printed title.

Basis: 政府信息公开条例第五十条; 国办公开办函〔2021〕30号.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

_QUOTES = str.maketrans("", "", "“”‘’\"'「」『』")


@dataclass(frozen=True)
class Column:
    """A column of a table; `of` lists the columns that a merged head such as 法人或其他组织 adds up.

    `names`: other prints of its head.
    """

    code: str
    label: str
    names: tuple[str, ...] = ()
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


def plain_words(text: str) -> str:
    """Words as they are compared: no white space, no quotation marks, brackets and digits half-width."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_QUOTES)
