"""What a search is narrowed to: one law, one kind of passage, one agency, one year."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, get_args

import numpy as np
import numpy.typing as npt

from assistant.errors import InputError
from assistant.ingest.passages import Kind, Passage
from assistant.law.instruments import StatuteBook
from assistant.retrieval.store import EVER, day_number

if TYPE_CHECKING:
    from assistant.retrieval.index import Index

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Filters:
    """Only passages that agree with every field that is set. `law` is a title without 中华人民共和国."""

    law: str | None = None
    kind: Kind | None = None
    agency: str | None = None
    year: int | None = None

    @property
    def narrow(self) -> bool:
        """Whether anything is left out at all."""
        return self != EVERYTHING

    def admits(self, passage: Passage) -> bool:
        """Whether a passage is within what was asked for; an agency may be named in short."""
        return (
            (self.law is None or (passage.ref is not None and passage.ref.law == self.law))
            and self.kind in (None, passage.kind)
            and (self.agency is None or self.agency in (passage.agency or ""))
            and self.year in (None, passage.year)
        )


EVERYTHING = Filters()


def read_filters(
    book: StatuteBook, law: str | None, kind: str | None, agency: str | None, year: int | None
) -> Filters:
    """Filters as a person writes them: a law by any of its names. Raises InputError naming what is not known."""
    if kind is not None and kind not in get_args(Kind):
        raise InputError(f"没有“{kind}”这种内容，可用：{'、'.join(get_args(Kind))}。")
    named = {instrument.name for instrument in book.named(law)} if law else set()
    if law and len(named) != 1:
        reason = "指的不止一部法" if named else "语料库里没有"
        raise InputError(f"“{law}”{reason}；请写法律的全名，如“政府信息公开条例”。")
    return Filters(named.pop() if named else None, kind, agency, year)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Admitted:
    """Which passages may be shown, and which units: those whose first passage may."""

    passages: Mask
    units: Mask


def admitted(index: "Index", on: date, filters: Filters) -> Admitted:
    """What is living law on that day, and within the filters. Nobody may write into the masks: they are kept."""
    day = day_number(on, EVER)
    living = np.asarray((index.spans[:, 0] <= day) & (day <= index.spans[:, 1]))
    if filters.narrow:
        living &= np.array([filters.admits(passage) for passage in index.passages], dtype=np.bool_)
    found = Admitted(living, living[index.heads])
    for mask in (found.passages, found.units):
        mask.setflags(write=False)
    return found
