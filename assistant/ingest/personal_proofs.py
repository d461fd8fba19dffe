"""What proves that digits are a person's number, and words a person's name.

Basis: GB 11643 (ID numbers), GB/T 2260 (regions), ISO/IEC 7812 (check digit of cards).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.law import china_time

FIRST_BIRTH = 1880  # nobody who writes a letter was born before
ANONYMOUS = "某×X*＊_"


@dataclass(frozen=True)
class Known:
    """What proofs look up: regions of ID numbers, lengths of cards by issuer, words that are no name."""

    regions: frozenset[str]
    issuers: Mapping[str, frozenset[int]]
    no_names: frozenset[str]
    no_name_ends: tuple[str, ...]


def gb11643(number: str) -> bool:
    """Whether the last character of an ID number is the check digit of the other seventeen.

    Basis: GB 11643 (ISO 7064 MOD 11-2).
    """
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17].upper()


def luhn(number: str) -> bool:
    """Whether a card number has the check digit of the Luhn formula."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def id_card_form(number: str, known: Known) -> bool:
    """Region and date of birth of an 18-digit number are possible; the check digit is not looked at."""
    return len(number) == 18 and number[:2] in known.regions and _a_day(number[6:14])


def id_card(number: str, known: Known) -> bool:
    """A resident ID number, or the number of a residence permit built like one."""
    return id_card_form(number, known) and gb11643(number)


def id_card_15(number: str, known: Known) -> bool:
    """An ID number of the time before 1999: six digits of region, two of the year, no check digit."""
    return len(number) == 15 and number[:2] in known.regions and _a_day("19" + number[6:12])


def bank_card(number: str, known: Known) -> bool:
    """A card number as long as its issuer makes them, with its check digit."""
    for size in (2, 1):
        lengths = known.issuers.get(number[:size])
        if lengths:
            return len(number) in lengths and luhn(number)
    return False


def name(words: str, known: Known) -> bool:
    """Words after a label that may be a person's name: no form word, no organisation, nobody already hidden."""
    bare = words.replace(" ", "")
    if bare in known.no_names or bare.endswith(known.no_name_ends):
        return False
    return not any(sign in words for sign in ANONYMOUS if not words.isascii())


def _a_day(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return FIRST_BIRTH <= born.year and born <= china_time.today()


PROOFS: Mapping[str, Callable[[str, Known], bool]] = {
    "id_card": id_card,
    "id_card_form": id_card_form,
    "id_card_15": id_card_15,
    "bank_card": bank_card,
    "name": name,
    "none": lambda words, known: True,
}
