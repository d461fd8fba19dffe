"""Numbers of a spreadsheet as the sheet shows them: a file keeps 3, the sheet shows `3件`, `3.00` or `3%`."""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

# Formats a file names by number only; 27–36 and 50–58 are dates in Chinese editions.
BUILT_IN = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"},
    **{37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00"},
    **{
        41: '#,##0;-#,##0;"-"',
        42: '#,##0;-#,##0;"-"',
        43: '#,##0.00;-#,##0.00;"-"',
        44: '#,##0.00;-#,##0.00;"-"',
    },
    **dict.fromkeys((*range(14, 18), 22, *range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
}
GENERAL = "General"

# The serial day 0 of the two calendars a workbook may count in; 1900 takes a 29 February that never was.
_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
# General shows at most this many digits.
_GENERAL_DIGITS = 11

# Beyond this a spreadsheet keeps no digit exactly.
_LARGEST = Decimal(10) ** 15

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_CONDITION = re.compile(r"\[[^\]]*\]")
_PLACES = re.compile(r"[#0?][#0?,]*(?:\.[0#?]+)?|\.[0#?]+")
_DAY = re.compile(r"[yd年日]", re.IGNORECASE)


def shown(raw: str, code: str, from_1904: bool = False) -> str:
    """The words a cell shows for the number `raw` under the number format `code`; days as 2024-01-26.

    What the format makes of it is not guessed: where the format is none of the usual, General holds.
    """
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return raw
    if not value.is_finite() or abs(value) >= _LARGEST:
        return raw
    section, value = _section(code, value)
    pattern = _LITERAL.sub("", _CONDITION.sub("", section))
    if section.strip().lower() in ("general", "@", ""):
        return _general(value) if section.strip() else ""
    if _DAY.search(pattern):
        return _day(value, from_1904)
    return _placed(section, pattern, value)


def _section(code: str, value: Decimal) -> tuple[str, Decimal]:
    """The part of the format for positive numbers, negative ones, or zero; the sign goes with its part."""
    parts = code.split(";")
    if value < 0 and len(parts) > 1:
        return parts[1], abs(value)
    if value == 0 and len(parts) > 2:
        return parts[2], value
    return parts[0], value


def _general(value: Decimal) -> str:
    if value == value.to_integral_value():
        return str(int(value))
    return f"{float(value):.{_GENERAL_DIGITS - 1}g}"


def _day(value: Decimal, from_1904: bool) -> str:
    epoch = _EPOCH_1904 if from_1904 else _EPOCH_1900
    try:
        return (epoch + timedelta(days=int(value))).isoformat()
    except OverflowError:
        return _general(value)


def _placed(section: str, pattern: str, value: Decimal) -> str:
    """The number in its places, between the words that stand before and after it."""
    bare = _CONDITION.sub("", section)
    places = _PLACES.search(_LITERAL.sub(lambda found: "\0" * len(found[0]), bare))
    if not places:
        return _literal(bare) if not pattern.strip("+-() ") else _general(value)
    if re.search(r"[eE/:]|,(?:$|[^#0?])", pattern):
        return _general(value)
    if "%" in pattern:
        value *= 100
    whole, _, part = places[0].partition(".")
    digits = f"{value.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP):{',' if ',' in whole else ''}f}"
    if "0" not in whole and abs(value) < 1:
        digits = digits.replace("0", "", 1)
    elif "," not in whole:
        digits = digits.zfill(whole.count("0") + (len(part) + 1 if part else 0) + (value < 0))
    optional = len(part) - len(part.rstrip("#?"))
    kept = len(digits) - optional
    digits = digits[:kept] + digits[kept:].rstrip("0") if optional else digits
    return f"{_literal(bare[: places.start()])}{digits.rstrip('.')}{_literal(bare[places.end() :])}".strip()


def _literal(words: str) -> str:
    return _LITERAL.sub(lambda found: found[1] or found[2] or "", words)
