"""The reviews and suits a row of a ledger tells of: table three of the annual report counts them by their days.

Basis: 政府信息公开条例第五十条; 国办公开办函〔2021〕30号.
"""

from dataclasses import dataclass

from assistant.cases.closing import Dispute
from assistant.cases.ledger_cells import Cells
from assistant.cases.ledger_words import YES
from assistant.errors import InputError

_REVIEW, _DIRECT, _AFTER = "review", "lawsuit_direct", "lawsuit_after_review"


@dataclass(frozen=True)
class _Family:
    """The columns of reviews, or of suits."""

    result: str
    authority: str
    filed: str
    concluded: str
    name: str


_REVIEWS = _Family("review", "review_authority", "review_filed", "review_concluded", "行政复议")
_SUITS = _Family("suit", "suit_court", "suit_filed", "suit_concluded", "行政诉讼")


def disputes_of(cells: Cells, authority: str | None) -> tuple[Dispute, ...]:
    """What the row tells of; `authority`: the review authority of the settings, where the row names none."""
    review = _dispute(cells, _REVIEWS, _REVIEW, authority)
    suit = _dispute(cells, _SUITS, _suit_kind(cells, reviewed=_told(cells, _REVIEWS)), None)
    return tuple(one for one in (review, suit) if one)


def _told(cells: Cells, family: _Family) -> bool:
    return any(cells.said(key) for key in (family.result, family.filed, family.concluded))


def _suit_kind(cells: Cells, reviewed: bool) -> str:
    """As the row says; else after a review where it tells of one."""
    told = cells.read("suit_kind", cells.words.suit) or _kind_in_result(cells)
    if told or not _told(cells, _SUITS):
        return told or _DIRECT
    kind = _AFTER if reviewed else _DIRECT
    word = "写了复议，看作复议后起诉" if reviewed else "没有写复议，看作未经复议直接起诉"
    cells.notes.append(f"诉讼没有写类别，这一行{word}")
    return kind


def _kind_in_result(cells: Cells) -> str | None:
    """Some write the kind of the suit where others write its result."""
    try:
        return cells.words.suit(cells.said(_SUITS.result))
    except InputError:
        return None


def _dispute(cells: Cells, family: _Family, kind: str, authority: str | None) -> Dispute | None:
    if not _told(cells, family):
        return None
    filed, concluded = cells.day(family.filed), cells.day(family.concluded)
    if filed is None:
        cells.needed(family.filed, f"没有填写；写了{family.name}的，请补写受理（收到）的日期，年报按日期计数")
    result = None
    if cells.said(family.result).lower() not in YES and _kind_in_result(cells) is None:
        result = cells.read(family.result, cells.words.result)
    if result and concluded is None:
        cells.needed(family.concluded, f"没有填写；{family.name}写了结果的，请补写审结的日期")
    if concluded and result is None:
        cells.fault(family.result, "写了审结的日期，看不出结果；请写成结果维持、结果纠正或者其他结果")
    if filed and concluded and concluded < filed:
        cells.fault(family.concluded, f"早于受理之日 {filed}；请检查日期")
    by = cells.said(family.authority) or authority
    if not by:
        cells.needed(family.authority, f"没有填写；请补写{'复议机关' if kind == _REVIEW else '法院'}的名称")
    if filed is None or not by:
        return None
    return Dispute(kind, by, filed, result, concluded if result else None)
