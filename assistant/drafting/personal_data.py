"""Personal data in a letter: ID numbers with their check digit, mobile phones, bank cards.

Basis: 政府信息公开条例第十五条; 个人信息保护法第二十八条.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_CARD = re.compile(r"(?<!\d)[3-6]\d{15,18}(?!\d)")
# GB 11643: weights of the first seventeen digits, and the check digits by remainder.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@dataclass(frozen=True)
class PersonalDatum:
    """One piece of personal data and where it stands."""

    kind: str
    start: int
    end: int


def find_personal_data(text: str) -> Iterator[PersonalDatum]:
    """ID numbers, phones and cards of a text; numbers whose check digit is wrong are none."""
    for kind, pattern, holds in (
        ("身份证号码", _IDENTITY, _is_identity),
        ("手机号码", _MOBILE, bool),
        ("银行卡号", _CARD, _is_card),
    ):
        for match in pattern.finditer(text):
            if holds(match[0]):
                yield PersonalDatum(kind, *match.span())


def _is_identity(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == number[-1].upper()


def _is_card(number: str) -> bool:
    """Luhn's check, as bank cards bear it; an ID number is no card."""
    if _IDENTITY.fullmatch(number):
        return False
    digits = [int(digit) for digit in reversed(number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
