"""Numerals as statutes and clerks write them: 第三十六条, 第36条, 第３６条, 第三六条."""

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NAMES = "零一二三四五六七八九"
LARGEST, _LONGEST = 9_999, 4

NUMERAL = r"(?:[〇零一二两三四五六七八九十百千]+|[0-9０-９]+)"


def to_int(numeral: str) -> int:
    """Value of a Chinese, Arabic or full-width numeral below ten thousand; 三六 and 一二〇 are read digit by digit.

    Raises ValueError where the text is no numeral.
    """
    if len(numeral) > 1 and all(char in _DIGITS for char in numeral):
        numeral = "".join(str(_DIGITS[char]) for char in numeral)
    if numeral.isdecimal():
        return int(numeral) if len(numeral) <= _LONGEST else _refuse(numeral)
    total, digit, below = 0, 0, LARGEST + 1
    for char in numeral:
        if char in _DIGITS and not digit:
            digit = _DIGITS[char]
        elif char in _UNITS and _UNITS[char] < below:
            below = _UNITS[char]
            total += (digit or 1) * below
            digit = 0
        else:
            _refuse(numeral)
    return total + digit


def to_chinese(value: int) -> str:
    """The numeral as a statute prints it: 36 → 三十六, 105 → 一百零五."""
    if not 0 < value <= LARGEST:
        raise ValueError(value)
    words, gap = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = value // size % 10
        if digit:
            words += ("零" if gap and words else "") + _NAMES[digit] + unit
            gap = False
        else:
            gap = True
    return words.removeprefix("一") if words.startswith("一十") else words


def _refuse(numeral: str) -> int:
    raise ValueError(f"不是一万以内的数：{numeral[:20]}")
