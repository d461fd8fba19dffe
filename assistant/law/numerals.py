"""Numerals as statutes and clerks write them: 第三十六条, 第36条, 第３６条."""

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NAMES = "零一二三四五六七八九"

NUMERAL = r"(?:[〇零一二两三四五六七八九十百千]+|[0-9０-９]+)"


def to_int(numeral: str) -> int:
    """Value of a Chinese, Arabic or full-width numeral below ten thousand.

    Raises ValueError where the text is no numeral.
    """
    if numeral.isdigit():
        return int(numeral)
    total = digit = 0
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            raise ValueError(numeral)
    return total + digit


def to_chinese(value: int) -> str:
    """The numeral as a statute prints it: 36 → 三十六, 105 → 一百零五."""
    if not 0 < value < 10_000:
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
